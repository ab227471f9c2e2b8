"""A clock whose rate can be changed: on a loop whose time is set by the test."""

import asyncio

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

    async def pass_time(seconds):
        loop.moment += seconds
        for _ in range(10):
            await asyncio.sleep(0)

    yield lambda test: loop.run_until_complete(test(pass_time))
    loop.close()


def test_time_passes_at_the_rate_and_stands_still_when_paused(after):
    async def test(seconds):
        clock = PacedClock()
        assert clock.now() == 0
        await seconds(2)
        assert clock.now() == 2
        clock.change(rate=4)
        await seconds(2)
        assert clock.now() == 10
        clock.change(paused=True)
        await seconds(100)
        assert clock.now() == 10
        clock.change(rate=0.5, paused=False)
        await seconds(2)
        assert clock.now() == 11

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
        await seconds(0.5)
        assert told == [0.5]
        await seconds(10)
        assert (clock.now(), clock.paused) == (0.5, True)

    after(test)


def test_what_is_cancelled_does_not_happen(after):
    async def test(seconds):
        clock, told = PacedClock(), []
        clock.call_at(1, lambda: told.append(1)).cancel()
        clock.change(rate=8)
        await seconds(10)
        assert told == []

    after(test)
