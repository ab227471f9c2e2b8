"""Several balls in one world: they bump into one another and see one another's infrared."""

import struct

import pytest
from spherov2.controls.v2 import Packet

from simulator import VirtualBolt, VirtualWorld

SECOND = 0x12
DRIVE, SENSOR = (0x16, 0x07), 0x18


class Crowd:
    """A world of awake balls, told what to do by number."""

    def __init__(self, world="open", **options):
        self.world = VirtualWorld(world, **options)
        self.bolts = self.world.bolts
        self._packets = Packet.Manager()
        self.received = [[] for _ in self.bolts]
        for number, bolt in enumerate(self.bolts):
            bolt.on_notify(self.received[number].append)
            self.send(number, 0x13, 0x0D)
        self.live(0.1)

    def send(self, number, did, cid, data=b"", target=None):
        self.bolts[number].write(bytes(self._packets.new_packet(did, cid, target, data).build()))

    def drive(self, number, heading, speed):
        self.send(number, *DRIVE, struct.pack(">BHB", speed, heading, 0), SECOND)

    def live(self, seconds):
        self.world.advance(round(self.world.time + seconds, 3))

    def notices(self, number, did, cid):
        packets = [Packet.parse_response(data) for data in self.received[number]]
        return [bytes(packet.data) for packet in packets if (packet.did, packet.cid, packet.seq) == (did, cid, 0xFF)]

    def distance(self):
        (x1, y1, _), (x2, y2, _) = (bolt.pose for bolt in self.bolts[:2])
        return ((x1 - x2) ** 2 + (y1 - y2) ** 2) ** 0.5


def facing(tmp_path, distance, extra=""):
    """A world with two balls, the second so many cm ahead of the first."""
    file = tmp_path / "two.yaml"
    file.write_text(f"balls:\n  - {{at: [0, 0]}}\n  - {{at: [0, {distance}]}}\n{extra}", encoding="utf-8")
    return file


def test_a_ball_that_is_hit_moves_and_both_feel_it(tmp_path):
    crowd = Crowd(facing(tmp_path, 60))
    crowd.drive(0, 0, 200)
    crowd.live(2)
    assert crowd.bolts[1].pose.y > 61
    assert [name for _, name in crowd.bolts[0].record.events] == ["collision"]
    assert [name for _, name in crowd.bolts[1].record.events] == ["collision"]
    assert crowd.distance() > 7


def test_balls_are_put_down_side_by_side_and_drive_apart():
    crowd = Crowd(balls=5)
    starts = [bolt.pose for bolt in crowd.bolts]
    assert len({(pose.x, pose.y) for pose in starts}) == 5
    for number in range(5):
        crowd.drive(number, 0, 60 + 20 * number)
    crowd.live(1.5)
    ways = [bolt.pose.y - start.y for bolt, start in zip(crowd.bolts, starts, strict=True)]
    assert ways == sorted(ways)
    assert ways[0] > 5


def test_a_ball_alone_drives_just_as_one_among_others():
    alone, crowd = VirtualBolt(), Crowd(balls=3)
    alone.write(bytes.fromhex("8d0a130d00d5d8"))
    alone.advance(0.1)
    drive = bytes(Packet.Manager().new_packet(*DRIVE, SECOND, struct.pack(">BHB", 100, 0, 0)).build())
    alone.write(drive)
    alone.advance(2.0)
    crowd.drive(0, 0, 100)
    crowd.live(1.9)
    assert crowd.bolts[0].pose == pytest.approx(alone.pose, abs=1e-6)


def test_too_many_balls_for_a_world_are_refused(tmp_path):
    file = tmp_path / "tiny.yaml"
    file.write_text("floor: {width: 50, depth: 50}\n", encoding="utf-8")
    with pytest.raises(ValueError, match="only 1 balls fit"):
        VirtualWorld(file, balls=4)


@pytest.mark.parametrize(("near", "far", "distance", "comes"), [(1, 2, 200, True), (1, 2, 350, False)])
def test_a_follower_comes_as_far_as_the_light_reaches(tmp_path, near, far, distance, comes):
    crowd = Crowd(facing(tmp_path, distance))
    crowd.send(1, SENSOR, 0x27, bytes((far, near)))
    crowd.send(0, SENSOR, 0x28, bytes((far, near)))
    crowd.live(6)
    assert (crowd.distance() < 60) == comes
    assert crowd.distance() > 10


def test_a_follower_of_another_channel_stays(tmp_path):
    crowd = Crowd(facing(tmp_path, 100))
    crowd.send(1, SENSOR, 0x27, bytes((2, 1)))
    crowd.send(0, SENSOR, 0x28, bytes((4, 3)))
    crowd.live(3)
    assert crowd.distance() == pytest.approx(100, abs=1)


def test_walls_are_in_the_way_of_light(tmp_path):
    crowd = Crowd(facing(tmp_path, 100, "walls:\n  - {from: [-30, 50], to: [30, 50]}\n"))
    crowd.send(1, SENSOR, 0x27, bytes((2, 1)))
    crowd.send(0, SENSOR, 0x28, bytes((2, 1)))
    crowd.live(3)
    assert crowd.distance() == pytest.approx(100, abs=1)


def test_an_evader_flees_until_it_is_told_to_stop(tmp_path):
    crowd = Crowd(facing(tmp_path, 50))
    crowd.send(1, SENSOR, 0x27, bytes((2, 1)))
    crowd.send(0, SENSOR, 0x33, bytes((2, 1)))
    crowd.live(2)
    assert crowd.distance() > 90
    crowd.send(0, SENSOR, 0x34)
    crowd.live(2)
    resting = crowd.distance()
    crowd.live(1)
    assert crowd.distance() == pytest.approx(resting, abs=0.5)


@pytest.mark.parametrize(
    ("strengths", "distance", "arrives"),
    [((64, 0, 0, 0), 250, True), ((64, 0, 0, 0), 350, False), ((16, 0, 0, 0), 100, False), ((0, 0, 0, 64), 100, False)],
)
def test_a_message_goes_as_far_as_its_strength_and_only_forward_from_the_front(tmp_path, strengths, distance, arrives):
    crowd = Crowd(facing(tmp_path, distance))
    crowd.send(1, SENSOR, 0x2B, bytes((5, 10)))
    crowd.send(0, SENSOR, 0x2A, bytes((5, *strengths)))
    crowd.live(0.5)
    assert crowd.notices(1, SENSOR, 0x2C) == ([b"\x05"] if arrives else [])


def test_only_codes_that_are_listened_for_are_told_and_only_so_long(tmp_path):
    crowd = Crowd(facing(tmp_path, 50))
    crowd.send(1, SENSOR, 0x2B, bytes((5, 1)))
    crowd.send(0, SENSOR, 0x2A, bytes((6, 64, 64, 64, 64)))
    crowd.live(1.5)
    crowd.send(0, SENSOR, 0x2A, bytes((5, 64, 64, 64, 64)))
    crowd.live(0.5)
    assert crowd.notices(1, SENSOR, 0x2C) == []


def test_the_receivers_that_face_a_broadcast_see_it(tmp_path):
    crowd = Crowd(facing(tmp_path, 50))
    crowd.send(1, SENSOR, 0x27, bytes((2, 1)))
    crowd.live(0.1)
    crowd.received[0].clear()
    crowd.send(0, SENSOR, 0x22)
    crowd.live(0.1)
    back_left, back_right, front_right, front_left = Packet.parse_response(crowd.received[0][0]).data
    assert back_left == back_right == 0
    assert front_right == pytest.approx(front_left, abs=2)
    assert front_left > 100


def test_a_world_goes_on_from_a_snapshot_with_all_its_balls(tmp_path):
    crowd = Crowd(facing(tmp_path, 150))
    crowd.send(1, SENSOR, 0x27, bytes((2, 1)))
    crowd.send(0, SENSOR, 0x28, bytes((2, 1)))
    crowd.drive(1, 90, 80)
    crowd.live(0.75)
    snapshot, ends = crowd.world.snapshot(), []
    for _ in range(2):
        crowd.world.restore(snapshot)
        crowd.live(3)
        ends.append([bolt.pose for bolt in crowd.bolts])
    assert ends[0] == ends[1]
    assert ends[0][0].y > 30
