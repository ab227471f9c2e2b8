/** The timeline under a recording: play, pause, step, go anywhere, slower and faster, and take it home. */

import { api } from "../api.ts";
import { h, icon, iconButton, svgElement } from "../dom.ts";
import { save } from "../files.ts";
import type { Timeline } from "../model/timeline.ts";
import type { Studio } from "../studio.ts";
import { t } from "../texts/index.ts";
import { rateChoice } from "./pace.ts";

const STEP = 0.1; // s
const FORMATS = ["gif", "webp", "mp4"] as const;

export function replayBar(studio: Studio): HTMLElement {
  let playing = false;
  let rate = 1;
  let last = 0;

  const play = iconButton("play", t.play, () => setPlaying(true));
  const pause = iconButton("pause", t.pause, () => setPlaying(false));
  const position = h("input", { type: "range", min: 0, step: 0.05, value: 0, "aria-label": t.replayPosition });
  const output = h("output");
  const title = h("p", { class: "title" });
  const marks = svgElement("svg", {
    class: "marks",
    viewBox: "0 0 1000 4",
    preserveAspectRatio: "none",
    "aria-hidden": "true",
  });
  const kind = h(
    "select",
    { "aria-label": t.exportAs("…") },
    h("option", { value: "" }, "…"),
    ...FORMATS.map((name) => h("option", { value: name }, name.toUpperCase())),
  );

  const write = (timeline: Timeline): void => {
    position.value = String(timeline.position);
    position.setAttribute("aria-valuetext", seconds(timeline.position));
    output.textContent = `${seconds(timeline.position)} / ${seconds(timeline.length)}`;
  };
  const go = (to: number): void => {
    const timeline = studio.replay.value;
    if (!timeline) return;
    for (const message of timeline.seek(to)) studio.page.take(message);
    write(timeline);
  };
  const setPlaying = (on: boolean): void => {
    const timeline = studio.replay.value;
    if (on && timeline && timeline.position >= timeline.length) go(0);
    playing = on;
    play.hidden = on;
    pause.hidden = !on;
    last = performance.now();
    if (on) requestAnimationFrame(frame);
  };
  const frame = (now: number): void => {
    const timeline = studio.replay.value;
    if (!playing || !timeline) return;
    const passed = Math.max(0, now - last) / 1000;
    last = now;
    for (const message of timeline.advance(passed * rate)) studio.page.take(message);
    write(timeline);
    if (timeline.position >= timeline.length) setPlaying(false);
    else requestAnimationFrame(frame);
  };
  const step = (direction: number): void => {
    setPlaying(false);
    go((studio.replay.value?.position ?? 0) + direction * STEP);
  };
  const speed = rateChoice((value) => (rate = value));
  position.addEventListener("input", () => go(Number(position.value)));
  kind.addEventListener("change", () => {
    const format = FORMATS.find((name) => name === kind.value);
    const timeline = studio.replay.value;
    kind.value = "";
    if (!timeline || !format) return;
    void studio.attempt(async () => save(await api.render(timeline.recording.id, format), `bolt.${format}`));
  });

  const bar = h(
    "div",
    { class: "replay", role: "group", "aria-label": t.past, hidden: true },
    title,
    play,
    pause,
    iconButton("step", t.step, () => step(1)),
    h("div", { class: "track" }, position, marks),
    output,
    speed,
    h("label", { class: "export", title: t.exportAs("…") }, icon("down"), kind),
    h("button", { type: "button", class: "button", onclick: () => studio.watchNow() }, t.replayEnd),
  );
  studio.replay.watch((timeline) => {
    bar.hidden = timeline === null;
    if (!timeline) {
      setPlaying(false);
      return;
    }
    const said = timeline.recording.items.find(([, item]) => item.item === "began")?.[1];
    title.textContent = t.replaying(said?.item === "began" ? said.say : timeline.recording.id);
    position.max = String(timeline.length);
    marks.replaceChildren(
      ...timeline.marks.map((mark) =>
        svgElement("rect", {
          x: (1000 * mark) / Math.max(0.1, timeline.length),
          y: 0,
          width: 3,
          height: 4,
          fill: "currentColor",
        }),
      ),
    );
    write(timeline);
    setPlaying(true);
  });
  return bar;
}

function seconds(value: number): string {
  return `${value.toFixed(1)} s`;
}
