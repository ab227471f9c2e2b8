"""Talking with a virtual BOLT through real audio: how long it takes to act, to answer, to stop, and to fall silent.

    python benchmarks/voice_loop.py [ROUNDS]

Linux with PulseAudio, espeak-ng and flite (Debian: pulseaudio pulseaudio-utils libasound2-plugins libportaudio2
espeak-ng flite). Sentences are played into a virtual microphone; what the robot says is recorded from a virtual
speaker. The end of speech is the last sound that a recorder of the microphone heard; packets are timed on the link.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests/bolt_agent/voice")]

from pulse_room import PulseRoom, espeak, flite, missing  # noqa: E402

from bolt_agent.assembly import Options, assemble  # noqa: E402
from bolt_agent.cli.listen import Sound  # noqa: E402
from bolt_agent.cli.listen_display import ListenDisplay  # noqa: E402
from bolt_agent.cli.listen_session import hearing  # noqa: E402
from drivers.clock import Clock  # noqa: E402
from drivers.memory import MemoryLink  # noqa: E402

COMMANDS = ["roll forward for two seconds", "go backwards", "drive in a square", "spin around", "turn left"]
VOICES: dict[str, Callable[[str], Any]] = {
    "espeak-ng": espeak,
    "flite slt": flite,
    "flite rms": lambda text: flite(text, "rms"),
}
DRIVE = bytes.fromhex("1607")
RECORDED_LATE = 0.01
"""Seconds between a sound and the recorder's block that holds it."""


class Packets:
    """When a drive packet passed, and at which speed."""

    def __init__(self) -> None:
        self.seen: list[tuple[float, int]] = []
        write = MemoryLink.write

        async def noting(link: MemoryLink, packet: bytes) -> None:
            if packet[4:6] == DRIVE:
                self.seen.append((time.perf_counter(), packet[7]))
            await write(link, packet)

        MemoryLink.write = noting  # type: ignore[method-assign]

    def first(self, since: float, *, stop: bool = False) -> float | None:
        """The first packet after a moment: any, or one at speed zero."""
        return next((at for at, speed in self.seen if at >= since and (not stop or speed == 0)), None)


class Bench:
    """One open robot in the room."""

    def __init__(self, room: PulseRoom, packets: Packets, assembly: Any) -> None:
        self.room, self.packets, self.assembly = room, packets, assembly

    async def say(self, text: str, voice: str) -> tuple[float, float]:
        """Play a sentence; when its sound began and ended."""
        samples, rate = VOICES[voice](text)
        began = time.perf_counter()
        await asyncio.to_thread(self.room.speak, samples, rate)
        loud = self.room.heard.loud_moments(began)
        return loud[0] - RECORDED_LATE, loud[-1] - RECORDED_LATE

    async def rest(self) -> None:
        """Until nobody moves or speaks."""
        while self.assembly.conversation.busy:
            await asyncio.sleep(0.1)
        quiet_since = time.perf_counter()
        while time.perf_counter() - quiet_since < 0.8:
            await asyncio.sleep(0.1)
            if self.room.said.loud_moments(time.perf_counter() - 0.15):
                quiet_since = time.perf_counter()

    async def command(self, text: str, voice: str) -> tuple[float | None, float | None]:
        """Seconds from the end of a command to the first packet, and to the first sound of the answer."""
        _, ended = await self.say(text, voice)
        await asyncio.sleep(1.2)
        packet = self.packets.first(ended)
        sound = next(iter(self.room.said.loud_moments(ended)), None)
        await self.assembly.conversation.stop()
        await self.rest()
        return packet and packet - ended, sound and sound - RECORDED_LATE - ended

    async def stop(self, voice: str) -> float | None:
        """Seconds from the end of the word to the stop packet, while it rolls."""
        async for _ in _first(self.assembly.conversation.talk("roll forward for six seconds")):
            pass
        await asyncio.sleep(2.0)
        began, ended = await self.say("stop", voice)
        await asyncio.sleep(0.6)
        packet = self.packets.first(began, stop=True)
        await self.assembly.conversation.stop()
        await self.rest()
        return packet and packet - ended

    async def barge_in(self, voice: str) -> float | None:
        """Seconds from the first sound of a person to the last one of the robot."""
        async for _ in _first(self.assembly.conversation.talk("what can you do")):
            pass
        await asyncio.sleep(2.0)
        began, _ = await self.say("turn left please now", voice)
        last = None
        for moment in self.room.said.loud_moments(began):
            if last is not None and moment - last > 0.2:
                break
            last = moment
        await self.assembly.conversation.stop()
        await self.rest()
        return last and last - RECORDED_LATE - began


async def _first(items: Any) -> Any:
    """Until the turn is under way."""
    async for item in items:
        yield item
        return


def sound(duplex: str) -> Sound:
    """The choices of `bolt-agent listen`."""
    return Sound(
        wav=None, engine="hama", language="en", wake_word=None, device=None, push_to_talk=False,
        voice="hibari", speaker=None, volume=1.0, pace=1.0, duplex=duplex, timing=True,
    )  # fmt: skip


async def measure(room: PulseRoom, duplex: str, work: Callable[[Bench], Any]) -> None:
    container = assemble(Options(brain="reflex"))
    display = ListenDisplay(Console(file=open(os.devnull, "w"), highlight=False), timings=False)  # noqa: SIM115
    async with hearing(container, sound(duplex), display) as (assembly, _):
        await asyncio.sleep(1.5)
        await work(Bench(room, packets, assembly))


def tell(what: str, seconds: list[float | None]) -> None:
    known = sorted(1000 * each for each in seconds if each is not None)
    missed = len(seconds) - len(known)
    if not known:
        print(f"{what}: none of {len(seconds)}")
        return
    top = known[min(len(known) - 1, round(0.95 * len(known)))]
    print(
        f"{what:46} median {statistics.median(known):5.0f} ms   p95 {top:5.0f} ms   {len(known)} times, {missed} missed"
    )


def cases(rounds: int) -> Iterator[tuple[str, str]]:
    for _ in range(rounds):
        yield from ((text, voice) for voice in VOICES for text in COMMANDS)


async def half(bench: Bench, rounds: int) -> None:
    idle = time.process_time()
    await asyncio.sleep(5)
    print(f"nobody speaks: {100 * (time.process_time() - idle) / 5:.1f} % of one core")
    times = [await bench.command(text, voice) for text, voice in cases(rounds)]
    tell("end of a command -> first packet", [packet for packet, _ in times])
    tell("end of a command -> first sound of the answer", [answer for _, answer in times])
    stops = [await bench.stop(voice) for _ in range(2 * rounds) for voice in VOICES]
    tell("end of 'stop' -> stop packet", stops)


async def full(bench: Bench, rounds: int) -> None:
    tell("a person speaks -> the robot is silent", [await bench.barge_in(v) for _ in range(2 * rounds) for v in VOICES])


@contextmanager
def program(room: PulseRoom) -> Iterator[subprocess.Popen[str]]:
    """`bolt-agent listen`, from the line on that says that it listens."""
    command = [sys.executable, "-c", "from bolt_agent.cli import main; main()", "listen"]
    with subprocess.Popen(
        command, env=room.env, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        next(line for line in process.stdout if "listening to" in line)
        yield process
        process.kill()


def cold_start(room: PulseRoom) -> float:
    """Seconds from the command to the line that says that it listens."""
    began = time.perf_counter()
    with program(room):
        return time.perf_counter() - began


def memory(room: PulseRoom, rounds: int) -> tuple[float, float]:
    """MB of the program before and after all commands were said to it."""
    with program(room) as process:
        time.sleep(5)
        before = resident(process.pid)
        for text, voice in cases(rounds):
            samples, rate = VOICES[voice](text)
            room.speak(samples, rate)
            time.sleep(3)
        return before, resident(process.pid)


def resident(pid: int) -> float:
    """MB that a process holds."""
    text = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(text.split("VmRSS:")[1].split()[0]) / 1024


packets = Packets()


def main() -> None:
    if missing():
        sys.exit(f"this needs {', '.join(missing())}")
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 2
    with PulseRoom() as room:
        os.environ.update(room.env)
        starts = [cold_start(room) for _ in range(3)]
        print(f"cold start: {statistics.median(starts):.2f} s (of 3: {', '.join(f'{start:.2f}' for start in starts)})")
        before, after = memory(room, rounds)
        print(f"memory: {before:.0f} MB, after all commands {after:.0f} MB")
        for duplex, work in (("half", half), ("full", full)):
            clock = assemble(Options(brain="reflex")).force_fetch(Clock)
            clock.run(measure(room, duplex, lambda bench, work=work: work(bench, rounds)))


if __name__ == "__main__":
    main()
