"""Binding and asking."""

from __future__ import annotations

import pytest
from container_toys import Ball, BallProvider, Driver, RealDriver, Wheel

from bolt_agent.container import (
    Container,
    FactoryType,
    NotBound,
    Provider,
    provide,
)


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
    assert "test_container_binding.py" in repr(wheel)


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
    with pytest.raises(NotBound, match=r"Driver in app .*_binding\.py:\d+ in test_force_fetch_says") as caught:
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
