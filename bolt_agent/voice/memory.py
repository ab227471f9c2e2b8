"""Gives back the memory that only loading has needed."""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress

__all__ = ["give_back"]


def give_back() -> None:
    """Return to the system what was freed. glibc keeps it: some 40 MB once grammar and dictionaries have been read."""
    if sys.platform == "linux":
        with suppress(AttributeError):  # not every C library has it, or needs it
            ctypes.CDLL(None).malloc_trim(0)
