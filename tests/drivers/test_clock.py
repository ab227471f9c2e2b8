"""The clocks: simulated time is exact and free, real limits still hold under it."""

import asyncio
import time

import pytest

from drivers.clock import FastClock, RealClock


def test_an_hour_of_simulated_waiting_takes_no_time_and_is_exact():
    clock = FastClock()

    async def main():
        await clock.sleep(3600)
        return clock.now()

    began = time.monotonic()
    assert clock.run(main()) == 3600.0
    assert time.monotonic() - began < 5


def test_sleepers_wake_in_order_of_their_time_and_then_of_their_asking():
    clock, woken = FastClock(), []

    async def sleeper(name, seconds):
        await clock.sleep(seconds)
        woken.append(name)

    async def main():
        await asyncio.gather(sleeper("late", 2), sleeper("first", 1), sleeper("second", 1))

    clock.run(main())
    assert woken == ["first", "second", "late"]


def test_a_timeout_counts_simulated_seconds():
    clock = FastClock()

    async def main():
        with pytest.raises(TimeoutError):
            async with clock.timeout(2):
                await clock.sleep(5)
        return clock.now()

    assert clock.run(main()) == 2.0


def test_simulated_time_stands_still_while_it_is_held_but_a_real_limit_is_kept():
    clock = FastClock()

    async def main():
        with clock.held(), pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05):
                await clock.sleep(1)
        return clock.now()

    assert clock.run(main()) == 0.0


def test_a_cancelled_call_never_happens():
    clock, called = FastClock(), []

    async def main():
        clock.call_at(1, lambda: called.append("one")).cancel()
        await clock.sleep(2)

    clock.run(main())
    assert called == []


def test_the_real_clock_starts_at_zero_and_waits():
    clock = RealClock()

    async def main():
        start = clock.now()
        await clock.sleep(0.02)
        return start, clock.now()

    start, end = clock.run(main())
    assert start == 0.0
    assert 0.02 <= end < 1
