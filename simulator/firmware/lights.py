"""The two RGB lights, in front and at the back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

__all__ = ["BLACK", "LIGHTS", "Lights", "as_hex"]

BLACK = 0
LIGHTS = {"front": (0, 1, 2), "back": (3, 4, 5)}
"""The channels (red, green, blue) of each light."""


def as_hex(color: int) -> str:
    """A colour as people write it.

    >>> as_hex(0xFF8000)
    '#ff8000'
    """
    return f"#{color:06x}"


class Lights:
    """Six channels of 0..255, shown as two colours. changed: is called with a light's name and its new colour."""

    def __init__(self, changed: Callable[[str, int], None]) -> None:
        self._channels = [0] * 6
        self._changed = changed

    def color(self, light: str) -> int:
        """0xRRGGBB of the 'front' or the 'back' light."""
        red, green, blue = (self._channels[channel] for channel in LIGHTS[light])
        return red << 16 | green << 8 | blue

    def set(self, mask: int, values: Sequence[int]) -> None:
        """Set the channels whose bits are set in the mask, one value for each."""
        before = {light: self.color(light) for light in LIGHTS}
        remaining = iter(values)
        for channel in range(6):
            if mask >> channel & 1:
                self._channels[channel] = next(remaining)
        for light, color in before.items():
            if self.color(light) != color:
                self._changed(light, self.color(light))

    def off(self) -> None:
        """Both dark."""
        self.set(0b111111, (0,) * 6)
