"""What a person does on the page of the studio, in a real browser."""

import pytest
from browsing import ARENA, CODE, ROBOT

LIT = "Number(document.querySelector('.face-box canvas').dataset.lit)"


def test_a_typed_command_draws_a_trail_and_lights_the_face(page):
    page.say("roll forward for one second, then show a red heart")
    page.until(f"{ARENA}.describe({ROBOT}.info.id).trail > 10")
    page.until(f"{LIT} > 20")
    assert "red" in page.page.locator(".face-box canvas").get_attribute("aria-label")
    page.until_rest()
    assert page.page.get_by_role("log").get_by_text("roll forward for one second").last.is_visible()


def test_the_code_appears_and_its_lines_light_up(page):
    page.say("roll forward for one second, then show a red heart")
    running = page.page.locator(".cm-running")
    running.first.wait_for()
    assert "moss" in page.page.locator(CODE).inner_text()
    page.until_rest()
    assert running.count() == 0
    page.page.get_by_text("done", exact=True).first.wait_for()


def test_a_program_is_changed_and_run_again(page):
    page.say("show a red heart")
    page.page.locator(CODE).get_by_text("heart").wait_for()
    page.until_rest()
    page.write("def run(moss):\n    moss.face.fill('blue')\n")
    page.page.get_by_text("changed by you").wait_for()
    page.page.get_by_role("button", name="Run", exact=True).click()
    page.until(f"{ROBOT}.picture.value.flat().every((color) => color === '#0000ff')")


def test_an_error_stands_under_its_line(page):
    page.write("def run(moss):\n    moss.face.show('star')\n    moss.body.fly()\n")
    page.page.get_by_role("button", name="Run", exact=True).click()
    page.page.locator(".cm-error").wait_for()
    assert "fly" in page.page.locator(".cm-failed").inner_text()


@pytest.mark.parametrize("key", ["Escape", " "])
def test_a_key_stops_the_robot(page, key):
    page.say("roll forward for 20 seconds at speed 30")
    page.until_rolling()
    page.page.get_by_role("heading", name="Events").click()  # away from the box where people type
    page.page.keyboard.press(key)
    page.until_stopped()
    page.release()


def test_stop_finds_its_way_where_the_socket_does_not(page):
    page.say("roll forward for 20 seconds at speed 30")
    page.until_rolling()
    page.evaluate("window.__studio.studio.connection.send = () => false")
    page.page.locator("#stop").click()
    page.until_stopped()


def test_space_is_only_a_space_while_one_types(page):
    page.say("roll forward for 20 seconds at speed 30")
    page.until_rolling()
    page.page.get_by_label("Say what it should do").press_sequentially("a b")
    assert not page.evaluate(f"{ROBOT}.stopped.value")
    assert page.page.get_by_label("Say what it should do").input_value() == "a b"
    page.page.keyboard.press("Escape")
    page.until_stopped()
    page.release()


def test_what_is_painted_is_seen_on_the_ball(page):
    page.page.get_by_role("button", name="Paint", exact=True).click()
    page.page.get_by_role("radio", name="Colour 5: cyan").click()
    for column in (1, 2, 3):
        page.page.get_by_role("gridcell", name=f"Row 1, column {column}:").click()
    page.until(f"{ROBOT}.picture.value[0].filter((color) => color !== '#000000').length === 3")
    page.page.get_by_role("button", name="Save", exact=True).click()
    page.page.get_by_label("Name").fill("three dots")
    page.page.get_by_role("dialog").get_by_role("button", name="Save", exact=True).last.click()
    page.page.get_by_text("is kept in the gallery").wait_for()
    page.page.get_by_role("button", name="Close").click()
    page.until(f"{ROBOT}.picture.value.flat().every((color) => color === '#000000')")
    page.page.get_by_role("button", name="Gallery").click()
    page.page.get_by_role("button", name="Animations").click()
    page.page.get_by_role("button", name="Play three_dots").click()
    page.until(f"{ROBOT}.picture.value[0].filter((color) => color !== '#000000').length === 3")
    page.page.keyboard.press("Escape")


def test_a_program_is_kept_as_a_move_and_deleted(page):
    page.write("def run(moss):\n    moss.body.new_move(run=True).spin(90, 1)\n")
    page.page.get_by_role("button", name="Keep as a move").click()
    page.page.get_by_label("Name").fill("nod")
    page.page.get_by_role("dialog").get_by_role("button", name="Save", exact=True).click()
    page.page.get_by_text("is kept in the gallery").wait_for()
    page.page.get_by_role("button", name="Gallery").click()
    page.page.get_by_role("button", name="Delete: nod").click()
    page.page.get_by_role("dialog").get_by_role("button", name="Delete", exact=True).click()
    page.page.get_by_text("No moves yet").wait_for()


def test_a_conversation_is_watched_again(page):
    page.say("roll forward for one second, then show a green star")
    page.until_rolling()
    page.until_rest()
    page.page.get_by_role("button", name="Past conversations").click()
    page.page.get_by_role("button", name="Watch: roll forward for one second").first.click()
    page.page.get_by_role("button", name="One step").click()  # and no further by itself
    position = page.page.get_by_role("slider", name="Position in the recording")
    position.fill("0")
    page.until(f"Math.hypot({ROBOT}.state.value.x, {ROBOT}.state.value.y) < 1")
    position.press("End")
    page.until(f"Math.hypot({ROBOT}.state.value.x, {ROBOT}.state.value.y) > 10")
    page.until(f"{LIT} > 10")
    assert page.page.get_by_role("log").get_by_text("green star").first.is_visible()
    page.page.get_by_role("button", name="Back to now").click()
    page.until("window.__studio.studio.replay.value === null && window.__studio.studio.connection.isOpen")


def test_a_page_that_is_loaded_again_in_mid_motion_shows_everything(page):
    page.say("roll forward for 20 seconds at speed 30")
    page.until_rolling()
    page.page.reload()
    page.until(f"window.__studio && {ROBOT} && {ARENA}?.frames > 1")
    page.page.get_by_role("log").get_by_text("roll forward for 20 seconds").first.wait_for()
    page.page.locator(".cm-running").first.wait_for()
    page.until(f"{ARENA}.describe({ROBOT}.info.id).trail > 2")
    page.page.locator("#stop").click()
    page.until_stopped()
    page.release()


def test_two_pages_show_the_same(page, visit, address):
    other = visit(address)
    page.say("roll forward for 20 seconds at speed 30")
    other.page.get_by_role("log").get_by_text("roll forward for 20 seconds").last.wait_for()
    other.until_rolling()
    other.page.locator("#stop").click()
    page.until_stopped()
    other.release()
    page.until(f"!{ROBOT}.stopped.value")


def test_another_world_is_chosen(page, visit, address):
    page.page.get_by_role("button", name="Worlds").click()
    page.page.get_by_role("button", name="Go there: maze").click()
    page.until("window.__studio.studio.page.hello.value.world.name === 'maze'")
    page.page.get_by_role("button", name="Go there: walled").click()
    page.until("window.__studio.studio.page.hello.value.world.name === 'walled'")


def test_the_radio_is_spoiled_and_good_again(page):
    page.page.get_by_role("button", name="Radio").click()
    page.page.get_by_role("slider", name="Lost").fill("0.5")
    page.until(f"{ROBOT}.faults.value.drop === 0.5")
    page.page.get_by_role("button", name="Make it good again").click()
    page.until(f"{ROBOT}.faults.value.drop === 0")


def test_it_works_on_a_phone(visit, address):
    phone = visit(address, width=390, height=780, has_touch=True, is_mobile=True)
    phone.fresh()
    wide = phone.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390
    assert phone.page.locator("#stop").is_visible()
    phone.say("roll forward for 20 seconds at speed 30")
    phone.until_rolling()
    phone.page.get_by_role("button", name="Program", exact=True).tap()
    phone.page.locator(CODE).get_by_text("moss").first.wait_for()
    phone.page.locator("#stop").tap()
    phone.until_stopped()
    phone.release()


def test_it_speaks_chinese(visit, address):
    page = visit(address)
    page.page.get_by_role("button", name="中文").click()
    page.until("document.documentElement.lang === 'zh-Hans' && window.__studio")
    page.until(f"{ROBOT} && {ARENA}?.frames > 1")
    page.page.get_by_placeholder("说说它该做什么").fill("显示红心")
    page.page.keyboard.press("Enter")
    page.until(f"{LIT} > 20")
