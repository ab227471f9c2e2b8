"""Every fault of a link, over a choreography: nothing hangs, the ball comes to rest, the error names the reason, and
the next command works."""

import random
import time

import pytest
from faulty_links import COMMANDS, Around, Breaking, Delaying, LosingAnswer, Noisy, Refusing, Slicing, Stage, framed
from hypothesis import given, settings
from hypothesis import strategies as st

from bolt_agent.robot import Ball, LedMatrix, Outlet
from bolt_agent.robot.player import Player
from drivers import BoltDriver, MemoryLink
from drivers.clock import FastClock
from drivers.errors import CommandFailed, Disconnected, DisconnectReason, LinkError, NoAnswer
from drivers.packets import Framer
from simulator import VirtualBolt

LONGEST_WAIT = 2.0
"""Seconds of the clock beyond the choreography's own time within which everybody must know."""

CHOREOGRAPHY = 4.0


class Dance:
    """A choreography on a faulty link, and what came of it."""

    def __init__(self, around, *, then=lambda link: None):
        self.clock, self.bolt = FastClock(), VirtualBolt()
        self.link = around(MemoryLink(self.bolt, self.clock), self.clock)
        self.error = self.seconds = None
        began = time.monotonic()
        self.clock.run(self._main(then))
        assert time.monotonic() - began < 5  # a hang of the real clock, which the fast one does not see

    async def _main(self, then):
        driver = BoltDriver(self.link, self.clock)
        try:
            await self._dance(driver)
        except LinkError as error:
            self.error = error
        assert self.seconds is None or self.seconds < CHOREOGRAPHY + LONGEST_WAIT
        await self.clock.sleep(4)
        assert self.bolt.speed < 1  # at rest
        then(self.link)
        await driver.close()
        await self._next_command()

    async def _dance(self, driver):
        began = self.clock.now()
        player = None
        try:
            await driver.open()
            player = Player(driver, self.clock)
            began = self.clock.now()
            outlet = Outlet(Stage(player))
            face = LedMatrix(outlet)
            face.fill("red")
            face.show("heart")
            face.set_front_led("blue")
            Ball(outlet).new_move(run=True).roll(0, 80, 1).spin(90, 0.5).roll(90, 80, 1)
            await player.wait()
        finally:
            self.seconds = self.clock.now() - began
            if player is not None:
                await player.close()

    async def _next_command(self):
        """A new session on the same robot rolls."""
        again = BoltDriver(self.link, self.clock)
        await again.open()
        x, y = self.bolt.pose.x, self.bolt.pose.y
        player = Player(again, self.clock)
        Ball(Outlet(Stage(player))).new_move(run=True).go(20)
        await player.wait()
        assert abs(self.bolt.pose.x - x) + abs(self.bolt.pose.y - y) > 2  # less than 20 where packets are late
        await player.close()
        await again.close()


def packets_of_the_dance():
    """How many packets and answers an undisturbed choreography has."""
    link = Dance(lambda link, clock: Breaking(LosingAnswer(link, 0), 0)).link
    return link.count, link.link.count


PACKETS, ANSWERS = packets_of_the_dance()


def test_without_a_fault_the_dance_is_danced():
    assert Dance(lambda link, clock: Around(link)).error is None


@pytest.mark.parametrize("nth", range(1, ANSWERS - 18))
def test_any_one_lost_acknowledgement_is_named(nth):
    error = Dance(lambda link, clock: LosingAnswer(link, nth)).error
    assert error is None or isinstance(error, NoAnswer)  # the stop at the end is sent again, so nobody misses it
    if error is not None:
        assert error.reason is DisconnectReason.OUT_OF_RANGE


@pytest.mark.parametrize("nth", range(1, PACKETS - 18))
def test_a_link_that_breaks_at_any_packet_is_named(nth):
    dance = Dance(lambda link, clock: Breaking(link, nth))
    assert dance.error is None or isinstance(dance.error, Disconnected)
    if dance.error is not None:
        assert dance.error.reason is DisconnectReason.LEFT


def test_notifications_may_arrive_byte_by_byte():
    assert Dance(lambda link, clock: Slicing(link)).error is None


@pytest.mark.parametrize("seed", range(5))
def test_late_packets_do_no_harm(seed):
    assert Dance(lambda link, clock: Delaying(link, clock, seed=seed)).error is None


@pytest.mark.parametrize("command", COMMANDS)
def test_an_error_answer_is_named(command):
    def mend(link):
        link.on = False

    dance = Dance(lambda link, clock: Refusing(link, *COMMANDS[command], 8), then=mend)
    assert dance.link.count
    assert isinstance(dance.error, CommandFailed)
    assert dance.error.reason.value == "it is busy"


@settings(max_examples=20, deadline=None)
@given(noise=st.binary(max_size=60))
def test_noise_before_every_notification_does_no_harm(noise):
    error = Dance(lambda link, clock: Noisy(link, noise)).error
    assert error is None or isinstance(error, LinkError)


@settings(max_examples=2000, deadline=None)
@given(data=st.lists(st.binary(max_size=40) | st.sampled_from([b"\x8d", b"\xd8", b"\xab", b"\x8d\xd8"])))
def test_garbage_bytes_never_raise(data):
    framer = Framer()
    for piece in data:
        for packet in framer.feed(piece):
            assert packet.flags is not None


@settings(max_examples=300, deadline=None)
@given(
    flags=st.sampled_from([0x08, 0x28, 0x38, 0x09, 0x39]),
    head=st.tuples(*[st.integers(0, 255)] * 2),
    did=st.sampled_from([0x10, 0x11, 0x13, 0x16, 0x18, 0x1A]),
    cid=st.integers(0, 0x50),
    rest=st.binary(max_size=90),
)
def test_well_formed_nonsense_never_raises(flags, head, did, cid, rest):
    """What a driver hears is no reason to fail: any packet with a right checksum, of any kind and length."""
    ids = {0x08: b"", 0x09: b"", 0x28: bytes(head[:1])}.get(flags, bytes(head))
    body = bytes([flags]) + ids + bytes([did, cid, 0xFF]) + rest
    driver = BoltDriver(MemoryLink(None, None), FastClock())
    driver.on_event(lambda event: None)
    driver._notified(framed(body))


async def _reconnecting(clock, bolt):
    link = Breaking(MemoryLink(bolt, clock), 40)
    driver = BoltDriver(link, clock)
    events = []
    driver.on_event(events.append)
    await driver.open()
    driver.drive(0, 100)
    while not events:
        await clock.sleep(0.1)
        driver.drive(0, 100)
    assert events[0].name == "disconnected"
    with pytest.raises(Disconnected):
        await driver.set_light("front", (1, 2, 3))
    await clock.sleep(3)
    assert events[-1].name == "reconnected"
    assert bolt.speed < 1
    x, y = bolt.pose.x, bolt.pose.y
    await clock.sleep(3)
    assert (bolt.pose.x, bolt.pose.y) == pytest.approx((x, y), abs=0.5)
    driver.drive(90, 100)
    await clock.sleep(1)
    assert bolt.speed > 20
    await driver.close()


def test_a_broken_link_is_made_again_and_nothing_that_moved_goes_on():
    clock = FastClock()
    clock.run(_reconnecting(clock, VirtualBolt()))


def test_a_hundred_thousand_pieces_of_garbage_do_no_harm():
    chance = random.Random(1)
    known = [(0x18, 0x02), (0x18, 0x12), (0x13, 0x21), (0x18, 0x26), (0x1A, 0x3C), (0x13, 0x19)]
    driver = BoltDriver(MemoryLink(None, None), FastClock())
    driver.on_event(lambda event: None)
    driver.on_reading(lambda reading: None)
    for _ in range(100_000):
        data = chance.randbytes(chance.randrange(40))
        if chance.random() < 0.6:  # a packet that is well formed, and nonsense
            size = chance.choice([0, 1, 2, 16, 18, 40, chance.randrange(90)])
            flags, ids = chance.choice([(0x08, 0), (0x28, 1), (0x38, 2), (0x09, 0), (0x39, 2)])
            kind = bytes(chance.choice(known))
            data = framed(bytes([flags]) + chance.randbytes(ids) + kind + b"\xff" + chance.randbytes(size))
        driver._notified(data)
