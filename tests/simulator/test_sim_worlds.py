"""World files, and what is said when one is wrong."""

import subprocess
import sys

import pytest

from simulator import BadWorld, UnknownWorld, VirtualBolt, list_worlds, load_world


def test_the_shipped_worlds_load_and_say_what_they_are():
    assert {"open", "walled"} <= set(list_worlds())
    assert all(load_world(name).about for name in list_worlds())


def test_the_wall_ahead_is_one_metre_twenty_away():
    ahead = load_world("walled").rectangles()[0]
    assert ahead.y - ahead.depth / 2 == 120


def test_the_open_floor_is_eight_by_eight_metres_and_empty():
    world = load_world("open")
    assert (world.floor.width, world.floor.depth, world.rectangles()) == (800, 800, ())


def test_an_unknown_world_lists_those_there_are():
    with pytest.raises(UnknownWorld, match="maze, open, ramp") as caught:
        VirtualBolt("moon")
    assert isinstance(caught.value, LookupError)


def test_a_world_of_ones_own_stops_the_ball(tmp_path, make_host):
    file = tmp_path / "mine.yaml"
    file.write_text("boxes:\n  - {at: [50, 0], size: [4, 60]}\n", encoding="utf-8")
    host = make_host(file)
    host.roll(90, 100, 2)
    assert "collision" in host.events
    assert host.bolt.pose.x < 45


def test_a_turned_wall_is_where_it_was_drawn(tmp_path, make_host):
    file = tmp_path / "slanted.yaml"
    file.write_text("walls:\n  - {from: [0, 80], to: [80, 0]}\n", encoding="utf-8")
    host = make_host(file)
    host.roll(45, 100, 2)
    x, y, _ = host.bolt.pose
    assert "collision" in host.events
    assert x + y < 80


def test_a_ball_may_start_elsewhere_and_face_elsewhere(tmp_path, make_host):
    file = tmp_path / "start.yaml"
    file.write_text("balls:\n  - {at: [30, -20], heading: 90}\n", encoding="utf-8")
    host = make_host(file)
    assert host.bolt.pose == pytest.approx((30, -20, 90))
    host.roll(0, 100, 1)  # its own forward
    assert host.bolt.pose.x > 70


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("floor: {width: 800\nwalls: [", "line 2.*no YAML"),
        ("floor:\n  width: -3\n", "line 2: floor.width: .*greater than 0"),
        ("light: 100\nlava: true\n", "line 2: lava: .*no such entry"),
        ("walls:\n  - {from: [0, 0], to: [1, 1]}\n  - {from: [0, 0]}\n", "line 3: walls.1.to: .*missing"),
        ("walls:\n  - {from: [0, 0], to: [0, 0]}\n", "line 2: walls.0: .*two different ends"),
        ("- 1\n- 2\n", "line 1: the file: "),
    ],
)
def test_a_broken_file_is_named_with_its_line(tmp_path, text, said):
    file = tmp_path / "broken.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadWorld, match=r"broken\.yaml, " + said) as caught:
        load_world(file)
    assert isinstance(caught.value, ValueError)


def test_importing_the_simulator_imports_no_physics():
    code = "import sys, simulator; print('mujoco' in sys.modules, 'spherov2.toy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
