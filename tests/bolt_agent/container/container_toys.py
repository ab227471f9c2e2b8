"""Things to bind: a ball that needs a driver."""

from __future__ import annotations

from abc import ABC, abstractmethod

from bolt_agent.container import Container, Provider


class Wheel:
    pass


class Driver(ABC):
    @abstractmethod
    def drive(self) -> None: ...


class RealDriver(Driver):
    def drive(self) -> None: ...


class Ball:
    def __init__(self, driver: Driver) -> None:
        self.driver = driver


class BallProvider(Provider[Ball]):
    def singleton(self) -> bool:
        return True

    def factory(self, con: Container) -> Ball:
        return Ball(con.force_fetch(Driver))
