/** The last seconds of a robot's figures, for the plots. */

import type { RobotState } from "../protocol.ts";

export const SERIES = ["speed", "heading", "acceleration", "battery"] as const;
export type SeriesName = (typeof SERIES)[number];

/** Seconds that are kept and shown. */
export const SPAN = 20;
const LEAST_STEP = 0.06;

export class Telemetry {
  readonly times: number[] = [];
  readonly values: Record<SeriesName, (number | null)[]> = { speed: [], heading: [], acceleration: [], battery: [] };

  add(time: number, state: RobotState): void {
    const last = this.times.at(-1);
    if (last !== undefined && time < last)
      this.clear(); // the clock began anew
    else if (last !== undefined && time - last < LEAST_STEP) return;
    const heading = this.values.heading.at(-1);
    this.times.push(time);
    this.values.speed.push(state.speed);
    // A line across the whole plot when it passes north would say something that did not happen.
    this.values.heading.push(
      typeof heading === "number" && Math.abs(heading - state.heading) > 180 ? null : state.heading,
    );
    const [right, forward] = state.acceleration;
    this.values.acceleration.push(Math.hypot(right, forward)); // gravity would hide what the ball does
    this.values.battery.push(state.battery);
    this.forget(time - SPAN - 1);
  }

  clear(): void {
    this.times.length = 0;
    for (const name of SERIES) this.values[name].length = 0;
  }

  private forget(before: number): void {
    let old = 0;
    while (old < this.times.length && this.times[old]! < before) old++;
    if (old === 0) return;
    this.times.splice(0, old);
    for (const name of SERIES) this.values[name].splice(0, old);
  }
}
