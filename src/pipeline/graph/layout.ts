import type { Edge, Graph } from './graph.ts';

/** Where the boxes and lines of a graph lie, in CSS pixels, for an SVG that is drawn while the site is built. */

export interface Box {
  id: string;
  /** Its upper left corner. */
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Line extends Edge {
  points: { x: number; y: number }[];
}

export interface Layout {
  width: number;
  height: number;
  boxes: Box[];
  lines: Line[];
  /** How often two drawn lines cross. */
  crossings: number;
}

/** right: as wide as the longest chain, for a screen; down: for a phone and for paper. */
export type Direction = 'right' | 'down';

/** Null where there are more nodes than a picture can show (over 500): the list tells it then. */
export function layoutOf(
  _graph: Graph,
  _direction: Direction,
  _label: (id: string) => string = (id) => id,
): Layout | null {
  return null;
}
