"""How well it hears: spoken commands judged by what the robot did, talk, "stop", and how long all of it takes.

python benchmarks/voice.py [commands|talk|stop|speed] ... [--bench FILE] [--every N] [--voices A,B] [--engine NAME]

commands: the English cases of --bench (boltbench cases, one a line) and the sentences of five files of tests/data,
spoken in every voice of this machine, clean, with pink noise at 20 and 10 dB, and in a room. Each turn goes through the
ear, block by block; the text of its accepted turns through a whole session with a virtual BOLT on the fast clock. What
that did is held against the case's own checks; a sentence has to be done as if it had been typed, small and capital
letters aside. Cases that fail when typed are left out. --every N: every N-th case.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import re
import resource
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")  # matrices this small are multiplied fastest by one thread

ROOT = Path(__file__).parent.parent
TESTS = ROOT / "tests" / "bolt_agent"
sys.path[:0] = [str(ROOT / "benchmarks"), str(TESTS / "voice" / "hearing"), str(TESTS / "brains" / "reflex")]

import numpy as np  # noqa: E402
import spoken  # noqa: E402
from reflex_virtual import misses  # noqa: E402
from voice_weights import lines  # noqa: E402

from bolt_agent.brains.reflex import ReflexBrain  # noqa: E402
from bolt_agent.voice.hearing import SAMPLE_RATE, Final, StopHeard, open_ear  # noqa: E402
from bolt_agent.voice.hearing.judge import reflex_judge  # noqa: E402
from bolt_agent.voice.hearing.numerals import spelled, written  # noqa: E402

SENTENCES = tuple(f"voice_commands{which}.txt" for which in ("", "_new", "_fair", "_home", "_library"))
CONDITIONS = ("clean", "20 dB", "10 dB", "room")
BLOCK = 320
meaning = reflex_judge()
MISSPELLED = {"asdf", "qwer", "zxcv", "rol", "forwrd", "tunr", "rigth", "cirlce", "hart", "read", "frwd", "lfet"}
WORDS = ("stop", "stop now", "please stop", "halt", "freeze")


def in_condition(sound: Any, condition: str, seed: int) -> Any:
    """The sentence as it arrives."""
    match condition:
        case "20 dB":
            return spoken.with_noise(sound, 20, seed=seed)
        case "10 dB":
            return spoken.with_noise(sound, 10, seed=seed)
        case "room":
            return spoken.with_noise(spoken.in_room(sound, seed=seed), 20, seed=seed)
        case _:
            return sound


def heard(ear: Any, sound: Any) -> Iterator[tuple[Any, float]]:
    """What the ear notices, and the seconds of work that it took."""
    for at in range(0, len(sound), BLOCK):
        began = time.perf_counter()
        events = ear.feed(sound[at : at + BLOCK])
        took = time.perf_counter() - began
        yield from ((event, took) for event in events)


def can_be_said(case: dict[str, Any]) -> bool:
    """Whether it has no misspelled words, which nobody can say."""
    words = {word for turn in case["say"] for word in re.findall(r"[a-z]+", spelled(turn).lower())}
    return not words & MISSPELLED


@cache
def right(key: str) -> bool:
    """Whether a case's checks hold for what was said, by the virtual BOLT; or whether it means what was typed."""
    case = json.loads(key)
    if "typed" in case:
        typed, done = meaning(case["typed"]), meaning(case["say"][0])
        return None not in (typed, done) and typed.lower() == done.lower()  # nobody hears capitals
    return not misses(case)


def commands(options: argparse.Namespace) -> None:
    """Print the share of cases that the robot did."""
    bench = [json.loads(line) for line in Path(options.bench).read_text().splitlines()] if options.bench else []
    every = [case for case in bench if case.get("lang") == "en" and can_be_said(case)]
    every += [{"say": [text], "typed": " ".join(written(text.split())), "of": name}
              for name in SENTENCES for text in lines(name)]  # fmt: skip
    every = [case for case in every[:: options.every] if right(json.dumps(case))]
    print(f"{len(every)} cases that succeed when typed, {sum('typed' in case for case in every)} of them sentences")
    jobs = [(every, options.engine, condition, voice)
            for condition in options.conditions.split(",") for voice in options.voices.split(",")]  # fmt: skip
    good: dict[tuple[str, str], list[bool]] = defaultdict(list)
    waits = list[float]()
    with multiprocessing.get_context("spawn").Pool() as pool:
        for (*_, condition, voice), (done, waited, wrong) in zip(jobs, pool.imap(spoken_cases, jobs), strict=True):
            waits += waited
            print(f"{100 * statistics.mean(done):6.1f} %  {condition:6} {voice}", flush=True)
            for case, one in zip(every, done, strict=True):
                good[condition, case.get("of", "cases")].append(one)
            if options.verbose:
                print(*wrong, sep="\n")
    for (condition, name), done in good.items():
        print(f"{100 * statistics.mean(done):6.1f} %  {condition:6} all of {name}")
    waits.sort()
    print(f"{1000 * statistics.median(waits):6.0f} ms  end of speech to its words, median")
    print(f"{1000 * waits[int(0.95 * len(waits))]:6.0f} ms  end of speech to its words, p95")


def spoken_cases(job: tuple[list[dict[str, Any]], str, str, str]) -> tuple[list[bool], list[float], list[Any]]:
    """Cases in one voice and condition: which were done, the seconds until there were words, and what went wrong."""
    every, engine, condition, voice = job
    ear, done, waits, wrong = open_ear(engine), list[bool](), list[float](), list[Any]()
    for seed, case in enumerate(every):
        texts = []
        for turn in case["say"]:
            sound = in_condition(spoken.say(spelled(turn), voice), condition, seed)
            finals = [(event, took) for event, took in heard(ear, sound) if isinstance(event, Final)]
            ear.feed(spoken.silence(0.8))
            waits += [final.time - final.ended + took for final, took in finals if final.accepted]
            texts.append(", ".join(final.text for final, _ in finals if final.accepted))
        done.append(right(json.dumps(case | {"say": [text or "hm" for text in texts]})))
        if not done[-1]:
            wrong.append((case["say"], texts))
    return done, waits, wrong


def talk(options: argparse.Namespace) -> None:
    """Print how many sentences that are no commands move the robot."""
    talked, voices = lines("voice_talk.txt")[:: options.every], options.voices.split(",")
    ear, moved = open_ear(options.engine), []
    for seed, line in enumerate(talked):
        voice = voices[seed % len(voices)]
        for event, _ in heard(ear, in_condition(spoken.say(line, voice), "20 dB", seed)):
            if isinstance(event, Final) and event.accepted and ReflexBrain().think(event.text).code:
                moved.append((line, event.text))
    print(f"{len(moved)} of {len(talked)} sentences of talk at 20 dB move the robot")
    print(*moved, sep="\n")


def stop(options: argparse.Namespace) -> None:
    """Print how surely and how soon "stop" is heard, and how often for nothing."""
    ear = open_ear(options.engine)
    delays, missed, tried = [], [], 0
    ear.moving = True
    for voice in options.voices.split(","):
        for word in WORDS[:3]:
            for seed in range(4):
                lead = 0.4 + 0.037 * seed
                sound = spoken.with_noise(spoken.say(word, voice, lead=lead), 20, "hum", seed)
                begin = ear._now  # the ear counts whole chunks
                end = begin + len(spoken.say(word, voice, lead=lead, tail=0)) / SAMPLE_RATE
                found = [(event.time, took) for event, took in heard(ear, sound) if isinstance(event, StopHeard)]
                tried += 1
                if found:
                    delays.append(1000 * (found[0][0] - end + found[0][1]))
                else:
                    missed.append((word, voice, seed))
                ear.feed(spoken.silence(1.1))
    print(f"{len(delays)} of {tried} times 'stop' was heard over motor hum at 20 dB; missed {missed}")
    delays.sort()
    print(f"{statistics.median(delays):6.0f} ms  from the end of the last word, median")
    print(f"{delays[int(0.95 * len(delays))]:6.0f} ms  from the end of the last word, p95")
    for moving in (False, True):
        ear.moving, seconds, false = moving, 0.0, []
        while seconds < options.minutes * 60:
            for seed, line in enumerate(lines("voice_talk.txt")):
                voice = options.voices.split(",")[seed % len(options.voices.split(","))]
                sound = spoken.say(line, voice, 0.1, 0.3)
                seconds += len(sound) / SAMPLE_RATE
                false += [line for event, _ in heard(ear, sound) if isinstance(event, StopHeard)]
                if seconds > options.minutes * 30:
                    break
            music = spoken.around("music", max(10.0, options.minutes * 60 - seconds), 0.05, seed=1)
            seconds += len(music) / SAMPLE_RATE
            false += ["music" for event, _ in heard(ear, music) if isinstance(event, StopHeard)]
        print(f"{len(false)} false stops in {seconds / 60:.0f} min of speech and music, moving: {moving}; {false}")


def speed(options: argparse.Namespace) -> None:
    """Print what it costs to start and to listen."""
    began = time.perf_counter()
    ear = open_ear(options.engine)
    print(f"{time.perf_counter() - began:6.2f} s   to open an ear")
    for name, sound in {"silence": spoken.silence(20), "pink noise": spoken.around("pink", 20),
                        "motor hum": spoken.around("hum", 20)}.items():  # fmt: skip
        began = time.process_time()
        list(heard(ear, sound))
        print(f"{(time.process_time() - began) / 20 * 100:6.1f} %   of one core while there is {name}")
    took = []
    for voice in options.voices.split(","):
        events = list(heard(ear, spoken.say("roll forward for two seconds then turn right", voice)))
        took += [1000 * seconds for event, seconds in events if type(event).__name__ == "Partial"]
    print(f"{statistics.median(took):6.1f} ms  to decode a sentence of two seconds")
    print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:6.0f} MiB at most, the test voices included")


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("what", nargs="*", default=["commands", "talk", "stop", "speed"])
    parser.add_argument("--bench", help="boltbench cases")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--voices", default=",".join(spoken.voices()))
    parser.add_argument("--conditions", default=",".join(CONDITIONS))
    parser.add_argument("--engine", default="hama")
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("-v", "--verbose", action="store_true")
    options = parser.parse_args()
    np.seterr(all="ignore")
    for what in options.what:
        {"commands": commands, "talk": talk, "stop": stop, "speed": speed}[what](options)


if __name__ == "__main__":
    main()
