/** The robot itself: its face enlarged, its lights, its figures. */

import { glow, luminance, summary, type Picture } from "../model/colors.ts";
import { paintFace } from "../face-painter.ts";
import { h } from "../dom.ts";
import { forSelected, type Studio } from "../studio.ts";
import { onceAFrame } from "../signal.ts";
import { t } from "../texts/index.ts";

const MOST_NAMED = 3;

export function facePanel(studio: Studio): HTMLElement {
  const canvas = h("canvas", { width: 320, height: 320, role: "img" });
  const front = h("span", { class: "led front" });
  const back = h("span", { class: "led back" });
  const figures = { speed: h("dd"), heading: h("dd"), place: h("dd"), battery: h("dd") };
  const box = h("div", { class: "face-box" }, h("div", { class: "round" }, front, canvas, back));

  const show = (picture: Picture): void => {
    paintFace(canvas, picture);
    canvas.setAttribute("aria-label", inWords(picture));
    canvas.dataset.lit = String(picture.flat().filter((color) => color !== "#000000").length);
    const light = glow(picture);
    const share = light.strength === 0 ? 0 : Math.round(18 + 14 * light.strength + 8 * (1 - luminance(light.color)));
    box.style.setProperty("--face-glow", `color-mix(in srgb, ${light.color} ${share}%, transparent)`);
  };

  forSelected(studio, (robot) => {
    const write = onceAFrame(() => {
      const state = robot.state.value;
      figures.speed.replaceChildren(state.speed.toFixed(0), unit("cm/s"));
      figures.heading.replaceChildren(`${(((Math.round(state.heading) % 360) + 360) % 360).toFixed(0)}°`);
      figures.place.replaceChildren(`${state.x.toFixed(0)}, ${state.y.toFixed(0)}`, unit("cm"));
      figures.battery.replaceChildren(state.battery.toFixed(0), unit("%"));
    });
    return [
      robot.picture.watch(show),
      robot.lights.watch((lights) => {
        for (const [led, color] of [
          [front, lights.front],
          [back, lights.back],
        ] as const) {
          led.style.background = color === "#000000" ? "" : color;
          led.style.boxShadow = color === "#000000" ? "" : `0 0 14px ${color}`;
        }
      }),
      robot.state.watch(write),
    ];
  });

  return h(
    "section",
    { class: "panel face", "aria-label": t.face },
    box,
    h(
      "dl",
      { class: "figures" },
      h("div", {}, h("dt", {}, t.figureSpeed), figures.speed),
      h("div", {}, h("dt", {}, t.figureHeading), figures.heading),
      h("div", {}, h("dt", {}, t.figurePlace), figures.place),
      h("div", {}, h("dt", {}, t.figureBattery), figures.battery),
    ),
  );
}

function unit(text: string): HTMLElement {
  return h("small", {}, ` ${text}`);
}

function inWords(picture: Picture): string {
  const colors = summary(picture).slice(0, MOST_NAMED);
  if (colors.length === 0) return t.faceDark;
  return t.faceShows(colors.map(([name, points]) => t.faceColor(name, points)).join(", "));
}
