"""What can go wrong on the way to a robot.

* RobotError                       everything that can go wrong with a robot
  + LinkError                      the way to the robot
    - NotFound (LookupError)         no BOLT answered where one was looked for
    - Disconnected (ConnectionError) the link broke; .reason says why
    - NoAnswer (TimeoutError)        a command was not acknowledged in time; .reason is OUT_OF_RANGE
    - CommandFailed                  the robot answered with an error; .code and .reason say which
    - Overtaken                      a stop came first, and the command was never sent
"""

from __future__ import annotations

import enum

__all__ = [
    "CommandFailed",
    "DisconnectReason",
    "Disconnected",
    "FailReason",
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


class _Said(enum.Enum):
    """An enum whose values are what a person is told."""

    def __str__(self) -> str:
        return str(self.value)


class DisconnectReason(_Said):
    """Why a link broke, or could not be made; the values are what a person is told."""

    BUSY = "Bluetooth is busy with something else; wait a moment and try again."
    CLOSED = "The link was closed on this side."
    LEFT = "The robot ended the link; its battery may be empty, or it fell asleep."
    NO_ADAPTER = "This computer has no Bluetooth, or none that can reach a robot."
    NO_PERMISSION = "This program may not use Bluetooth."
    NO_SERVICE = "The system's Bluetooth service does not run."
    OUT_OF_RANGE = "The robot stopped answering; it is probably too far away or asleep."
    RADIO_OFF = "The computer's Bluetooth is switched off."
    REFUSED = "Nothing accepts the connection at that address."


class FailReason(_Said):
    """Why a robot refuses a command: the error byte of its answer, in words."""

    BAD_DEVICE = "it does not know that device"
    BAD_COMMAND = "it does not know that command"
    NOT_IMPLEMENTED = "it does not have that command yet"
    RESTRICTED = "it does not allow that command now"
    BAD_LENGTH = "the command has too much or too little data"
    FAILED = "it tried and failed"
    BAD_PARAMETER = "a value of the command does not exist"
    BUSY = "it is busy"
    BAD_TARGET = "the command went to the wrong processor"
    TARGET_UNAVAILABLE = "the processor for that command does not answer"
    UNKNOWN = "it gives no reason"

    @classmethod
    def of(cls, code: int) -> FailReason:
        """The reason for an API v2 error byte.

        >>> FailReason.of(8)
        <FailReason.BUSY: 'it is busy'>
        """
        reasons = list(cls)
        return reasons[code - 1] if 0 < code < len(reasons) else cls.UNKNOWN


class Disconnected(LinkError, ConnectionError):
    """The link broke, or was not open. `reason` tells why."""

    def __init__(self, message: str = "", reason: DisconnectReason = DisconnectReason.OUT_OF_RANGE) -> None:
        super().__init__(message or str(reason))
        self.reason = reason


class NoAnswer(LinkError, TimeoutError):
    """A command was sent and never acknowledged."""

    reason = DisconnectReason.OUT_OF_RANGE


class CommandFailed(LinkError):
    """The robot answered a command with an error. `code` is the API v2 error byte (1..10), `reason` what it means."""

    def __init__(self, command: str, code: int) -> None:
        self.code = code
        self.reason = FailReason.of(code)
        super().__init__(f"the robot refused {command}: {self.reason}")


class Overtaken(LinkError):
    """A stop came before the command was sent, so it was dropped."""
