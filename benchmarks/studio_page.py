"""How fast the page of the studio is, in a real browser: to be usable, from Enter to a movement, from stop to stopped.

    python benchmarks/studio_page.py        needs playwright and chromium

The page is small, for it is drawn without a graphics card. 'to stopped' is the whole way: from the press on the button
over the server and the robot to the page's knowing that the latch holds; the stop packet leaves before its half.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

from playwright.sync_api import Page, sync_playwright

ROUNDS = 20
FLAGS = ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
STUDIO = "from bolt_agent.cli import main; main()"
ROBOT = "window.__studio.studio.page.selected.value"
USABLE = f"window.__studio && {ROBOT}?.link.value.status === 'connected'"
DRAWN = f"{USABLE} && window.__studio.arena()?.frames > 1"

TO_MOVEMENT = """
(words) => new Promise((resolve) => {
  const {studio, arena} = window.__studio;
  const robot = studio.page.selected.value;
  const from = arena().describe(robot.info.id);
  const box = document.getElementById("say");
  box.value = words;
  const began = performance.now();
  let known = 0;
  const leans = ({pitch}) => Math.abs(pitch - from.pitch) > 0.3;  // it leans before it rolls
  const end = robot.state.watch((state) => {
    if (state.speed > 0.2 || leans(state)) known ||= performance.now() - began;
  });
  const look = () => {
    const at = arena().describe(robot.info.id);
    if (Math.hypot(at.x - from.x, at.y - from.y) < 0.02 && !leans(at)) return requestAnimationFrame(look);
    end();
    resolve([known, performance.now() - began]);
  };
  box.dispatchEvent(new KeyboardEvent("keydown", {key: "Enter", bubbles: true}));
  look();
})"""

TO_STOPPED = """
new Promise((resolve) => {
  const {page} = window.__studio.studio;
  const began = performance.now();
  document.getElementById("stop").dispatchEvent(new PointerEvent("pointerdown", {bubbles: true}));
  page.stopped.watch((stopped) => stopped && resolve(performance.now() - began));
})"""


def main() -> None:
    chromium = shutil.which("chromium") or sys.exit("no chromium: apt-get install chromium")
    with tempfile.TemporaryDirectory() as kept, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_page(viewport={"width": 560, "height": 420})
        began = time.perf_counter()
        command = [sys.executable, "-c", STUDIO, "studio", "--no-open", "--port", "0", "--brain", "reflex"]
        env = {**os.environ, "BOLT_AGENT_DATA": kept}
        with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) as studio:
            assert studio.stdout is not None
            link = next(line for line in studio.stdout if "http://" in line).split()[-1]
            served = time.perf_counter() - began
            page.goto(link)
            until(page, USABLE)
            usable = time.perf_counter() - began
            until(page, DRAWN)
            drawn = time.perf_counter() - began
            print(f"start: served {served:.2f} s, usable {usable:.2f} s, arena drawn {drawn:.2f} s")
            measure(page)
            studio.terminate()
        browser.close()


def measure(page: Page) -> None:
    known, drawn, stopped = [], [], []
    for number in range(ROUNDS):
        way = "backward" if number % 2 else "forward"
        heard, seen = page.evaluate(TO_MOVEMENT, f"roll {way} for 3 seconds")
        known.append(heard)
        drawn.append(seen)
        until(page, f"{ROBOT}.state.value.speed > 20")
        stopped.append(page.evaluate(TO_STOPPED))
        until(page, f"!{ROBOT}.busy.value && {ROBOT}.state.value.speed < 0.1")
        page.wait_for_timeout(1000)  # the ball rests, and so does the camera
    show("Enter to movement, as the page knows it", known)
    show("Enter to movement, as the arena draws it", drawn)
    show("stop to stopped", stopped)


def show(what: str, times: list[float]) -> None:
    ordered = sorted(times)
    p99 = ordered[min(len(ordered) - 1, round(0.99 * len(ordered)))]
    print(f"{what}: median {statistics.median(ordered):.0f} ms, p99 {p99:.0f} ms, most {ordered[-1]:.0f} ms")


def until(page: Page, expression: str) -> None:
    while not page.evaluate(expression):
        page.wait_for_timeout(5)


if __name__ == "__main__":
    main()
