import { expect, test } from "vitest";

import { en } from "../src/texts/en.ts";
import { zh } from "../src/texts/zh.ts";

test("no entry is empty in any language", () => {
  for (const texts of [en, zh]) {
    for (const [name, text] of Object.entries(texts)) {
      if (typeof text === "string") expect(text.trim(), name).not.toBe("");
    }
  }
});

test("sentences are translated", () => {
  const same = Object.entries(en).filter(
    ([name, text]) => typeof text === "string" && text.includes(" ") && zh[name as keyof typeof zh] === text,
  );
  expect(same).toEqual([]);
});
