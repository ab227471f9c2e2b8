"""A clock whose rate can be changed: on a loop whose time is set by the test."""

import asyncio
import itertools

import pytest

from bolt_agent.studio.pace import PacedClock


class HandLoop(asyncio.SelectorEventLoop):
    """A loop whose time goes on when the test says so."""

    moment = 0.0

    def time(self):
        return self.moment


@pytest.fixture
def after():
    """Let time pass: after(seconds) is a coroutine to wait for."""
    loop = HandLoop()

    async def pass_time(seconds, steps=100):
        for _ in range(steps):
            loop.moment += seconds / steps
            for _ in range(10):
                await asyncio.sleep(0)

    yield lambda test: loop.run_until_complete(test(pass_time))
    loop.close()


def test_time_passes_at_the_rate_and_stands_still_when_paused(after):
    async def test(seconds):
        clock = PacedClock()
        assert clock.now() == 0
        await seconds(2)
        assert clock.now() == pytest.approx(2)
        clock.change(rate=4)
        await seconds(2)
        assert clock.now() == pytest.approx(10)
        clock.change(paused=True)
        await seconds(100)
        assert clock.now() == pytest.approx(10)
        clock.change(rate=0.5, paused=False)
        await seconds(2)
        assert clock.now() == pytest.approx(11)

    after(test)


def test_what_waits_follows_the_rate(after):
    async def test(seconds):
        clock = PacedClock()
        sleeping = asyncio.ensure_future(clock.sleep(10))
        await seconds(0)
        await seconds(1)
        clock.change(rate=8)
        await seconds(1)
        assert not sleeping.done()
        await seconds(0.2)
        assert sleeping.done()

    after(test)


def test_a_step_lets_so_much_time_pass_and_no_more(after):
    async def test(seconds):
        clock, told = PacedClock(), []
        clock.change(paused=True)
        clock.step(0.5, lambda: told.append(clock.now()))
        await seconds(0.51)
        assert told == [pytest.approx(0.5, abs=0.01)]
        await seconds(10)
        assert clock.now() == told[0]
        assert clock.paused

    after(test)


def test_what_is_cancelled_does_not_happen(after):
    async def test(seconds):
        clock, told = PacedClock(), []
        clock.call_at(1, lambda: told.append(1)).cancel()
        clock.change(rate=8)
        await seconds(10)
        assert told == []

    after(test)


def test_time_that_a_slow_computer_cannot_follow_is_lost_and_not_caught_up(after):
    async def test(seconds):
        clock, looks = PacedClock(rate=8), []

        def look():
            looks.append(clock.now())
            clock.call_at(clock.now() + 0.01, look)

        clock.call_at(0, look)
        await seconds(10, steps=10)  # each second at once
        assert max(after - before for before, after in itertools.pairwise(looks)) <= 1.0
        assert looks[-1] < 10

    after(test)
