/** The keys of the page: what they do, and the list of them. */

import { h, isTyping } from "../dom.ts";
import type { Studio } from "../studio.ts";
import { t } from "../texts/index.ts";
import { closeSheet, openSheet } from "./sheet.ts";

const PRESSES = "button, a, input, summary, [role='gridcell'], [role='radio']";

export function listenForKeys(studio: Studio): void {
  document.addEventListener(
    "keydown",
    (event) => {
      const target = event.composedPath()[0] ?? null;
      if (event.key === "Escape") escape(studio, event);
      else if (event.key === " " && !event.repeat) space(studio, event, target);
      else if (event.key === "/" && !isTyping(target)) {
        document.getElementById("say")?.focus();
        event.preventDefault();
      }
    },
    { capture: true },
  );
}

/** A robot that may move is stopped, whatever else the key could mean. At rest it closes what is open first. */
function escape(studio: Studio, event: KeyboardEvent): void {
  const atRest = !studio.page.busy.value && (studio.page.selected.value?.state.value.speed ?? 0) < 1;
  if (event.isComposing) return;
  if (atRest && (document.querySelector("dialog[open]") !== null || closeSheet())) return;
  studio.stop();
}

/** A button that has the focus is pressed by it while the robot rests; while it may move, the robot is stopped. */
function space(studio: Studio, event: KeyboardEvent, target: EventTarget | null): void {
  if (isTyping(target)) return;
  const presses = target instanceof Element && target.closest(PRESSES) !== null;
  if (presses && !studio.page.busy.value) return;
  event.preventDefault();
  studio.stop();
}

export function openKeys(): void {
  const keys: [string, string][] = [
    ["Esc", t.keyStop],
    ["Space", t.keySpace],
    ["/", t.keySlash],
    ["Ctrl Enter", t.keyRun],
    ["↑", t.keyUp],
  ];
  const rows = keys.map(([key, text]) => h("li", {}, h("kbd", {}, key), h("div", {}, text)));
  openSheet({ title: t.keysText, body: h("div", { class: "sheet-body" }, h("ul", { class: "rows" }, ...rows)) });
}
