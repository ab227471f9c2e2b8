/** The animation that a person paints: frames of palette indices, with every step to be undone. Values only. */

import type { Animation } from "../protocol.ts";
import { DARK, SIZE, type Picture } from "./colors.ts";

/** 8 rows from the top of 8 palette indices. */
export type Cells = readonly (readonly number[])[];

export interface Drawing {
  readonly fps: number;
  readonly fade: boolean;
  readonly loop: boolean;
  readonly palette: readonly string[];
  readonly frames: readonly Cells[];
  /** Which frame is painted on. */
  readonly at: number;
}

export const MOST_COLORS = 16;
export const MOST_FRAMES = 200;
const BLANK: Cells = Array.from({ length: SIZE }, () => new Array<number>(SIZE).fill(0));
const FIRST_PALETTE = [
  "#000000",
  "#ff2d46",
  "#ff8a1f",
  "#ffd02e",
  "#2fd566",
  "#22c3e6",
  "#2f6bff",
  "#a24bff",
  "#ff6fb5",
  "#ffffff",
];

export const NEW_DRAWING: Drawing = { fps: 4, fade: false, loop: true, palette: FIRST_PALETTE, frames: [BLANK], at: 0 };

export function paint(drawing: Drawing, row: number, column: number, color: number): Drawing {
  if (drawing.frames[drawing.at]![row]![column] === color) return drawing;
  return withFrame(drawing, (cells) => cells.map((old, y) => (y === row ? old.with(column, color) : old)));
}

export function fill(drawing: Drawing, color: number): Drawing {
  return withFrame(drawing, (cells) => cells.map((row) => row.map(() => color)));
}

/** Moves the picture sideways; what leaves on one side comes in on the other. */
export function shift(drawing: Drawing, columns: number): Drawing {
  return withFrame(drawing, (cells) => cells.map((row) => row.map((_, x) => row[(x - columns + SIZE) % SIZE]!)));
}

export function addFrame(drawing: Drawing, copy: boolean): Drawing {
  if (drawing.frames.length >= MOST_FRAMES) return drawing;
  const frame = copy ? drawing.frames[drawing.at]! : BLANK;
  return { ...drawing, frames: drawing.frames.toSpliced(drawing.at + 1, 0, frame), at: drawing.at + 1 };
}

export function removeFrame(drawing: Drawing): Drawing {
  if (drawing.frames.length === 1) return fill(drawing, 0);
  const frames = drawing.frames.toSpliced(drawing.at, 1);
  return { ...drawing, frames, at: Math.min(drawing.at, frames.length - 1) };
}

export function moveFrame(drawing: Drawing, by: number): Drawing {
  const to = drawing.at + by;
  if (to < 0 || to >= drawing.frames.length) return drawing;
  const frame = drawing.frames[drawing.at]!;
  return { ...drawing, frames: drawing.frames.toSpliced(drawing.at, 1).toSpliced(to, 0, frame), at: to };
}

export function recolor(drawing: Drawing, index: number, color: string): Drawing {
  return { ...drawing, palette: drawing.palette.with(index, color) };
}

export function addColor(drawing: Drawing, color: string): Drawing {
  if (drawing.palette.length >= MOST_COLORS) return drawing;
  return { ...drawing, palette: [...drawing.palette, color] };
}

export function pictureOfFrame(drawing: Drawing, frame: number): Picture {
  return drawing.frames[frame]!.map((row) => row.map((index) => drawing.palette[index] ?? DARK));
}

/** As the protocol has it: rows of hex digits. */
export function toAnimation(drawing: Drawing): Animation {
  return {
    fps: drawing.fps,
    transition: drawing.fade,
    loop: drawing.loop,
    duration: 0,
    palette: [...drawing.palette],
    frames: drawing.frames.map((cells) => cells.map((row) => row.map((index) => index.toString(16)).join(""))),
  };
}

export function fromAnimation(animation: Animation): Drawing {
  return {
    fps: animation.fps,
    fade: animation.transition,
    loop: animation.loop,
    palette: animation.palette,
    frames: animation.frames.map((rows) => rows.map((row) => Array.from(row, (digit) => parseInt(digit, 16)))),
    at: 0,
  };
}

/** What was done, to be undone and done again. */
export class History {
  private past: Drawing[] = [];
  private future: Drawing[] = [];

  constructor(public now: Drawing) {}

  /** joined: it belongs to the step before it, as the points of one stroke do. */
  do(next: Drawing, joined = false): void {
    if (next === this.now) return;
    if (!joined) this.past = [...this.past.slice(-199), this.now];
    this.future = [];
    this.now = next;
  }

  undo(): void {
    const before = this.past.pop();
    if (!before) return;
    this.future.push(this.now);
    this.now = before;
  }

  redo(): void {
    const after = this.future.pop();
    if (!after) return;
    this.past.push(this.now);
    this.now = after;
  }

  get canUndo(): boolean {
    return this.past.length > 0;
  }

  get canRedo(): boolean {
    return this.future.length > 0;
  }
}

function withFrame(drawing: Drawing, change: (cells: Cells) => Cells): Drawing {
  return { ...drawing, frames: drawing.frames.with(drawing.at, change(drawing.frames[drawing.at]!)) };
}
