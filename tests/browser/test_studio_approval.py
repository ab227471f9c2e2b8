"""A program that needs a yes waits for it, and the page shows where it would roll."""

import pytest
from browsing import ROBOT, studio


@pytest.fixture(scope="module")
def cautious(tmp_path_factory, chromium):
    with studio(tmp_path_factory.mktemp("kept"), "--brain", "reflex", "--approve", "always") as link:
        yield link


def test_the_path_is_shown_before_the_yes(visit, cautious):
    page = visit(cautious)
    page.fresh()
    page.say("roll forward for two seconds at speed 40")
    page.page.get_by_text("The orange path in the arena").wait_for()
    assert page.evaluate(f"Object.values({ROBOT}.predicted)[0].at(-1)[1]") > 20
    assert page.evaluate(f"Math.hypot({ROBOT}.state.value.x, {ROBOT}.state.value.y)") < 1
    page.page.get_by_role("button", name="Yes, do it").click()
    page.until_rolling()
    page.until_rest()


def test_a_no_leaves_the_robot_where_it_is(visit, cautious):
    page = visit(cautious)
    page.fresh()
    page.say("roll forward for two seconds at speed 40")
    page.page.get_by_role("button", name="No", exact=True).click()
    page.until_rest()
    assert page.evaluate(f"Math.hypot({ROBOT}.state.value.x, {ROBOT}.state.value.y)") < 1
