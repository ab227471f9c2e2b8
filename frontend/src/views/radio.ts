/** The radio of a virtual robot, to be spoiled. */

import { h, icon } from "../dom.ts";
import type { Faults } from "../protocol.ts";
import type { Studio } from "../studio.ts";
import { t } from "../texts/index.ts";
import { openSheet } from "./sheet.ts";

const GOOD: Faults = { drop: 0, duplicate: 0, reorder: 0, corrupt: 0, delay: 0, reach: true };
type Share = "drop" | "duplicate" | "reorder" | "corrupt" | "delay";

const SLIDERS: [name: Share, label: string, most: number, step: number][] = [
  ["drop", t.faultDrop, 1, 0.05],
  ["duplicate", t.faultDuplicate, 1, 0.05],
  ["reorder", t.faultReorder, 1, 0.05],
  ["corrupt", t.faultCorrupt, 1, 0.05],
  ["delay", t.faultDelay, 2, 0.05],
];

export function openRadio(studio: Studio): void {
  const robot = studio.page.selected.value;
  if (!robot?.faults.value) {
    openSheet({ title: t.radio, body: h("div", { class: "sheet-body" }, h("p", { class: "empty" }, t.radioNone)) });
    return;
  }
  const change = (faults: Partial<Faults>): void => {
    studio.send({ type: "faults", robot: robot.info.id, faults: { ...(robot.faults.value ?? GOOD), ...faults } });
  };
  const sliders = SLIDERS.map(([name, label, most, step]) => {
    const input = h("input", { type: "range", min: 0, max: most, step, name, "aria-label": label });
    const output = h("output");
    const write = (value: number): void => {
      output.textContent = name === "delay" ? `${value.toFixed(2)} s` : `${Math.round(value * 100)} %`;
    };
    input.addEventListener("input", () => write(Number(input.value)));
    input.addEventListener("change", () => change({ [name]: Number(input.value) }));
    const show = (faults: Faults): void => {
      input.value = String(faults[name]);
      write(faults[name]);
    };
    return { row: h("label", { class: "field" }, h("span", {}, label), input, output), show };
  });
  const reach = h("input", { type: "checkbox", onchange: () => change({ reach: reach.checked }) });
  const end = robot.faults.watch((faults) => {
    if (!faults) return;
    for (const { show } of sliders) show(faults);
    reach.checked = faults.reach;
  });
  openSheet({
    title: t.radio,
    body: h(
      "div",
      { class: "sheet-body" },
      h("p", { class: "muted" }, t.radioText),
      ...sliders.map(({ row }) => row),
      h("label", { class: "field" }, h("span", {}, t.faultReach), reach),
      h(
        "div",
        { class: "row" },
        h("button", { type: "button", class: "button", onclick: () => change(GOOD) }, icon("check"), t.radioGood),
      ),
    ),
    onClose: end,
  });
}
