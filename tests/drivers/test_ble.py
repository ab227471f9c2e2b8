"""The driver over a real Bluetooth stack without a radio: bleak, D-Bus, and bluezoo in the place of BlueZ."""

import asyncio
import contextlib
import signal
import subprocess
import sys
import time

import pytest
from bluetooth_air import Air, Balls, with_bluetooth

from drivers import BleLink, BoltDriver
from drivers.clock import RealClock
from drivers.errors import Disconnected, DisconnectReason, NotFound
from drivers.radio import find, remedy, scan

NAME = "SB-0B17"


@pytest.fixture
def air(monkeypatch):
    air = Air()
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", air.address)
    yield air
    air.close()


@pytest.fixture
def peripheral(air, request):
    air.adapters()
    return Balls(air, f"{NAME}@hci0+hci1", world=getattr(request, "param", "open"))


@contextlib.asynccontextmanager
async def connected(name=NAME):
    driver = BoltDriver(BleLink(name, scan_time=3), RealClock())
    driver.events = []
    driver.on_event(driver.events.append)
    await driver.open()
    try:
        yield driver
    finally:
        await driver.close()


async def until(condition, seconds=5):
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.02)


async def break_link(air):
    """As when the ball goes out of reach: the stack says that the device is no longer connected."""
    code = (
        "import asyncio; from dbus_fast.aio import MessageBus; from dbus_fast import BusType, Message\n"
        "async def main():\n"
        "    bus = await MessageBus(bus_type=BusType.SYSTEM).connect()\n"
        "    for path in ('/org/bluez/hci0/dev_C0_00_00_00_00_02', '/org/bluez/hci1/dev_C0_00_00_00_00_01'):\n"
        "        await bus.call(Message(destination='org.bluez', path=path, "
        "interface='org.bluez.Device1', member='Disconnect'))\n"
        "asyncio.run(main())"
    )
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", code, env=air.environment)
    await process.wait()


@with_bluetooth
def test_a_scan_hears_the_bolt_and_a_wrong_name_is_not_found(peripheral):
    async def main():
        robots = await scan(3)
        assert [robot.name for robot in robots] == [NAME]
        assert (await find(NAME.lower(), 3)).address == robots[0].address
        with pytest.raises(NotFound, match="SB-FFFF"):
            await find("SB-FFFF", 1)

    asyncio.run(main())


@with_bluetooth
def test_it_unlocks_rolls_shows_and_stops_over_bluetooth(peripheral):
    async def main():
        async with connected(None) as driver:  # the strongest signal
            assert driver.battery > 50
            await driver.matrix.play([[[1] * 8] * 8], [(0, 0, 0), (255, 0, 0)], fps=1, fade=False, loop=True)
            driver.drive(0, 100)
            await until(lambda: driver.reading.y > 15)
            await driver.stop()
            await until(lambda: driver.reading.speed < 1)
            state = peripheral.state()
            assert state["unlocked"]
            assert state["face"] == "#ff0000"
            assert state["longest_write"] <= 20
            assert state["y"] == pytest.approx(driver.reading.y, abs=3)

    asyncio.run(main())


@with_bluetooth
@pytest.mark.parametrize("peripheral", ["walled"], indirect=True)
def test_a_bump_is_heard_over_bluetooth(peripheral):
    async def main():
        async with connected() as driver:
            for _ in range(40):
                driver.drive(0, 150)
                with contextlib.suppress(TimeoutError):
                    await until(lambda: driver.events, 0.5)
                    break
            assert driver.events[0].name == "collision"
            assert driver.events[0].strength > 0.1

    asyncio.run(main())


@with_bluetooth
def test_a_link_that_breaks_in_mid_roll_is_named_and_made_again(air, peripheral):
    async def main():
        async with connected() as driver:
            driver.drive(0, 100)
            await until(lambda: driver.reading.speed > 20)
            await break_link(air)
            await until(lambda: driver.events, 1)
            assert driver.events[0].name == "disconnected"
            assert driver.events[0].error.reason is DisconnectReason.LEFT
            began = time.monotonic()
            with pytest.raises(Disconnected):
                await driver.reset_aim()
            assert time.monotonic() - began < 1
            await until(lambda: driver.events[-1].name == "reconnected", 10)
            await asyncio.sleep(1.5)
            assert peripheral.state()["speed"] < 1  # nothing that moved goes on
            before = driver.reading.y
            driver.drive(180, 100)
            await until(lambda: driver.reading.y < before - 10)

    asyncio.run(main())


@with_bluetooth
def test_a_ball_whose_host_was_killed_is_told_to_stop(air, peripheral):
    code = (
        "import asyncio\n"
        "from drivers import BoltDriver\n"
        "from drivers.clock import RealClock\n"
        "from drivers.kept_link import KeptLink\n"
        "async def main():\n"
        f"    driver = BoltDriver(KeptLink('ble', name={NAME!r}), RealClock())\n"
        "    await driver.open()\n"
        "    while True:\n"
        "        driver.drive(0, 100)\n"
        "        await asyncio.sleep(0.5)\n"
        "asyncio.run(main())\n"
    )
    host = air.run(["-c", code])
    deadline = time.monotonic() + 15
    while peripheral.state()["speed"] < 20 and time.monotonic() < deadline:
        time.sleep(0.05)
    host.send_signal(signal.SIGKILL)
    killed = time.monotonic()
    while peripheral.state()["speed"] > 1:
        assert time.monotonic() - killed < 2  # its own timeout takes 2.75 s
        time.sleep(0.05)


@with_bluetooth
def test_a_missing_adapter_and_a_missing_service_are_told_apart(air, monkeypatch):
    async def reason():
        with pytest.raises(Disconnected) as caught:
            await scan(0.1)
        return caught.value.reason

    assert asyncio.run(reason()) in (DisconnectReason.NO_SERVICE, DisconnectReason.NO_ADAPTER)
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nowhere/bus")
    assert asyncio.run(reason()) is DisconnectReason.NO_SERVICE


@pytest.mark.parametrize("system", ["linux", "darwin", "win32"])
def test_there_is_advice_for_every_trouble_of_a_radio(system):
    for reason in ("RADIO_OFF", "NO_ADAPTER", "NO_PERMISSION", "NO_SERVICE"):
        assert remedy(DisconnectReason[reason], system)


COMMAND = [sys.executable, "-c", "from bolt_agent.cli import main; main()", "sim", "--ble"]


@with_bluetooth
def test_sim_ble_publishes_a_virtual_bolt_until_ctrl_c(air):
    air.adapters()
    process = wait_for_bluez(air, [*COMMAND, "--adapter", "hci1"])
    try:
        assert "SB-0001 is on the air of hci1" in process.stdout.readline()
    finally:
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=10)
    assert process.returncode == 0, err
    assert "stopped" in out


@with_bluetooth
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Bluetooth service does not run"),
        (["--world", "classroom"], "--balls 1"),
    ],
)
def test_sim_ble_says_in_one_line_what_is_missing(air, arguments, said):
    done = subprocess.run([*COMMAND, *arguments], env=air.environment, capture_output=True, text=True, timeout=30)
    assert done.returncode in (1, 2)
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1


def wait_for_bluez(air, command):
    """Start a program as soon as the mock is there."""
    for _ in range(50):
        process = subprocess.Popen(
            command, env=air.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        air.processes.append(process)
        time.sleep(0.7)
        if process.poll() is None:
            return process
    raise RuntimeError("the mock of BlueZ does not answer")
