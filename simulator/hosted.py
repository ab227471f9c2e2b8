"""Runs an unmodified spherov2 program on the simulator: `python -m simulator.hosted --port PORT [OPTIONS] FILE ...`.

spherov2 looks up its Bluetooth adapter at each scan, under a name of its own; here that name leads to the simulator.
"""

from __future__ import annotations

import argparse
import random
import runpy
import sys
import threading
import time
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

__all__ = ["host", "main"]

ADAPTER = "spherov2.adapter.bleak_adapter"
FIX = "--fix-spherov2"


TOO_SHORT = "requires a buffer of 18 bytes"
"""What spherov2 says of the collisions that a real BOLT sends."""
HINT = (
    "bolt-agent: the ball told of a collision in 16 bytes, as a real one does, which this spherov2 cannot read: "
    "on_collision will not be called. With --collision-bytes 18 it is."
)

_usual_excepthook = threading.excepthook
_told: set[str] = set()


def main(arguments: list[str]) -> None:
    """Run the program that the arguments name, with those that follow it."""
    parser = argparse.ArgumentParser(prog="simulator.hosted")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--speed", type=float, default=1.0)
    parser.add_argument("--held", type=int, metavar="SEED", help="hold the simulator's clock; SEED is for `random`")
    parser.add_argument(FIX, action="store_true", dest="fix")
    parser.add_argument("program")
    parser.add_argument("args", nargs=argparse.REMAINDER)
    chosen = parser.parse_args(arguments)
    finish = host(chosen.port, speed=chosen.speed, fix=chosen.fix, held=chosen.held is not None)
    if chosen.held is not None:
        random.seed(chosen.held)
    sys.argv = [chosen.program, *chosen.args]
    sys.path[0] = str(Path(chosen.program).resolve().parent)
    status: Any = 0
    try:
        runpy.run_path(chosen.program, run_name="__main__")
    except SystemExit as end:
        status = end.code
    except Exception:
        sys.excepthook(*sys.exc_info())
        status = 1
    finish()
    sys.exit(status)


def host(port: int, *, speed: float = 1.0, fix: bool = False, held: bool = False) -> Callable[[], None]:
    """Let all of spherov2 in this process find virtual balls, and time pass as theirs does.

    held: time passes while this process waits, as fast as the machine can.   Returns what is to be called at its end.
    """
    stand_in: Any = types.ModuleType(ADAPTER)
    finish: Callable[[], None] = lambda: None  # noqa: E731
    if held:
        from simulator.held_adapter import hold_time

        stand_in.BleakAdapter, finish = hold_time(port)
    else:
        from spherov2.adapter.tcp_adapter import get_tcp_adapter

        stand_in.BleakAdapter = get_tcp_adapter("127.0.0.1", port)
    sys.modules[ADAPTER] = stand_in
    threading.excepthook = _explain
    if fix:
        _mend_spherov2()
    if speed != 1.0 and not held:
        _hurry(speed)
    return finish


def _explain(failure: Any) -> None:
    """Say in one line, once, what spherov2 cannot help; and leave out what is no failure of the program at all."""
    thread = failure.thread.name if failure.thread is not None else ""
    if TOO_SHORT in str(failure.exc_value):
        if HINT not in _told:
            _told.add(HINT)
            print(HINT, file=sys.stderr)
        return
    # its adapter closes the socket while a thread of its own still reads
    if not (issubclass(failure.exc_type, (OSError, EOFError)) and "__recv" in thread):
        _usual_excepthook(failure)


def _mend_spherov2() -> None:
    """Python 3.13 keeps what a partialmethod wraps under another name than spherov2 looks for."""
    from spherov2.toy import Toy

    def implements(cls: Any, method: Any, with_target: bool = False) -> bool:
        found = getattr(cls, method.__name__, None)
        if found is method:
            return bool(with_target == cls._require_target)
        wrapped = getattr(found, "_partialmethod", None) or getattr(found, "__partialmethod__", None)
        if wrapped is None or wrapped.func is not method:
            return False
        return ("proc" in wrapped.keywords and not with_target) or bool(with_target == cls._require_target)

    Toy.implements = classmethod(implements)


def _hurry(speed: float) -> None:
    """Let everything in this process that sleeps or looks at a clock see time pass `speed` times as fast."""
    for name in ("time", "monotonic", "perf_counter"):
        setattr(time, name, _faster(getattr(time, name), speed))
    sleep = time.sleep
    setattr(time, "sleep", lambda seconds: sleep(seconds / speed))  # noqa: B010 - its type is not ours to change
    wait = threading.Condition.wait

    def shorter(self: threading.Condition, timeout: float | None = None) -> bool:
        return wait(self, None if timeout is None else timeout / speed)

    threading.Condition.wait = shorter  # type: ignore[method-assign]


def _faster(clock: Callable[[], float], speed: float) -> Callable[[], float]:
    began = clock()
    return lambda: began + (clock() - began) * speed


if __name__ == "__main__":
    main(sys.argv[1:])
