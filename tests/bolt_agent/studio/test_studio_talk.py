"""Talking with the robot on a page: what is said, what it does, and how it is stopped."""

import pytest
from studio_pages import opened

LONG = "def run(moss):\n    moss.body.new_move(run=True).roll(0, 60, 60)\n"
TO_THE_RIGHT = "def run(moss):\n    moss.body.new_move(run=True).roll(90, 100, 2)\n"
HEART = 'def run(moss):\n    moss.face.show("heart", "red")\n    moss.face.set_front_led("blue")\n'


def rolls(robot):
    return robot["speed"] > 10


def rests(robot):
    return robot["speed"] < 0.5


def test_words_become_an_answer_a_program_and_a_trail(visitor):
    visitor.send("say", text="roll forward for two seconds")
    assert visitor.until_state(rolls)["trail"]
    visitor.until_item("ended")
    assert visitor.texts("text") == ["Rolling forward for 2 seconds."]
    assert "roll(" in visitor.texts("code")[0]
    assert any(item["item"] == "line" for item in visitor.items)


def test_the_face_and_the_lights_are_told_when_they_change(visitor):
    visitor.send("run", code=HEART)
    assert "ff0000" in visitor.until_state(lambda robot: set(robot["face"] or "0") != {"0"})["face"]
    visitor.until_state(lambda robot: robot["front"] == "#0000ff")


def test_a_page_that_comes_late_sees_what_the_others_saw(studio, visitor):
    visitor.send("say", text="show a heart")
    visitor.until_item("ended")
    late = studio.page()
    robot = late.hello["robots"][0]
    assert [message["text"] for message in robot["messages"] if message["role"] == "person"][-1] == "show a heart"
    assert robot["messages"][-1]["kind"] in ("result", "text")
    late.until_state(lambda robot: set(robot["face"]) != {"0"})


def test_two_pages_see_the_same(studio, visitor):
    other = studio.page()
    visitor.send("say", text="spin around twice")
    visitor.until_item("ended")
    other.until_item("ended")
    assert other.items == visitor.items


def test_a_page_that_comes_back_while_the_ball_rolls_goes_on_where_it_was(studio, visitor):
    visitor.send("run", code=LONG)
    visitor.until_state(rolls)
    code = next(item["message"] for item in visitor.items if item["item"] == "tail")
    back = studio.page()
    robot = back.hello["robots"][0]
    assert robot["busy"]
    assert robot["code"] == code["id"]
    assert robot["line"]["ball"] == 2
    assert len(robot["state"]["trail"]) > 1
    back.until_state(rolls)


@pytest.mark.parametrize("how", ["socket", "post"])
def test_a_stop_ends_the_turn_and_is_latched_until_it_is_released(studio, visitor, how):
    visitor.send("run", code=LONG)
    visitor.until_state(rolls)
    if how == "post":
        assert studio.http.post("/stop").json() == {"stopped": True}
    else:
        visitor.send("stop")
    assert visitor.until("stopped")["stopped"] is True
    visitor.until_item("ended")
    visitor.until_state(rests)
    assert studio.page().hello["robots"][0]["stopped"]
    assert studio.http.post("/release").json() == {"stopped": False}
    assert visitor.until("stopped")["stopped"] is False


def test_the_next_command_lets_it_move_again(visitor):
    visitor.send("stop")
    visitor.until("stopped", stopped=True)
    visitor.send("say", text="roll forward for two seconds")
    visitor.until("stopped", stopped=False)
    visitor.until_state(rolls)


def test_an_error_of_a_program_stands_under_its_line(visitor):
    visitor.send("run", code="def run(moss):\n    moss.body.fly()\n")
    assert visitor.until_item("ended")["turn"]["status"] == "error"
    result = next(
        item["message"] for item in visitor.items if item["item"] == "tail" and item["message"]["kind"] == "result"
    )
    assert "line 2" in result["error"]


def test_what_needs_a_yes_shows_where_it_would_lead_and_waits():
    with opened(approve="always") as studio:
        page = studio.page()
        page.send("run", code=TO_THE_RIGHT)
        asked = page.until_item("asked")
        predicted = page.until("predicted", approval=asked["id"])
        assert predicted["path"][-1][0] > 50
        late = studio.page().hello["robots"][0]
        assert late["asked"][0]["id"] == asked["id"]
        assert late["predicted"][asked["id"]] == predicted["path"]
        page.send("answer", approval=asked["id"], yes=True)
        page.until_state(lambda robot: robot["x"] > 20)
        page.until_item("ended")
        page.send("run", code=TO_THE_RIGHT)
        page.send("answer", approval=page.until_item("asked")["id"], yes=False)
        assert page.until_item("ended")["turn"]["status"] == "error"


def test_an_answer_to_nothing_is_told(visitor):
    visitor.send("answer", id="mine", approval="7.7", yes=True)
    failed = visitor.until("failed")
    assert failed["request"] == "mine"
    assert "7.7" in failed["text"]
