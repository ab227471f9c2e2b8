"""Device 0x18: streaming, collisions, compass, light, infrared."""

from __future__ import annotations

import struct
from functools import partial
from typing import TYPE_CHECKING

from simulator.firmware.infrared import STRONGEST
from simulator.firmware.sensing import POWER, CollisionSettings, Hit
from simulator.firmware.table import ANY, MOTORS, Command, Device, Error, Refused

if TYPE_CHECKING:
    from simulator.firmware.core import Firmware

__all__ = ["SENSOR", "collision_data"]

DID = 0x18
NORTH_YAW = 0x26
METHODS = 3
"""The highest method of collision detection; 0 is off, and the others detect alike here."""


def collision_data(hit: Hit, now: int, size: int = 16) -> bytes:
    """A collision in the 16 bytes that a real BOLT sends: acceleration in 1/4096 g (a hit from ahead pushes back, so
    y is negative), axes (1 x, 2 y), power, speed, time in ms.

    In 18 bytes, which is what spherov2 expects, the time takes four of them.
    """
    acceleration = (max(-32768, min(32767, round(4096 * g))) for g in (hit.right, hit.forward, hit.up))
    power = (min(65535, round(POWER * abs(g))) for g in (hit.right, hit.forward, hit.up))
    if size == 18:
        power = (min(32767, value) for value in power)
        return struct.pack(">3hB3hBL", *acceleration, hit.axes, *power, hit.speed_byte, now % 2**32)
    return struct.pack(">3hB3HBH", *acceleration, hit.axes, *power, hit.speed_byte, now % 65536)


def stream(bolt: Firmware, interval: int, count: int, mask: int) -> None:
    bolt.streaming.configure(interval, count, mask)


def get_stream(bolt: Firmware) -> bytes:
    streaming = bolt.streaming
    return struct.pack(">HBI", streaming.interval, streaming.count, streaming.mask)


def extend_stream(bolt: Firmware, mask: int) -> None:
    bolt.streaming.extend(mask)


def get_extended_stream(bolt: Firmware) -> bytes:
    return struct.pack(">I", bolt.streaming.extended_mask)


def gyro_max(bolt: Firmware, enable: int) -> None:
    bolt.imu.watch_spin = bool(enable)


def collisions(
    bolt: Firmware, method: int, x_threshold: int, x_speed: int, y_threshold: int, y_speed: int, dead_time: int
) -> None:
    if method > METHODS:
        raise Refused(Error.bad_parameter_value)
    bolt.imu.settings = CollisionSettings(method, x_threshold, x_speed, y_threshold, y_speed, 10 * dead_time)


def reset_locator(bolt: Firmware) -> None:
    bolt.locator.reset(bolt.ball.x, bolt.ball.y)


def locator_flags(_bolt: Firmware, _flags: int) -> None:
    """Accepted; the virtual locator needs no calibration."""


def tell_north(bolt: Firmware, degrees: int) -> None:
    bolt.notify(DID, NORTH_YAW, struct.pack(">H", degrees), delay=0)


def find_north(bolt: Firmware) -> None:
    bolt.motion.find_north(bolt.world.north, partial(tell_north, bolt))


def light(bolt: Firmware) -> bytes:
    return struct.pack(">f", bolt.sample().light)


def infrared_readings(bolt: Firmware) -> bytes:
    """Back left, back right, front right, front left."""
    return bolt.infrared.air.readings(bolt) if bolt.infrared.air else bytes(4)


def broadcast(bolt: Firmware, far: int, near: int) -> None:
    bolt.infrared.broadcasting = (far, near)


def stop_broadcast(bolt: Firmware) -> None:
    bolt.infrared.broadcasting = None


def follow(bolt: Firmware, far: int, near: int) -> None:
    bolt.infrared.following, bolt.infrared.evading = (far, near), None
    look(bolt)


def stop_follow(bolt: Firmware) -> None:
    bolt.infrared.following = None
    bolt.motion.steer(0, 0.0)


def evade(bolt: Firmware, far: int, near: int) -> None:
    bolt.infrared.evading, bolt.infrared.following = (far, near), None
    look(bolt)


def stop_evade(bolt: Firmware) -> None:
    bolt.infrared.evading = None
    bolt.motion.steer(0, 0.0)


def look(bolt: Firmware) -> None:
    if bolt.infrared.air is not None:
        bolt.infrared.air.look()


def send_infrared(bolt: Firmware, code: int, *strengths: int) -> None:
    """A code, and the strength (0..64) of the front, left, right and back emitter."""
    if max(strengths) > STRONGEST:
        raise Refused(Error.bad_parameter_value)
    if bolt.infrared.air is not None:
        bolt.infrared.air.send(bolt, code, strengths)


def listen_infrared(bolt: Firmware, code: int, duration: int) -> None:
    """For a code, so many seconds long; 0: for ever."""
    bolt.infrared.listening[code] = bolt.schedule.now + 1000 * duration if duration else None


_INFRARED = {
    0x22: Command("get_bot_to_bot_infrared_readings", "", infrared_readings),
    0x27: Command("start_robot_to_robot_infrared_broadcasting", ">BB", broadcast),
    0x28: Command("start_robot_to_robot_infrared_following", ">BB", follow),
    0x29: Command("stop_robot_to_robot_infrared_broadcasting", "", stop_broadcast),
    0x2A: Command("send_robot_to_robot_infrared_message", ">5B", send_infrared),
    0x2B: Command("listen_for_robot_to_robot_infrared_message", ">BB", listen_infrared),
    0x32: Command("stop_robot_to_robot_infrared_following", "", stop_follow),
    0x33: Command("start_robot_to_robot_infrared_evading", ">BB", evade),
    0x34: Command("stop_robot_to_robot_infrared_evading", "", stop_evade),
}

SENSOR = Device(
    DID,
    MOTORS,
    {
        0x00: Command("set_sensor_streaming_mask", ">HBI", stream),
        0x01: Command("get_sensor_streaming_mask", "", get_stream),
        0x0C: Command("set_extended_sensor_streaming_mask", ">I", extend_stream),
        0x0D: Command("get_extended_sensor_streaming_mask", "", get_extended_stream),
        0x0F: Command("enable_gyro_max_notify", ">B", gyro_max),
        0x11: Command("configure_collision_detection", ">6B", collisions),
        0x13: Command("reset_locator_x_and_y", "", reset_locator),
        0x17: Command("set_locator_flags", ">B", locator_flags),
        0x25: Command("magnetometer_calibrate_to_north", "", find_north),
        0x30: Command("get_ambient_light_sensor_value", "", light),
        **_INFRARED,
    },
    # programs in the wild send infrared commands to either processor, or to none
    exceptions=dict.fromkeys(_INFRARED, ANY),
)
