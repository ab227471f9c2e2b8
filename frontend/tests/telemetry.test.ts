import { expect, test } from "vitest";

import { restingState } from "../src/model/page.ts";
import { SPAN, Telemetry } from "../src/model/telemetry.ts";

const at = (heading: number) => ({ ...restingState("SB-1"), heading });

test("old figures are forgotten", () => {
  const telemetry = new Telemetry();
  for (let second = 0; second < 3 * SPAN; second++) telemetry.add(second, at(0));
  expect(telemetry.times[0]).toBeGreaterThanOrEqual(2 * SPAN - 2);
});

test("no line is drawn across the plot when the ball turns past north", () => {
  const telemetry = new Telemetry();
  telemetry.add(0, at(350));
  telemetry.add(1, at(10));
  expect(telemetry.values.heading).toEqual([350, null]);
});

test("a clock that begins anew begins anew here", () => {
  const telemetry = new Telemetry();
  telemetry.add(100, at(0));
  telemetry.add(0, at(0));
  expect(telemetry.times).toEqual([0]);
});
