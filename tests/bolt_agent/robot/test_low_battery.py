"""A ball whose battery runs low comes back to its start, or stays, and says so."""

import math

import pytest

from bolt_agent.robot import Ball, Outlet, Refused
from bolt_agent.robot.limits import Fence, SafetyLimits
from bolt_agent.robot.player import Player
from drivers import BoltDriver, MemoryLink
from drivers.clock import FastClock
from simulator import Settings, VirtualBolt

LONGEST = 700
"""Seconds in which a ball surely loses a hundredth of a volt, which is three percent."""


class Stage:
    def __init__(self, player):
        self.perform, self.cut, self.state = player.perform, player.cut, player.state


async def repeat(compose, ball, player, clock):
    while clock.now() < LONGEST:
        compose(ball)
        await player.wait()


def run_low(compose, *, fence=None, then=None):
    """Repeat a move until the battery is below the limit. (its pose, what happened, the error that was raised)"""
    clock, bolt = FastClock(), VirtualBolt(settings=Settings(battery=0.3))
    driver, happenings = BoltDriver(MemoryLink(bolt, clock), clock), []

    async def main():
        await driver.open()
        player = Player(driver, clock, limits=SafetyLimits(low_battery=driver.battery, fence=fence))
        player.on_happening(happenings.append)
        ball = Ball(Outlet(Stage(player)))
        with pytest.raises(Refused) as caught:
            await repeat(compose, ball, player, clock)
        if then is not None:
            await then(player, ball)
        await player.close()
        await driver.close()
        return caught.value

    error = clock.run(main())
    return bolt.pose, happenings, error


def there_and_stay(ball):
    """Away from the start once, then to and fro beside it."""
    away = math.hypot(ball.position[0], ball.position[1]) > 50
    move = ball.new_move(run=True)
    if not away:
        move.go(80, 0)
    else:
        move.go(20, 90).go(20, 270).wait(50)


def test_it_comes_back_to_its_start_and_says_so():
    pose, happenings, error = run_low(there_and_stay)
    assert math.hypot(pose.x, pose.y) < 8
    assert [happening.name for happening in happenings] == ["low_battery"]
    assert "I come back to my start" in happenings[0].text
    assert error.limit == "low_battery"


def test_a_program_that_goes_on_or_is_cut_does_not_keep_it_from_coming_home():
    def compose(ball):
        there_and_stay(ball)
        ball.new_move(run=True).go(20, 90).go(20, 270).wait(50)

    async def then(player, ball):
        ball.new_move(run=True).go(50, 180)
        player.cut()

    pose, *_ = run_low(compose, then=then)
    assert math.hypot(pose.x, pose.y) < 8


def test_where_the_way_leads_out_of_the_fence_it_stays():
    around = Fence(corners=[(-20, -20), (120, -20), (120, 120), (80, 120), (80, 20), (-20, 20)])

    def around_the_corner(ball):
        move = ball.new_move(run=True)
        if math.hypot(*ball.position) < 50:
            move.go(100, 90).go(100, 0)
        else:
            move.go(10, 180).go(10, 0).wait(50)

    pose, happenings, _ = run_low(around_the_corner, fence=around)
    assert math.hypot(pose.x, pose.y) > 100
    assert "I stay where I am" in happenings[0].text


def test_the_next_command_is_refused_because_it_must_be_charged():
    async def then(player, ball):
        player.release()
        with pytest.raises(Refused, match="please charge me"):
            ball.new_move(run=True).go(10)

    run_low(there_and_stay, then=then)
