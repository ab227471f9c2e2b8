"""Makes the pictures of the studio in docs/ from a real run: `python docs/screenshots.py`, with chromium.

Fonts decide how they look: fonts-inter, fonts-jetbrains-mono and fonts-noto-cjk are the ones to have.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).parent
FLAGS = ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
STUDIO = "from bolt_agent.cli import main; main()"
ROBOT = "window.__studio.studio.page.selected.value"
SMILE = [(1, 1), (1, 2), (2, 1), (2, 2), (1, 5), (1, 6), (2, 5), (2, 6), (5, 1), (6, 2), (6, 3), (6, 4), (6, 5), (5, 6)]


def main() -> None:
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("no chromium: apt-get install chromium")
    with tempfile.TemporaryDirectory() as kept, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        command = [sys.executable, "-c", STUDIO, "studio", "--no-open", "--port", "0", "--brain", "reflex"]
        command += ["--world", "slalom"]
        with subprocess.Popen(command, env={"BOLT_AGENT_DATA": kept}, stdout=subprocess.PIPE, text=True) as studio:
            assert studio.stdout is not None
            link = next(line for line in studio.stdout if "http://" in line).split()[-1]
            try:
                wide(browser, link)
                painting(browser, link)
                phone(browser, link)
            finally:
                studio.terminate()
        browser.close()


def wide(browser: Browser, link: str) -> None:
    """The whole page, while the ball draws a star."""
    page = opened(browser, link, width=1440, height=900)
    say(page, "show a red heart")
    until(page, f"!{ROBOT}.busy.value && {ROBOT}.transcript.messages.length > 2")
    for _ in range(2):
        page.get_by_role("button", name="Farther").click()
    say(page, "roll in a star")
    until(page, f"{ROBOT}.telemetry.times.length > 10 && Object.keys({ROBOT}.program.value.lines).length > 0")
    until(page, f"{ROBOT}.state.value.speed > 25")
    page.wait_for_timeout(4500)
    page.screenshot(path=HERE / "studio.png")
    page.keyboard.press("Escape")
    page.close()


def painting(browser: Browser, link: str) -> None:
    """The animation editor, with what is painted live on the ball."""
    page = opened(browser, link, width=1280, height=800, scheme="dark")
    page.get_by_role("button", name="Release").click()
    page.get_by_role("button", name="Paint", exact=True).click()
    page.get_by_role("radio", name="Colour 3: yellow").click()
    for row, column in SMILE:
        page.get_by_role("gridcell", name=f"Row {row + 1}, column {column + 1}:").click()
    page.get_by_role("button", name="Copy the frame").click()
    until(page, f"{ROBOT}.picture.value.flat().filter((color) => color !== '#000000').length === {len(SMILE)}")
    page.wait_for_timeout(500)
    page.screenshot(path=HERE / "studio-paint.png")
    page.close()


def phone(browser: Browser, link: str) -> None:
    """On a phone, stopped."""
    page = opened(browser, link, width=390, height=780, scale=2)
    say(page, "dance")
    until(page, f"{ROBOT}.busy.value")
    page.wait_for_timeout(3500)
    page.screenshot(path=HERE / "studio-phone.png")
    page.locator("#stop").click()
    page.close()


def opened(browser: Browser, link: str, *, width: int, height: int, scheme: str = "light", scale: float = 1) -> Page:
    viewport = {"width": width, "height": height}
    page = browser.new_page(viewport=viewport, color_scheme=scheme, device_scale_factor=scale, locale="en-US")
    page.goto(link)
    until(page, f"{ROBOT}?.link.value.status === 'connected' && window.__studio.arena()?.frames > 2")
    return page


def say(page: Page, text: str) -> None:
    page.get_by_label("Say what it should do").fill(text)
    page.keyboard.press("Enter")


def until(page: Page, expression: str) -> None:
    """Wait until the expression is true. (wait_for_function would need eval, which the page forbids.)"""
    for _ in range(1000):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(20)
    sys.exit(f"never: {expression}")


if __name__ == "__main__":
    main()
