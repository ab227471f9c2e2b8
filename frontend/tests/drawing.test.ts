import { describe, expect, test } from "vitest";

import * as drawing from "../src/model/drawing.ts";

const { NEW_DRAWING: blank } = drawing;

describe("painting", () => {
  test("colours one light", () => {
    expect(drawing.toAnimation(drawing.paint(blank, 0, 7, 9)).frames[0]![0]).toBe("00000009");
  });

  test("over the same colour changes nothing, so that nothing is to be undone", () => {
    expect(drawing.paint(blank, 3, 3, 0)).toBe(blank);
  });

  test("shifts around the edge", () => {
    const shifted = drawing.shift(drawing.paint(blank, 2, 7, 1), 1);
    expect(drawing.toAnimation(shifted).frames[0]![2]).toBe("10000000");
  });
});

describe("frames", () => {
  test("a copy comes after its original, and is painted on by itself", () => {
    const two = drawing.paint(drawing.addFrame(drawing.fill(blank, 1), true), 0, 0, 2);
    expect(two.at).toBe(1);
    expect(two.frames.map((cells) => cells[0]![0])).toEqual([1, 2]);
  });

  test("the last one cannot be deleted, only wiped", () => {
    expect(drawing.removeFrame(drawing.fill(blank, 1)).frames).toHaveLength(1);
  });

  test("move within the animation only", () => {
    expect(drawing.moveFrame(blank, 1)).toBe(blank);
    const moved = drawing.moveFrame(drawing.addFrame(drawing.fill(blank, 1), false), -1);
    expect(moved.frames.map((cells) => cells[0]![0])).toEqual([0, 1]);
  });
});

test("what is kept comes back as it was", () => {
  const painted = drawing.recolor(drawing.paint(blank, 1, 1, 9), 9, "#123456");
  expect(drawing.fromAnimation(drawing.toAnimation(painted))).toEqual(painted);
});

test("no more than sixteen colours", () => {
  let many = blank;
  for (let i = 0; i < 20; i++) many = drawing.addColor(many, "#ffffff");
  expect(many.palette).toHaveLength(16);
});

describe("history", () => {
  test("undoes a stroke as one", () => {
    const history = new drawing.History(blank);
    history.do(drawing.paint(history.now, 0, 0, 1));
    history.do(drawing.paint(history.now, 0, 1, 1), true);
    history.undo();
    expect(history.now).toBe(blank);
    history.redo();
    expect(history.now.frames[0]![0]!.slice(0, 3)).toEqual([1, 1, 0]);
    expect(history.canRedo).toBe(false);
  });
});
