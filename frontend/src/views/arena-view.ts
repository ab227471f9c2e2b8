/** The arena and what stands around it: tools, the balls to choose from, how time passes. The 3D part is loaded on its own. */

import type { Arena, View } from "../arena/arena.ts";
import { clear, h, iconButton } from "../dom.ts";
import type { RobotModel } from "../model/robot.ts";
import { Film } from "../film.ts";
import { save } from "../files.ts";
import { forSelected, type Studio } from "../studio.ts";
import { t } from "../texts/index.ts";
import { paceBar } from "./pace.ts";
import { replayBar } from "./replay.ts";

/** How long (ms) the arena waits for a robot that is being reached. */
const PATIENCE = 800;

export interface ArenaView {
  element: HTMLElement;
  /** For tests; null until it is loaded, and where the browser shows no 3D. */
  arena: () => Arena | null;
  repaint: () => void;
}

export function arenaView(studio: Studio): ArenaView {
  let arena: Arena | null = null;
  const canvas = h("canvas", { role: "img", "aria-label": t.arenaLabel, tabindex: "0" });
  const place = h("div", { class: "arena-canvas" }, canvas);
  const balls = h("div", { class: "arena-balls", role: "group", "aria-label": t.robots });
  const with3d = (use: (arena: Arena) => void) => (): void => {
    if (arena) use(arena);
  };
  const pressed: Record<View, HTMLButtonElement | null> = {
    follow: iconButton(
      "follow",
      t.follow,
      with3d((a) => a.follow(true)),
      { "aria-pressed": "true" },
    ),
    top: iconButton(
      "top",
      t.top,
      with3d((a) => a.lookDown()),
      { "aria-pressed": "false" },
    ),
    free: null,
  };
  const film = new Film();
  const filmButton = iconButton(
    "record",
    t.film,
    with3d((a) => {
      if (!film.running) film.start(a.stream(30));
      else void film.end().then(({ blob, ending }) => save(blob, `bolt.${ending}`));
      filmButton.setAttribute("aria-pressed", String(film.running));
      filmButton.title = film.running ? t.filmStop : t.film;
      filmButton.setAttribute("aria-label", filmButton.title);
    }),
    { "aria-pressed": "false", hidden: !Film.isPossible },
  );
  const tools = h(
    "div",
    { class: "arena-tools", role: "toolbar", "aria-label": t.arena, "aria-orientation": "vertical" },
    pressed.follow,
    pressed.top,
    iconButton(
      "undo",
      t.resetView,
      with3d((a) => a.reset()),
    ),
    iconButton(
      "add",
      t.zoomIn,
      with3d((a) => a.zoom(0.75)),
      { class: "icon-button for-mouse" },
    ),
    iconButton(
      "minus",
      t.zoomOut,
      with3d((a) => a.zoom(1 / 0.75)),
      { class: "icon-button for-mouse" },
    ),
    iconButton("erase", t.clearTrail, () => {
      arena?.wipeTrails();
      if (studio.replay.value === null) studio.send({ type: "clear_trail" });
    }),
    iconButton(
      "camera",
      t.photo,
      with3d((a) => void studio.attempt(async () => save(await a.picture(), "bolt.png"))),
    ),
    filmButton,
  );

  void Promise.all([import("../arena/arena.ts"), usable(studio)]).then(([{ Arena }]) => {
    try {
      arena = new Arena(canvas, look());
    } catch {
      clear(place, h("p", { class: "arena-empty" }, t.arenaNone));
      tools.hidden = true;
      return;
    }
    arena.onPick = (id) => studio.page.select(id);
    arena.onView = (view) => {
      for (const [name, button] of Object.entries(pressed)) button?.setAttribute("aria-pressed", String(name === view));
    };
    connect(studio, arena);
    void arena.begin();
  });

  studio.page.hello.watch((hello) => {
    const many = (hello?.robots.length ?? 0) > 1;
    clear(balls, ...(many ? hello!.robots : []).map((robot) => ballButton(studio, robot.id, robot.name, robot.color)));
  });
  forSelected(studio, (robot) => {
    for (const button of balls.children) {
      button.setAttribute("aria-pressed", String((button as HTMLElement).dataset.ball === robot.info.id));
    }
    return [];
  });

  const bottom = h("div", { class: "arena-bottom" }, paceBar(studio), replayBar(studio));
  return {
    element: h("section", { class: "panel arena", "aria-label": t.arena }, place, balls, tools, bottom),
    arena: () => arena,
    repaint: () => arena?.paint(look()),
  };
}

/** When the page is seen and its robot can be spoken to, or that takes longer: 3D takes all the time while it begins. */
async function usable(studio: Studio): Promise<void> {
  await new Promise<void>((resolve) => studio.page.hello.watch((hello) => hello && resolve()));
  await new Promise<void>((resolve) => {
    studio.page.selected.value?.link.watch(({ status }) => status !== "connecting" && resolve());
    setTimeout(resolve, PATIENCE);
  });
  await new Promise<void>((resolve) => {
    const painted = new PerformanceObserver((seen) => {
      if (seen.getEntriesByName("first-contentful-paint").length > 0) resolve();
    });
    painted.observe({ type: "paint", buffered: true });
  });
}

/** From the model to the picture. */
function connect(studio: Studio, arena: Arena): void {
  const { page } = studio;
  let ends: (() => void)[] = [];
  page.hello.watch((hello) => {
    for (const end of ends) end();
    if (!hello) return;
    arena.cast([]); // everything is new: the trails, too
    arena.cast(hello.robots);
    arena.build(hello.world ?? BARE);
    arena.enclose(hello.robots.flatMap(({ fence }) => fence ?? []));
    ends = [...page.robots.values()].flatMap((robot) => show(arena, robot));
  });
  page.onState = (state) => {
    for (const robot of state.robots) {
      arena.move(robot.id, robot, places(robot.trail));
    }
    if (state.things) arena.push(state.things);
  };
  page.onTrail = (robot, trail) => arena.retrace(robot, places(trail));
  const predict = (): void => {
    const robot = page.selected.value;
    const asked = robot?.asked.value.find(({ id }) => robot.predicted[id]);
    arena.predict(asked ? robot!.predicted[asked.id]! : []);
  };
  forSelected(studio, (robot) => {
    arena.select(robot.info.id);
    return [robot.asked.watch(predict)];
  });
}

function show(arena: Arena, robot: RobotModel): (() => void)[] {
  const { id, state } = robot.info;
  const wear = (): void => arena.wear(id, robot.picture.value, robot.lights.value.front, robot.lights.value.back);
  arena.retrace(id, places(state.trail));
  arena.move(id, robot.state.value, []);
  return [robot.picture.watch(wear), robot.lights.watch(wear)];
}

function ballButton(studio: Studio, id: string, name: string, color: string): HTMLElement {
  const swatch = h("span", { class: "swatch" });
  swatch.style.background = color;
  return h(
    "button",
    {
      type: "button",
      class: "button",
      "data-ball": id,
      "aria-pressed": "false",
      onclick: () => studio.page.select(id),
    },
    swatch,
    name,
  );
}

/** A trail without its times. */
function places(trail: readonly (readonly [number, number, number])[]): [number, number][] {
  return trail.map(([, x, y]) => [x, y]);
}

/** A real robot's floor: nobody knows what stands on it. */
const BARE = { name: "", about: "", width: 800, depth: 800, shapes: [], loose: [], zones: [], lines: [] };

function look(): { floor: string; line: string; majorLine: string; wall: string; edge: string; sky: string } {
  const dark = document.documentElement.dataset.theme === "dark";
  return dark
    ? { floor: "#161b25", line: "#1d2431", majorLine: "#2a3344", wall: "#3c475c", edge: "#66738c", sky: "#0f131b" }
    : { floor: "#f7f5ef", line: "#ebe8df", majorLine: "#dad5c8", wall: "#cfc8b8", edge: "#8f8877", sky: "#e9e7e0" };
}
