"""What can go wrong between ghosts.

* GhostError                 the message says what to do
  + BadSkill (ValueError)      the file of a skill cannot be read, or its arguments do not fit
  + CannotWrite                nobody can turn the steps of a skill into code
  + TaskEnded                  a task that has ended is told something
  + TooManyTasks               more tasks at a time, or deeper in each other, than allowed
  + UnknownGhost (LookupError)
  + UnknownTask (LookupError)
"""

from __future__ import annotations

__all__ = ["BadSkill", "CannotWrite", "GhostError", "TaskEnded", "TooManyTasks", "UnknownGhost", "UnknownTask"]


class GhostError(Exception):
    """Something went wrong between ghosts."""


class BadSkill(GhostError, ValueError):
    """The file of a skill cannot be read, or it is called with what it does not take."""


class CannotWrite(GhostError):
    """Nobody can turn the steps of a skill into code."""


class TaskEnded(GhostError):
    """A task that has ended is told something."""


class TooManyTasks(GhostError):
    """More tasks at a time, or deeper in each other, than allowed."""


class UnknownGhost(GhostError, LookupError):
    """No ghost has that name; the message names those there are."""


class UnknownTask(GhostError, LookupError):
    """No task has that id."""
