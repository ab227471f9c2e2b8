/** Builds the page and connects it. */

import "./styles/base.css";
import "./styles/layout.css";
import "./styles/talk.css";
import "./styles/arena.css";
import "./styles/sheets.css";

import { h } from "./dom.ts";
import { forSelected, Studio } from "./studio.ts";
import { language, t } from "./texts/index.ts";
import { arenaView, type ArenaView } from "./views/arena-view.ts";
import { banners, bar, wearTheme } from "./views/bar.ts";
import { eventsPanel, head } from "./views/events.ts";
import { facePanel } from "./views/face.ts";
import { openGallery, type EditMove } from "./views/gallery.ts";
import { listenForKeys, openKeys } from "./views/keys.ts";
import { openPainter } from "./views/painter.ts";
import { openPast } from "./views/past.ts";
import { programPanel } from "./views/program.ts";
import { openRadio } from "./views/radio.ts";
import { talkPanel } from "./views/talk.ts";
import { toast } from "./views/toast.ts";
import { openWorlds } from "./views/worlds.ts";

declare global {
  interface Window {
    /** What the page knows, for tests and for the curious. */
    __studio: { studio: Studio; arena: ArenaView["arena"] };
  }
}

const TABS = { talk: t.talk, code: t.program, robot: t.telemetry } as const;
type Tab = keyof typeof TABS;

function build(studio: Studio): void {
  const app = document.getElementById("app")!;
  const tabs = h("div", { class: "phone-tabs", role: "group", "aria-label": t.menu });
  const open = (tab: Tab): void => {
    app.dataset.tab = tab;
    for (const button of tabs.children)
      button.setAttribute("aria-pressed", String((button as HTMLElement).dataset.tab === tab));
  };
  for (const [tab, label] of Object.entries(TABS)) {
    tabs.append(
      h("button", { type: "button", class: "button", "data-tab": tab, onclick: () => open(tab as Tab) }, label),
    );
  }
  open("talk");

  const arena = arenaView(studio);
  const program = programPanel(studio);
  const showProgram = (id: string): void => {
    open("code");
    program.show(id);
  };
  const editMove: EditMove = (code, move) => {
    open("code");
    program.write(code, move);
  };
  const telemetry = h("section", { class: "panel telemetry", "aria-label": t.telemetry }, head(t.telemetry));
  const paintPlots = telemetryOf(studio, telemetry);

  app.append(
    bar(studio, {
      gallery: () => openGallery(studio, editMove),
      paint: () => openPainter(studio),
      worlds: () => openWorlds(studio),
      past: () => openPast(studio),
      radio: () => openRadio(studio),
      keys: openKeys,
      repaint: () => {
        arena.repaint();
        paintPlots();
      },
    }),
    banners(studio),
    talkPanel(studio, showProgram),
    h("main", { class: "middle", "aria-label": t.arena }, arena.element, program.element),
    tabs,
    h(
      "aside",
      { class: "side", "aria-label": t.robot },
      h("div", { class: "robot-scroll" }, facePanel(studio), telemetry, eventsPanel(studio)),
    ),
    toast(studio),
  );
  window.__studio = { studio, arena: arena.arena };
}

/** The plots are loaded on their own: nobody needs them to begin. Returns how to draw them in other colours. */
function telemetryOf(studio: Studio, place: HTMLElement): () => void {
  let repaint = (): void => undefined;
  void import("./views/plots.ts").then(({ Plots }) => {
    const plots = new Plots();
    place.append(plots.element);
    plots.build();
    repaint = () => plots.build();
    forSelected(studio, (robot) => {
      plots.show(robot.telemetry);
      return [];
    });
  });
  return () => repaint();
}

document.documentElement.lang = language === "zh" ? "zh-Hans" : "en";
document.title = t.title;
wearTheme();
const studio = new Studio();
studio.connection.open();
build(studio);
listenForKeys(studio);
document.getElementById("say")?.focus();
