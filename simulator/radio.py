"""A bad radio: a wrapper around a virtual BOLT that loses, delays, doubles, reorders and spoils what passes.

>>> from simulator import VirtualBolt
>>> bolt = FaultyRadio(VirtualBolt(), [Fault("drop", every=2), Fault("disconnect", at=30.0)], seed=1)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from random import Random
from typing import Any

from simulator.bolt import VirtualBolt

__all__ = ["KINDS", "Fault", "FaultyRadio", "parse_faults"]

KINDS = ("corrupt", "delay", "disconnect", "drop", "duplicate", "reorder")
OVERTAKEN = 0.05
"""s that a packet is held back at most until the next one has overtaken it."""


@dataclass(frozen=True)
class Fault:
    """One thing that goes wrong.

    kind: corrupt, delay, disconnect, drop, duplicate or reorder.
    direction: "in" for what the ball gets, "out" for what it sends, "both".
    probability: of each piece.   every: each so many-th piece instead.   at: once, from that moment on (s).
    between: only in that span of time (s).   seconds: how long a delay is, at most.
    """

    kind: str
    direction: str = "both"
    probability: float = 0.0
    every: int = 0
    at: float | None = None
    between: tuple[float, float] = (0.0, float("inf"))
    seconds: float = 0.2

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"there is no fault {self.kind!r}: choose {', '.join(KINDS)}")
        if not 0 <= self.probability <= 1:
            raise ValueError(f"a probability is from 0 to 1, not {self.probability}")


def parse_faults(text: str) -> list[Fault]:
    """Faults from words: `drop=0.05` by probability, `drop/10` every tenth, `disconnect@30` at a time in seconds.

    >>> [fault.kind for fault in parse_faults("drop=0.05, delay=0.2, disconnect@30")]
    ['drop', 'delay', 'disconnect']
    """
    faults = []
    for word in filter(None, (part.strip() for part in text.split(","))):
        mark = next((mark for mark in "=@/" if mark in word), None)
        if mark is None:
            raise ValueError(f"{word!r} is no fault: write drop=0.05, drop/10 or disconnect@30")
        kind, _, figure = word.partition(mark)
        try:
            value: dict[str, Any] = {"=": {"probability": float(figure)}, "@": {"at": float(figure)}}.get(mark, {})
            faults.append(Fault(kind.strip(), **(value or {"every": int(figure)})))
        except ValueError as error:
            raise ValueError(f"{word!r} is no fault: {error}") from error
    return faults


class FaultyRadio:
    """A virtual BOLT behind a bad radio; to be used in its place. The same seed gives the same faults.

    history: (time, kind, direction) of every fault that happened.
    """

    def __init__(self, bolt: VirtualBolt, faults: Sequence[Fault], *, seed: int = 0) -> None:
        self.bolt = bolt
        self.history: list[tuple[float, str, str]] = []
        self._rng = Random(seed)
        self.change(faults)
        self._held: dict[str, list[Callable[[], None]]] = {"in": [], "out": []}
        self._linked = True
        self._listeners: list[Callable[[bytes], None]] = []
        self._hung_up: list[Callable[[str], None]] = []
        bolt.on_notify(partial(self._pass, "out"))
        bolt.on_disconnect(self._hang_up)
        for fault in self._faults:
            if fault.kind == "disconnect" and fault.at is not None:
                bolt.call_later(fault.at, partial(self._disconnect, "both"))

    def change(self, faults: Sequence[Fault]) -> None:
        """From now on these go wrong. A "disconnect" at a time belongs to the start; `lose` acts now."""
        self._faults = list(faults)
        self._counts = [0] * len(self._faults)
        self._done: set[int] = set()

    def lose(self) -> None:
        """Break the link to the ball now."""
        self._disconnect("both")

    def __getattr__(self, name: str) -> Any:
        return getattr(self.bolt, name)

    def __deepcopy__(self, memo: object) -> FaultyRadio:
        return self  # the radio is outside of the ball's snapshot

    def connect(self) -> None:
        """A client has connected (again)."""
        self._linked = True
        self.bolt.connect()

    def write(self, data: bytes) -> None:
        """Bytes on their way to the ball."""
        self._pass("in", data)

    def on_notify(self, callback: Callable[[bytes], None]) -> None:
        """Call back with what gets through."""
        self._listeners.append(callback)

    def on_disconnect(self, callback: Callable[[str], None]) -> None:
        """Call back, with a reason, when the link is lost."""
        self._hung_up.append(callback)

    def forget(self, callback: Callable[..., None]) -> None:
        """Do not call back any more."""
        for listeners in (self._listeners, self._hung_up):
            if callback in listeners:
                listeners.remove(callback)

    def _pass(self, direction: str, data: bytes) -> None:
        """A piece passes; whatever is to happen to it happens."""
        deliver = partial(self._deliver, direction, data)
        delay, copies = 0.0, 1
        for fault in self._happening(direction):
            if fault.kind == "drop":
                copies = 0
            elif fault.kind == "duplicate":
                copies = 2
            elif fault.kind == "corrupt":
                deliver = partial(self._deliver, direction, self._spoilt(data))
            elif fault.kind == "delay":
                delay = max(delay, self._rng.uniform(0, fault.seconds))
            elif fault.kind == "disconnect":
                self._disconnect(direction)
                return
            elif copies:
                self._held[direction].append(deliver)
                self.bolt.call_later(OVERTAKEN, partial(self._release, direction))
                return
        for _ in range(copies):
            if delay:
                self.bolt.call_later(delay, deliver)
            else:
                deliver()
        if copies and not delay:
            self._release(direction)

    def _happening(self, direction: str) -> list[Fault]:
        now, found = self.bolt.time, []
        for number, fault in enumerate(self._faults):
            if fault.direction not in (direction, "both") or not fault.between[0] <= now <= fault.between[1]:
                continue
            self._counts[number] += 1
            if fault.at is not None:
                happens = fault.kind != "disconnect" and now >= fault.at and number not in self._done
                self._done |= {number} if happens else set()
            elif fault.every:
                happens = self._counts[number] % fault.every == 0
            else:
                happens = self._rng.random() < fault.probability
            if happens:
                found.append(fault)
                self.history.append((now, fault.kind, direction))
        return found

    def _spoilt(self, data: bytes) -> bytes:
        spoilt = bytearray(data)
        if spoilt:
            spoilt[self._rng.randrange(len(spoilt))] ^= 1 << self._rng.randrange(8)
        return bytes(spoilt)

    def _release(self, direction: str) -> None:
        held, self._held[direction] = self._held[direction], []
        for deliver in held:
            deliver()

    def _deliver(self, direction: str, data: bytes) -> None:
        if not self._linked:
            return
        if direction == "in":
            self.bolt.write(data)
            return
        for listener in list(self._listeners):
            listener(data)

    def _disconnect(self, direction: str) -> None:
        if self._linked:
            self.history.append((self.bolt.time, "disconnect", direction))
            self.bolt.disconnect()
            self._hang_up("the radio lost the ball")

    def _hang_up(self, reason: str) -> None:
        self._linked = False
        for listener in list(self._hung_up):
            listener(reason)
