/** The program: as it is being written, with the lines that run marked and errors under their line; to change and to run. */

import type { CodeEditor } from "../code-editor.ts";
import { h, icon, iconButton } from "../dom.ts";
import { NO_PROGRAM, type Program } from "../model/program.ts";
import type { KeptMove } from "../protocol.ts";
import { forSelected, type Studio } from "../studio.ts";
import { t } from "../texts/index.ts";
import { api } from "../api.ts";
import { head } from "./events.ts";
import { ask } from "./ask.ts";

const FIRST = `def run(moss):
    moss.face.show("heart", "red")
    moss.body.new_move(run=True).roll(0, 90, 2).spin(360, 1)
`;

export interface ProgramPanel {
  element: HTMLElement;
  /** Shows the program of a message. */
  show(id: string): void;
  /** Shows a program to be changed. */
  write(code: string, kept?: KeptMove): void;
}

export function programPanel(studio: Studio): ProgramPanel {
  const state = h("span", { class: "program-state", role: "status" });
  const place = h("div", { class: "code-editor" });
  let editor: CodeEditor | null = null;
  let shown: Program = NO_PROGRAM;

  const run = (): void => {
    const code = editor?.text ?? "";
    if (code.trim() !== "") studio.send({ type: "run", code });
  };
  const edited = (): boolean => editor !== null && shown.text !== editor.text;
  const refresh = (): void => {
    const changed = edited() && shown.status !== "writing";
    const status = statusInWords(shown);
    state.textContent = changed ? t.edited : status.text;
    state.dataset.state = changed ? "edited" : status.name;
    const nothing = (editor?.text ?? shown.text).trim() === "";
    empty.hidden = !nothing || writing;
    place.hidden = !empty.hidden;
    for (const button of [runButton, keepButton]) button.disabled = nothing || shown.status === "writing";
    revertButton.hidden = !changed || shown.id === null;
  };
  const keep = (): void => {
    const code = editor?.text ?? "";
    ask(
      t.keepTitle,
      t.keepText,
      [
        { name: "name", label: t.name, value: kept?.name ?? "" },
        { name: "description", label: t.description, value: kept?.description ?? "" },
      ],
      async ({ name, description }) => {
        await api.keepMove({ name: name!, description: description || name!, code });
        studio.tell(t.kept(name!));
      },
    );
  };
  let writing = false;
  let kept: KeptMove | undefined;
  const write = (code: string, from?: KeptMove): void => {
    writing = true;
    kept = from;
    editor?.replace(code);
    refresh();
    editor?.focus();
  };

  const runButton = h(
    "button",
    { type: "button", class: "button", title: t.runHint, onclick: run, id: "run" },
    icon("play"),
    t.runProgram,
  );
  const keepButton = h("button", { type: "button", class: "button quiet", onclick: keep }, icon("save"), t.keepMove);
  const revertButton = iconButton("undo", t.revert, () => {
    editor?.show(shown);
    refresh();
  });
  const empty = h(
    "div",
    { class: "program-empty" },
    h("p", {}, t.programEmpty),
    h(
      "div",
      {},
      h("button", { type: "button", class: "button", onclick: () => write(FIRST) }, icon("edit"), t.programTry),
    ),
  );

  void import("../code-editor.ts").then(({ CodeEditor }) => {
    editor = new CodeEditor(place, {
      onRun: run,
      onChange: () => {
        writing ||= editor?.hasFocus ?? false; // an empty program that somebody writes on stays open
        refresh();
      },
    });
    editor.show(shown);
    refresh();
  });

  const show = (program: Program): void => {
    const mine = edited() && program.id === shown.id;
    shown = program;
    writing = false;
    if (program.id !== null) kept = undefined;
    if (mine)
      editor?.mark(program); // what the person changed stays
    else editor?.show(program);
    refresh();
  };
  forSelected(studio, (robot) => [robot.program.watch(show)]);
  refresh();

  return {
    element: h(
      "section",
      { class: "panel program", "aria-label": t.program },
      head(t.program, state, revertButton, keepButton, runButton),
      empty,
      place,
    ),
    write,
    show: (id) => {
      const robot = studio.page.selected.value;
      const message = robot?.transcript.get(id);
      if (robot && robot.program.value.id === id) show(robot.program.value);
      else if (message?.kind === "code") show({ ...NO_PROGRAM, id, text: message.text, status: "done" });
    },
  };
}

/** What runs while it is still being written runs. */
export function statusInWords({ status, lines }: Program): { name: string; text: string } {
  const name = status === "writing" && Object.keys(lines).length > 0 ? "running" : status;
  return { name, text: { none: "", writing: t.writing, running: t.running, done: t.done, failed: t.failed }[name] };
}
