/** The program that the page shows: as far as it is written, which of its lines run, and what came of it. */

import type { Item, Message, Result } from "../protocol.ts";

export type ProgramStatus = "none" | "writing" | "running" | "done" | "failed";

export interface Program {
  /** Of its message; null where there is none yet. */
  readonly id: string | null;
  readonly text: string;
  readonly status: ProgramStatus;
  /** The line, from 1, that each track performs. */
  readonly lines: Readonly<Record<string, number>>;
  readonly error: { line: number | null; text: string } | null;
}

export const NO_PROGRAM: Program = { id: null, text: "", status: "none", lines: {}, error: null };

/** The newest program of a conversation, for a page that comes late. */
export function newestProgram(
  messages: readonly Message[],
  running: string | null,
  lines: Record<string, number>,
): Program {
  const code = messages.findLast((message) => message.kind === "code");
  if (!code) return NO_PROGRAM;
  const program: Program = { ...NO_PROGRAM, id: code.id, text: code.text, status: "done" };
  if (code.id === running) return { ...program, status: "running", lines };
  const result = messages.find(
    (message): message is Result => message.kind === "result" && message.answers === code.id,
  );
  return result && result.error !== null ? ended(program, result.error) : program;
}

/** What the next item of the stream makes of it. */
export function advance(program: Program, item: Item): Program {
  switch (item.item) {
    case "head":
      return item.kind === "code" ? { ...NO_PROGRAM, id: item.id, status: "writing" } : program;
    case "chunk":
      return item.id === program.id ? { ...program, text: program.text + item.text } : program;
    case "line":
      return program.id === null
        ? program
        : { ...program, lines: { ...program.lines, [item.track]: item.line }, status: whileRunning(program.status) };
    case "tail":
      return afterTail(program, item.message);
    case "ended": // only now is nothing moving any more that the program asked for
      return {
        ...program,
        lines: {},
        status: program.status === "failed" || program.id === null ? program.status : "done",
      };
    default:
      return program;
  }
}

/** The line that an error names ("line 3, in run: ..."); the last one is the nearest to the cause. */
export function lineOfError(text: string): number | null {
  const found = [...text.matchAll(/\bline (\d+)/g)].at(-1);
  return found ? Number(found[1]) : null;
}

function afterTail(program: Program, message: Message): Program {
  if (message.kind === "code") {
    const before = message.id === program.id ? program : { ...NO_PROGRAM, id: message.id };
    return { ...before, text: message.text, status: "running" };
  }
  if (message.kind === "result" && message.answers === program.id) return ended(program, message.error);
  return program;
}

function ended(program: Program, error: string | null): Program {
  if (error === null) return { ...program, status: "running" };
  return { ...program, status: "failed", lines: {}, error: { line: lineOfError(error), text: error } };
}

function whileRunning(status: ProgramStatus): ProgramStatus {
  return status === "writing" ? "writing" : "running";
}
