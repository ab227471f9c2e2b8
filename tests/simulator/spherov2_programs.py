"""Short programs as people write them for spherov2, and what is to be seen of the ball right after each.

A row is (program, check). A program uses `api`, `toy` and what spherov2 offers; what it puts into `result` is checked
along with the ball. Checks take a `Seen`; those made by the functions below say what they want.
"""

from __future__ import annotations

import math

RED, GREEN, BLUE, WHITE, DARK = "#ff0000", "#00ff00", "#0000ff", "#ffffff", "#000000"
HEART = [[int(c) for c in row] for row in
         ("00000000", "01100110", "11111111", "11111111", "01111110", "00111100", "00011000", "00000000")]  # fmt: skip
FRAMES = f"[{HEART!r}, {[[0] * 8] * 8!r}]"
PALETTE = "[Color(0, 0, 0), Color(255, 0, 0)]"
REGISTER = f"api.register_matrix_animation({FRAMES}, {PALETTE}, fps=10, transition=False)\n"
SETTLE = "time.sleep(0.7)\n"
SAMPLE = "time.sleep(0.3)\n"


def lies(x=None, y=None, heading=None, within=4.0):
    """Where the ball is: cm and degrees, or None for anywhere."""

    def check(seen):
        pose = seen.bolt.pose
        assert x is None or abs(pose.x - x) < within, pose
        assert y is None or abs(pose.y - y) < within, pose
        assert heading is None or abs(math.remainder(pose.heading - heading, 360)) < within, pose

    return check


def went(bearing, at_least=10.0):
    """In which direction of the world it went."""

    def check(seen):
        pose = seen.bolt.pose
        assert math.hypot(pose.x, pose.y) > at_least, pose
        assert abs(math.remainder(math.degrees(math.atan2(pose.x, pose.y)) - bearing, 360)) < 12, pose

    return check


def face(color=None, lit=None, points=None):
    """All of one colour, so many points lit, or a dict of (x, y from the bottom) to colours."""

    def check(seen):
        rows = seen.face
        dots = [dot for row in rows for dot in row]
        assert color is None or set(dots) == {color}, rows
        assert lit is None or sum(dot != DARK for dot in dots) == lit, rows
        for (x, y), wanted in (points or {}).items():
            assert rows[7 - y][x] == wanted, rows

    return check


def leds(front=None, back=None):
    def check(seen):
        assert front is None or seen.front == front
        assert back is None or seen.back == back

    return check


def gives(condition):
    """What `result` must fulfil."""

    def check(seen):
        assert condition(seen.result), seen.result

    return check


def fired(*names):
    """Events of SpheroEduAPI that listeners got."""

    def check(seen):
        assert set(names) <= set(seen.events), seen.events

    return check


def shows(text):
    """The text or character that was shown last."""

    def check(seen):
        assert [words for _, words, _ in seen.bolt.record.texts] == [text]

    return check


def agrees(axis):
    """The locator in `result` says where the ball is."""

    def check(seen):
        assert abs(seen.result[axis] - getattr(seen.bolt.pose, axis)) < 1.5, (seen.result, seen.bolt.pose)

    return check


def recorded(name):
    def check(seen):
        assert name in [event for _, event in seen.bolt.record.events]

    return check


MOVES = [
    ("api.roll(0, 100, 0.5)\n" + SETTLE, went(0)),
    ("api.roll(90, 100, 0.6)\n" + SETTLE, went(90)),
    ("api.roll(180, 100, 0.8)\n" + SETTLE, went(180)),
    ("api.roll(270, 100, 0.6)\n" + SETTLE, went(270)),
    ("api.roll(45, 150, 0.6)\n" + SETTLE, went(45)),
    ("api.roll(0, 10, 0.5)", lies(0, 0, 0, within=0.5)),
    ("api.roll(0, 255, 0.5)\n" + SETTLE, went(0, at_least=15)),
    ("api.set_speed(80)\ntime.sleep(0.7)\napi.set_speed(0)\n" + SETTLE, went(0)),
    ("api.set_speed(80)\ntime.sleep(0.7)\napi.stop_roll()\n" + SETTLE, went(0)),
    ("api.set_speed(80)\ntime.sleep(0.7)\napi.stop_roll(90)\n" + SETTLE, lies(heading=90)),
    ("api.set_heading(90)\n" + SETTLE, lies(0, 0, 90, within=2)),
    ("api.set_heading(-90)\n" + SETTLE, lies(0, 0, 270, within=2)),
    ("api.set_heading(450)\n" + SETTLE, lies(0, 0, 90, within=2)),
    ("api.set_heading(60)\napi.set_speed(90)\ntime.sleep(0.9)\napi.stop_roll()\n" + SETTLE, went(60)),
    ("api.spin(90, 0.4)\n" + SETTLE, lies(0, 0, 90, within=3)),
    ("api.spin(-90, 0.4)\n" + SETTLE, lies(0, 0, 270, within=3)),
    ("api.spin(360, 0.6)\n" + SETTLE, lies(0, 0, 0, within=3)),
    ("api.spin(0, 1)", lies(0, 0, 0, within=0.1)),
    ("for heading in (0, 120, 240):\n    api.roll(heading, 70, 0.5)\n" + SETTLE, lies(0, 0, within=25)),
    ("api.set_speed(60)\ntime.sleep(1.5)\nresult = api.get_speed()", gives(lambda speed: speed == 60)),
    ("api.set_speed(-80)\ntime.sleep(0.9)\napi.set_speed(0)\n" + SETTLE, went(0)),
    ("api.raw_motor(150, 150, 0.6)\n" + SETTLE, went(0)),
    ("api.raw_motor(-150, -150, 0.6)\n" + SETTLE, went(180)),
    ("api.raw_motor(120, -120, 0.4)\n" + SETTLE, lies(0, 0)),
    ("api.set_stabilization(False)\napi.set_stabilization(True)\napi.roll(0, 80, 0.5)\n" + SETTLE, went(0)),
    ("api.set_heading(90)\n" + SETTLE + "api.reset_aim()\napi.roll(0, 100, 0.5)\n" + SETTLE, went(90)),
    ("toy.drive_with_heading(80, 0, 1)\ntime.sleep(0.7)\ntoy.drive_with_heading(0, 0, 0)\n" + SETTLE, went(180)),
    ("toy.drive_with_heading(120, 0, DriveFlags.TURBO | DriveFlags.FAST_TURN)\ntime.sleep(0.8)\n"
     "toy.drive_with_heading(0, 0, 0)\n" + SETTLE, went(0)),
    ("toy.set_stabilization(StabilizationIndexes.NO_CONTROL_SYSTEM)", lies(0, 0, 0, within=0.5)),
]  # fmt: skip

LIGHTS = [
    ("api.set_main_led(Color(255, 0, 0))", face(RED)),
    ("api.set_main_led(Color(300, -5, 0))", face(RED)),
    ("api.set_main_led(Color(0, 0, 0))", face(DARK)),
    ("api.set_front_led(Color(0, 255, 0))", leds(front=GREEN, back=DARK)),
    ("api.set_back_led(Color(255, 0, 0))", leds(front=DARK, back=RED)),
    ("api.set_back_led(255)", leds(back=BLUE)),
    ("api.set_front_led(Color(0, 0, 255))\napi.set_back_led(Color(0, 255, 0))", leds(front=BLUE, back=GREEN)),
    ("api.set_front_led(Color(0, 0, 255))\nresult = api.get_front_led()", gives(lambda color: color == (0, 0, 255))),
    ("api.set_back_led(Color(9, 8, 7))\nresult = api.get_back_led()", gives(lambda color: color == (9, 8, 7))),
    ("api.set_main_led(Color(1, 2, 3))\nresult = api.get_main_led()", gives(lambda color: color == (1, 2, 3))),
    ("api.fade(Color(0, 0, 0), Color(0, 255, 0), 0.4)", face(GREEN)),
    ("api.strobe(Color(255, 0, 0), 0.05, 2)", face(RED)),
    ("toy.set_all_leds_with_8_bit_mask(0x3F, [255, 0, 0, 0, 0, 255])", leds(front=RED, back=BLUE)),
]

MATRIX = [
    ("api.set_matrix_pixel(0, 0, Color(255, 0, 0))", face(lit=1, points={(0, 0): RED})),
    ("api.set_matrix_pixel(7, 7, Color(255, 0, 0))", face(lit=1, points={(7, 7): RED})),
    ("for i in range(4):\n    api.set_matrix_pixel(i, i, Color(0, 255, 0))", face(lit=4, points={(3, 3): GREEN})),
    ("api.set_matrix_line(0, 0, 7, 0, Color(0, 0, 255))", face(lit=8, points={(7, 0): BLUE})),
    ("api.set_matrix_line(2, 0, 2, 7, Color(0, 0, 255))", face(lit=8, points={(2, 7): BLUE})),
    ("api.set_matrix_line(0, 0, 7, 7, Color(0, 0, 255))", face(lit=8, points={(4, 4): BLUE})),
    ("api.set_matrix_fill(2, 2, 5, 5, Color(255, 255, 255))", face(lit=16, points={(2, 5): WHITE})),
    ("api.set_matrix_fill(5, 5, 2, 2, Color(255, 255, 255))", face(lit=16)),
    ("api.set_main_led(Color(255, 0, 0))\napi.set_matrix_pixel(3, 3, Color(0, 255, 0))",
     face(lit=64, points={(3, 3): GREEN, (4, 4): RED})),
    ("api.set_main_led(Color(255, 0, 0))\napi.clear_matrix()", face(DARK)),
    ("api.set_matrix_character('I', Color(0, 255, 0))", face(points={(7, 0): DARK})),
    ("api.set_matrix_character('+', Color(255, 0, 0))", shows("+")),
    ("api.scroll_matrix_text('HI', Color(255, 0, 0), 30, False)\ntime.sleep(0.25)",
     shows("HI")),
    ("api.scroll_matrix_text('A', Color(255, 0, 0), 30, False)\ntime.sleep(0.8)", face(DARK)),
    ("api.set_matrix_pixel(0, 0, Color(255, 0, 0))\napi.set_matrix_rotation(FrameRotationOptions.ROTATE_90_DEGREES)",
     face(lit=1, points={(0, 0): DARK})),
    (REGISTER + "api.play_matrix_animation(0, True)", face(lit=32, points={(0, 4): RED, (0, 7): DARK})),
    (REGISTER + "api.play_matrix_animation(0, False)\ntime.sleep(0.4)", face(DARK)),
    (REGISTER + "api.play_matrix_animation(0, True)\napi.pause_matrix_animation()\nbefore = looks()\n"
     "time.sleep(0.3)\nresult = before == looks()", gives(bool)),
    (REGISTER + "api.play_matrix_animation(0, True)\napi.pause_matrix_animation()\napi.resume_matrix_animation()\n"
     "faces = set()\nfor _ in range(20):\n    faces.add(looks())\n    time.sleep(0.03)\nresult = len(faces)",
     gives(lambda count: count == 2)),
    (REGISTER + "api.override_matrix_animation_framerate(1)\napi.play_matrix_animation(0, True)\ntime.sleep(0.4)",
     face(lit=32)),
    (REGISTER + "api.override_matrix_animation_transition(FadeOverrideOptions.NONE)\napi.play_matrix_animation(0)",
     face(lit=32)),
    (REGISTER + REGISTER + "api.play_matrix_animation(1, True)", face(lit=32)),
    ("api.play_matrix_animation(7, True)", face(DARK)),
    ("toy.set_compressed_frame_player([255] * 8 + [0] * 24)", face(WHITE)),
    (REGISTER + "toy.set_compressed_frame_player([15] * 8 + [0] * 24)", face(lit=32, points={(7, 0): RED})),
    (REGISTER + "result = toy.get_compressed_frame_player_list_of_frames()", gives(lambda ids: list(ids) == [0, 1])),
]  # fmt: skip

SENSORS = [
    (SAMPLE + "result = api.get_acceleration()", gives(lambda a: abs(a["z"] - 1) < 0.1)),
    (SAMPLE + "result = api.get_vertical_acceleration()", gives(lambda a: abs(a - 1) < 0.1)),
    (SAMPLE + "result = api.get_orientation()", gives(lambda o: abs(o["pitch"]) < 1 and abs(o["roll"]) < 1)),
    ("api.set_heading(90)\n" + SETTLE + "result = api.get_orientation()", gives(lambda o: abs(o["yaw"] + 90) < 3)),
    (SAMPLE + "result = api.get_gyroscope()", gives(lambda g: abs(g["z"]) < 1)),
    ("api.roll(0, 120, 0.6)\nresult = api.get_velocity()", gives(lambda v: v["y"] > 5)),
    ("api.roll(0, 120, 0.6)\n" + SETTLE + SAMPLE + "result = api.get_location()",
     agrees("y")),
    ("api.roll(0, 120, 0.6)\n" + SETTLE + SAMPLE + "result = api.get_distance()", gives(lambda d: d > 10)),
    (SAMPLE + "result = api.get_luminosity()", gives(lambda lux: abs(lux["ambient_light"] - 300) < 30)),
    ("api.set_heading(30)\nresult = api.get_heading()", gives(lambda heading: heading == 30)),
    ("result = toy.get_ambient_light_sensor_value()", gives(lambda lux: abs(lux - 300) < 30)),
    ("result = Power.get_battery_voltage(toy)", gives(lambda volts: 3.5 < volts < 4.2)),
    ("result = toy.get_main_app_version()", gives(lambda version: tuple(version) == (4, 2, 41))),
    ("result = toy.get_secondary_main_app_version()", gives(lambda version: tuple(version) == (4, 2, 44))),
    ("result = toy.get_bluetooth_name()", gives(lambda name: "SB-0001" in str(name))),
    ("result = toy.get_battery_voltage_state()", gives(lambda state: int(state) == 1)),
    ("result = toy.ping(b'hi')", gives(lambda data: bytes(data) == b"hi")),
    ("toy.reset_locator_x_and_y()\n" + SAMPLE + "result = api.get_location()", gives(lambda at: abs(at["y"]) < 1)),
]  # fmt: skip

EVENTS = [
    ("api.roll(0, 255, 1.9)", "walled", fired("on_collision")),
    ("api.roll(0, 255, 1.9)", "walled", recorded("collision")),
    ("api.roll(0, 120, 1.7)", "ledge", recorded("freefall")),
    ("toy.sensor_control.set_interval(33)\napi.roll(0, 120, 1.9)", "ledge", fired("on_freefall")),
    ("toy.sensor_control.set_interval(33)\nfelt = []\n"
     "api.register_event(EventType.on_sensor_streaming_data, lambda api: felt.append(api.get_acceleration()))\n"
     "api.roll(0, 120, 1.9)\nresult = [sum(g * g for g in a.values()) ** 0.5 for a in felt]",
     "ledge", gives(lambda felt: sum(g < 0.2 for g in felt) >= 4 and felt[-1] > 0.5)),
    ("told = []\ntoy.add_charger_state_changed_notify_listener(lambda *state: told.append(state))\n"
     "api.roll(180, 80, 1.72)\n" + SETTLE + "result = (len(told), int(toy.get_charger_state()))",
     "charging", gives(lambda seen: seen == (1, 2))),
    ("api.roll(180, 80, 1.72)\n" + SETTLE, "charging", recorded("charging")),
    ("time.sleep(0.4)", "open", fired("on_sensor_streaming_data")),
    ("api.calibrate_compass()\nresult = api.get_compass_direction()", "open", gives(lambda north: north == 0)),
    ("api.calibrate_compass()", "open", fired("on_magnetometer_north_yaw")),
    ("api.calibrate_compass()\napi.set_compass_direction(90)\n" + SETTLE, "open", lies(0, 0, 90, within=3)),
]  # fmt: skip
"""(program, world, check)."""

PROGRAMS = [(program, "open", check) for program, check in MOVES + LIGHTS + MATRIX + SENSORS] + EVENTS
