"""The stage: worlds, several robots, a bad radio, and time that people change."""

import pytest
from studio_pages import opened


@pytest.fixture
def own_worlds(kept):
    (kept / "worlds").mkdir(exist_ok=True)
    (kept / "worlds" / "attic.yaml").write_text(
        "about: Under the roof.\nwalls: [{from: [0, 50], to: [9, 50]}]\n", encoding="utf-8"
    )
    (kept / "worlds" / "broken.yaml").write_text("walls: 7\n", encoding="utf-8")


def test_another_world_is_chosen(own_worlds):
    with opened() as studio:
        page = studio.page()
        offered = {world["name"] for world in page.hello["worlds"]}
        assert {"open", "maze", "attic"} <= offered
        assert "broken" not in offered
        page.send("say", text="show a heart")
        page.until_item("ended")
        page.send("world", name="attic")
        assert page.until("hello")["world"]["about"] == "Under the roof."
        assert page.hello["world"]["shapes"][0]["kind"] == "wall"
        page.until(lambda message: message["type"] == "link" and message["link"]["status"] == "connected")
        page.send("run", code="def run(moss): pass")
        page.until_item("ended")
        page.send("world", name="broken")
        assert "broken.yaml, line" in page.until("failed")["text"]
        page.send("run", code="def run(moss): pass")  # everything is as it was
        page.until_item("ended")


def test_what_was_pushed_over_lies_where_it_is_for_those_who_come_late():
    with opened(world="bowling", rate=2) as studio:
        page = studio.page()
        assert len(page.hello["things"]) == len(page.hello["world"]["loose"]) > 0
        page.send("run", code="def run(moss):\n    moss.body.new_move(run=True).roll(0, 150, 3)\n")
        moved = page.until(lambda message: message["type"] == "state" and message["things"])["things"]
        assert moved != page.hello["things"]
        page.until_item("ended")
        assert studio.page().hello["things"] != page.hello["things"]


def test_a_robot_is_put_back_to_its_start():
    with opened() as studio:
        page = studio.page()
        page.send("say", text="roll forward for two seconds")
        page.until_item("ended")
        page.send("reset")
        state = page.until("hello")["robots"][0]["state"]
        assert (state["x"], state["y"]) == (0, 0)


def test_several_robots_are_told_apart_and_talked_to_one_by_one():
    with opened(balls=2) as studio:
        page = studio.page()
        first, second = page.robots.values()
        assert first["color"] != second["color"]
        page.send("say", robot=second["id"], text="roll forward for two seconds")
        page.until_state(lambda robot: robot["id"] == second["id"] and robot["speed"] > 10)
        assert page.states[first["id"]]["speed"] < 1
        page.send("stop")
        stopped = {page.until("stopped")["robot"], page.until("stopped")["robot"]}
        assert stopped == {first["id"], second["id"]}


def test_a_robot_out_of_reach_is_told_in_words_and_comes_back(visitor):
    visitor.send("faults", faults={"reach": False})
    lost = visitor.until("link")["link"]
    assert lost["status"] == "lost"
    assert "far away" in lost["text"]
    visitor.send("faults", faults={"reach": True})
    assert visitor.until("link")["link"] == {"status": "connected", "text": ""}


def test_the_others_see_that_the_radio_is_bad(studio, visitor):
    other = studio.page()
    visitor.send("faults", faults={"delay": 0.01, "duplicate": 0.1})
    assert other.until("faults")["faults"]["duplicate"] == 0.1
    assert studio.page().hello["robots"][0]["faults"]["delay"] == 0.01
    visitor.send("faults", faults={})
    other.until("faults")


def test_time_is_paused_stepped_and_goes_on(studio, visitor):
    visitor.send("pace", paused=True)
    assert visitor.until("pace")["pace"] == {"rate": 8.0, "paused": True}
    before = visitor.until("state")["t"]
    assert visitor.until("state")["t"] == before
    visitor.send("step", seconds=0.5)
    assert visitor.until("pace")["pace"]["paused"] is False
    assert visitor.until("pace")["pace"]["paused"] is True
    assert 0.5 <= visitor.until("state")["t"] - before < 2
    visitor.send("pace", rate=2, paused=False)
    assert studio.page().hello["pace"] == {"rate": 2.0, "paused": False}
    visitor.send("pace", rate=8)
    visitor.until("pace", pace={"rate": 8.0, "paused": False})


def test_a_studio_in_which_time_stands_still_can_be_changed_and_closed():
    with opened() as studio:
        page = studio.page()
        page.send("run", code="def run(moss):\n    moss.body.new_move(run=True).roll(0, 60, 20)\n")
        page.until_state(lambda robot: robot["speed"] > 10)
        page.send("pace", paused=True)
        page.until("pace")
        page.send("reset")
        page.until("hello")
        page.until(lambda message: message["type"] == "link" and message["link"]["status"] == "connected")
        page.send("pace", paused=True)
        page.until("pace")


def test_a_trail_is_cleared_for_everybody(studio, visitor):
    visitor.send("run", code="def run(moss):\n    moss.body.new_move(run=True).roll(0, 60, 1)\n")
    visitor.until_item("ended")
    assert len(studio.page().hello["robots"][0]["state"]["trail"]) > 1
    other = studio.page()
    visitor.send("clear_trail")
    assert len(other.until("trail")["trail"]) == 1


def test_a_real_robot_that_cannot_be_reached_says_why_and_the_page_stays():
    with opened(driver="tcp://127.0.0.1:9") as studio:
        socket = studio.connection()
        with socket:
            hello = socket.receive_json()
            assert hello["world"] is None
            assert hello["pace"] is None
            assert not hello["robots"][0]["virtual"]
            message = hello["robots"][0]["link"]
            while message["status"] != "failed":
                message = socket.receive_json().get("link", message)
            assert "127.0.0.1" in message["text"] or "accepts" in message["text"]
            for sent, told in (
                ({"type": "say", "text": "hi"}, "not connected"),
                ({"type": "pace", "rate": 2}, "real time"),
                ({"type": "world", "name": "maze"}, "real world"),
                ({"type": "faults", "faults": {}}, "radio"),
            ):
                socket.send_json(sent)
                message = socket.receive_json()
                while message["type"] != "failed":
                    message = socket.receive_json()
                assert told in message["text"]
            assert studio.http.post("/stop").status_code == 200
            listed = studio.http.get("/api/conversations").json()["conversations"]
            assert "now" not in [conversation["id"] for conversation in listed]
