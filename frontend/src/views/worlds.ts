/** The world picker. */

import { h } from "../dom.ts";
import type { Studio } from "../studio.ts";
import { t } from "../texts/index.ts";
import { openSheet } from "./sheet.ts";

export function openWorlds(studio: Studio): void {
  const hello = studio.page.hello.value;
  const here = hello?.world?.name;
  const rows = (hello?.worlds ?? []).map(({ name, about, balls }) =>
    h(
      "li",
      { "data-world": name },
      h("div", {}, h("h3", {}, name), h("p", {}, `${about} ${balls > 1 ? t.worldBalls(balls) : ""}`)),
      name === here
        ? h("span", { class: "muted" }, t.chosen)
        : h(
            "button",
            {
              type: "button",
              class: "button",
              "aria-label": `${t.choose}: ${name}`,
              onclick: () => choose(studio, name),
            },
            t.choose,
          ),
    ),
  );
  const text = rows.length > 0 ? t.worldsText : t.worldNone;
  openSheet({
    title: t.worlds,
    body: h("div", { class: "sheet-body" }, h("p", { class: "muted" }, text), h("ul", { class: "rows" }, ...rows)),
  });
  const end = studio.page.hello.watch((now) => {
    if (now === hello) return;
    queueMicrotask(() => end());
    if (now && document.querySelector("[data-world]")) openWorlds(studio);
  });
}

function choose(studio: Studio, name: string): void {
  if (studio.replay.value) studio.watchNow();
  studio.send({ type: "world", name });
}
