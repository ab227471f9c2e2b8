"""Telling a model what went wrong, in as few words as it needs."""

from __future__ import annotations

import builtins
import linecache
from collections.abc import Iterable
from types import TracebackType

from bolt_agent.moss._source import EXEC_PREFIX

ORIGIN = "__moss_origin__"
"""The global by which a frame is known to be a MOSS file's or a model's own; its value is the module's name."""

_SHOWN = 8


def format_exec_error(error: BaseException) -> str:
    """The frames of the model's own code and of its MOSS file, with their lines, then the message.

        line 3, in run: moss.body.new_move().rol(90)
        AttributeError: 'Move' object has no attribute 'rol'. Did you mean: 'roll'?

    Frames of libraries are left out, and so are the middle ones of a deep recursion. The text is the same for the
    same error in any process.
    """
    lines = _shortened([*_frames(error.__traceback__), *_syntax_line(error)])
    message = _message(error)
    near = _near_name(error)
    if near and "Did you mean" not in message:
        message += f". Did you mean: {near!r}?"
    notes = [str(note) for note in getattr(error, "__notes__", ())]
    cause = error.__cause__
    if cause is not None and cause is not error:
        notes.append(f"(caused by {_message(cause).splitlines()[0]})")
    return "\n".join([*lines, message, *notes])


def _frames(trace: TracebackType | None) -> list[str]:
    frames = []
    while trace is not None:
        origin = trace.tb_frame.f_globals.get(ORIGIN)
        if origin is not None:
            frames.append(_frame(trace, str(origin)))
        trace = trace.tb_next
    return frames


def _frame(trace: TracebackType, origin: str) -> str:
    code = trace.tb_frame.f_code
    filename, number = code.co_filename, trace.tb_lineno
    place = f"line {number}" if filename.startswith(EXEC_PREFIX) else f"{origin} line {number}"
    where = "" if code.co_name == "<module>" else f", in {code.co_name}"
    return f"{place}{where}: {linecache.getline(filename, number).strip()}"


def _syntax_line(error: BaseException) -> list[str]:
    if isinstance(error, SyntaxError) and error.lineno is not None:
        return [f"line {error.lineno}: {(error.text or '').strip()}"]
    return []


def _message(error: BaseException) -> str:
    # the name without the module, which tells a model nothing
    said = error.msg if isinstance(error, SyntaxError) else str(error)
    return f"{type(error).__name__}: {said}" if said else type(error).__name__


def _near_name(error: BaseException) -> str | None:
    """The name that was probably meant. Python says it too, but only since 3.12 and not for every object."""
    name = getattr(error, "name", None)
    if not isinstance(error, (AttributeError, NameError)) or not isinstance(name, str):
        return None
    from difflib import get_close_matches

    known = [known for known in _known_names(error) if not known.startswith("_") and known != name]
    return next(iter(get_close_matches(name, known, n=1, cutoff=0.7)), None)


def _known_names(error: AttributeError | NameError) -> Iterable[str]:
    if isinstance(error, AttributeError):
        try:
            return dir(error.obj)
        except Exception:  # the object's own __dir__ may do anything
            return ()
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    frame = trace.tb_frame if trace is not None else None
    return (*frame.f_locals, *frame.f_globals, *dir(builtins)) if frame is not None else ()


def _shortened(lines: list[str]) -> list[str]:
    if len(lines) <= _SHOWN:
        return lines
    half = _SHOWN // 2
    return [*lines[:half], f"... {len(lines) - _SHOWN} more calls ...", *lines[-half:]]
