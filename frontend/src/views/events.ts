/** What happened to the robot, as it happens. */

import { clear, h } from "../dom.ts";
import { onceAFrame } from "../signal.ts";
import { forSelected, type Studio } from "../studio.ts";
import { t } from "../texts/index.ts";

const SHOWN = 60;

export function eventsPanel(studio: Studio): HTMLElement {
  const list = h("ol", {
    class: "events",
    "aria-live": "polite",
    "aria-relevant": "additions",
    tabindex: "0",
    "aria-label": t.events,
  });
  forSelected(studio, (robot) => {
    const draw = onceAFrame(() => {
      const happenings = robot.happenings.value.slice(-SHOWN).reverse();
      const rows = happenings.map(({ time, text }) =>
        h("li", {}, h("time", {}, time === null ? "" : `${time.toFixed(1)} s`), h("span", {}, text)),
      );
      clear(list, ...(rows.length > 0 ? rows : [h("li", { class: "muted" }, t.eventsEmpty)]));
    });
    return [robot.happenings.watch(draw)];
  });
  return h("section", { class: "panel", "aria-label": t.events }, head(t.events), list);
}

export function head(title: string, ...tools: (Node | string | null)[]): HTMLElement {
  return h("div", { class: "panel-head" }, h("h2", {}, title), ...tools);
}
