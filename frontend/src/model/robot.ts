/** One robot as the page knows it: a fold of what the server said of it. */

import type { ApprovalAsked, Faults, Item, Link, Message, Robot, RobotState } from "../protocol.ts";
import { Signal } from "../signal.ts";
import { DARK, DARK_PICTURE, SIZE, type Picture } from "./colors.ts";
import { NO_PROGRAM, advance, newestProgram, type Program } from "./program.ts";
import { Telemetry } from "./telemetry.ts";
import { Transcript } from "./transcript.ts";

export interface Happening {
  time: number | null;
  text: string;
}

const MOST_HAPPENINGS = 200;

export class RobotModel {
  readonly link: Signal<Link>;
  readonly stopped: Signal<boolean>;
  readonly busy: Signal<boolean>;
  readonly asked: Signal<readonly ApprovalAsked[]>;
  readonly program = new Signal<Program>(NO_PROGRAM);
  readonly faults: Signal<Faults | null>;
  readonly state: Signal<RobotState>;
  readonly picture = new Signal<Picture>(DARK_PICTURE);
  readonly lights = new Signal({ front: DARK, back: DARK });
  readonly happenings = new Signal<readonly Happening[]>([]);
  /** The newest message that is new or changed. */
  readonly message = new Signal<Message | null>(null);
  readonly transcript: Transcript;
  readonly telemetry = new Telemetry();
  readonly predicted: Record<string, [number, number][]>;
  private face = "";

  constructor(
    readonly info: Robot,
    time: number,
  ) {
    this.link = new Signal(info.link);
    this.stopped = new Signal(info.stopped);
    this.busy = new Signal(info.busy);
    this.asked = new Signal<readonly ApprovalAsked[]>(info.asked);
    this.faults = new Signal(info.faults);
    this.state = new Signal(info.state);
    this.transcript = new Transcript(info.messages);
    this.predicted = { ...info.predicted };
    this.program.value = newestProgram(info.messages, info.code, info.line);
    this.happenings.value = info.messages
      .filter((message) => message.kind === "event")
      .map(({ text }) => ({ time: null, text }));
    this.take(info.state, time);
  }

  /** Its newest figures. */
  take(state: RobotState, time: number): void {
    this.state.value = state;
    if (this.link.value.status === "connected") this.telemetry.add(time, state);
    if (state.face !== null && state.face !== this.face) {
      this.face = state.face;
      this.picture.value = pictureOf(state.face);
    }
    const { front, back } = this.lights.value;
    const next = { front: state.front ?? front, back: state.back ?? back };
    if (next.front !== front || next.back !== back) this.lights.value = next;
  }

  /** The next item of its conversation. */
  hear(item: Item, time: number): void {
    this.program.value = advance(this.program.value, item);
    if (item.item === "began") this.busy.value = true;
    if (item.item === "asked") this.asked.value = [...this.asked.value, item];
    if (item.item === "ended") {
      this.busy.value = false;
      this.asked.value = [];
    }
    const message = this.transcript.add(item);
    if (!message) {
      if (item.item === "ended") this.message.value = null;
      return;
    }
    if (message.kind === "event") {
      this.happenings.value = [...this.happenings.value.slice(1 - MOST_HAPPENINGS), { time, text: message.text }];
    }
    this.message.value = message;
  }

  /** The path that a program would take which waits for an answer. */
  predict(approval: string, path: [number, number][]): void {
    this.predicted[approval] = path;
    this.asked.value = [...this.asked.value];
  }

  answered(approval: string): void {
    this.asked.value = this.asked.value.filter(({ id }) => id !== approval);
  }
}

/** A face as the protocol writes it: 64 colours of six hex digits, row by row. */
export function pictureOf(face: string): Picture {
  return Array.from({ length: SIZE }, (_, y) =>
    Array.from({ length: SIZE }, (_, x) => "#" + face.slice((y * SIZE + x) * 6, (y * SIZE + x) * 6 + 6)),
  );
}
