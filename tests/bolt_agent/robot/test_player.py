"""The player on a virtual BOLT: what was asked for happens, in order, side by side, and stops at once."""

import math

import pytest

from bolt_agent.robot import Animation, Ball, LedMatrix, Outlet, RollFunc, Stopped
from bolt_agent.robot.player import Player
from drivers import BoltDriver, MemoryLink
from drivers.clock import FastClock
from simulator import VirtualBolt


class Stage:
    """Where a test's moves go: straight to the player."""

    def __init__(self, player):
        self.player = player
        self.perform, self.cut, self.state = player.perform, player.cut, player.state


class Robot:
    """A virtual BOLT with everything from its body down to its link."""

    def __init__(self, world="open"):
        self.clock = FastClock()
        self.bolt = VirtualBolt(world)
        self.link = MemoryLink(self.bolt, self.clock)
        self.driver = BoltDriver(self.link, self.clock)
        self.happenings = []

    def play(self, program):
        """Run a coroutine function of (ball, face, player) and give the report of what the robot did."""

        async def main():
            await self.driver.open()
            self.player = Player(self.driver, self.clock)
            self.player.on_happening(self.happenings.append)
            outlet = Outlet(Stage(self.player))
            began = self.clock.now()
            await program(Ball(outlet), LedMatrix(outlet), self.player)
            await self.player.wait()
            report = self.bolt.record.report(began, self.clock.now())
            await self.player.close()
            await self.driver.close()
            return report

        return self.clock.run(main())


@pytest.fixture
def robot():
    return Robot()


def moving(report):
    return sum(0.02 for point in report["path"] if point[4] > 4)


def end(report):
    (x0, y0), (x1, y1) = report["path"][0][1:3], report["path"][-1][1:3]
    return x1 - x0, y1 - y0


def once(compose):
    """A program that composes one running move."""

    async def program(ball, face, player):
        compose(ball.new_move(run=True))

    return program


@pytest.mark.parametrize("speed", [50, 90, 150, -90])
@pytest.mark.parametrize("seconds", [1, 2, 4])
def test_a_roll_moves_for_as_long_as_was_asked(robot, speed, seconds):
    report = robot.play(once(lambda move: move.roll(0, speed, seconds)))
    assert moving(report) == pytest.approx(seconds, abs=0.2)
    assert math.copysign(1, end(report)[1]) == math.copysign(1, speed)


@pytest.mark.parametrize("distance", [5, 20, 50, 100, -30])
def test_a_distance_is_kept_within_a_few_percent(robot, distance):
    report = robot.play(once(lambda move: move.go(distance)))
    assert end(report)[1] == pytest.approx(distance, abs=1.0 + 0.05 * abs(distance))
    assert report["path"][-1][4] < 4


@pytest.mark.parametrize("heading", [45, 90, 180, 270, -90])
def test_a_roll_turns_first_and_then_goes_straight(robot, heading):
    x, y = end(robot.play(once(lambda move: move.roll(heading, 90, 1))))
    assert math.degrees(math.atan2(x, y)) % 360 == pytest.approx(heading % 360, abs=4)


def test_a_square_closes(robot):
    def square(move):
        for heading in (0, 90, 180, 270):
            move.go(40, heading)

    assert math.hypot(*end(robot.play(once(square)))) < 4


def test_a_circle_closes(robot):
    circle = RollFunc(speed=80, duration=4, code="self.heading = 360 * passed / 4")
    report = robot.play(once(lambda move: move.roll_by_func(circle)))
    assert math.hypot(*end(report)) < 12
    assert max(point[1] for point in report["path"]) > 25


@pytest.mark.parametrize("angle", [90, -360, 1080])
def test_a_spin_turns_exactly_and_stays_where_it_is(robot, angle):
    report = robot.play(once(lambda move: move.spin(angle, 1)))
    assert report["spun"] == pytest.approx(angle, abs=3)
    assert math.hypot(*end(report)) < 2


def test_turning_takes_the_short_way(robot):
    report = robot.play(once(lambda move: move.turn_to(90).turn_to(-80).turn_to(280)))
    assert report["spun"] == pytest.approx(90 - 170, abs=3)


def test_rolls_in_about_the_same_direction_flow_into_one_another(robot):
    report = robot.play(once(lambda move: move.roll(0, 90, 1).roll(20, 90, 1)))
    speeds = [point[4] for point in report["path"]]
    middle = speeds[len(speeds) // 4 : -len(speeds) // 3]
    assert min(middle) > 20


def test_a_waddle_sways_and_arrives(robot):
    report = robot.play(once(lambda move: move.set_waddle(True).roll(0, 90, 3)))
    x, y = end(report)
    assert y > 60
    assert abs(x) < 15
    assert abs(max(point[1] for point in report["path"]) - min(point[1] for point in report["path"])) > 1


def test_resting_takes_its_time(robot):
    report = robot.play(once(lambda move: move.wait(2).roll(0, 90, 1)))
    assert all(point[4] < 4 for point in report["path"] if point[0] < report["path"][0][0] + 2)
    assert end(report)[1] > 15


def test_after_a_new_aim_forward_is_where_it_faced(robot):
    report = robot.play(once(lambda move: move.turn_to(90).reset_aim().roll(0, 90, 1)))
    x, y = end(report)
    assert x > 15
    assert abs(y) < 3


def test_the_compass_finds_its_direction(robot):
    robot.play(once(lambda move: move.set_compass_direction(90)))
    north = robot.bolt.world.north
    assert math.cos(math.radians(robot.bolt.pose.heading - (north + 90))) > 0.99


def test_face_and_lights_do_not_wait_for_the_ball(robot):
    async def program(ball, face, player):
        ball.new_move(run=True).roll(0, 90, 3)
        face.show("heart")
        face.set_front_led("red")

    report = robot.play(program)
    assert report["matrix_log"][0][0] < 0.5
    assert report["led_log"][0][1:] == ["front", "#ff0000"]
    assert report["matrix"][1][0] == "#ff0000"


def test_what_the_face_shows_follows_one_another(robot):
    async def program(ball, face, player):
        face.scroll_matrix_text("HI", "red", fps=20, wait=False)
        face.fill("blue")

    report = robot.play(program)
    assert report["texts"][0][1:] == ["HI", "#ff0000"]
    assert report["matrix"][0][0] == "#0000ff"
    assert report["matrix_log"][-1][0] > 0.5


def test_an_animation_without_a_loop_plays_once_and_one_with_a_duration_is_cleared(robot):
    async def program(ball, face, player):
        blink = Animation(fps=5, palette=["black", "red"], transition=False, loop=False)
        blink.add_frame(["11111111"] * 8).add_frame(["00000000"] * 8)
        face.play_animation(blink)
        face.play_animation(blink.model_copy(update={"loop": True, "duration": 1.0}))

    report = robot.play(program)
    assert report["matrix"][0][0] == "#000000"
    assert len(report["matrix_log"]) >= 4


def test_a_picture_in_many_colours_is_drawn_in_sixteen(robot):
    async def program(ball, face, player):
        for x in range(8):
            for y in range(8):
                face.set_pixel(x, y, (x * 30, y * 30, 100))

    report = robot.play(program)
    assert report["matrix"][7][0] == "#00d264"


def test_every_icon_reaches_the_face_as_it_is_drawn(robot):
    from bolt_agent.robot import draw_icon, icon_names

    shown = []

    async def program(ball, face, player):
        for name in icon_names():
            face.show(name)
            await player.wait()
            shown.append((name, [tuple(row) for row in robot.bolt.face]))

    robot.play(program)
    assert shown == [(name, list(draw_icon(name))) for name in icon_names()]


def test_stopping_the_ball_forgets_its_moves_and_leaves_the_face(robot):
    async def program(ball, face, player):
        ball.new_move(run=True).roll(0, 90, 30).spin(360, 1)
        face.fill("green")
        await player.wait(seconds=2)
        ball.stop()
        await player.wait()

    report = robot.play(program)
    assert report["path"][-1][0] < 5
    assert abs(report["spun"]) < 5
    assert report["matrix"][0][0] == "#00ff00"


def test_an_emergency_stop_is_the_next_packet_and_is_latched(robot):
    async def program(ball, face, player):
        ball.new_move(run=True).roll(0, 150, 30)
        for _ in range(1000):
            face.fill("red")
        await player.wait(seconds=2)
        sent = []
        write = robot.link.write

        async def noting(packet):
            sent.append(packet)
            await write(packet)

        robot.link.write = noting
        stopped_at = robot.clock.now()
        await player.stop()
        assert sent[0][4:6].hex() == "1607"  # drive_with_heading
        assert sent[0][7] == 0  # at speed 0
        assert robot.clock.now() - stopped_at < 0.05
        with pytest.raises(Stopped):
            ball.new_move(run=True).roll(0, 90, 1)
        await player.wait(seconds=2)
        assert robot.bolt.speed < 1
        player.release()
        ball.new_move(run=True).spin(90, 1)

    report = robot.play(program)
    assert report["spun"] == pytest.approx(90, abs=3)
    assert [happening.name for happening in robot.happenings] == ["stop"]


def test_a_bump_without_a_callback_ends_the_move(robot):
    robot = Robot("walled")

    async def program(ball, face, player):
        ball.new_move(run=True).roll(0, 90, 20).on_collision(log="ouch").spin(360, 1)

    report = robot.play(program)
    assert [(happening.name, happening.text) for happening in robot.happenings] == [("collision", "ouch")]
    assert abs(report["spun"]) < 30
    assert report["path"][-1][0] < 6


def test_a_reaction_stays_armed_so_that_a_patrol_bounces_to_and_fro():
    robot = Robot("walled")

    async def program(ball, face, player):
        def bounce(move):
            face.show("surprised")
            move.spin(180, 0.5).roll(None, 90, 10)

        ball.new_move(run=True).on_collision(bounce).roll(0, 90, 10)
        await player.wait(seconds=20)
        ball.stop()

    report = robot.play(program)
    bumps = [t for t, name in report["events"] if name == "collision"]
    assert len(bumps) >= 3
    sides = [min(report["path"], key=lambda point: abs(point[0] - t))[2] > 0 for t in bumps]
    assert sides[:3] == [True, False, True]
    assert report["matrix_log"]


def test_a_robot_that_does_not_answer_is_named_and_nothing_goes_on(robot):
    async def program(ball, face, player):
        async def deaf(packet):
            pass

        robot.link.write = deaf
        face.fill("red")
        ball.new_move(run=True).roll(0, 90, 30)
        with pytest.raises(TimeoutError, match="did not answer"):
            await player.wait()
        assert robot.clock.now() < 5
        player.release()

    robot.play(program)
