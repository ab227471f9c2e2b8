/** A kept move as a program that can be changed: the one that made it, or one that does the same. */

import type { KeptMove } from "../protocol.ts";

export function programOf({ name, source }: Pick<KeptMove, "name" | "source">): string {
  const code = /^CODE = """\\\n([\s\S]*?)\n"""$/m.exec(source)?.[1];
  if (code !== undefined) return code.replaceAll('\\"', '"').replaceAll("\\\\", "\\") + "\n";
  const calls = callsOf(source);
  if (calls.length === 0)
    return `def run(moss):\n    moss.body.run_move(${JSON.stringify(name)})\n    moss.body.wait()\n`;
  return [
    "def run(moss):",
    "    move = moss.body.new_move()",
    ...calls,
    "    moss.body.run(move)",
    "    moss.body.wait()",
    "",
  ].join("\n");
}

/** The lines of its function that compose it. */
function callsOf(source: string): string[] {
  const lines = source.split("\n");
  const first = lines.findIndex((line) => line.startsWith("def "));
  if (first === -1) return [];
  const body = lines.slice(first + 1);
  const end = body.findIndex((line) => line !== "" && !line.startsWith(" "));
  return body
    .slice(0, end === -1 ? undefined : end)
    .filter((line) => line.trim() !== "" && !line.startsWith('    """'));
}
