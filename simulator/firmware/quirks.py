"""How one ball differs from the perfect one: seeded imprecision, as real balls were seen to have.

Gain, latency, jitter and accelerometer noise of `typical` come from tape-measured rolls and sensor logs of real BOLTs
(Purdue's sphero-swarm); the other figures are estimates.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

__all__ = ["QUIRKS", "Quirks"]

QUIRKS = ("ideal", "typical")
"""The names of the profiles."""


@dataclass
class Quirks:
    """One ball's imprecision; the defaults are those of an ideal ball. Two balls of a profile differ by their seed."""

    gain: float = 1.0
    """Speed that it reaches, as a share of what was asked for."""
    heading_bias: float = 0.0
    """Degrees that it drives to the right of what was asked for."""
    heading_drift: float = 0.0
    """Degrees that its idea of forward turns to the right in a second."""
    latency: tuple[float, float] | None = None
    """Mean and spread (ms) of the time until a drive command is obeyed; None: always the same."""
    stream_jitter: float = 0.0
    """Largest share of the interval by which a sample is early or late."""
    locator_scale: float = 1.0
    accelerometer: float = 0.01
    """g of standard deviation."""
    level: tuple[float, float] = (0.0, 0.0)
    """Degrees of pitch and roll that it reports when it stands level."""
    missed_hits: float = 0.0
    """Share of the collisions below 0.3 m/s that it does not notice."""
    rng: Random | None = None

    @classmethod
    def named(cls, name: str, *, seed: int | str = 0) -> Quirks:
        """A ball of a profile. Raises ValueError for a name that is none.

        >>> Quirks.named("ideal").gain
        1.0
        """
        if name not in QUIRKS:
            raise ValueError(f"there are no quirks {name!r}: choose {' or '.join(QUIRKS)}")
        if name == "ideal":
            return cls()
        rng = Random(seed)
        return cls(
            gain=rng.gauss(1.0, 0.06),
            heading_bias=rng.gauss(0.0, 1.5),
            heading_drift=rng.gauss(0.0, 0.3),
            latency=(50.0, 15.0),
            stream_jitter=0.1,
            locator_scale=rng.gauss(1.0, 0.03),
            accelerometer=0.03,
            level=(rng.gauss(0.0, 2.0), rng.gauss(0.0, 2.0)),
            missed_hits=0.1,
            rng=rng,
        )

    def command_latency(self, usual: int) -> int:
        """ms until this drive command is obeyed."""
        if self.latency is None or self.rng is None:
            return usual
        return max(5, round(self.rng.gauss(*self.latency)))

    def interval(self, wanted: int) -> int:
        """ms until the next sample."""
        if not self.stream_jitter or self.rng is None:
            return wanted
        return round(wanted * (1 + self.rng.uniform(-self.stream_jitter, self.stream_jitter)))

    def misses(self, speed: float) -> bool:
        """Whether a hit at a speed (m/s) goes unnoticed."""
        return bool(self.missed_hits and self.rng is not None and speed < 0.3 and self.rng.random() < self.missed_hits)
