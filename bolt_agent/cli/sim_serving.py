"""`bolt-agent sim`: makes a world with its balls from options, and serves it until Ctrl-C."""

from __future__ import annotations

import asyncio
import ipaddress
import sys
from dataclasses import dataclass
from typing import Any

import typer

from simulator import Settings, VirtualWorld
from simulator.radio import FaultyRadio, parse_faults
from simulator.server import SimServer

__all__ = ["Balls", "publish_ball", "serve_balls"]

KEPT = 10_000
"""Entries of each kind in a served ball's record: more than three minutes of driving."""


@dataclass(frozen=True)
class Balls:
    """Which balls a person wants, where, and how good."""

    world: str
    balls: int | None
    names: list[str] | None
    seed: int
    quirks: str
    faults: str
    collision_bytes: int
    sleep_after: float | None
    strict: bool

    def made(self) -> tuple[VirtualWorld, list[Any]]:
        """The world, and what clients connect to. Raises BadParameter, UnknownWorld, BadWorld."""
        try:
            settings = Settings(collision_bytes=self.collision_bytes, sleep_after=self.sleep_after, strict=self.strict)
            faults = parse_faults(self.faults)
            world = VirtualWorld(
                self.world,
                balls=self.balls,
                names=self.names or None,
                seed=self.seed,
                quirks=self.quirks,
                settings=settings,
            )
        except ValueError as error:
            if type(error) is not ValueError:
                raise
            raise typer.BadParameter(str(error)) from error
        if not faults:
            return world, list(world.bolts)
        return world, [FaultyRadio(bolt, faults, seed=self.seed + number) for number, bolt in enumerate(world.bolts)]


def serve_balls(wanted: Balls, *, host: str, port: int) -> int:
    """Serve until Ctrl-C."""
    world, balls = wanted.made()
    for bolt in world.bolts:
        bolt.record.keep_last(KEPT)  # it may be left running for days
    server = SimServer(world, balls=balls, host=host, port=port, log=_say)
    try:
        asyncio.run(_serve(server))
    except KeyboardInterrupt:
        _say("stopped")
    except OSError as error:
        print(f"bolt-agent: cannot listen on {host}:{port}: {error.strerror}; try another --port", file=sys.stderr)
        return 1
    return 0


def publish_ball(wanted: Balls, adapter: str | None) -> int:
    """Publish one ball over Bluetooth until Ctrl-C. Raises Disconnected, which says what Bluetooth lacks."""
    if sys.platform != "linux":
        raise typer.BadParameter("--ble needs Linux, whose Bluetooth service (BlueZ) lets a program be a peripheral")
    _, balls = wanted.made()
    if len(balls) != 1:
        raise typer.BadParameter(f"--ble publishes one ball, and this world has {len(balls)}: --balls 1")
    try:
        asyncio.run(_publish(balls[0], adapter))
    except KeyboardInterrupt:
        _say("stopped")
    return 0


async def _publish(ball: Any, adapter: str | None) -> None:
    from drivers import MemoryLink
    from drivers.clock import RealClock
    from drivers.peripheral import Peripheral

    peripheral = Peripheral(MemoryLink(ball, RealClock()), ball.name, adapter=adapter)
    try:
        await peripheral.start()
        _say(f"{ball.name} is on the air of {peripheral.adapter}, for everybody in reach; Ctrl-C ends")
        await asyncio.Event().wait()
    finally:
        await peripheral.close()


async def _serve(server: SimServer) -> None:
    await server.start()
    names = [ball.name for ball in server.balls]
    listed = ", ".join(names[:3]) + (f" ... {names[-1]}" if len(names) > 3 else "")
    _say(f"{listed}: listening on {server.host}:{server.port}, {_reach(server.host)}; Ctrl-C ends")
    _say(f'in a program: scanner.find_BOLT(adapter=get_tcp_adapter("{_address(server.host)}", {server.port}))')
    try:
        await asyncio.Event().wait()
    finally:
        await server.close()


def _reach(host: str) -> str:
    """Who can connect, in words."""
    return "for this computer only" if _is_loopback(host) else "OPEN TO THE NETWORK: anybody there can drive them"


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _address(host: str) -> str:
    return "127.0.0.1" if host in ("0.0.0.0", "::") else host


def _say(text: str) -> None:
    print(text, flush=True)
