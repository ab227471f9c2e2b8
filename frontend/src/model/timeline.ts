/** A recording as a stream: the messages that a server would have sent, at any speed, from any moment. */

import type { Hello, Recording, RobotState, ServerMessage, Track } from "../protocol.ts";
import { restingState } from "./page.ts";

type PathPoint = Track["path"][number];

export class Timeline {
  /** Seconds since its beginning. */
  position = 0;
  readonly length: number;

  constructor(
    readonly recording: Recording,
    private readonly live: Hello,
  ) {
    this.length = Math.max(0, recording.ended - recording.began);
  }

  /** Goes to its beginning: what a page shows that knows nothing yet. */
  rewind(): Hello {
    this.position = 0;
    const { began, robots, world } = this.recording;
    return {
      ...this.live,
      world,
      t: began,
      pace: null,
      robots: robots.map((track) => ({
        ...this.live.robots[0]!,
        id: track.id,
        name: track.id,
        color: track.color,
        link: { status: "connected", text: "" },
        stopped: false,
        busy: false,
        messages: [],
        asked: [],
        predicted: {},
        code: null,
        line: {},
        fence: null,
        faults: null,
        state: stateAt(track, began, began),
      })),
    };
  }

  /** Goes on by some seconds, and returns what happened in them. */
  advance(seconds: number): ServerMessage[] {
    const { began, items, robots } = this.recording;
    const from = this.position;
    this.position = Math.min(this.length, from + seconds);
    const [after, until] = [from === 0 ? -Infinity : began + from, began + this.position];
    const robot = robots[0]?.id ?? "";
    return [
      ...items
        .filter(([time]) => time > after && time <= until)
        .map(([, item]): ServerMessage => ({ type: "item", robot, item })),
      { type: "state", t: until, robots: robots.map((track) => stateAt(track, began + from, until)), things: null },
    ];
  }

  /** Goes to a moment. Backwards is from the beginning: what was said later must not be seen. */
  seek(position: number): ServerMessage[] {
    const wanted = Math.min(this.length, Math.max(0, position));
    if (wanted >= this.position) return this.advance(wanted - this.position);
    return [this.rewind(), ...this.advance(wanted)];
  }

  /** Moments, in seconds since the beginning, at which somebody said something: marks of the timeline. */
  get marks(): number[] {
    return this.recording.items
      .filter(([, item]) => item.item === "began")
      .map(([time]) => time - this.recording.began);
  }
}

function stateAt(track: Track, after: number, time: number): RobotState {
  const state = { ...restingState(track.id) };
  const place = placeAt(track.path, time);
  if (place) [, state.x, state.y, state.heading, state.speed] = place;
  const face = track.faces.findLast(([when]) => when <= time);
  if (face) state.face = face[1].replaceAll("#", "");
  for (const side of ["front", "back"] as const) {
    const light = track.lights.findLast(([when, which]) => when <= time && which === side);
    if (light) state[side] = light[2];
  }
  state.trail = track.path.filter(([when]) => when > after && when <= time).map(([when, x, y]) => [when, x, y]);
  return state;
}

/** Where it was: between the two points of its path around that moment. */
export function placeAt(path: readonly PathPoint[], time: number): PathPoint | undefined {
  const next = path.findIndex(([when]) => when > time);
  if (next === 0 || path.length === 0) return path[0];
  if (next === -1) return path.at(-1);
  const [before, after] = [path[next - 1]!, path[next]!];
  const share = (time - before[0]) / (after[0] - before[0]);
  const between = (i: number): number => before[i]! + (after[i]! - before[i]!) * share;
  const turn = ((after[3] - before[3] + 540) % 360) - 180;
  return [time, between(1), between(2), before[3] + turn * share, between(4)];
}
