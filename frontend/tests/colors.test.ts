import { expect, test } from "vitest";

import { DARK_PICTURE, glow, nameOf, parseHex, summary, toHex, type Picture } from "../src/model/colors.ts";

const withOne = (color: string): Picture => [[color, ...DARK_PICTURE[0]!.slice(1)], ...DARK_PICTURE.slice(1)];

test("a colour survives its way to numbers and back", () => {
  expect(toHex(parseHex("#1d5bd0"))).toBe("#1d5bd0");
});

test.each([
  ["#ff0000", "red"],
  ["#400000", "red"],
  ["#ffd02e", "yellow"],
  ["#808080", "white"],
])("%s is called %s", (color, name) => {
  expect(nameOf(color)).toBe(name);
});

test("a dark face throws no light", () => {
  expect(glow(DARK_PICTURE)).toEqual({ color: "#000000", strength: 0 });
  expect(glow(withOne("#00ff00"))).toEqual({ color: "#00ff00", strength: 1 / 64 });
});

test("a face in words names its colours", () => {
  expect(summary(withOne("#ff0000"))).toEqual([["red", 1]]);
});
