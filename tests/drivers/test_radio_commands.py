"""`bolt-agent devices` and `bolt-agent doctor`, without a radio and over the mock of one."""

import json
import re
import subprocess
import sys

import pytest
from test_ble import NAME, air, peripheral, with_bluetooth  # noqa: F401 - fixtures

BOLT_AGENT = [sys.executable, "-c", "from bolt_agent.cli import main; main()"]


def run(*arguments, **environment):
    import os

    done = subprocess.run(
        [*BOLT_AGENT, *arguments], capture_output=True, text=True, check=False, env={**os.environ, **environment}
    )
    assert "Traceback" not in done.stderr
    return done


@with_bluetooth
def test_devices_tells_signal_and_battery(peripheral):  # noqa: F811
    done = run("devices", "--seconds", "2", "--json")
    (robot,) = json.loads(done.stdout)
    assert robot["name"] == NAME
    assert robot["battery"] > 50
    assert done.returncode == 0


@with_bluetooth
def test_the_doctor_sees_the_robot_in_reach(peripheral):  # noqa: F811
    assert re.search(rf"Bluetooth +works; in reach: {NAME}", run("doctor").stdout)


def test_without_bluetooth_both_say_what_to_do():
    nowhere = {"DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/nowhere/bus"}
    if sys.platform != "linux":
        pytest.skip("D-Bus is Linux's")
    devices = run("devices", "--seconds", "0.1", **nowhere)
    assert devices.returncode == 1
    assert "sudo apt install bluez" in devices.stderr
    doctor = run("doctor", **nowhere)
    assert doctor.returncode == 0
    assert "!!  Bluetooth" in doctor.stdout


def test_the_doctor_says_where_settings_come_from_and_no_secrets(tmp_path):
    config = tmp_path / "config.toml"
    config.write_text('fence = "250"\nworld = "walled"\n', encoding="utf-8")
    done = run(
        *("doctor", "--json", "--seed", "7"),
        BOLT_AGENT_CONFIG=str(config),
        BOLT_AGENT_TOP_SPEED="120",
        OPENAI_API_KEY="sk-very-secret",
        OPENAI_BASE_URL="http://me:password@localhost:9/v1?key=hidden",
    )
    found = {finding["what"]: finding["found"] for finding in json.loads(done.stdout)}
    assert found["fence"] == f"250  ({config})"
    assert found["top_speed"] == "120  (BOLT_AGENT_TOP_SPEED)"
    assert found["seed"] == "7  (command line)"
    assert found["tilt"] == "75.0  (default)"
    assert found["OPENAI_API_KEY"] == "set"
    assert found["OPENAI_BASE_URL"] == "http://localhost:9/v1"
    assert "walls: " in found["Generated code"]
    for secret in ("very-secret", "password", "hidden"):
        assert secret not in done.stdout + done.stderr
