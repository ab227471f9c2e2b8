/** Sentences that go away by themselves. */

import { h } from "../dom.ts";
import type { Studio } from "../studio.ts";

const STAYS = 6000; // ms

export function toast(studio: Studio): HTMLElement {
  const element = h("div", { class: "toast", role: "status", "aria-live": "polite" });
  let timer = 0;
  studio.notice.watch((notice) => {
    clearTimeout(timer);
    element.textContent = notice?.text ?? "";
    element.classList.toggle("bad", notice?.bad ?? false);
    if (notice) timer = window.setTimeout(() => (element.textContent = ""), STAYS);
  });
  return element;
}
