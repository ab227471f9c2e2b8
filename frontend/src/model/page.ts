/** Everything the page knows, folded from the server's messages. A replay is folded by the same code. */

import type { Hello, RobotState, ServerMessage, State } from "../protocol.ts";
import { Signal } from "../signal.ts";
import { RobotModel } from "./robot.ts";

export class PageModel {
  /** What the page began with; another one means that everything is new. */
  readonly hello = new Signal<Hello | null>(null);
  readonly robots = new Map<string, RobotModel>();
  readonly selected = new Signal<RobotModel | null>(null);
  readonly pace = new Signal<Hello["pace"]>(null);
  /** Whether the emergency stop holds any robot. */
  readonly stopped = new Signal(false);
  readonly busy = new Signal(false);
  time = 0;

  /** What the arena draws at once, without waiting for anybody. */
  onState: (state: State) => void = () => undefined;
  onTrail: (robot: string, trail: readonly (readonly [number, number, number])[]) => void = () => undefined;

  take(message: ServerMessage): void {
    switch (message.type) {
      case "hello":
        this.begin(message);
        break;
      case "state":
        this.time = message.t;
        for (const state of message.robots) this.robots.get(state.id)?.take(state, message.t);
        this.onState(message);
        break;
      case "item":
        this.robots.get(message.robot)?.hear(message.item, this.time);
        break;
      case "link":
        this.with(message.robot, (robot) => (robot.link.value = message.link));
        break;
      case "stopped":
        this.with(message.robot, (robot) => (robot.stopped.value = message.stopped));
        break;
      case "faults":
        this.with(message.robot, (robot) => (robot.faults.value = message.faults));
        break;
      case "predicted":
        this.with(message.robot, (robot) => robot.predict(message.approval, message.path));
        break;
      case "trail":
        this.onTrail(message.robot, message.trail);
        break;
      case "pace":
        this.pace.value = message.pace;
        break;
      default: // what only its sender is told: not part of what there is to see
    }
  }

  select(id: string): void {
    const robot = this.robots.get(id);
    if (robot) this.selected.value = robot;
  }

  private begin(hello: Hello): void {
    const before = this.selected.value?.info.id;
    this.robots.clear();
    this.time = hello.t;
    for (const robot of hello.robots) {
      const model = new RobotModel(robot, hello.t);
      this.robots.set(robot.id, model);
      model.stopped.watch(() => this.sum());
      model.busy.watch(() => this.sum());
    }
    this.pace.value = hello.pace;
    this.sum();
    this.hello.value = hello;
    this.selected.value = this.robots.get(before ?? "") ?? this.robots.values().next().value ?? null;
  }

  private with(robot: string, change: (robot: RobotModel) => void): void {
    const model = this.robots.get(robot);
    if (model) change(model);
  }

  private sum(): void {
    const robots = [...this.robots.values()];
    this.stopped.value = robots.some((robot) => robot.stopped.value);
    this.busy.value = robots.some((robot) => robot.busy.value);
  }
}

/** The state of a robot before anything happened. */
export function restingState(id: string): RobotState {
  return {
    id,
    x: 0,
    y: 0,
    z: 3.65,
    heading: 0,
    pitch: 0,
    roll: 0,
    speed: 0,
    acceleration: [0, 0, 1],
    battery: 100,
    face: "0".repeat(384),
    front: "#000000",
    back: "#000000",
    trail: [],
  };
}
