"""What every test needs: a place of its own for everything that is kept, and patience with real time."""

import os
import signal
import tempfile
from pathlib import Path

import pytest

_kept = tempfile.TemporaryDirectory(prefix="bolt-agent-tests-")
os.environ["BOLT_AGENT_DATA"] = _kept.name  # before anything asks for it, and for every process that a test starts

# A shell that starts the tests in the background makes them deaf to Ctrl-C, and with them every program they start.
signal.signal(signal.SIGINT, signal.default_int_handler)

REAL_TIME = (
    "browser",
    "bolt_agent/studio",
    "bolt_agent/voice/test_voice_real_audio.py",
    "drivers/test_ble.py",
    "drivers/test_ble_faults.py",
    "drivers/test_kept_link.py",
    "drivers/test_tcp.py",
)
"""Tests with a browser, a bus, sound or other processes: on a busy machine they may be late, and are tried again."""


def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here) and item.path.relative_to(here).as_posix().startswith(REAL_TIME):
            item.add_marker(pytest.mark.flaky(reruns=2))
