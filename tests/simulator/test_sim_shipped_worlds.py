"""The shipped worlds: in each of them happens what it is for."""

import pytest

from simulator import BadWorld, VirtualWorld, list_worlds, load_world


def test_there_are_at_least_the_eight_that_were_promised():
    assert set(list_worlds()) >= {"open", "walled", "maze", "bowling", "ramp", "ledge", "slalom", "classroom"}


@pytest.mark.parametrize("name", list_worlds())
def test_a_world_rests_until_a_ball_moves(name):
    world = VirtualWorld(name)
    starts = [bolt.pose for bolt in world.bolts]
    things = world.things
    world.advance(3)
    for bolt, start in zip(world.bolts, starts, strict=True):
        assert bolt.pose == pytest.approx(start, abs=0.01)
    assert all(not thing.fallen for thing in world.things)
    for before, after in zip(things, world.things, strict=True):
        assert (after.x, after.y, after.z) == pytest.approx((before.x, before.y, before.z), abs=0.1)


def test_the_maze_has_a_way_out(make_host):
    host = make_host("maze")
    # its own forward is east; what is north of the world is 270
    for heading, seconds in ((0, 2.6), (270, 1.2)):
        host.roll(heading, 60, seconds)
    assert host.bolt.pose.x > -75
    assert load_world("maze").zone_at(125, 125).name == "exit"


@pytest.mark.parametrize(("heading", "least"), [(0, 7), (1, 7), (2, 7), (4, 3)])
def test_a_centred_hit_at_speed_topples_most_pins(make_host, heading, least):
    host = make_host("bowling")
    host.roll(heading, 255, 3)
    assert sum(thing.fallen for thing in host.bolt.things) >= least
    assert "collision" in host.events


def test_a_ball_that_passes_by_topples_none(make_host):
    host = make_host("bowling")
    host.roll(-12, 255, 2)
    assert not any(thing.fallen for thing in host.bolt.things)


def test_the_gentle_ramp_is_climbed_and_the_steep_one_stalls_the_ball(make_host):
    gentle, steep = make_host("ramp"), make_host("ramp")
    gentle.roll(0, 150, 2.5)
    assert gentle.bolt.height == pytest.approx(6 + 3.65, abs=0.1)
    for _ in range(4):
        steep.drive(90, 150)
        steep.live(0.8)
    assert 78 < max(point.x for point in steep.path) < 110
    assert steep.bolt.height < 12


def test_the_ball_falls_off_the_ledge_and_feels_it(make_host):
    host = make_host("ledge")
    assert host.bolt.height == pytest.approx(33.65, abs=0.05)
    host.roll(0, 100, 2)
    assert host.events[:2] == ["freefall", "landing"]
    assert host.bolt.height == pytest.approx(3.65, abs=0.05)


def test_the_slalom_line_leads_past_the_poles_to_the_finish():
    world = load_world("slalom")
    assert len(world.boxes) == 7
    assert world.zone_at(*world.lines[0].points[-1]).name == "finish"


def test_the_classroom_has_six_balls_and_cradles():
    world = VirtualWorld("classroom")
    assert len(world.bolts) == 6
    assert len(world.spec.cradles) == 3


def test_it_is_brighter_under_a_lamp():
    world = load_world("classroom")
    assert world.light_at(150, 0) == pytest.approx(396, abs=2)
    assert world.light_at(150, 0) > world.light_at(0, 240)


def test_a_block_is_pushed_along(make_host, tmp_path):
    file = tmp_path / "block.yaml"
    file.write_text("blocks:\n  - {at: [0, 40], size: [10, 10]}\n", encoding="utf-8")
    host = make_host(file)
    host.roll(0, 120, 2)
    assert host.bolt.things[0].y > 45
    assert not host.bolt.things[0].fallen


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ramps:\n  - {at: [0, 0], size: [10, 10], height: -1}\n", r"line 2: ramps\.0\.height: .*greater than 0"),
        ("pins:\n  - {at: [0, 0]}\n  - {at: [0]}\n", r"line 3: pins\.1\.at\.1: .*missing"),
        ("zones:\n  - at: [0, 0]\n    size: [1, 1]\n    color: red\n", r"line 4: zones\.0\.color: "),
        ("lines:\n  - {points: [[0, 0]]}\n", r"line 2: lines\.0\.points: .*at least 2"),
        ("cradles:\n  - {at: [0, 0], volts: 5}\n", r"line 2: cradles\.0\.volts: .*no such entry"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path, text, said):
    file = tmp_path / "broken.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadWorld, match=said):
        load_world(file)
