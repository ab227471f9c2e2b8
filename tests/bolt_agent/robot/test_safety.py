"""What must not happen does not: limits are kept before and while the ball moves, and a stop is a stop."""

import asyncio
import math
import sys

import pytest

from bolt_agent.assembly import Options, assemble, opened
from bolt_agent.cli.stop import stop_robots
from bolt_agent.robot import Ball, LedMatrix, Outlet, Refused
from bolt_agent.robot.limits import Fence, SafetyLimits, read_limits
from bolt_agent.robot.player import Player
from bolt_agent.robot.remote_stop import listening, stop_all
from drivers import BoltDriver, MemoryLink
from drivers.clock import FastClock
from drivers.events import Reading, RobotEvent
from simulator import VirtualBolt


class Stage:
    def __init__(self, player):
        self.perform, self.cut, self.state = player.perform, player.cut, player.state


def play(program, **limits):
    """Run a coroutine function of (ball, player, driver, bolt) under limits; the report, and what happened."""
    clock, bolt = FastClock(), VirtualBolt()
    driver = BoltDriver(MemoryLink(bolt, clock), clock)
    happenings = []

    async def main():
        await driver.open()
        player = Player(driver, clock, limits=SafetyLimits(**limits))
        player.on_happening(happenings.append)
        began = clock.now()
        await program(Ball(Outlet(Stage(player))), player, driver, bolt)
        report = bolt.record.report(began, clock.now())
        await player.close()
        await driver.close()
        return report

    return clock.run(main()), happenings


def farthest(report):
    return max(math.hypot(x, y) for _, x, y, *_ in report["path"])


@pytest.fixture
def runtime(tmp_path, monkeypatch):
    monkeypatch.setenv("BOLT_AGENT_RUNTIME", str(tmp_path / "run"))
    return tmp_path / "run"


def refused(limit, compose, **limits):
    """A move that is refused, by name and before anything moves."""

    async def program(ball, player, driver, bolt):
        with pytest.raises(Refused) as caught:
            compose(ball.new_move(run=True))
        assert caught.value.limit == limit
        await player.wait(seconds=2)
        return caught

    report, _ = play(program, **limits)
    assert farthest(report) < 1


def test_speed_and_duration_have_a_top():
    refused("top_speed", lambda move: move.roll(0, 200, 1), top_speed=100)
    refused("top_speed", lambda move: move.go(50, speed=-1 + 200), top_speed=100)
    refused("top_seconds", lambda move: move.roll(0, 50, 11), top_seconds=10)
    refused("top_speed", lambda move: move.on_collision(lambda m: m.roll(0, 255, 1)), top_speed=100)


def test_the_everyday_speed_is_slowed_down_under_a_low_top_speed():
    async def program(ball, player, driver, bolt):
        ball.new_move(run=True).roll(0, 90, 2)
        await player.wait()

    report, _ = play(program, top_speed=50)
    assert 5 < max(point[4] for point in report["path"]) < 30


def test_a_move_out_of_the_fence_is_refused_before_it_starts():
    refused("fence", lambda move: move.go(250), fence="200")
    refused("fence", lambda move: move.roll(90, 255, 5), fence=Fence(radius=200))
    refused("fence", lambda move: move.go(80), fence="-50,-50 50,-50 50,50 -50,50")


def test_the_fence_counts_from_where_the_moves_before_will_end():
    async def program(ball, player, driver, bolt):
        move = ball.new_move(run=True).go(150)
        move.go(-100).go(120)
        with pytest.raises(Refused, match="out of the fence"):
            move.go(60)
        await player.wait()

    report, _ = play(program, fence="200")
    assert farthest(report) > 140


def test_a_ball_that_rolls_on_is_stopped_at_the_fence_and_may_come_home():
    async def program(ball, player, driver, bolt):
        ball.new_move(run=True).on_collision().roll(0, 120, 20)  # a bump may end it: its way is not foreseen
        with pytest.raises(Refused, match="stopped at the fence"):
            await player.wait()
        player.release()
        ball.new_move(run=True).go(50, 180)
        await player.wait()

    report, happenings = play(program, fence="150")
    assert 130 < farthest(report) < 160
    assert [happening.name for happening in happenings] == ["fence"]
    assert report["path"][-1][2] < 110


def test_a_low_battery_stops_rolling_but_not_the_rest():
    async def program(ball, player, driver, bolt):
        driver.battery = 4
        with pytest.raises(Refused, match="charge me") as caught:
            ball.new_move(run=True).go(50)
        assert caught.value.limit == "low_battery"
        LedMatrix(Outlet(Stage(player))).fill("red")
        await player.wait()
        assert bolt.face[0][0] == "#ff0000"

    play(program)


def test_a_tilted_or_falling_ball_has_its_motors_off():
    async def program(ball, player, driver, bolt):
        ball.new_move(run=True).roll(0, 90, 20)
        await player.wait(seconds=1)
        for _ in range(6):
            for watcher in driver._senses.watchers:
                watcher(Reading(tilt=120))
        with pytest.raises(Refused, match="tilted by 120"):
            await player.wait()
        player.release()
        ball.new_move(run=True).roll(0, 90, 20)
        await player.wait(seconds=1)
        driver._tell(RobotEvent("freefall"))
        await player.wait(seconds=2)
        assert bolt.speed < 1

    play(program)


def test_a_limit_that_makes_no_sense_is_explained():
    with pytest.raises(ValueError, match="no fence"):
        read_limits(fence="round the house")
    with pytest.raises(ValueError, match="top_speed"):
        read_limits(top_speed=1000)


def test_what_people_ask_for_every_day_is_within_the_defaults():
    async def program(ball, player, driver, bolt):
        ball.new_move(run=True).roll(0, 255, 3).spin(720, 1).go(-300)
        await player.wait()

    report, happenings = play(program)
    assert farthest(report) > 200
    assert happenings == []


def test_another_terminal_stops_the_robot_while_a_program_spins(runtime):
    container = assemble(Options(brain="reflex", clock="real"))
    code = "def run(moss):\n    moss.body.new_move(run=True).roll(0, 120, 60)\n    while True: pass\n"

    async def main():
        async with opened(container, spare=True) as assembly:

            async def take():
                return [event async for event in assembly.session.run(code)]

            turn = asyncio.create_task(take())
            while assembly.virtual_bolt.speed < 10:
                await asyncio.sleep(0.02)
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-c",
                "import sys; from bolt_agent.cli.stop import stop_robots; sys.exit(stop_robots())",
                stdout=asyncio.subprocess.PIPE,
            )
            out, _ = await process.communicate()
            await turn
            return process.returncode, out.decode(), assembly.session.turns[0].reply

    status, out, reply = asyncio.run(main())
    assert (status, reply) == (0, "Stopped.")
    assert "Stopped 1 robot" in out


def test_with_nothing_running_stop_says_so_and_forgets_the_dead(runtime, capsys):
    assert stop_robots() == 1
    assert "nothing is running" in capsys.readouterr().err
    runtime.mkdir()
    (runtime / "999-1").touch()  # left by a session that was killed
    assert asyncio.run(stop_all()) == (0, 0)
    assert list(runtime.iterdir()) == []


def test_where_no_socket_can_be_made_the_session_goes_on(monkeypatch):
    monkeypatch.setenv("BOLT_AGENT_RUNTIME", "/dev/null/nowhere")

    async def main():
        async with listening(None):
            return "went on"

    assert asyncio.run(main()) == "went on"


def test_the_charge_is_asked_for_now_and_then_while_it_works():
    async def program(ball, player, driver, bolt):
        driver.battery = 50
        ball.new_move(run=True).spin(90, 1)
        await player.wait(seconds=65)
        assert driver.battery == 50  # nothing to do, nothing asked
        ball.new_move(run=True).spin(90, 1)
        await player.wait()
        assert driver.battery > 80

    play(program)
