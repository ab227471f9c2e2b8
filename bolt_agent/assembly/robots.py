"""Which robot, and whose time: what `--driver` and `--clock` may be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from bolt_agent.assembly.options import Options, UnknownChoice
from bolt_agent.container import Container, ProviderAdapter
from bolt_agent.robot.driver import Driver
from drivers.clock import Clock, FastClock, RealClock

if TYPE_CHECKING:
    from drivers import Link

__all__ = ["CLOCKS", "DRIVERS"]


def _virtual_driver(container: Container) -> None:
    from drivers import BoltDriver, MemoryLink
    from simulator import VirtualBolt

    options = container.force_fetch(Options)
    bolt = VirtualBolt(options.world, seed=options.seed)
    clock = container.force_fetch(Clock)
    container.set(VirtualBolt, bolt)
    container.set(Driver, BoltDriver(MemoryLink(bolt, clock), clock))


def _ble_driver(container: Container) -> None:
    from drivers.kept_link import KeptLink

    options = container.force_fetch(Options)
    _real_driver(container, KeptLink("ble", name=options.robot))


def _tcp_driver(container: Container) -> None:
    from drivers.kept_link import KeptLink
    from drivers.tcp import DEFAULT_PORT

    options = container.force_fetch(Options)
    host, _, port = options.driver.removeprefix("tcp://").rpartition(":")
    if not host:
        host, port = port, str(DEFAULT_PORT)
    if not port.isdigit() or not host:
        raise UnknownChoice(f"no driver {options.driver!r}: write tcp://host:port, such as tcp://localhost:50004")
    _real_driver(container, KeptLink("tcp", host, port, name=options.robot))


def _real_driver(container: Container, link: Link) -> None:
    """The link is bound for itself, so that a program can put one of its own around it."""
    from drivers import BoltDriver, Link

    if container.force_fetch(Options).clock != "real":
        raise UnknownChoice("a robot outside of this program lives in real time: use --clock real")
    container.set(Link, link)
    container.register(
        ProviderAdapter(Driver, lambda held: BoltDriver(held.force_fetch(Link), held.force_fetch(Clock)))
    )


CLOCKS: Mapping[str, Callable[[], Clock]] = {"real": RealClock, "fast": FastClock}

DRIVERS: Mapping[str, Callable[[Container], None]] = {
    "ble": _ble_driver,
    "sim": _virtual_driver,
    "tcp": _tcp_driver,
}
