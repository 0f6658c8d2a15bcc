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

/** How an edge is led: from the side of one box to the side of the other, by straight pieces. */
export interface Way extends Edge {
  points: Point[];
  /** The middle of its words, where it has any that lie on it. */
  labelAt?: Point;
}

/** What words take, in CSS pixels. */
export interface Room {
  width: number;
  height: number;
}

/** A line between two boxes; where it ends at a frame, between all that are in it. */
export interface Line {
  from: readonly string[];
  to: readonly string[];
  points: Point[];
}

/** Around boxes that run side by side. */
export interface Frame extends Omit<Box, 'id'> {
  members: readonly string[];
}

export interface Layout {
  width: number;
  height: number;
  boxes: Box[];
  frames: Frame[];
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
