/** The bar at the top: which robot, how the way to it is, where else to go, and the stop that is always in reach. */

import { clear, h, icon } from "../dom.ts";
import { paintFace } from "../face-painter.ts";
import type { IconName } from "../icons.ts";
import { PROTOCOL, type Link } from "../protocol.ts";
import { store, theme } from "../settings.ts";
import { forSelected, type Studio } from "../studio.ts";
import { otherLanguage, t } from "../texts/index.ts";
import { smallFace } from "./welcome.ts";

export interface Places {
  gallery: () => void;
  paint: () => void;
  worlds: () => void;
  past: () => void;
  radio: () => void;
  keys: () => void;
  repaint: () => void;
}

const STATUS: Record<Link["status"], string> = {
  connecting: t.linkConnecting,
  connected: t.linkConnected,
  lost: t.linkLost,
  failed: t.linkFailed,
};

export function bar(studio: Studio, places: Places): HTMLElement {
  const face = h("canvas", { width: 60, height: 60, "aria-hidden": "true" });
  paintFace(face, smallFace("smile"));
  const themeButton = navButton("theme", "", () => {
    const next = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
    store("theme", next);
    wearTheme();
    name();
    places.repaint();
  });
  const name = (): void => {
    const label = document.documentElement.dataset.theme === "dark" ? t.light : t.dark;
    themeButton.title = label;
    themeButton.setAttribute("aria-label", label);
  };
  name();
  const words = navButton("language", "", otherLanguage);
  words.append(t.language);
  const keys = navButton("keyboard", "", places.keys, t.keys);
  keys.classList.add("for-keys");
  return h(
    "header",
    { class: "bar" },
    h("h1", { class: "brand" }, face, h("span", {}, t.title)),
    connection(studio),
    h(
      "nav",
      { "aria-label": t.menu },
      navButton("gallery", t.gallery, places.gallery),
      navButton("edit", t.paint, places.paint),
      navButton("world", t.worlds, places.worlds),
      navButton("history", t.past, places.past),
      navButton("link", t.radio, places.radio),
      keys,
      themeButton,
      words,
    ),
    stopButton(studio),
  );
}

export function wearTheme(): void {
  document.documentElement.dataset.theme = theme();
}

function navButton(name: IconName, label: string, onclick: () => void, title = label): HTMLButtonElement {
  return h(
    "button",
    { type: "button", class: "button quiet", "aria-label": title || null, title: title || null, onclick },
    icon(name),
    label ? h("span", {}, label) : null,
  );
}

function stopButton(studio: Studio): HTMLElement {
  const label = h("span", {}, t.stop);
  const button = h(
    "button",
    { type: "button", class: "stop", title: t.stopName, "aria-keyshortcuts": "Escape", id: "stop" },
    icon("stop"),
    label,
    " ",
    h("kbd", {}, "Esc"),
  );
  // At the press, not at the release of the finger: it is the moment that counts.
  button.addEventListener("pointerdown", () => studio.stop());
  button.addEventListener("click", (event) => {
    if (event.detail === 0) studio.stop(); // by a key or a screen reader
  });
  studio.page.stopped.watch((stopped) => {
    button.dataset.stopped = String(stopped);
    label.textContent = stopped ? t.stopped : t.stop;
  });
  return button;
}

function connection(studio: Studio): HTMLElement {
  const dot = h("span", { class: "dot" });
  const text = h("span");
  const chip = h("div", { class: "connection", role: "status" }, dot, text);
  forSelected(studio, (robot) => {
    const { name, virtual, brain } = robot.info;
    return [
      robot.link.watch((link) => {
        dot.dataset.state = link.status === "failed" ? "lost" : link.status;
        const words = link.text || STATUS[link.status];
        text.textContent =
          link.status === "connected"
            ? [name, virtual ? t.virtual : "", brain].filter(Boolean).join(" · ")
            : `${name}: ${words}`;
        chip.title = words;
      }),
    ];
  });
  return chip;
}

/** What must be read before anything else: the stop, a lost server, a robot that is not reached. */
export function banners(studio: Studio): HTMLElement {
  const place = h("div", { class: "banners" });
  const draw = (): void => {
    const banner = pick(studio);
    const shown = place.dataset.shown ?? "";
    const key = banner ? banner.textContent : "";
    if (key === shown) return;
    place.dataset.shown = key;
    clear(place, ...(banner ? [banner] : []));
  };
  studio.page.hello.watch(draw);
  studio.page.stopped.watch(draw);
  studio.stopUnsure.watch(draw);
  studio.connection.state.watch(draw);
  forSelected(studio, (robot) => [robot.link.watch(draw)]);
  return place;
}

function pick(studio: Studio): HTMLElement | null {
  const state = studio.connection.state.value;
  const link = studio.page.selected.value?.link.value;
  if (studio.stopUnsure.value) return banner("stopped", "", t.stopUnsure);
  if (studio.page.stopped.value)
    return banner(
      "stopped",
      t.stoppedSentence,
      t.stoppedHint,
      button(t.release, () => studio.release()),
    );
  const hello = studio.page.hello.value;
  if (hello && hello.protocol !== PROTOCOL) {
    return banner(
      "",
      "",
      t.otherVersion,
      button(t.reload, () => location.reload()),
    );
  }
  if (state === "refused") return banner("", "", t.serverRefused);
  if (state === "lost") return banner("", "", t.serverGone);
  if (link?.status === "failed" || link?.status === "lost") {
    return banner(
      "",
      STATUS[link.status],
      link.text,
      button(t.tryAgain, () => studio.send({ type: "connect" })),
    );
  }
  return null;
}

function banner(kind: string, strong: string, text: string, ...tools: Node[]): HTMLElement {
  return h(
    "div",
    { class: `banner ${kind}`, role: "alert" },
    h("p", {}, strong ? h("strong", {}, strong) : null, strong ? " " : null, text),
    ...tools,
  );
}

function button(label: string, onclick: () => void): HTMLElement {
  return h("button", { type: "button", class: "button", onclick }, label);
}
