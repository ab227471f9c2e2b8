/** The conversation: what was said, answered, written and what happened; and the box where the person talks. */

import { clear, h, icon } from "../dom.ts";
import type { RobotModel } from "../model/robot.ts";
import type { ApprovalAsked, Message } from "../protocol.ts";
import { forSelected, type Studio } from "../studio.ts";
import { t } from "../texts/index.ts";
import { composer } from "./composer.ts";
import { head } from "./events.ts";
import { statusInWords } from "./program.ts";
import { welcome } from "./welcome.ts";

export function talkPanel(studio: Studio, showProgram: (id: string) => void): HTMLElement {
  const list = h("div", { class: "messages", role: "log", "aria-live": "polite", "aria-label": t.talk, tabindex: "0" });
  const box = composer(studio);
  let rows = new Map<string, HTMLElement>();
  let approvals: HTMLElement[] = [];

  const scroll = (always: boolean): void => {
    const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 120;
    if (atEnd || always) requestAnimationFrame(() => (list.scrollTop = list.scrollHeight));
  };

  const put = (robot: RobotModel, message: Message): void => {
    const row = rowOf(robot, message, showProgram);
    if (!row) return;
    if (rows.size === 0) clear(list);
    const before = rows.get(message.id);
    if (before) before.replaceWith(row);
    else list.append(row, ...approvals);
    rows.set(message.id, row);
  };

  forSelected(studio, (robot) => {
    let shown: string | null = null;
    rows = new Map();
    approvals = [];
    clear(list);
    for (const message of robot.transcript.messages) put(robot, message);
    if (rows.size === 0)
      clear(
        list,
        welcome((text) => box.say(text)),
      );
    scroll(true);
    return [
      robot.message.watch((message) => {
        if (message) put(robot, message);
        else for (const row of rows.values()) row.classList.remove("growing");
        scroll(message?.role === "person");
      }),
      robot.program.watch(({ id }) => {
        for (const program of new Set([shown, id])) {
          const message = program === null ? undefined : robot.transcript.get(program);
          if (message && rows.has(message.id)) put(robot, message); // what it says of its state has changed
        }
        shown = id;
      }),
      robot.asked.watch((asked) => {
        for (const row of approvals) row.remove();
        approvals = asked.map((approval) => approvalRow(studio, robot, approval));
        if (approvals.length === 0) return;
        list.append(...approvals);
        scroll(true);
      }),
    ];
  });

  return h("section", { class: "panel talk", "aria-label": t.talk }, head(t.talk), list, box.element);
}

/** How one message looks; null where it is not shown here. */
function rowOf(robot: RobotModel, message: Message, showProgram: (id: string) => void): HTMLElement | null {
  const growing = robot.transcript.isGrowing(message.id) ? " growing" : "";
  const row = (kind: string, text: string, ...more: Node[]): HTMLElement =>
    h(
      "div",
      { class: `message ${kind}${growing}`, "data-kind": message.kind, "data-role": message.role },
      text,
      ...more,
    );
  switch (message.kind) {
    case "text":
      return row(message.role === "person" ? "person" : "robot", message.text);
    case "reasoning":
      return row("reasoning", `${t.thinking}: ${message.text}`);
    case "code":
      return programRow(robot, message, showProgram);
    case "result":
      if (message.error !== null) return row("failed", message.error);
      return message.text ? row("output", message.text) : null;
    case "call":
      return row("output", `${message.name}(${JSON.stringify(message.arguments)})`);
    case "answer":
      return row(message.error ? "failed" : "output", message.text);
    case "event":
      return row("event", message.text);
    case "notice":
      return row("notice", message.text);
    case "image":
      return row("robot", "", h("img", { src: `data:${message.mime};base64,${message.data}`, alt: message.text }));
    case "audio":
      return row("robot", message.text, h("audio", { controls: true, src: address(message.mime, message.data) }));
  }
}

function programRow(robot: RobotModel, message: Message, showProgram: (id: string) => void): HTMLElement {
  const program = robot.program.value;
  const lines = message.text.split("\n").filter((line) => line.trim() !== "").length;
  const words = program.id === message.id ? statusInWords(program).text : t.done;
  return h(
    "button",
    { type: "button", class: "message program", "data-kind": "code", onclick: () => showProgram(message.id) },
    icon("code"),
    h("span", {}, t.showProgram(lines)),
    h("span", { class: "muted" }, words),
  );
}

function approvalRow(studio: Studio, robot: RobotModel, { id, question }: ApprovalAsked): HTMLElement {
  const answer = (yes: boolean) => (): void => {
    if (studio.send({ type: "answer", approval: id, yes })) robot.answered(id);
  };
  return h(
    "div",
    { class: "approval", role: "group", "aria-label": question },
    h("p", {}, question),
    robot.predicted[id] ? h("p", { class: "muted" }, t.approvalHint) : null,
    h(
      "div",
      {},
      h("button", { type: "button", class: "button primary", onclick: answer(true) }, t.approve),
      h("button", { type: "button", class: "button", onclick: answer(false) }, t.decline),
    ),
  );
}

/** Sound as an address: the page's security policy allows no data: for it. */
function address(mime: string, base64: string): string {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  return URL.createObjectURL(new Blob([bytes], { type: mime }));
}
