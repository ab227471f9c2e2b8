/** How simulated time passes: pause, one step, slower, faster. */

import { h, iconButton } from "../dom.ts";
import type { Studio } from "../studio.ts";
import { t } from "../texts/index.ts";

export const RATES = [0.25, 0.5, 1, 2, 4, 8] as const;

export function paceBar(studio: Studio): HTMLElement {
  const pause = iconButton("pause", t.pauseTime, () => studio.send({ type: "pace", paused: true }));
  const resume = iconButton("play", t.resume, () => studio.send({ type: "pace", paused: false }));
  const step = iconButton("step", t.step, () => studio.send({ type: "step", seconds: 0.1 }));
  const rate = rateChoice((value) => studio.send({ type: "pace", rate: value }));
  const putBack = iconButton("home", t.putBack, () => studio.send({ type: "reset" }));
  const bar = h("div", { class: "pace", role: "group", "aria-label": t.speed }, putBack, pause, resume, step, rate);
  const refresh = (): void => {
    const pace = studio.page.pace.value;
    bar.hidden = pace === null || studio.replay.value !== null;
    if (!pace) return;
    pause.hidden = pace.paused;
    resume.hidden = step.hidden = !pace.paused;
    rate.value = String(pace.rate);
  };
  studio.page.pace.watch(refresh);
  studio.replay.watch(refresh);
  return bar;
}

export function rateChoice(onchange: (rate: number) => void): HTMLSelectElement {
  const select = h(
    "select",
    { "aria-label": t.speed, title: t.speed, onchange: () => onchange(Number(select.value)) },
    ...RATES.map((rate) => h("option", { value: rate }, `${rate}×`)),
  );
  select.value = "1";
  return select;
}
