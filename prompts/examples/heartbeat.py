"""A heartbeat: two quick beats and a rest, drawn frame by frame.

bolt-agent run heartbeat.py 120   with 120 beats a minute
"""

from bolt_agent import Animation
from prompts.bolt import Moss

SMALL = [
    "00000000",
    "00000000",
    "00100100",
    "01111110",
    "00111100",
    "00011000",
    "00000000",
    "00000000",
]
BIG = [
    "01100110",
    "11111111",
    "11111111",
    "11111111",
    "01111110",
    "00111100",
    "00011000",
    "00000000",
]
BEAT = [SMALL, BIG, SMALL, BIG, SMALL, SMALL, SMALL, SMALL]  # lub, dub, and a rest


def run(moss: Moss, pulse: int = 60, seconds: float = 8) -> None:
    """Beat for some seconds, and glow with it."""
    fps = max(1, min(30, round(pulse / 60 * len(BEAT))))
    moss.face.set_back_led("maroon")
    moss.face.play_animation(
        Animation(frames=BEAT, palette=["black", "red"], fps=fps, transition=False, duration=seconds)
    )
