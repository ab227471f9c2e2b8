"""Everybody can use the page: the rules of axe-core, in light and dark, on every sheet."""

from pathlib import Path

import pytest

AXE = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
SHEETS = [None, "Gallery", "Paint", "Worlds", "Past conversations", "Radio", "Keys"]
SERIOUS = "axe.run(document, {resultTypes: ['violations']}).then((found) => found.violations\
.filter(({impact}) => impact === 'serious' || impact === 'critical')\
.map(({id, nodes}) => id + ': ' + nodes.map((node) => node.html).join(' | ')))"


@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not here: npm ci in frontend/ brings it")
@pytest.mark.parametrize("colors", ["light", "dark"])
def test_axe_finds_nothing_serious(visit, address, colors):
    page = visit(address, color_scheme=colors)
    page.fresh()
    page.say("show a red heart")
    page.until_rest()
    page.page.locator(".code-editor .cm-content").get_by_text("heart").wait_for()
    page.evaluate(AXE.read_text(encoding="utf-8"))
    for sheet in SHEETS:
        if sheet is not None:
            page.page.get_by_role("button", name=sheet, exact=True).click()
        assert page.evaluate(SERIOUS) == [], sheet or "the page"
    page.page.keyboard.press("Escape")
    page.page.locator("#stop").click()
    page.until_stopped()
    assert page.evaluate(SERIOUS) == [], "stopped"
    page.release()
