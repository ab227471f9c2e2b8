/** What a newcomer sees first: what this is, and three things to try. */

import { h } from "../dom.ts";
import { faceCanvas } from "../face-painter.ts";
import { DARK, type Picture } from "../model/colors.ts";
import { t } from "../texts/index.ts";

/** Small pictures beside the examples: rows of 8, letters are colours. */
const FACES: Record<string, { colors: Record<string, string>; rows: string }> = {
  heart: {
    colors: { "#": "#ff2d46" },
    rows: "........ .##..##. ######## ######## ######## .######. ..####.. ...##...",
  },
  note: {
    colors: { "#": "#38d0ff" },
    rows: "...##### ...##### ...#...# ...#...# ...#...# .###.### ####.### .##..##.",
  },
  smile: {
    colors: { o: "#ffffff", "#": "#ffd02e" },
    rows: "........ .oo..oo. .oo..oo. ........ #......# ##....## .######. ..####..",
  },
};

export function smallFace(name: string): Picture {
  const face = FACES[name] ?? FACES.smile!;
  return face.rows.split(" ").map((row) => Array.from(row, (letter) => face.colors[letter] ?? DARK));
}

export function welcome(say: (text: string) => void): HTMLElement {
  return h(
    "div",
    { class: "welcome" },
    h("h3", {}, t.welcome),
    h("p", { class: "muted" }, t.welcomeText),
    h(
      "div",
      { class: "tries" },
      ...t.tries.map(({ text, face }) =>
        h("button", { type: "button", onclick: () => say(text) }, faceCanvas(96, smallFace(face)), h("span", {}, text)),
      ),
    ),
  );
}
