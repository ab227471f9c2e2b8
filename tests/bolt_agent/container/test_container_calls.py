"""Making and calling with what is bound, contracts, and the container of the process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Optional

import pytest
from container_toys import Ball, BallProvider, Driver, RealDriver, Wheel

from bolt_agent.container import (
    CircularDependency,
    Container,
    Contracts,
    NotBound,
    get_container,
    set_container,
)

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
    with pytest.raises(NotBound, match=r"Driver, Ball in app \(asked by test_container_calls\.py"):
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
