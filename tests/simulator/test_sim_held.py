"""A spherov2 program under simulated time: as fast as the machine can, and the same on every run."""

import json
import os
import subprocess
import sys

import pytest
import typer

from bolt_agent.cli.sim_running import run_program
from bolt_agent.cli.sim_serving import Balls
from simulator import VirtualBolt, VirtualWorld
from simulator.server import running

DANCE = """\
import random, threading, time
from spherov2 import scanner
from spherov2.sphero_edu import EventType, SpheroEduAPI
from spherov2.types import Color

began = time.time()
with SpheroEduAPI(scanner.find_BOLT()) as api:
    def bump(api):
        api.set_front_led(Color(255, 0, 0))
        print("bump", round(time.time() - began, 3))
    api.register_event(EventType.on_collision, bump)
    def blink():
        for number in range(8):
            api.set_back_led(Color(0, 0, 255 * (number % 2)))
            time.sleep(0.3)
    blinking = threading.Thread(target=blink)
    blinking.start()
    api.roll(random.randrange(-20, 20), 200, 2)
    api.spin(360, 1)
    blinking.join()
    while time.time() < began + 10:
        pass
    print(api.get_location(), round(time.time() - began, 3))
"""


class Notebook:
    """A ball that notes when each packet comes."""

    def __init__(self, bolt):
        self._bolt = bolt
        self.written = []

    def write(self, data):
        self.written.append((self._bolt.time, data))
        self._bolt.write(data)

    def __getattr__(self, name):
        return getattr(self._bolt, name)


def hold(text, tmp_path, *, world="walled", balls=None, seed=5):
    """What a program printed, and what its world kept."""
    file = tmp_path / "program.py"
    file.write_text(text, encoding="utf-8")
    virtual = VirtualWorld(world, seed=seed, balls=balls, quirks="typical")
    noted = [Notebook(bolt) for bolt in virtual.bolts]
    with running(virtual, balls=noted, held=True, adopt_names=True) as server:
        command = [sys.executable, "-m", "simulator.hosted", "--port", str(server.port), "--held", str(seed)]
        done = subprocess.run(
            [*command, "--fix-spherov2", str(file)],
            capture_output=True,
            text=True,
            timeout=60,
            env={**os.environ, "PYTHONHASHSEED": "0"},
            check=False,
        )
    reports = [json.dumps(bolt.record.report(0, virtual.time)) for bolt in virtual.bolts]
    return done, reports, noted, virtual


def test_the_same_program_and_seed_give_the_same_record_byte_for_byte(tmp_path):
    one, other = hold(DANCE, tmp_path), hold(DANCE, tmp_path)
    assert one[0].returncode == 0, one[0].stderr
    assert one[0].stdout == other[0].stdout
    assert one[1] == other[1]
    assert one[2][0].written == other[2][0].written
    assert one[3].time > 10


def test_what_came_over_tcp_gives_the_same_record_in_one_process(tmp_path):
    _, (report,), (noted,), virtual = hold(DANCE, tmp_path)
    bolt = VirtualBolt("walled", seed=5, quirks="typical")
    bolt.on_notify(lambda _: None)
    bolt.connect()
    for moment, data in noted.written:
        bolt.advance(moment)
        bolt.write(data)
    bolt.advance(virtual.time)
    assert json.dumps(bolt.record.report(0, virtual.time)) == report


def test_balls_in_threads_are_driven_in_the_same_order_every_time(tmp_path):
    program = """\
from concurrent.futures import ThreadPoolExecutor
from spherov2 import scanner
from spherov2.sphero_edu import SpheroEduAPI

toys = scanner.find_toys()

def drive(number):
    with SpheroEduAPI(toys[number]) as api:
        api.roll(90 * number, 90, 1)
        api.roll(90 * number + 180, 90, 1)

with ThreadPoolExecutor(4) as pool:
    list(pool.map(drive, range(len(toys))))
"""
    one, other = (hold(program, tmp_path, world="open", balls=4) for _ in range(2))
    assert one[0].returncode == 0, one[0].stderr
    assert one[1] == other[1]
    assert len({noted.name for noted in one[2] if noted.written}) == 4


def test_everything_that_waits_waits_in_simulated_time(tmp_path):
    program = """\
import asyncio, queue, threading, time

began = time.monotonic()
news = queue.Queue()
threading.Timer(500, news.put, ["timer"]).start()
print(news.get(timeout=900), round(time.monotonic() - began))
print(threading.Event().wait(100), round(time.monotonic() - began))
asyncio.run(asyncio.sleep(200))
print(round(time.monotonic() - began))
lock = threading.Lock()
lock.acquire()
print(lock.acquire(timeout=50), round(time.monotonic() - began))
threading.Thread(target=lambda: (time.sleep(20), print("the last"))).start()
raise SystemExit(3)
"""
    done, *_ = hold(program, tmp_path)
    assert done.stdout.splitlines() == ["timer 500", "False 600", "800", "False 850", "the last"]
    assert done.returncode == 3


def test_a_lost_link_is_an_error_for_the_program_and_no_hang(tmp_path):
    program = """\
import time
from spherov2 import scanner
from spherov2.sphero_edu import SpheroEduAPI

with SpheroEduAPI(scanner.find_BOLT()) as api:
    api.roll(0, 100, 60)
"""
    file = tmp_path / "program.py"
    file.write_text(program, encoding="utf-8")
    wanted = Balls("open", None, None, 0, "ideal", "disconnect@5", 16, None, False)
    report = tmp_path / "report.json"
    status = run_program(file, [], wanted, clock="fast", speed=1.0, fix=True, report=report, picture=None)
    assert status == 1
    assert json.loads(report.read_text())["path"][-1][0] > 5


def test_an_unknown_clock_is_named(tmp_path):
    (tmp_path / "program.py").write_text("")
    wanted = Balls("open", None, None, 0, "ideal", "", 16, None, False)
    with pytest.raises(typer.BadParameter, match="real or fast, not 'slow'"):
        run_program(tmp_path / "program.py", [], wanted, clock="slow", speed=1.0, fix=True, report=None, picture=None)
