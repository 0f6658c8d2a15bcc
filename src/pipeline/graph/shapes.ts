import type { Edge } from './graph.ts';

/** Boxes and lines of a drawing, in CSS pixels. */

export interface Box {
  id: string;
  /** Its upper left corner. */
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Point {
  x: number;
  y: number;
}

export interface Line extends Edge {
  /** From the side of one box to the side of the other, by straight pieces. */
  points: Point[];
}

export interface Layout {
  width: number;
  height: number;
  boxes: Box[];
  lines: Line[];
  /** How often two drawn lines cross. */
  crossings: number;
}

/** right: as wide as the longest chain, for a screen; down: one box a row, lines at their left, for a phone and paper. */
export type Direction = 'right' | 'down';

/** What a box needs before it has a place. */
export interface Size {
  id: string;
  width: number;
  height: number;
  isFinally: boolean;
}
