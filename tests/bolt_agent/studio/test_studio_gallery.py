"""The gallery: moves and animations that are kept, shown, played, changed and thrown away."""

import io

import pytest
from PIL import Image

from bolt_agent.authoring.check import check
from bolt_agent.studio.animation_files import compose_file, read_animation
from bolt_agent.studio.protocol import Animation

SQUARE = (
    "def run(moss):\n    for heading in (0, 90, 180, 270):\n        moss.body.new_move(run=True).roll(heading, 80, 1)\n"
)
BLINK = {
    "fps": 2,
    "transition": False,
    "loop": False,
    "duration": 0,
    "palette": ["#000000", "#00ff00"],
    "frames": [["11111111"] * 8, ["00000000"] * 8, ["10000001"] * 8],
}


@pytest.fixture
def http(studio):
    yield studio.http
    kept = studio.http.get("/api/gallery").json()
    for kind, ones in kept.items():
        for one in ones:
            assert studio.http.delete(f"/api/{kind}/{one['name']}").status_code == 200


def contents(http, kind):
    return http.get("/api/gallery").json()[kind]


def keep(http, kind="animations", name="blink"):
    if kind == "moves":
        answer = http.post("/api/moves", json={"name": name, "description": "A square.", "code": SQUARE})
    else:
        answer = http.put(f"/api/animations/{name}", json={"description": "It blinks.", "animation": BLINK})
    assert answer.status_code == 200, answer.text


def test_a_program_is_kept_as_a_move_with_a_picture_of_its_path(http, visitor):
    keep(http, "moves", "my square")
    visitor.until("gallery")
    (move,) = contents(http, "moves")
    assert (move["name"], move["description"]) == ("my_square", "A square.")
    assert move["source"].count("move.roll(") == 4
    picture = http.get(move["picture"])
    assert picture.headers["content-type"] == "image/svg+xml"
    assert "<polyline" in picture.text


def test_a_kept_move_is_performed(http, visitor):
    keep(http, "moves", "square")
    visitor.send("perform", kind="move", name="square")
    visitor.until_state(lambda robot: robot["speed"] > 10)
    visitor.send("stop")
    visitor.until_item("ended")


def test_a_painted_animation_is_a_moss_file_that_plays(http, visitor):
    keep(http)
    (kept,) = contents(http, "animations")
    assert kept["animation"] == BLINK
    assert check(kept["source"]) == []
    with Image.open(io.BytesIO(http.get(kept["picture"]).content)) as picture:
        assert picture.n_frames == 3
    visitor.send("perform", kind="animation", name="blink")
    visitor.until_state(lambda robot: robot["face"] == "00ff00" * 64)
    visitor.until_item("ended")


@pytest.mark.parametrize("kind", ["moves", "animations"])
def test_what_is_kept_can_be_renamed_edited_exported_and_deleted(http, kind):
    keep(http, kind, "first")
    assert http.post(f"/api/{kind}/first/name", json={"name": "Second one"}).status_code == 200
    (kept,) = contents(http, kind)
    assert kept["name"] == "second_one"
    file = http.get(f"/api/{kind}/second_one.py")
    assert "second_one.py" in file.headers["content-disposition"]
    assert file.text == kept["source"]
    changed = file.text.replace("0", "1", 1) + "# edited\n"
    assert http.put(f"/api/{kind}/second_one", content=changed).status_code == 200
    (edited,) = contents(http, kind)
    assert edited["source"] == changed
    assert edited["version"] != kept["version"]
    assert http.delete(f"/api/{kind}/second_one").status_code == 200
    assert contents(http, kind) == []


@pytest.mark.parametrize(
    ("method", "path", "sent", "told"),
    [
        (
            "POST",
            "/api/moves",
            {"json": {"name": "a", "description": "b", "code": "def run(moss):\n    oops()"}},
            "does not run",
        ),
        ("POST", "/api/moves", {"json": {"name": "a", "description": "b", "code": "def run(moss): pass"}}, "nothing"),
        ("POST", "/api/moves", {"json": {"name": "3 x!", "description": "b", "code": SQUARE}}, "no name"),
        ("POST", "/api/moves", {"json": {"name": "a"}}, "description"),
        ("POST", "/api/moves", {"content": b"\xff"}, "JSON"),
        ("PUT", "/api/moves/a", {"content": b"def ("}, "no Python"),
        ("PUT", "/api/moves/a", {"content": b"\xff\xfe"}, "UTF-8"),
        ("PUT", "/api/moves/a", {"content": b"#" * 2_000_001}, "too much"),
        ("PUT", "/api/animations/a", {"json": {"animation": {"palette": [], "frames": []}}}, "palette"),
        ("DELETE", "/api/animations/a", {}, "none is kept"),
        ("POST", "/api/animations/a/name", {"json": {"name": "b"}}, "none is kept"),
        ("GET", "/api/animations/a.gif", {}, "none is kept"),
    ],
)
def test_what_cannot_be_kept_is_told(http, method, path, sent, told):
    answer = http.request(method, path, **sent)
    assert 400 <= answer.status_code < 500
    assert told in answer.json()["error"]


def test_a_name_that_is_taken_is_told(http):
    keep(http, name="one")
    keep(http, name="two")
    answer = http.post("/api/animations/one/name", json={"name": "two"})
    assert "kept already" in answer.json()["error"]
    assert len(contents(http, "animations")) == 2


def test_a_file_changed_by_hand_is_shown_and_not_played(http, visitor):
    source = "frames = make()\nanimation = Animation(frames=frames)\n"
    http.put("/api/animations/wild", content=source)
    (kept,) = contents(http, "animations")
    assert kept["animation"] is None
    visitor.send("perform", kind="animation", name="wild")
    assert "changed by hand" in visitor.until("failed")["text"]


def test_painting_is_seen_on_the_robot_stroke_by_stroke(visitor):
    for color in ("#ff0000", "#00ff00", "#0000ff"):
        visitor.send("preview", animation={**BLINK, "palette": [color], "frames": [["00000000"] * 8]})
    visitor.until_state(lambda robot: robot["face"] == "0000ff" * 64)
    visitor.send("preview_end")
    visitor.until_state(lambda robot: robot["face"] == "000000" * 64)


def test_an_animation_survives_the_way_through_its_file():
    animation = Animation(**{**BLINK, "palette": [f"#{number:06x}" for number in range(16)]})
    assert read_animation(compose_file('Say "hi"\\', animation)) == animation
    assert read_animation("this is no Python") is None
    assert read_animation("Animation(frames=1/0)") is None
