"""The face, as people and models see it: an 8x8 matrix of LEDs on the ball, and a light in front and behind."""

from __future__ import annotations

from typing import Any

from bolt_agent.robot.animation import Animation
from bolt_agent.robot.colors import Color, parse_color
from bolt_agent.robot.errors import BadValue
from bolt_agent.robot.icons import draw_icon
from bolt_agent.robot.motions import (
    Character,
    Clear,
    Fill,
    LedName,
    Light,
    Motion,
    Pause,
    Picture,
    Pixel,
    Play,
    Resume,
    Rotate,
    Text,
    make,
)
from bolt_agent.robot.stage import Outlet

__all__ = ["LedMatrix"]

LONGEST_TEXT = 25
"""Characters the robot scrolls at once; longer text is sent in pieces, split between words."""


class LedMatrix:
    """The robot's face: an 8x8 colour matrix, and a front and a back light. What is shown stays until it is replaced.

    Colours: a name ("red"), "#rrggbb" or (r, g, b); "black" is off.
    """

    def __init__(self, outlet: Outlet) -> None:
        self._outlet = outlet

    def show(self, icon: str, color: Color | None = None) -> None:
        """Show an icon in its own colours or in one of yours.

        smile, sad, surprised, wink, angry, neutral, sleepy, laugh, cool, heart, star, arrow up, arrow down, arrow left,
        arrow right, check, cross, question, exclamation, peace, lightning, sun, moon, cloud, rain, snowflake, flower,
        tree, fire, xmas tree, pumpkin, mushroom, leaf, clover, mountain, volcano, sea, earth, saturn, cat, dog, fish,
        bird, ghost, robot, skull, eye, rabbit, frog, bear, penguin, mouse, pig, monkey, lion, elephant, horse, unicorn,
        owl, duck, dino, dragon, snake, worm, turtle, whale, spider, bat, bee, butterfly, ladybug, alien, paw, snowman,
        crossbones, note, rocket, house, battery, diamond, key, bell, crown, apple, car, cake, candle, balloon, present,
        trophy, banana, cherry, strawberry, ice cream, pizza, umbrella, clock, hourglass, lock, sword, shield, castle,
        lighthouse, plane, ufo, boat, submarine, train, fire engine, police car, ambulance, football, bowling ball,
        spinning top, dice, chess, flag, french flag, italian flag, german flag, uk flag, us flag
        """
        rows = draw_icon(icon, None if color is None else parse_color(color))
        self._perform(Picture, rows=rows)

    def fill(self, color: Color) -> None:
        """Light the whole face in one colour."""
        self._perform(Fill, color=parse_color(color))

    def scroll_matrix_text(self, text: str, color: Color = "ffffff", fps: int = 10, wait: bool = True) -> None:
        """Scroll a text, `fps` columns a second (1..30). wait: until it has gone by."""
        unknown = sorted({char for char in text if not "\x20" <= char <= "\xff"})
        if unknown or not text.strip():
            shown = f"{''.join(unknown)!r} is not among them" if unknown else "there are none in it"
            raise BadValue(f"the face can write Latin letters, digits and signs; {shown}")
        for piece in _split(text):
            self._perform(Text, text=piece, color=parse_color(color), fps=fps)
        if wait and not self._outlet.recording:
            self._outlet.stage.wait(track="face")

    def set_matrix_character(self, character: str, color: Color = "ffffff") -> None:
        """Show one character."""
        self._perform(Character, character=character, color=parse_color(color))

    def play_animation(self, animation: Animation) -> None:
        """Play an animation."""
        self._perform(Play, animation=animation)

    def pause_animation(self) -> None:
        """Freeze it."""
        self._perform(Pause)

    def resume_animation(self) -> None:
        """Go on with it."""
        self._perform(Resume)

    def clear_matrix(self) -> None:
        """Turn the face off."""
        self._perform(Clear)

    def set_pixel(self, x: int, y: int, color: Color) -> None:
        """Light one point: x 0..7 from the left, y 0..7 from the top."""
        self._perform(Pixel, x=x, y=y, color=parse_color(color))

    def set_front_led(self, color: Color) -> None:
        """Set the front light."""
        self._set_led("front", color)

    def set_back_led(self, color: Color) -> None:
        """Set the back light."""
        self._set_led("back", color)

    def set_rotation(self, degrees: int = 0) -> None:
        """Turn what the face shows by 0, 90, 180 or 270 degrees."""
        self._perform(Rotate, degrees=degrees)

    def _set_led(self, which: LedName, color: Color) -> None:
        self._perform(Light, which=which, color=parse_color(color))

    def _perform(self, motion: type[Motion], **values: Any) -> None:
        self._outlet.perform(make(motion, **values), move=0)


def _split(text: str) -> list[str]:
    """The text in pieces of at most 25 characters, between words where it has any."""
    pieces: list[str] = []
    while len(text) > LONGEST_TEXT:
        cut = text.rfind(" ", 1, LONGEST_TEXT + 1)
        cut = cut if cut > 0 else LONGEST_TEXT
        pieces.append(text[:cut])
        text = text[cut:].lstrip()
    return [*pieces, text] if text else pieces
