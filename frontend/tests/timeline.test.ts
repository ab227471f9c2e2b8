import { describe, expect, test } from "vitest";

import { PageModel } from "../src/model/page.ts";
import { Timeline, placeAt } from "../src/model/timeline.ts";
import type { Hello, Recording } from "../src/protocol.ts";
import { HELLO } from "./samples.ts";

const RECORDING: Recording = {
  id: "one",
  began: 10,
  ended: 14,
  world: null,
  robots: [
    {
      id: "SB-1",
      color: "#3f8fe0",
      path: [
        [10, 0, 0, 350, 0],
        [12, 0, 40, 10, 20],
        [14, 40, 40, 90, 0],
      ],
      faces: [[11, "ff0000".repeat(64)]],
      lights: [[13, "front", "#00ff00"]],
      events: [],
    },
  ],
  items: [
    [10, { item: "began", turn: 1, say: "roll" }],
    [12, { item: "tail", message: { id: "1.1", kind: "text", role: "robot", text: "Rolling.", memory: null } }],
  ],
};

function watched(): { timeline: Timeline; page: PageModel; go: (to: number) => void } {
  const timeline = new Timeline(RECORDING, HELLO);
  const page = new PageModel();
  page.take(timeline.rewind());
  return { timeline, page, go: (to) => timeline.seek(to).forEach((message) => page.take(message)) };
}

const said = (page: PageModel): string[] => page.selected.value!.transcript.messages.map(({ text }) => text);

describe("a recording", () => {
  test("begins with nothing said", () => {
    expect(said(watched().page)).toEqual([]);
  });

  test("tells what was said up to a moment, and where the ball was", () => {
    const { page, go } = watched();
    go(1);
    expect(said(page)).toEqual(["roll"]);
    expect(page.selected.value!.state.value).toMatchObject({ x: 0, y: 20, speed: 10 });
    expect(page.selected.value!.picture.value[7]![7]).toBe("#ff0000");
  });

  test("forgets what comes later when one goes back", () => {
    const { page, go } = watched();
    go(4);
    expect(said(page)).toEqual(["roll", "Rolling."]);
    expect(page.selected.value!.lights.value.front).toBe("#00ff00");
    go(0.5);
    expect(said(page)).toEqual(["roll"]);
    expect(page.selected.value!.lights.value.front).toBe("#000000");
  });

  test("ends at its end", () => {
    const { timeline, go } = watched();
    go(99);
    expect(timeline.position).toBe(4);
  });

  test("marks where somebody said something", () => {
    expect(watched().timeline.marks).toEqual([0]);
  });
});

test("between two points the heading takes the short way", () => {
  expect(placeAt(RECORDING.robots[0]!.path, 11)![3]).toBe(360);
});

test("a live page goes on from the server's hello", () => {
  const hello: Hello = HELLO;
  const page = new PageModel();
  page.take(hello);
  page.take({ type: "stopped", robot: "SB-1", stopped: true });
  expect(page.stopped.value).toBe(true);
});
