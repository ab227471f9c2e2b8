"""Whether somebody speaks, and what it costs to know."""

import os
import subprocess
import sys

import numpy as np
import pytest
from spoken import say

from bolt_agent.voice.hearing.activity import CHUNK, SileroActivity

LISTENS = """
import os, numpy
from bolt_agent.voice.hearing.activity import CHUNK, SileroActivity
before = len(os.listdir("/proc/self/task"))
SileroActivity()(numpy.zeros(CHUNK, numpy.int16))
print(before, len(os.listdir("/proc/self/task")), os.environ.get("OMP_THREAD_LIMIT"))
"""


def test_speech_counts_as_speech_and_noise_does_not():
    hears, speech = SileroActivity(), say("roll forward for two seconds", "hibari")
    middle = speech[len(speech) // 4 : len(speech) * 3 // 4]
    assert np.median([hears(chunk) for chunk in middle[: len(middle) // CHUNK * CHUNK].reshape(-1, CHUNK)]) > 0.9
    noise = np.random.default_rng(0).normal(0, 300, (40, CHUNK)).astype(np.int16)
    calm = SileroActivity()
    assert max(calm(chunk) for chunk in noise) < 0.5


@pytest.mark.skipif(sys.platform != "linux", reason="counts threads as Linux does")
@pytest.mark.parametrize("limit", ["3", None])
def test_listening_starts_no_threads_and_leaves_the_settings_of_others_alone(limit):
    env = {name: value for name, value in os.environ.items() if name != "OMP_THREAD_LIMIT"}
    if limit is not None:
        env["OMP_THREAD_LIMIT"] = limit
    printed = subprocess.run([sys.executable, "-c", LISTENS], env=env, capture_output=True, text=True, check=True)
    before, after, kept = printed.stdout.split()
    assert (before, kept) == (after, str(limit))
