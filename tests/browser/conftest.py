"""A real browser before a real studio: both are skipped, with the reason, where chromium or playwright is missing."""

import os
import shutil
import sys
from pathlib import Path

import pytest
from browsing import CHROMIUM_FLAGS, Visit, studio

sys.path.insert(0, str(Path(__file__).parents[1] / "bolt_agent" / "brains"))  # for scripted_endpoint

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")


@pytest.fixture(scope="module")  # no longer: while playwright runs, no other test of its process can use asyncio
def chromium():
    sync_api = pytest.importorskip("playwright.sync_api", reason="the browser tests need playwright (pip)")
    if CHROMIUM is None:
        pytest.skip("the browser tests need chromium (apt-get install chromium), or CHROMIUM with its path")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory, chromium):
    """A studio of a virtual robot in a small room, with the offline mind."""
    with studio(tmp_path_factory.mktemp("kept"), "--brain", "reflex", "--world", "walled") as link:
        yield link


@pytest.fixture
def visit(chromium):
    """Opens pages. At the end it makes sure that none asked another host for anything, nor complained."""
    visits: list[Visit] = []

    def opening(link: str, **options) -> Visit:
        visits.append(Visit(chromium, link, **options))
        return visits[-1]

    yield opening
    for one in visits:
        one.close()
    for one in visits:
        assert one.foreign == []
        assert one.complaints == []


@pytest.fixture
def page(visit, address):
    """The page, with a robot at its start."""
    one = visit(address)
    one.fresh()
    return one
