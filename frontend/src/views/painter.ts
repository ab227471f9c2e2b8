/** The animation editor: paint frames of 8x8 lights, see them on the ball at once, keep them as a file. */

import { clear, h, icon, iconButton } from "../dom.ts";
import { faceCanvas } from "../face-painter.ts";
import { nameOf, parseHex, SIZE } from "../model/colors.ts";
import * as drawing from "../model/drawing.ts";
import type { KeptAnimation } from "../protocol.ts";
import { api } from "../api.ts";
import { onceAFrame } from "../signal.ts";
import type { Studio } from "../studio.ts";
import { t } from "../texts/index.ts";
import { ask } from "./ask.ts";
import { openSheet } from "./sheet.ts";

const PREVIEW_PAUSE = 80; // ms that strokes are gathered before the ball shows them

/** Opens it with a new animation, or with one that is kept. */
export function openPainter(studio: Studio, kept?: KeptAnimation): void {
  const painter = new Painter(studio, kept);
  openSheet({ title: kept?.name ?? t.painter, body: painter.element, onClose: () => painter.end() });
}

class Painter {
  readonly element: HTMLElement;
  private readonly history: drawing.History;
  private readonly cells: HTMLButtonElement[][];
  private readonly palette = h("div", { class: "palette", role: "radiogroup", "aria-label": t.palette });
  private readonly frames = h("div", { class: "frames", role: "group", "aria-label": t.frames });
  private readonly onBall = h("input", { type: "checkbox", checked: true, onchange: () => this.preview() });
  private readonly undo = iconButton("undo", t.undo, () => this.travel("undo"));
  private readonly redo = iconButton("redo", t.redo, () => this.travel("redo"));
  private readonly picker = h("input", { type: "color", "aria-label": t.changeColor, title: t.changeColor });
  private readonly draw = onceAFrame(() => this.refresh());
  private color = 1;
  private stroke = false;
  private waiting = 0;
  private previewed = false;

  constructor(
    private readonly studio: Studio,
    private kept?: KeptAnimation,
  ) {
    this.history = new drawing.History(kept?.animation ? drawing.fromAnimation(kept.animation) : drawing.NEW_DRAWING);
    this.cells = Array.from({ length: SIZE }, (_, row) =>
      Array.from({ length: SIZE }, (_, column) => this.cell(row, column)),
    );
    this.picker.addEventListener("input", () =>
      this.do(drawing.recolor(this.now, this.color, this.picker.value), true),
    );
    this.element = this.build();
    this.refresh();
    if (kept) this.preview();
  }

  /** The sheet is closed: the ball is its own again. */
  end(): void {
    clearTimeout(this.waiting);
    if (this.previewed)
      this.studio.connection.send({ type: "preview_end", robot: this.studio.page.selected.value?.info.id ?? null });
  }

  private get now(): drawing.Drawing {
    return this.history.now;
  }

  private do(next: drawing.Drawing, joined = false): void {
    this.history.do(next, joined);
    this.draw();
    this.preview();
  }

  private travel(way: "undo" | "redo"): void {
    this.history[way]();
    this.draw();
    this.preview();
  }

  private preview(): void {
    clearTimeout(this.waiting);
    this.waiting = window.setTimeout(() => {
      if (!this.onBall.checked) {
        this.end();
        return;
      }
      this.previewed = this.studio.send({ type: "preview", animation: drawing.toAnimation(this.now) });
    }, PREVIEW_PAUSE);
  }

  // ---- building ----

  private build(): HTMLElement {
    const grid = h(
      "div",
      { class: "editor-grid", role: "grid", "aria-label": t.grid },
      ...this.cells.map((row) => h("div", { role: "row" }, ...row)),
    );
    grid.addEventListener("pointerdown", (event) => this.press(event));
    grid.addEventListener("pointermove", (event) => this.drag(event));
    grid.addEventListener("keydown", (event) => this.key(event));
    return h(
      "div",
      { class: "sheet-body" },
      h("div", { class: "editor" }, h("div", {}, grid), this.side()),
      h("div", { class: "row" }, h("h2", {}, t.frames), ...this.frameTools()),
      this.frames,
      h(
        "div",
        { class: "row" },
        h("label", { class: "field" }, this.onBall, t.onBall),
        h(
          "button",
          { type: "button", class: "button primary spread", onclick: () => this.save() },
          icon("save"),
          t.save,
        ),
      ),
    );
  }

  private side(): HTMLElement {
    const number = h("output", {}, String(this.now.fps));
    const fps = h("input", { type: "range", min: 1, max: 30, value: this.now.fps, "aria-label": t.fps });
    fps.addEventListener("input", () => {
      number.textContent = fps.value;
      this.do({ ...this.now, fps: Number(fps.value) }, true);
    });
    const check = (label: string, key: "fade" | "loop"): HTMLElement => {
      const box = h("input", { type: "checkbox", checked: this.now[key] });
      box.addEventListener("change", () => this.do({ ...this.now, [key]: box.checked }));
      return h("label", { class: "field" }, box, label);
    };
    return h(
      "div",
      { class: "editor-side" },
      h("div", { class: "row" }, h("h2", {}, t.palette), h("span", { class: "spread" }), this.picker),
      this.palette,
      h(
        "div",
        { class: "row" },
        this.undo,
        this.redo,
        iconButton("fill", t.fill, () => this.do(drawing.fill(this.now, this.color))),
        iconButton("erase", t.wipe, () => this.do(drawing.fill(this.now, 0))),
        iconButton("left", t.shiftLeft, () => this.do(drawing.shift(this.now, -1))),
        iconButton("right", t.shiftRight, () => this.do(drawing.shift(this.now, 1))),
      ),
      h("label", { class: "field" }, h("span", {}, t.fps), fps, number),
      check(t.fade, "fade"),
      check(t.loop, "loop"),
    );
  }

  private frameTools(): HTMLElement[] {
    return [
      iconButton("add", t.addFrame, () => this.do(drawing.addFrame(this.now, false)), { class: "icon-button spread" }),
      iconButton("copy", t.copyFrame, () => this.do(drawing.addFrame(this.now, true))),
      iconButton("left", t.earlier, () => this.do(drawing.moveFrame(this.now, -1))),
      iconButton("right", t.later, () => this.do(drawing.moveFrame(this.now, 1))),
      iconButton("trash", t.removeFrame, () => this.do(drawing.removeFrame(this.now))),
    ];
  }

  private cell(row: number, column: number): HTMLButtonElement {
    const first = row === 0 && column === 0;
    return h("button", {
      type: "button",
      role: "gridcell",
      tabindex: first ? 0 : -1,
      "data-row": row,
      "data-column": column,
    });
  }

  // ---- painting ----

  private press(event: PointerEvent): void {
    const cell = cellAt(event);
    if (!cell) return;
    event.preventDefault();
    this.stroke = false;
    this.apply(cell);
  }

  private drag(event: PointerEvent): void {
    const cell = event.buttons === 1 ? cellAt(event) : null;
    if (cell) this.apply(cell);
  }

  private apply({ row, column }: { row: number; column: number }): void {
    this.do(drawing.paint(this.now, row, column, this.color), this.stroke);
    this.stroke = true;
  }

  private key(event: KeyboardEvent): void {
    const cell = cellOf(event.target);
    if (!cell) return;
    const steps: Record<string, [number, number]> = {
      ArrowUp: [-1, 0],
      ArrowDown: [1, 0],
      ArrowLeft: [0, -1],
      ArrowRight: [0, 1],
    };
    const step = steps[event.key];
    if (step) {
      const next = this.cells[cell.row + step[0]]?.[cell.column + step[1]];
      if (next) {
        for (const other of this.cells.flat()) other.tabIndex = other === next ? 0 : -1;
        next.focus();
      }
    } else if (event.key === "Enter" || event.key === " ") {
      this.do(drawing.paint(this.now, cell.row, cell.column, this.color));
    } else return;
    event.preventDefault();
    event.stopPropagation(); // Space paints here
  }

  private save(): void {
    const animation = drawing.toAnimation(this.now);
    const questions = [
      { name: "name", label: t.name, value: this.kept?.name ?? "" },
      { name: "description", label: t.description, value: this.kept?.description ?? "" },
    ];
    ask(t.save, "", questions, async ({ name, description }) => {
      await api.keepAnimation(name!, description || name!, animation);
      this.studio.tell(t.kept(name!));
    });
  }

  // ---- showing ----

  private refresh(): void {
    const { now } = this;
    this.color = Math.min(this.color, now.palette.length - 1);
    now.frames[now.at]!.forEach((cells, row) =>
      cells.forEach((index, column) => {
        const color = now.palette[index]!;
        const dark = color === "#000000";
        const cell = this.cells[row]![column]!;
        cell.style.background = dark ? "" : color;
        cell.style.boxShadow = dark ? "" : `0 0 12px ${color}`;
        cell.setAttribute("aria-label", t.cell(row + 1, column + 1, dark ? t.off : nameOf(color)));
      }),
    );
    this.picker.value = now.palette[this.color]!;
    this.undo.disabled = !this.history.canUndo;
    this.redo.disabled = !this.history.canRedo;
    this.refreshPalette();
    this.refreshFrames();
  }

  private refreshPalette(): void {
    const swatches = this.now.palette.map((color, index) => {
      const name = parseHex(color).every((part) => part === 0) ? t.off : nameOf(color);
      const choose = (): void => {
        this.color = index;
        this.refresh();
      };
      const swatch = h("button", {
        type: "button",
        role: "radio",
        "aria-checked": String(index === this.color),
        "aria-label": t.color(index, name),
        title: name,
        onclick: choose,
      });
      swatch.style.background = color;
      return swatch;
    });
    const more = this.now.palette.length < drawing.MOST_COLORS;
    const add = iconButton("add", t.addColor, () => {
      this.color = this.now.palette.length;
      this.do(drawing.addColor(this.now, "#ffffff"));
    });
    clear(this.palette, ...swatches, ...(more ? [add] : []));
  }

  private refreshFrames(): void {
    const { now } = this;
    const buttons = now.frames.map((_, number) =>
      h(
        "button",
        {
          type: "button",
          "aria-pressed": String(number === now.at),
          "aria-label": t.frame(number + 1),
          onclick: () => {
            this.history.now = { ...now, at: number };
            this.refresh();
          },
        },
        faceCanvas(64, drawing.pictureOfFrame(now, number)),
        String(number + 1),
      ),
    );
    clear(this.frames, ...buttons);
    buttons[now.at]?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
}

function cellAt(event: PointerEvent): { row: number; column: number } | null {
  return cellOf(document.elementFromPoint(event.clientX, event.clientY));
}

function cellOf(target: EventTarget | null): { row: number; column: number } | null {
  if (!(target instanceof HTMLElement) || target.dataset.row === undefined) return null;
  return { row: Number(target.dataset.row), column: Number(target.dataset.column) };
}
