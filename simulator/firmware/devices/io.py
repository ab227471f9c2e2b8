"""Device 0x1A: the two lights and the 8x8 face."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from typing import TYPE_CHECKING

from simulator.firmware import pictures
from simulator.firmware.face import Stored
from simulator.firmware.shows import Scroll, Still
from simulator.firmware.table import MAIN, MOTORS, Command, Device, Error, Refused, no_answer_yet

if TYPE_CHECKING:
    from simulator.firmware.core import Firmware

FRAME_BYTES = 32
MOST_COLORS = 16
BLACK_AND_WHITE = (0x000000, *(0xFFFFFF,) * (MOST_COLORS - 1))
"""The palette of a frame that belongs to no animation."""
MOST_FPS = 30
ROTATIONS = 3
CHANNELS = 6
FADE_OVERRIDES: dict[int, bool | None] = {0: None, 1: False, 2: True}


def lights(bolt: Firmware, mask: int, values: bytes) -> None:
    if mask >> CHANNELS:
        raise Refused(Error.bad_parameter_value)
    if len(values) != mask.bit_count():
        raise Refused(Error.bad_data_length)
    bolt.lights.set(mask, values)


def release_lights(bolt: Firmware) -> None:
    bolt.lights.off()


def pixel(bolt: Firmware, x: int, y: int, red: int, green: int, blue: int) -> None:
    bolt.face.draw(_on_the_face((x, y)), _color(red, green, blue))


def one_color(bolt: Firmware, red: int, green: int, blue: int) -> None:
    bolt.face.show(Still(pictures.filled(_color(red, green, blue))))


def draw_line(bolt: Firmware, x1: int, y1: int, x2: int, y2: int, red: int, green: int, blue: int) -> None:
    _on_the_face((x1, y1), (x2, y2))
    bolt.face.draw(pictures.line(x1, y1, x2, y2), _color(red, green, blue))


def draw_fill(bolt: Firmware, x1: int, y1: int, x2: int, y2: int, red: int, green: int, blue: int) -> None:
    _on_the_face((x1, y1), (x2, y2))
    bolt.face.draw(pictures.rectangle(x1, y1, x2, y2), _color(red, green, blue))


def character(bolt: Firmware, red: int, green: int, blue: int, code: int) -> None:
    color = _color(red, green, blue)
    bolt.witness.text(bolt.schedule.now, chr(code), color)
    bolt.face.show(Still(pictures.letter(chr(code), color)))


def scroll(bolt: Firmware, red: int, green: int, blue: int, fps: int, repeat: int, text: bytes) -> None:
    shown, color = text.split(b"\0")[0].decode("latin-1"), _color(red, green, blue)
    bolt.witness.text(bolt.schedule.now, shown, color)
    bolt.face.show(Scroll(shown, color, _fps(fps), bool(repeat)))


def save_frame(bolt: Firmware, number: int, frame: bytes) -> None:
    if len(frame) != FRAME_BYTES:
        raise Refused(Error.bad_data_length)
    bolt.face.frames[number] = frame


def save_animation(bolt: Firmware, number: int, fps: int, fade: int, colors: int, rest: bytes) -> None:
    """Palette, then the number of frames and the number of each."""
    palette, frames = _palette(colors, rest)
    bolt.face.animations[number] = Stored(_fps(fps), bool(fade), palette, _frames(frames))


def save_animation_without_frames(bolt: Firmware, number: int, fps: int, fade: int, colors: int, rest: bytes) -> None:
    """The same, but of the frames only how many there will be."""
    palette, frames = _palette(colors, rest)
    if len(frames) != struct.calcsize(">H"):
        raise Refused(Error.bad_data_length)
    bolt.face.animations[number] = Stored(_fps(fps), bool(fade), palette)


def assign_frames(bolt: Firmware, number: int, frames: bytes) -> None:
    if number not in bolt.face.animations:
        raise Refused(Error.bad_parameter_value)
    bolt.face.animations[number].frames += _frames(frames)


def play(bolt: Firmware, number: int) -> None:
    play_looping(bolt, number, 0)


def play_looping(bolt: Firmware, number: int, loop: int) -> None:
    if not bolt.face.play(number, loop=bool(loop)):
        raise Refused(Error.bad_parameter_value)


def play_frame(bolt: Firmware, number: int) -> None:
    """One stored frame. It has no palette of its own: its last animation's colours are used, else white."""
    frame = bolt.face.frames.get(number)
    if frame is None:
        raise Refused(Error.bad_parameter_value)
    users = [stored.palette for stored in bolt.face.animations.values() if number in stored.frames]
    bolt.face.show(Still(pictures.from_planes(frame, users[-1] if users else BLACK_AND_WHITE)))


def raw_frame(bolt: Firmware, frame: bytes) -> None:
    """A frame that is shown and not stored, in the colours of the animation that was saved last, else white."""
    if len(frame) != FRAME_BYTES:
        raise Refused(Error.bad_data_length)
    saved = list(bolt.face.animations.values())
    bolt.face.show(Still(pictures.from_planes(frame, saved[-1].palette if saved else BLACK_AND_WHITE)))


def list_frames(bolt: Firmware) -> bytes:
    frames = sorted(bolt.face.frames)
    return struct.pack(f">{len(frames)}H", *frames)


def delete_all(bolt: Firmware) -> None:
    bolt.face.forget()


def pause(bolt: Firmware) -> None:
    bolt.face.pause()


def resume(bolt: Firmware) -> None:
    bolt.face.resume()


def clear(bolt: Firmware) -> None:
    bolt.face.clear()


def override(bolt: Firmware, fps: int, fade: int) -> None:
    """Frames a second (0: as saved) and fading (0: as saved, 1: off, 2: on) of all animations."""
    if fade not in FADE_OVERRIDES:
        raise Refused(Error.bad_parameter_value)
    bolt.face.override(_fps(fps) if fps else None, FADE_OVERRIDES[fade])


def rotation(bolt: Firmware, quarters: int) -> None:
    if quarters > ROTATIONS:
        raise Refused(Error.bad_parameter_value)
    bolt.face.rotate(quarters)


def _color(red: int, green: int, blue: int) -> int:
    return red << 16 | green << 8 | blue


def _on_the_face(*points: tuple[int, int]) -> Iterable[tuple[int, int]]:
    if any(coordinate >= pictures.SIDE for point in points for coordinate in point):
        raise Refused(Error.bad_parameter_value)
    return points


def _fps(fps: int) -> int:
    """Frames a second. 0 is what clients that count modulo 31 send for 31; it is taken as the fastest."""
    if fps > MOST_FPS:
        raise Refused(Error.bad_parameter_value)
    return fps or MOST_FPS


def _palette(colors: int, rest: bytes) -> tuple[tuple[int, ...], bytes]:
    if colors > MOST_COLORS:
        raise Refused(Error.bad_parameter_value)
    if len(rest) < 3 * colors:
        raise Refused(Error.bad_data_length)
    palette = tuple(_color(*rest[3 * color : 3 * color + 3]) for color in range(colors))
    return palette, rest[3 * colors :]


def _frames(data: bytes) -> tuple[int, ...]:
    """A count and so many frame numbers."""
    if len(data) < 2 or len(data) % 2 or len(data) // 2 - 1 != int.from_bytes(data[:2], "big"):
        raise Refused(Error.bad_data_length)
    return struct.unpack(f">{len(data) // 2}H", data)[1:]


_LIGHTS = {
    0x1C: Command("set_all_leds_with_8_bit_mask", ">B*", lights),
    0x4E: Command("release_led_requests", "", release_lights),
}

IO = Device(
    0x1A,
    MOTORS,
    {
        **_LIGHTS,
        0x04: Command("set_led", ">5B", no_answer_yet),
        0x2D: Command("set_compressed_frame_player_pixel", ">5B", pixel),
        0x2E: Command("set_compressed_frame_player", "*", raw_frame),
        0x2F: Command("set_compressed_frame_player_one_color", ">3B", one_color),
        0x30: Command("save_compressed_frame_player64_bit_frame", ">H*", save_frame),
        0x31: Command("save_compressed_frame_player_animation", ">4B*", save_animation),
        0x32: Command("play_compressed_frame_player_animation", ">B", play),
        0x33: Command("play_compressed_frame_player_frame", ">H", play_frame),
        0x34: Command("get_compressed_frame_player_list_of_frames", "", list_frames),
        0x35: Command("delete_all_compressed_frame_player_animations_and_frames", "", delete_all),
        0x36: Command("pause_compressed_frame_player_animation", "", pause),
        0x37: Command("resume_compressed_frame_player_animation", "", resume),
        0x38: Command("reset_compressed_frame_player_animation", "", clear),
        0x39: Command("override_compressed_frame_player_animation_global_settings", ">2B", override),
        0x3A: Command("set_compressed_frame_player_frame_rotation", ">B", rotation),
        0x3B: Command("set_compressed_frame_player_text_scrolling", ">5B*", scroll),
        0x3D: Command("draw_compressed_frame_player_line", ">7B", draw_line),
        0x3E: Command("draw_compressed_frame_player_fill", ">7B", draw_fill),
        0x40: Command("assign_compressed_frame_player_frames_to_animation", ">B*", assign_frames),
        0x41: Command("save_compressed_frame_player_animation_without_frames", ">4B*", save_animation_without_frames),
        0x42: Command("set_compressed_frame_player_single_character", ">4B", character),
        0x43: Command("play_compressed_frame_player_animation_with_loop_option", ">2B", play_looping),
    },
    exceptions=dict.fromkeys(_LIGHTS, MAIN),
)
