import { describe, expect, test } from "vitest";

import { NO_PROGRAM, advance, lineOfError, newestProgram } from "../src/model/program.ts";
import type { Item, Message } from "../src/protocol.ts";

const code = (id: string, text: string): Message => ({ id, kind: "code", role: "robot", text, memory: null });
const result = (answers: string, error: string | null): Item => ({
  item: "tail",
  message: { id: "1.9", kind: "result", role: "program", text: "", memory: null, answers, error, again: false },
});
const fold = (...items: Item[]) => items.reduce(advance, NO_PROGRAM);

describe("a program that streams", () => {
  const head: Item = { item: "head", id: "1.1", kind: "code", role: "robot" };

  test("grows with its chunks", () => {
    const program = fold(head, { item: "chunk", id: "1.1", text: "def " }, { item: "chunk", id: "1.1", text: "run" });
    expect(program).toMatchObject({ id: "1.1", text: "def run", status: "writing" });
  });

  test("keeps the lines that run when its tail corrects it", () => {
    const line: Item = { item: "line", line: 2, track: "ball" };
    const program = fold(head, line, { item: "tail", message: code("1.1", "def run(moss): ...") });
    expect(program).toMatchObject({ text: "def run(moss): ...", status: "running", lines: { ball: 2 } });
  });

  test("runs on after its result, as long as the turn does", () => {
    const turn = { say: "", reply: "", code: null, status: "ok", error: null, t_start: 0, t_end: 1 } as const;
    const running = fold(head, { item: "line", line: 2, track: "ball" }, result("1.1", null));
    expect(running.lines).toEqual({ ball: 2 });
    const ended = advance(running, {
      item: "ended",
      turn: { ...turn, model: null, tokens_in: 0, tokens_out: 0, cost: 0 },
    });
    expect(ended).toMatchObject({ status: "done", lines: {} });
  });

  test("says at which line it failed", () => {
    const program = fold(head, result("1.1", "AttributeError: no such thing\n  line 3, in run: moss.body.fly()"));
    expect(program).toMatchObject({ status: "failed", error: { line: 3 } });
  });

  test("ignores what answers another", () => {
    expect(fold(head, result("0.1", "line 1")).status).toBe("writing");
  });
});

describe("a page that comes late", () => {
  const messages = [code("1.1", "old"), code("2.1", "new")];

  test("shows the program that runs, with its lines", () => {
    expect(newestProgram(messages, "2.1", { face: 1 })).toMatchObject({
      text: "new",
      status: "running",
      lines: { face: 1 },
    });
  });

  test("shows the last one when nothing runs", () => {
    expect(newestProgram(messages, null, {})).toMatchObject({ text: "new", status: "done", lines: {} });
  });
});

test("an error without a line has none", () => {
  expect(lineOfError("too slow")).toBeNull();
});
