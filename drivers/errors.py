"""What can go wrong on the way to a robot.

* RobotError                       everything that can go wrong with a robot
  + LinkError                      the way to the robot
    - NotFound (LookupError)         no BOLT answered where one was looked for
    - Disconnected (ConnectionError) the link broke; .reason says why
    - NoAnswer (TimeoutError)        a command was not acknowledged in time
    - CommandFailed                  the robot answered with an error; .code says which
    - Overtaken                      a stop came first, and the command was never sent
"""

from __future__ import annotations

import enum

__all__ = [
    "CommandFailed",
    "DisconnectReason",
    "Disconnected",
    "LinkError",
    "NoAnswer",
    "NotFound",
    "Overtaken",
    "RobotError",
]


class RobotError(Exception):
    """Anything that went wrong with a robot; the message says what to do about it."""


class LinkError(RobotError):
    """The way to the robot failed."""


class NotFound(LinkError, LookupError):
    """No robot answered where one was looked for."""


class DisconnectReason(enum.Enum):
    """Why a link broke; the docstrings are what a person is told."""

    CLOSED = enum.auto()
    """The link was closed on this side."""
    OUT_OF_RANGE = enum.auto()
    """The robot stopped answering; it is probably too far away or asleep."""
    RADIO_OFF = enum.auto()
    """The computer's Bluetooth is switched off."""


class Disconnected(LinkError, ConnectionError):
    """The link broke, or was not open. `reason` tells why."""

    def __init__(self, message: str, reason: DisconnectReason = DisconnectReason.OUT_OF_RANGE) -> None:
        super().__init__(message)
        self.reason = reason


class NoAnswer(LinkError, TimeoutError):
    """A command was sent and never acknowledged."""


class CommandFailed(LinkError):
    """The robot answered a command with an error. `code` is the API v2 error byte (1..10)."""

    def __init__(self, command: str, code: int, meaning: str) -> None:
        super().__init__(f"the robot refused {command}: {meaning}")
        self.code = code


class Overtaken(LinkError):
    """A stop came before the command was sent, so it was dropped."""
