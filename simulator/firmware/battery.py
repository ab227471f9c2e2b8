"""The battery: how full it is, its voltage, and what that is called."""

from __future__ import annotations

__all__ = ["CHARGED", "CHARGING", "NOT_CHARGING", "Battery"]

EMPTY, FULL = 3.55, 3.9
"""Volts at 0 and 100 % by the formula of Sphero's own app."""
LASTS = 4 * 3600.0
"""s of a full charge in use; Sphero says two hours and more, users see up to five."""
CHARGES = 6 * 3600.0
"""s in a cradle from empty to full, as Sphero says."""
STATES = ((0.15, 1), (0.05, 2), (0.0, 3))
"""Share of a charge above which the state is 1 ok, 2 low, 3 critical."""
NOT_CHARGING, CHARGING, CHARGED = 1, 2, 3


class Battery:
    """Drains evenly with time, and charges evenly in a cradle. Times are seconds since the start."""

    def __init__(self, charge: float) -> None:
        self.in_cradle = False
        self._share, self._since = charge, 0.0

    def charge(self, seconds: float) -> float:
        """Share of a full charge, 0..1."""
        passed = seconds - self._since
        return min(1.0, max(0.0, self._share + (passed / CHARGES if self.in_cradle else -passed / LASTS)))

    def put(self, in_cradle: bool, seconds: float) -> None:
        """It lies in a cradle from now on, or does no longer."""
        self._share, self._since = self.charge(seconds), seconds
        self.in_cradle = in_cradle

    def voltage(self, seconds: float) -> float:
        """Volts."""
        return EMPTY + (FULL - EMPTY) * self.charge(seconds)

    def state(self, seconds: float) -> int:
        """1 ok, 2 low, 3 critical."""
        charge = self.charge(seconds)
        return next(state for share, state in STATES if charge >= share)

    def charger(self, seconds: float) -> int:
        """1 not charging, 2 charging, 3 charged."""
        if not self.in_cradle:
            return NOT_CHARGING
        return CHARGED if self.charge(seconds) >= 1.0 else CHARGING
