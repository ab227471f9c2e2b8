import { expect, test } from "vitest";

import { programOf } from "../src/model/kept-move.ts";

const HEAD = `"""A nod."""

from bolt_agent import Move


def nod(move: Move) -> None:
    """A nod."""
    move.spin(45, 1)
    move.spin(-45, 1)
`;

test("the program that made a move comes back", () => {
  const source = `${HEAD}\n\nCODE = """\\\ndef run(moss):\n    moss.body.new_move(run=True).spin(45, 1)\n"""\n"""The program that made it."""\n`;
  expect(programOf({ name: "nod", source })).toBe("def run(moss):\n    moss.body.new_move(run=True).spin(45, 1)\n");
});

test("a move without one becomes a program that does the same", () => {
  expect(programOf({ name: "nod", source: HEAD }).split("\n").slice(1, 4)).toEqual([
    "    move = moss.body.new_move()",
    "    move.spin(45, 1)",
    "    move.spin(-45, 1)",
  ]);
});

test("a file that nobody understands is performed by its name", () => {
  expect(programOf({ name: "nod", source: "" })).toContain('run_move("nod")');
});
