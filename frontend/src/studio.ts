/** What every part of the page works with: what there is to know, and how to ask for something. */

import { Connection, request } from "./connection.ts";
import { PageModel } from "./model/page.ts";
import type { RobotModel } from "./model/robot.ts";
import type { Timeline } from "./model/timeline.ts";
import type { ClientMessage, Heard, ServerMessage } from "./protocol.ts";
import { Signal } from "./signal.ts";
import { t } from "./texts/index.ts";

/** Without a confirmation for so long, the stop takes the second way, too. */
const STOP_PATIENCE = 150;
const STOP_UNSURE = 1500;
/** What a person does to the robot, rather than to how it is shown. */
const ACTS: ReadonlySet<string> = new Set(["perform", "preview", "reset", "run", "say", "world"]);

export class Studio {
  readonly page = new PageModel();
  readonly connection = new Connection();
  /** A sentence for the person that goes away by itself. */
  readonly notice = new Signal<{ text: string; bad: boolean } | null>(null);
  readonly heard = new Signal<Heard | null>(null);
  /** Counts changes of what is kept. */
  readonly gallery = new Signal(0);
  /** The stop was asked for, and nothing confirmed it. */
  readonly stopUnsure = new Signal(false);
  readonly replay = new Signal<Timeline | null>(null);

  constructor() {
    this.connection.onMessage = (message) => this.take(message);
  }

  /** Sends something to the robot that is chosen. Returns whether it is on its way. */
  send(message: ClientMessage): boolean {
    const robot = this.page.selected.value?.info.id;
    const sent = this.connection.send("robot" in message || robot === undefined ? message : addressed(message, robot));
    if (!sent) this.tell(t.notConnected, true);
    else if (this.replay.value !== null && ACTS.has(message.type)) this.watchNow(); // who acts wants to see it
    return sent;
  }

  /** The emergency stop, by the WebSocket and, where that does not confirm it, by a plain request. */
  stop(): void {
    const sent = this.connection.send({ type: "stop" });
    if (this.replay.value !== null) this.watchNow();
    if (!sent || !this.connection.isOpen) this.stopByRequest();
    else setTimeout(() => !this.isStopped() && this.stopByRequest(), STOP_PATIENCE);
    setTimeout(() => (this.stopUnsure.value = !this.isStopped()), STOP_UNSURE);
  }

  release(): void {
    this.stopUnsure.value = false;
    if (!this.connection.send({ type: "release" })) this.tell(t.notConnected, true);
  }

  tell(text: string, bad = false): void {
    this.notice.value = { text, bad };
  }

  /** Does something that may fail; the person is told. Returns whether it worked. */
  async attempt(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      this.tell(t.wentWrong(error instanceof Error ? error.message : String(error)), true);
      return false;
    }
  }

  /** Shows a recording instead of what happens now. */
  watchRecording(timeline: Timeline): void {
    this.page.take(timeline.rewind());
    this.replay.value = timeline;
  }

  watchNow(): void {
    this.replay.value = null;
    this.connection.again();
  }

  private take(message: ServerMessage): void {
    if (message.type === "failed") this.tell(t.wentWrong(message.text), true);
    else if (message.type === "gallery") this.gallery.value++;
    else if (message.type === "heard") this.heard.value = message;
    else if (this.replay.value === null) this.page.take(message);
    if (this.stopUnsure.value && this.isStopped()) this.stopUnsure.value = false;
  }

  private isStopped(): boolean {
    return this.page.stopped.value;
  }

  private stopByRequest(): void {
    void request("stop", { method: "POST", keepalive: true }).catch(() => (this.stopUnsure.value = true));
  }
}

/** Calls `bind` for the robot that is chosen, and again whenever it is another; what it returns ends the old watching. */
export function forSelected(studio: Studio, bind: (robot: RobotModel) => (() => void)[]): void {
  let ends: (() => void)[] = [];
  studio.page.selected.watch((robot) => {
    for (const end of ends) end();
    ends = robot ? bind(robot) : [];
  });
}

function addressed(message: ClientMessage, robot: string): ClientMessage {
  const forAll = ["stop", "release", "world", "reset", "pace", "step"].includes(message.type);
  return forAll ? message : ({ ...message, robot } as ClientMessage);
}
