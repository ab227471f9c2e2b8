"""Drive commands over time: the latency before the ball obeys, the timeout after which it stops, the aim."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial

from simulator.firmware.control import CALM, Controller, Style, steady_speed
from simulator.firmware.quirks import Quirks
from simulator.firmware.schedule import Due, Schedule

__all__ = ["COMMAND_LATENCY", "Motion"]

COMMAND_LATENCY = 60
"""ms from a drive command until the control loop acts on it. A resting ball takes another 0.06 s to break away, which
gives the 0.1 to 0.28 s of dead time measured on real balls."""
CALIBRATION_TIME = 1500
"""ms that the full turn of a compass calibration and its thinking take."""

BACKWARD, TURBO, FAST_TURN, LEFT, RIGHT, DRIFT = 0x01, 0x02, 0x04, 0x08, 0x10, 0x20
"""Flags of drive_with_heading."""
OFF, FORWARD, REVERSE = 0, 1, 2
"""Modes of a raw motor."""


class Motion:
    """What the ball is told to do. Headings come in degrees from the last `reset_yaw`, clockwise.

    timeout: ms without a drive command after which the ball stops.
    """

    def __init__(self, schedule: Schedule, controller: Controller, quirks: Quirks, *, timeout: int) -> None:
        self.controller = controller
        self.aim = controller.ball.heading
        """The heading (radians, of the world) that commands call 0."""
        self._schedule = schedule
        self._quirks = quirks
        self._timeout_after = timeout
        self._pending: list[Due] = []
        self._timeout: Due | None = None

    def drive(self, byte: int, heading: float, flags: int = 0) -> None:
        """Face a heading and roll at a speed byte; with the flag BACKWARD away from where it faces."""
        quirks = self._quirks
        wander = quirks.heading_bias + quirks.heading_drift * self._schedule.now / 1000
        target = self.aim + math.radians(heading + wander)
        direction = 1 if flags & RIGHT else -1 if flags & LEFT else 0
        speed = quirks.gain * steady_speed(byte) * (-1 if flags & BACKWARD else 1)
        style = Style(turbo=bool(flags & TURBO), fast_turn=bool(flags & FAST_TURN), drift=bool(flags & DRIFT))
        self._command(partial(self._obey, target, direction, speed, style), keeps_moving=bool(byte))

    def steer(self, byte: int, turn: float) -> None:
        """At once, and until told otherwise: roll at a speed byte, turned by so many degrees from where it faces."""
        self._obey(self.controller.ball.heading + math.radians(turn), 0, self._quirks.gain * steady_speed(byte))

    def raw(self, left: tuple[int, int], right: tuple[int, int]) -> None:
        """Drive each wheel by its mode (0 off, 1 forward, 2 reverse) and power (0..255)."""
        powers = [power / 255 * {OFF: 0, FORWARD: 1, REVERSE: -1}[mode] for mode, power in (left, right)]
        self._command(partial(self.controller.power, powers[0], powers[1]), keeps_moving=any(powers))

    def reset_yaw(self) -> None:
        """Call the way it faces now 0."""
        self.aim = self.controller.ball.heading

    def stabilise(self, mode: int) -> None:
        """Hold heading and balance (1), hang loose (0), or hold only the pitch (2), the roll (3), the heading (4), or
        the heading and the speed (5)."""
        self.controller.stabilise(mode)

    def find_north(self, north: float, found: Callable[[int], None]) -> None:
        """Turn once around, then say the heading of north (degrees of the world) as commands count it."""
        self._command(partial(self.controller.turn_by, 2 * math.pi), keeps_moving=False)
        self._schedule.after(CALIBRATION_TIME, partial(self._found_north, north, found))

    def halt(self) -> None:
        """Stop at once and forget what was commanded."""
        self._forget()
        self.controller.halt()

    def _obey(self, target: float, direction: int, speed: float, style: Style = CALM) -> None:
        self.controller.style = style
        self.controller.turn_to(target, direction=direction)
        self.controller.go(speed)

    def _found_north(self, north: float, found: Callable[[int], None]) -> None:
        found(round(north - math.degrees(self.aim)) % 360)

    def _command(self, obey: Callable[[], None], *, keeps_moving: bool) -> None:
        self._pending = [due for due in self._pending if due.action is not None]
        self._pending.append(self._schedule.after(self._quirks.command_latency(COMMAND_LATENCY), obey))
        if self._timeout is not None:
            self._timeout.cancel()
        self._timeout = self._schedule.after(self._timeout_after, self._stop) if keeps_moving else None

    def _stop(self) -> None:
        self.controller.go(0.0)

    def _forget(self) -> None:
        for due in self._pending:
            due.cancel()
        self._pending.clear()
        if self._timeout is not None:
            self._timeout.cancel()
            self._timeout = None
