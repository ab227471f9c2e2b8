"""The battery: voltage and what it is called."""

from __future__ import annotations

__all__ = ["Battery"]

EMPTY, FULL = 3.55, 3.9
"""Volts at 0 and 100 % by the formula of Sphero's own app."""
AT_START = 0.87
"""Share of a charge a virtual ball starts with."""
LASTS = 4 * 3600.0
"""s of a full charge in use; Sphero says two hours and more, users see up to five."""
STATES = ((0.15, 1), (0.05, 2), (0.0, 3))
"""Share of a charge above which the state is 1 ok, 2 low, 3 critical."""


class Battery:
    """Drains evenly with time."""

    def charge(self, seconds: float) -> float:
        """Share of a full charge, 0..1, that long after the start."""
        return max(0.0, AT_START - seconds / LASTS)

    def voltage(self, seconds: float) -> float:
        """Volts."""
        return EMPTY + (FULL - EMPTY) * self.charge(seconds)

    def state(self, seconds: float) -> int:
        """1 ok, 2 low, 3 critical."""
        charge = self.charge(seconds)
        return next(state for share, state in STATES if charge >= share)
