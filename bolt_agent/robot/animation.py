"""Animations for the 8x8 face: frames of palette indices, played one after another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, Any, ClassVar, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from bolt_agent.robot.colors import Color, parse_color
from bolt_agent.robot.errors import BadValue, explain
from bolt_agent.robot.icons import SIZE

__all__ = ["Animation", "Frame"]

Frame: TypeAlias = list[list[int]]
"""8 rows from the top, each 8 palette indices from the left."""

_SMILE = ["00000000", "04400440", "04400440", "00000000", "40000004", "04000040", "00444400", "00000000"]


_PROMPT = '''\
class Animation:
    """An animation for the face.

    >>> blink = Animation(fps=2, palette=["black", "red"])
    >>> blink.add_frame(["01100110", *["00000000"] * 7]).add_frame_by_node([(0, 0, 1), (7, 7, 1)])
    """
    fps: int = 1
    """frames a second, 1..30"""
    transition: bool = True
    """fade between frames"""
    palette: list[Color] = ["black", "red", "green", "blue", "white"]
    """up to 16 colours; frames name them by index"""
    loop: bool = True
    duration: float = 0.0
    """seconds until it ends; 0 = until it is replaced"""
    frames: list[Frame]
    """each 8 rows from the top of 8 palette indices, or of 8 hex digits"""
    def add_frame(self, frame: Frame) -> Animation: ...
    def add_frame_by_node(self, nodes: Iterable[tuple[int, int, int]], background_color: int = 0) -> Animation:
        """Add a frame of points (row, column, palette index)."""
'''
"""What a model reads: how to use it, where the source shows how it checks."""


class Animation(BaseModel):
    """An animation for the face, drawn in the colours of a palette.

    >>> blink = Animation(fps=2, palette=["black", "red"], loop=False)
    >>> blink.add_frame_by_node([(0, 0, 1), (7, 7, 1)]).add_frame(["00000000"] * 8)
    Animation(2 frames at 2 fps)

    fps: frames a second, 1..30.
    transition: fade from one frame to the next instead of cutting.
    palette: up to 16 colours; frames name them by index.
    loop: start again after the last frame.
    duration: seconds until it ends and the face is cleared; 0 = until something replaces it.
    frames: each is 8 rows from the top of 8 palette indices from the left; a row may be a string of hex digits.
        With no frame given it is a smile, which the first `add_frame` replaces.
    """

    model_config = ConfigDict(validate_assignment=True, extra="forbid")
    __class_prompt__: ClassVar[str] = _PROMPT

    fps: int = Field(default=1, ge=1, le=30)
    transition: bool = True
    palette: Annotated[list[str], Field(min_length=1, max_length=16)] = [
        "#000000",
        "#ff0000",
        "#00ff00",
        "#0000ff",
        "#ffffff",
    ]
    loop: bool = True
    duration: float = Field(default=0.0, ge=0, le=600, allow_inf_nan=False)
    frames: list[Frame] = Field(default_factory=lambda: [_parse_frame(_SMILE)], validate_default=False)

    def __init__(self, **values: Any) -> None:
        try:
            super().__init__(**values)
        except ValidationError as error:
            raise explain("an animation", error) from None

    @field_validator("palette", mode="before")
    @classmethod
    def _colors(cls, palette: Sequence[Color]) -> list[str]:
        return [parse_color(color) for color in palette]

    @field_validator("frames", mode="before")
    @classmethod
    def _frames(cls, frames: Iterable[Iterable[Iterable[int | str]]]) -> list[Frame]:
        return [_parse_frame(frame) for frame in frames]

    @model_validator(mode="after")
    def _indices_exist(self) -> Animation:
        top = max((index for frame in self.frames for row in frame for index in row), default=0)
        if "frames" in self.model_fields_set and top >= len(self.palette):
            raise BadValue(f"a frame uses colour {top}, but the palette has {len(self.palette)} (0..)")
        return self

    def add_frame(self, frame: Sequence[Sequence[int | str]]) -> Animation:
        """Add one frame: 8 rows from the top of 8 palette indices."""
        drawn = self.frames if "frames" in self.model_fields_set else []
        try:
            self.frames = [*drawn, frame]  # type: ignore[list-item]  # the validator makes numbers of it
        except ValidationError as error:
            raise explain("an animation", error) from None
        return self

    def add_frame_by_node(self, nodes: Iterable[tuple[int, int, int]], background_color: int = 0) -> Animation:
        """Add one frame from points `(row, column, palette index)`; rows count from the top."""
        frame = [[background_color] * SIZE for _ in range(SIZE)]
        for row, column, index in nodes:
            if not (0 <= row < SIZE and 0 <= column < SIZE):
                raise BadValue(f"no point at row {row}, column {column}: both go from 0 to 7")
            frame[row][column] = index
        return self.add_frame(frame)

    @property
    def seconds(self) -> float:
        """How long it plays by itself; infinite when it loops without a duration."""
        if self.duration:
            return self.duration
        return float("inf") if self.loop else len(self.frames) / self.fps

    def __repr__(self) -> str:
        return f"Animation({len(self.frames)} frames at {self.fps} fps)"


def _parse_frame(frame: Any) -> Frame:
    try:
        rows = [[int(index, 16) if isinstance(index, str) else int(index) for index in row] for row in frame]
    except (TypeError, ValueError):
        raise BadValue("a frame is 8 rows of 8 palette indices, such as [0, 0, 1, ...] or '00100100'") from None
    if len(rows) != SIZE or any(len(row) != SIZE for row in rows):
        raise BadValue(f"a frame is 8 rows of 8 palette indices, not {len(rows)} rows of {[len(r) for r in rows][:8]}")
    if any(not 0 <= index <= 15 for row in rows for index in row):
        raise BadValue("a frame holds palette indices from 0 to 15")
    return rows
