"""A private D-Bus with a mock of BlueZ, and virtual BOLTs on its air."""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

LACKING = [
    what
    for what, there in {
        "Linux": sys.platform == "linux",
        "dbus-daemon (Debian package dbus-daemon)": shutil.which("dbus-daemon"),
        "bluezoo (pip install bluezoo)": importlib.util.find_spec("bluezoo"),
    }.items()
    if not there
]
with_bluetooth = pytest.mark.skipif(bool(LACKING), reason=f"needs {', '.join(LACKING)}")


class Air:
    """A private D-Bus, with Bluetooth adapters in reach of each other when `adapters` was called."""

    def __init__(self):
        daemon = ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address=1"]
        self.processes = [subprocess.Popen(daemon, stdout=subprocess.PIPE, text=True)]
        self.address = self.processes[0].stdout.readline().strip()
        self.environment = {
            **os.environ,
            "DBUS_SYSTEM_BUS_ADDRESS": self.address,
            "DBUS_SESSION_BUS_ADDRESS": self.address,
        }

    def adapters(self, count=2):
        mock = str(Path(__file__).with_name("bluez_mock.py"))
        radios = [word for number in range(count) for word in ("-a", f"C0:00:00:00:00:{number + 1:02X}")]
        options = ["--bus-session", "--auto-enable", "--scan-interval", "1", "-qq"]
        self.run([mock, *options, *radios])

    def run(self, arguments, **more):
        process = subprocess.Popen([sys.executable, *arguments], env=self.environment, **more)
        self.processes.append(process)
        return process

    def close(self):
        for process in reversed(self.processes):
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    pipe.close()


class Balls:
    """Virtual BOLTs on adapters; each of `wanted` is NAME@ADAPTER+ADAPTER ..."""

    def __init__(self, air, *wanted, world="open", piece=0):
        program = str(Path(__file__).with_name("bolt_peripheral.py"))
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        for _ in range(50):  # until the mock has its name on the bus
            self.process = air.run([program, world, str(piece), *wanted], **pipes, stderr=subprocess.DEVNULL)
            if self.process.stdout.readline().strip() == "ready":
                return
            time.sleep(0.1)
        raise RuntimeError("the peripheral cannot register")

    def state(self, number=0):
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())[number]
