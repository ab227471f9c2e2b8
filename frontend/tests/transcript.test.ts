import { expect, test } from "vitest";

import { Transcript } from "../src/model/transcript.ts";
import type { Item } from "../src/protocol.ts";

function fold(...items: Item[]): Transcript {
  const transcript = new Transcript();
  for (const item of items) transcript.add(item);
  return transcript;
}

test("a person's words come with the turn", () => {
  expect(fold({ item: "began", turn: 3, say: "dance" }).messages).toMatchObject([
    { id: "3.0", role: "person", text: "dance" },
  ]);
});

test("a program of a person begins a turn without words", () => {
  expect(fold({ item: "began", turn: 1, say: "" }).messages).toEqual([]);
});

test("chunks grow a message, and its tail corrects it", () => {
  const head: Item = { item: "head", id: "1.1", kind: "text", role: "robot" };
  const grown = fold(head, { item: "chunk", id: "1.1", text: "Hel" }, { item: "chunk", id: "1.1", text: "lo" });
  expect(grown.messages[0]!.text).toBe("Hello");
  expect(grown.isGrowing("1.1")).toBe(true);
  grown.add({ item: "tail", message: { id: "1.1", kind: "text", role: "robot", text: "Hello!", memory: null } });
  expect(grown.messages.map(({ text }) => text)).toEqual(["Hello!"]);
  expect(grown.isGrowing("1.1")).toBe(false);
});

test("a chunk of something unknown is nothing", () => {
  expect(fold({ item: "chunk", id: "9.9", text: "x" }).messages).toEqual([]);
});
