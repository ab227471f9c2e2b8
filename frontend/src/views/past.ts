/** The conversations of before, to watch again. */

import { api } from "../api.ts";
import { clear, h, icon } from "../dom.ts";
import { Timeline } from "../model/timeline.ts";
import type { Recording } from "../protocol.ts";
import type { Studio } from "../studio.ts";
import { language, t } from "../texts/index.ts";
import { closeSheet, openSheet } from "./sheet.ts";

export function openPast(studio: Studio): void {
  const list = h("ul", { class: "rows" }, h("li", { class: "muted" }, t.loading));
  const file = h("input", {
    type: "file",
    accept: ".json,application/json",
    class: "hidden-text",
    tabindex: "-1",
    "aria-hidden": "true",
  });
  file.addEventListener("change", () => {
    const report = file.files?.[0];
    if (report) void studio.attempt(async () => watch(studio, await api.readReport(await report.text())));
  });
  const openFile = h(
    "button",
    { type: "button", class: "button", onclick: () => file.click() },
    icon("sheet"),
    t.pastOpen,
  );
  openSheet({
    title: t.past,
    body: h("div", { class: "sheet-body" }, h("div", { class: "row" }, openFile, file), list),
  });
  void studio.attempt(async () => {
    const conversations = await api.conversations();
    const rows = conversations.map(({ id, title, ended, turns, seconds, world }) =>
      h(
        "li",
        { "data-conversation": id },
        h(
          "div",
          {},
          h("h3", {}, title),
          h("p", {}, [when(ended), t.pastTurns(turns), `${Math.round(seconds)} s`, world].filter(Boolean).join(" · ")),
        ),
        h(
          "button",
          {
            type: "button",
            class: "button",
            "aria-label": `${t.watch}: ${title}`,
            onclick: () => void studio.attempt(async () => watch(studio, await api.recording(id))),
          },
          icon("play"),
          t.watch,
        ),
      ),
    );
    clear(list, ...(rows.length > 0 ? rows : [h("li", { class: "empty" }, t.pastEmpty)]));
  });
}

function watch(studio: Studio, recording: Recording): void {
  const hello = studio.page.hello.value;
  if (!hello) return;
  closeSheet();
  studio.watchRecording(new Timeline(recording, hello));
}

function when(ended: string | null): string {
  if (ended === null) return t.stillGoing;
  return new Date(ended).toLocaleString(language, { dateStyle: "medium", timeStyle: "short" });
}
