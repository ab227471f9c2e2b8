/** The gallery: the moves and animations that are kept, as pictures; to play, change, rename, delete and take home. */

import { api, type Kind } from "../api.ts";
import { clear, h, icon, iconButton } from "../dom.ts";
import { faceCanvas, paintFace } from "../face-painter.ts";
import { saveText } from "../files.ts";
import { prefersLessMotion } from "../dom.ts";
import { fromAnimation, pictureOfFrame } from "../model/drawing.ts";
import { programOf } from "../model/kept-move.ts";
import type { Gallery, KeptAnimation, KeptMove } from "../protocol.ts";
import type { Studio } from "../studio.ts";
import { t } from "../texts/index.ts";
import { ask } from "./ask.ts";
import { openPainter } from "./painter.ts";
import { closeSheet, openSheet } from "./sheet.ts";

/** Opens a move where it can be changed. */
export type EditMove = (code: string, move: KeptMove) => void;

export function openGallery(studio: Studio, editMove: EditMove, first: Kind = "moves"): void {
  let kind = first;
  let contents: Gallery | null = null;
  const cards = h("div", { class: "cards" });
  const tab = (which: Kind, label: string): HTMLButtonElement =>
    h("button", { type: "button", class: "button", "data-kind": which, onclick: () => show(which) }, label);
  const tabs = h(
    "div",
    { class: "tabs", role: "group", "aria-label": t.gallery },
    tab("moves", t.moves),
    tab("animations", t.animations),
  );
  const fresh = h(
    "button",
    { type: "button", class: "button spread", onclick: () => openPainter(studio) },
    icon("edit"),
    t.newAnimation,
  );

  const show = (which: Kind): void => {
    kind = which;
    for (const button of tabs.children)
      button.setAttribute("aria-pressed", String((button as HTMLElement).dataset.kind === kind));
    if (!contents) {
      clear(cards, h("p", { class: "muted" }, t.loading));
      return;
    }
    const made =
      kind === "moves"
        ? contents.moves.map((move) => moveCard(studio, move, editMove))
        : contents.animations.map((kept) => animationCard(studio, kept));
    const empty = h("p", { class: "empty" }, kind === "moves" ? t.movesEmpty : t.animationsEmpty);
    cards.classList.toggle("cards", made.length > 0);
    clear(cards, ...(made.length > 0 ? made : [empty]));
  };
  const load = (): void => {
    void studio.attempt(async () => {
      contents = await api.gallery();
      show(kind);
    });
  };
  const end = studio.gallery.watch(load);
  show(kind);
  openSheet({
    title: t.gallery,
    body: h("div", { class: "sheet-body" }, h("div", { class: "row" }, tabs, fresh), cards),
    onClose: end,
  });
}

function moveCard(studio: Studio, move: KeptMove, editMove: EditMove): HTMLElement {
  const picture = h("img", { src: api.picture(move.picture), alt: "", loading: "lazy" });
  return card(studio, "moves", move, picture, () => {
    closeSheet();
    editMove(programOf(move), move);
  });
}

function animationCard(studio: Studio, kept: KeptAnimation): HTMLElement {
  const edit = kept.animation ? (): void => openPainter(studio, kept) : null;
  return card(studio, "animations", kept, animated(kept), edit);
}

function card(
  studio: Studio,
  kind: Kind,
  kept: KeptMove | KeptAnimation,
  picture: HTMLElement,
  edit: (() => void) | null,
): HTMLElement {
  const { name, description, source } = kept;
  const perform = kind === "moves" ? "move" : "animation";
  const rename = (): void =>
    ask(t.rename, "", [{ name: "name", label: t.newName, value: name }], async (answers) => {
      await api.rename(kind, name, answers.name!);
    });
  const remove = (): void =>
    ask(t.remove, t.removeSure(name), [], async () => {
      await api.remove(kind, name);
    });
  return h(
    "article",
    { class: "card", "data-name": name },
    h("div", { class: "card-picture" }, picture),
    h("div", { class: "card-text" }, h("h3", {}, name), h("p", {}, description)),
    h(
      "div",
      { class: "card-tools" },
      iconButton("play", t.playName(name), () => studio.send({ type: "perform", kind: perform, name })),
      edit ? iconButton("edit", `${t.edit}: ${name}`, edit) : null,
      iconButton("sheet", `${t.rename}: ${name}`, rename, { class: "icon-button spread" }),
      iconButton("down", `${t.exportFile}: ${name}`, () => saveText(source, `${name}.py`)),
      iconButton("trash", `${t.remove}: ${name}`, remove),
    ),
  );
}

/** Its frames, one after another, as long as the picture is on the page. */
function animated(kept: KeptAnimation): HTMLElement {
  if (!kept.animation) return h("p", { class: "muted" }, t.byHand);
  const drawn = fromAnimation(kept.animation);
  const canvas = faceCanvas(192, pictureOfFrame(drawn, 0));
  if (drawn.frames.length === 1 || prefersLessMotion()) return canvas;
  let frame = 0;
  const timer = setInterval(() => {
    if (!canvas.isConnected && frame > 0) {
      clearInterval(timer);
      return;
    }
    frame = (frame + 1) % drawn.frames.length;
    paintFace(canvas, pictureOfFrame(drawn, frame));
  }, 1000 / drawn.fps);
  return canvas;
}
