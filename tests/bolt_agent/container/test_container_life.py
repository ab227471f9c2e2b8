"""From bootstrap to the end, by several threads at once."""

from __future__ import annotations

import gc
import threading
import weakref

import pytest
from container_toys import Ball, Driver, Wheel

from bolt_agent.container import (
    BootstrapProvider,
    CircularDependency,
    Container,
    ContainerClosed,
    provide,
)

# --- bootstrap ---


class Booting(BootstrapProvider[Wheel]):
    def __init__(self) -> None:
        self.booted: list[Container] = []

    def singleton(self) -> bool:
        return True

    def factory(self, _con: Container) -> Wheel:
        return Wheel()

    def bootstrap(self, container: Container) -> None:
        self.booted.append(container)


def test_bootstrap_runs_once():
    con, provider = Container(), Booting()
    con.register(provider)
    con.bootstrap()
    con.bootstrap()
    assert provider.booted == [con]
    assert isinstance(con.get(Wheel), Wheel)


def test_what_is_registered_after_bootstrap_boots_at_once():
    con, provider = Container(), Booting()
    con.bootstrap()
    con.register(provider)
    assert provider.booted == [con]


# --- the end ---


def test_shutdown_goes_backwards_and_joins_come_last():
    con, order = Container(), []
    con.add_join(lambda: order.append("join"))
    con.add_shutdown(lambda: order.append("first"))
    child = Container(con)
    child.add_shutdown(lambda: order.append("child"))
    con.add_shutdown(lambda: order.append("last"))
    con.shutdown()
    assert order == ["last", "child", "first", "join"]


def test_shutdown_happens_once():
    con, order = Container(), []
    con.add_shutdown(lambda: order.append(1))
    con.shutdown()
    con.shutdown()
    assert order == [1]


def test_all_are_shut_down_even_when_one_raises():
    con, order = Container(), []

    def fails() -> None:
        raise OSError("stuck")

    con.add_shutdown(lambda: order.append("reached"))
    con.add_shutdown(fails)
    with pytest.raises(ExceptionGroup) as caught:
        con.shutdown()
    assert order == ["reached"]
    assert caught.group_contains(OSError, match="stuck")


def test_use_after_shutdown_says_so():
    con = Container(name="app")
    con.shutdown()
    with pytest.raises(ContainerClosed, match="app was shut down"):
        con.set(Wheel, Wheel())


def test_closed_children_are_not_kept():
    parent = Container()
    for _ in range(200):
        Container(parent).shutdown()
    assert parent._endings == []


def test_a_child_that_nobody_uses_vanishes():
    parent = Container()
    child = weakref.ref(Container(parent))
    gc.collect()
    assert child() is None
    assert parent._endings == []


def test_a_child_with_something_to_end_is_kept_for_it():
    parent, order = Container(), []
    Container(Container(parent)).add_shutdown(lambda: order.append("ended"))
    gc.collect()
    parent.shutdown()
    assert order == ["ended"]


# --- threads and circles ---


def test_eight_threads_get_one_singleton():
    con, barrier, got = Container(), threading.Barrier(8), []
    making = threading.Event()

    def slow(_con: Container) -> Wheel:
        making.wait(0.02)  # never set: gives the other threads time to ask
        return Wheel()

    con.register(provide(Wheel)(slow))

    def ask() -> None:
        barrier.wait()
        got.append(con.get(Wheel))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({id(wheel) for wheel in got}) == 1


@pytest.mark.parametrize("singleton", [True, False])
def test_a_circle_is_reported_with_its_path(singleton: bool):
    con = Container()
    con.register(provide(Ball, singleton)(lambda c: c.force_fetch(Driver)))
    con.register(provide(Driver, singleton)(lambda c: c.force_fetch(Ball)))
    with pytest.raises(CircularDependency, match="Ball -> Driver -> Ball") as caught:
        con.get(Ball)
    assert caught.value.path == (Ball, Driver, Ball)


def test_after_a_circle_the_container_works_on():
    con = Container()
    con.register(provide(Ball)(lambda c: c.force_fetch(Ball)))
    for _ in range(2):
        with pytest.raises(CircularDependency):
            con.get(Ball)
