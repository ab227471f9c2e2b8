"""Drive commands over time: the latency before the ball obeys, the timeout after which it stops, the aim."""

from __future__ import annotations

import math
from collections.abc import Callable

from simulator.firmware.control import Controller, steady_speed
from simulator.firmware.schedule import Due, Schedule

__all__ = ["COMMAND_LATENCY", "MOTION_TIMEOUT", "Motion"]

COMMAND_LATENCY = 60
"""ms from a drive command until the control loop acts on it. A resting ball takes another 0.06 s to break away, which
gives the 0.1 to 0.28 s of dead time measured on real balls."""
MOTION_TIMEOUT = 2750
"""ms without a drive command after which the ball stops; measured on a real BOLT."""
CALIBRATION_TIME = 1500
"""ms that the full turn of a compass calibration and its thinking take."""

BACKWARD, LEFT, RIGHT = 0x01, 0x08, 0x10
"""Flags of drive_with_heading. Turbo (2), fast turn (4) and drift (0x20) change nothing here."""
OFF, FORWARD, REVERSE = 0, 1, 2
"""Modes of a raw motor."""


class Motion:
    """What the ball is told to do. Headings come in degrees from the last `reset_yaw`, clockwise."""

    def __init__(self, schedule: Schedule, controller: Controller) -> None:
        self.controller = controller
        self.aim = controller.ball.heading
        """The heading (radians, of the world) that commands call 0."""
        self._schedule = schedule
        self._pending: list[Due] = []
        self._timeout: Due | None = None

    def drive(self, byte: int, heading: float, flags: int = 0) -> None:
        """Face a heading and roll at a speed byte; with the flag BACKWARD away from where it faces."""
        target = self.aim + math.radians(heading)
        direction = 1 if flags & RIGHT else -1 if flags & LEFT else 0
        speed = steady_speed(byte) * (-1 if flags & BACKWARD else 1)

        def obey() -> None:
            self.controller.turn_to(target, direction=direction)
            self.controller.go(speed)

        self._command(obey, keeps_moving=bool(byte))

    def raw(self, left: tuple[int, int], right: tuple[int, int]) -> None:
        """Drive each wheel by its mode (0 off, 1 forward, 2 reverse) and power (0..255)."""
        powers = [power / 255 * {OFF: 0, FORWARD: 1, REVERSE: -1}[mode] for mode, power in (left, right)]
        self._command(lambda: self.controller.power(powers[0], powers[1]), keeps_moving=any(powers))

    def reset_yaw(self) -> None:
        """Call the way it faces now 0."""
        self.aim = self.controller.ball.heading

    def stabilise(self, on: bool) -> None:
        """Hold heading and balance, or hang loose."""
        self.controller.stabilised = on

    def find_north(self, north: float, found: Callable[[int], None]) -> None:
        """Turn once around, then say the heading of north (degrees of the world) as commands count it."""
        self._command(lambda: self.controller.turn_by(2 * math.pi), keeps_moving=False)
        self._schedule.after(CALIBRATION_TIME, lambda: found(round(north - math.degrees(self.aim)) % 360))

    def halt(self) -> None:
        """Stop at once and forget what was commanded."""
        self._forget()
        self.controller.halt()

    def _command(self, obey: Callable[[], None], *, keeps_moving: bool) -> None:
        self._pending = [due for due in self._pending if due.action is not None]
        self._pending.append(self._schedule.after(COMMAND_LATENCY, obey))
        if self._timeout is not None:
            self._timeout.cancel()
        self._timeout = self._schedule.after(MOTION_TIMEOUT, self._stop) if keeps_moving else None

    def _stop(self) -> None:
        self.controller.go(0.0)

    def _forget(self) -> None:
        for due in self._pending:
            due.cancel()
        self._pending.clear()
        if self._timeout is not None:
            self._timeout.cancel()
            self._timeout = None
