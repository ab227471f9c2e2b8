from __future__ import annotations

import gc
import subprocess
import sys
import threading
import weakref
from abc import ABC, abstractmethod
from pathlib import Path
from typing import Optional

import pytest

from bolt_agent.container import (
    BootstrapProvider,
    CircularDependency,
    Container,
    ContainerClosed,
    Contracts,
    FactoryType,
    NotBound,
    Provider,
    get_container,
    provide,
    set_container,
)


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


# --- binding and asking ---


def test_what_is_set_is_got():
    con, wheel = Container(), Wheel()
    con.set(Wheel, wheel)
    assert con.get(Wheel) is wheel


def test_what_nobody_bound_is_none():
    assert Container().get(Wheel) is None


def test_setting_again_replaces():
    con, second = Container(), Wheel()
    con.set(Wheel, Wheel())
    con.set(Wheel, second)
    assert con.get(Wheel) is second


def test_a_falsy_object_counts_as_bound():
    con = Container()
    con.set("limits", {})
    assert con.force_fetch("limits") == {}


def test_a_provider_says_its_contract_by_its_type_argument():
    assert BallProvider().contract() is Ball


def test_a_provider_without_a_type_argument_says_what_is_missing():
    class Nameless(Provider):  # type: ignore[type-arg]
        def singleton(self) -> bool:
            return True

        def factory(self, _con: Container) -> object:
            return object()

    with pytest.raises(TypeError, match="Nameless does not say what it provides"):
        Container().register(Nameless())


def test_a_provider_fetches_what_it_needs():
    con = Container()
    con.set(Driver, RealDriver())
    con.register(BallProvider())
    assert isinstance(con.force_fetch(Ball).driver, RealDriver)


def test_a_singleton_is_made_once_and_others_each_time():
    con = Container()
    con.register(
        provide(Wheel, singleton=True)(lambda _: Wheel()), provide(Ball, singleton=False)(lambda _: Ball(None))
    )
    assert con.get(Wheel) is con.get(Wheel)
    assert con.get(Ball) is not con.get(Ball)


def test_provide_is_a_decorator_and_remembers_where():
    @provide(Wheel)
    def wheel(_con: Container) -> Wheel:
        return Wheel()

    assert wheel.singleton()
    assert "test_container.py" in repr(wheel)


def test_an_alias_finds_the_same_object():
    class Provided(BallProvider):
        def aliases(self):
            return ["the ball"]

    con = Container()
    con.set(Driver, RealDriver())
    con.register(Provided())
    assert con.get("the ball") is con.get(Ball)
    assert con.bound("the ball")


def test_register_maker_takes_a_function_without_arguments():
    con = Container()
    con.register_maker(Wheel, Wheel)
    assert con.get(Wheel) is not con.get(Wheel)


def test_rebind_makes_a_singleton_anew():
    con = Container()
    con.register(provide(Wheel)(lambda _: Wheel()))
    first = con.get(Wheel)
    con.rebind(Wheel)
    assert con.get(Wheel) is not first


def test_get_bound_shows_the_provider_and_makes_nothing():
    con, provider = Container(), BallProvider()
    con.register(provider)
    assert con.get_bound(Ball) is provider
    assert con.get_provider(Ball) is provider


def test_bound_makes_nothing():
    con = Container()
    con.register(provide(Wheel)(lambda _: pytest.fail("made")))
    assert con.bound(Wheel)
    assert not con.bound(Ball)


def test_strict_fetch_refuses_what_is_no_instance():
    con = Container()
    con.set(Driver, "a string")
    with pytest.raises(TypeError, match="what is bound for Driver is a str"):
        con.fetch(Driver, strict=True)


def test_force_fetch_says_what_where_and_who():
    with pytest.raises(NotBound, match=r"Driver in app .*test_container\.py:\d+ in test_force_fetch_says") as caught:
        Container(name="app").force_fetch(Driver)
    assert caught.value.contract is Driver
    assert isinstance(caught.value, NotImplementedError)


def test_force_fetch_says_what_it_was_needed_for():
    con = Container()
    con.register(BallProvider())
    with pytest.raises(NotBound, match="needed for Ball"):
        con.force_fetch(Ball)


def test_a_class_can_say_itself_how_it_is_made():
    class Horn(FactoryType):
        @classmethod
        def singleton(cls) -> bool:
            return True

        @classmethod
        def factory(cls, _con: Container) -> Horn:
            return cls()

    con = Container()
    assert isinstance(con.get(Horn), Horn)
    assert con.get(Horn) is con.get(Horn)


# --- family ---


def test_a_child_finds_what_its_parent_has():
    parent = Container()
    parent.set(Wheel, Wheel())
    assert Container(parent).get(Wheel) is parent.get(Wheel)


def test_a_parent_does_not_see_its_children():
    parent = Container()
    Container(parent).set(Wheel, Wheel())
    assert parent.get(Wheel) is None


def test_a_singleton_of_the_parent_is_made_in_the_parent():
    parent = Container()
    parent.set(Driver, RealDriver())
    parent.register(BallProvider())
    child = Container(parent)
    child.set(Driver, RealDriver())
    assert child.force_fetch(Ball).driver is parent.get(Driver)
    assert child.get(Ball) is parent.get(Ball)


def test_a_factory_of_the_parent_sees_what_the_child_bound():
    parent = Container()
    parent.register(provide(Ball, singleton=False)(lambda con: Ball(con.force_fetch(Driver))))
    child = Container(parent)
    child.set(Driver, RealDriver())
    assert child.force_fetch(Ball).driver is child.get(Driver)


def test_a_provider_that_is_not_inheritable_stays_with_the_parent():
    class Stays(BallProvider):
        def singleton(self) -> bool:
            return False

        def inheritable(self) -> bool:
            return False

    parent = Container()
    parent.set(Driver, RealDriver())
    parent.register(Stays())
    child = Container(parent)
    child.set(Driver, RealDriver())
    assert child.force_fetch(Ball).driver is parent.get(Driver)


def test_a_child_that_does_not_inherit_runs_factories_in_the_parent():
    parent = Container()
    parent.register(provide(Ball, singleton=False)(lambda con: Ball(con.get(Driver))))
    child = Container(parent, inherit=False)
    child.set(Driver, RealDriver())
    assert child.force_fetch(Ball).driver is None


def test_a_child_that_does_not_inherit_still_ends_with_its_parent():
    parent = Container()
    child = Container(parent, inherit=False)
    parent.shutdown()
    with pytest.raises(ContainerClosed):
        child.get(Wheel)


def test_the_bloodline_names_the_family():
    assert Container(Container(name="app"), name="turn").bloodline == "app/turn"


def test_a_container_cannot_be_its_own_ancestor():
    parent = Container(name="app")
    child = Container(parent, name="turn")
    with pytest.raises(ValueError, match="own ancestor"):
        parent.set_parent(child)


def test_a_child_can_move_to_another_parent():
    old, new = Container(), Container()
    new.set(Wheel, Wheel())
    child = Container(old)
    child.set_parent(new)
    old.shutdown()
    assert child.get(Wheel) is new.get(Wheel)


def test_contracts_and_providers_list_each_once():
    parent = Container()
    parent.set(Wheel, Wheel())
    parent.register(BallProvider())
    own = BallProvider()
    child = Container(parent)
    child.register(own)
    assert list(child.contracts()) == [Ball, Wheel]
    assert list(child.contracts(recursively=False)) == [Ball]
    assert list(child.providers()) == [own]


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


# --- make and call ---


class Zoo:
    def __init__(self, driver: Driver, a: int = 123, wheel: Optional[Wheel] = None) -> None:  # noqa: UP045
        self.driver, self.a, self.wheel = driver, a, wheel


def test_make_fetches_arguments_by_type_and_leaves_defaults_alone():
    con = Container()
    con.set(Driver, RealDriver())
    zoo = con.make(Zoo)
    assert (zoo.driver, zoo.a, zoo.wheel) == (con.get(Driver), 123, None)


def test_make_fetches_what_is_bound_even_where_there_is_a_default():
    con = Container()
    con.set(Driver, RealDriver())
    con.set(Wheel, Wheel())
    assert con.make(Zoo).wheel is con.get(Wheel)


def test_make_gives_what_is_bound():
    con = Container()
    con.set(Ball, Ball(RealDriver()))
    assert con.make(Ball) is con.get(Ball)


def test_make_prefers_what_it_is_given():
    driver = RealDriver()
    assert Container().make(Zoo, driver, a=7).a == 7


def test_make_makes_ordinary_classes_on_the_way():
    class Cart:
        def __init__(self, wheel: Wheel) -> None:
            self.wheel = wheel

    assert isinstance(Container().call(lambda cart: cart, Container().make(Cart, Wheel())), Cart)
    assert isinstance(Container().make(Garage).wheel, Wheel)


class Garage:
    def __init__(self, wheel: Wheel) -> None:
        self.wheel = wheel


class Hen:
    def __init__(self, egg: Egg) -> None: ...


class Egg:
    def __init__(self, hen: Hen) -> None: ...


def test_making_in_a_circle_is_reported():
    with pytest.raises(CircularDependency, match="Hen -> Egg -> Hen"):
        Container().make(Hen)


def test_make_says_which_parameter_it_cannot_fill():
    with pytest.raises(NotBound, match="cannot call Ball: its parameter 'driver' needs Driver"):
        Container().make(Ball)


def test_call_fills_in_what_is_not_given():
    con = Container()
    con.set(Driver, RealDriver())

    def drive(speed: int, driver: Driver, *, wheel: Wheel | None) -> tuple[int, Driver, Wheel | None]:
        return speed, driver, wheel

    assert con.call(drive, 3) == (3, con.get(Driver), None)


def test_call_without_a_type_hint_says_which_parameter():
    with pytest.raises(NotBound, match="parameter 'x' has no type hint"):
        Container().call(lambda x: x)


# --- contracts and the process ---


def test_contracts_name_everything_that_is_missing():
    con = Container(name="app")
    con.set(Wheel, Wheel())
    with pytest.raises(NotBound, match=r"Driver, Ball in app \(asked by test_container\.py"):
        Contracts([Wheel, Driver]).join(Contracts([Ball])).validate(con)


def test_contracts_that_are_met_pass():
    con = Container()
    con.register(BallProvider())
    Contracts([Ball]).validate(con)


def test_the_process_has_one_container():
    before = get_container()
    assert get_container() is before
    other = Container()
    set_container(other)
    try:
        assert get_container() is other
    finally:
        set_container(before)


def test_importing_the_container_imports_no_pydantic_and_no_inspect():
    code = (
        "import sys; before = set(sys.modules); import bolt_agent.container; print(sorted(set(sys.modules) - before))"
    )
    root = Path(__file__).parents[2]
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root).stdout
    assert "'bolt_agent.container'" in loaded
    assert "'pydantic'" not in loaded
    assert "'inspect'" not in loaded
