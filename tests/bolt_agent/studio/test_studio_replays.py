"""Past conversations: listed, replayed and drawn."""

import pytest
from studio_pages import opened


@pytest.fixture(scope="module")
def report(studio):
    """A conversation, as the report that was written when it ended."""
    page = studio.page()
    page.send("say", text="roll forward for two seconds, then show a red heart")
    page.until_item("ended")
    return studio.studio.replays.report("now")


def test_the_conversation_that_goes_on_can_be_replayed(studio, report):
    (listed,) = studio.http.get("/api/conversations").json()["conversations"]
    assert (listed["id"], listed["turns"]) == ("now", 1)
    assert listed["title"].startswith("roll forward")
    recording = studio.http.get("/api/conversations/now").json()
    (robot,) = recording["robots"]
    assert robot["path"][-1][2] > 50
    assert robot["faces"][-1][1].count("ff0000") > 10
    assert recording["world"]["name"] == "open"
    times = [time for time, _ in recording["items"]]
    assert times == sorted(times)
    assert recording["items"][0][1]["item"] == "began"
    assert recording["items"][-1][1]["item"] == "ended"


def test_a_conversation_that_ended_is_kept(report):
    with opened() as studio:
        page = studio.page()
        page.send("say", text="spin around")
        page.until_item("ended")
    with opened() as studio:
        listed = studio.http.get("/api/conversations").json()["conversations"]
        assert "spin around" in [conversation["title"] for conversation in listed]
        recording = studio.http.get(f"/api/conversations/{listed[0]['id']}").json()
        assert recording["items"][0][1]["say"] == "spin around"


def test_a_report_of_a_file_is_shown(studio, report):
    recording = studio.http.post("/api/recordings", json=report).json()
    assert recording["robots"][0]["path"][-1][2] > 50


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"content": b"{"}, "no JSON"),
        ({"json": []}, "bolt-report/1"),
        ({"json": {"schema": "bolt-report/1"}}, "damaged"),
        ({"json": {"schema": "bolt-report/1", "path": "x", "turns": 3}}, "damaged"),
    ],
)
def test_what_is_no_report_is_told(studio, sent, told):
    answer = studio.http.post("/api/recordings", **sent)
    assert answer.status_code == 400
    assert told in answer.json()["error"]


def test_a_replay_is_drawn(studio, report):
    picture = studio.http.get("/api/conversations/now.png")
    assert picture.headers["content-type"] == "image/png"
    assert picture.content.startswith(b"\x89PNG")
    assert studio.http.get("/api/conversations/now.bmp").status_code == 404


@pytest.mark.parametrize("identity", ["nothing", "..%2F..%2Fsecret", "%00"])
def test_a_conversation_that_is_not_there_is_told(studio, identity):
    assert studio.http.get(f"/api/conversations/{identity}").status_code in (400, 404)


def test_a_conversation_of_which_only_the_history_knows_is_performed_again(tmp_path):
    url = f"sqlite:///{tmp_path / 'history.db'}"
    with opened(history=url) as studio:
        page = studio.page()
        page.send("say", text="roll forward for two seconds")
        page.until_item("ended")
    for file in studio.studio.replays.folder.glob("*.json"):
        file.unlink()
    with opened(history=url) as studio:
        (listed,) = studio.http.get("/api/conversations").json()["conversations"]
        assert listed["title"] == "roll forward for two seconds"
        recording = studio.http.get(f"/api/conversations/{listed['id']}").json()
        assert recording["robots"][0]["path"][-1][2] > 50
        assert recording["items"][0][1]["say"] == "roll forward for two seconds"
        assert studio.http.get("/api/conversations/thread-99").status_code == 404


def test_a_conversation_goes_on_in_another_world(tmp_path):
    with opened(history=f"sqlite:///{tmp_path / 'history.db'}") as studio:
        page = studio.page()
        page.send("say", text="show a heart")
        page.until_item("ended")
        page.until("state")
        page.send("world", name="walled")
        page.until("hello")
        messages = page.until("hello")["robots"][0]["messages"]
        assert "show a heart" in [message["text"] for message in messages]
