"""Containers and their children."""

from __future__ import annotations

import pytest
from container_toys import Ball, BallProvider, Driver, RealDriver, Wheel

from bolt_agent.container import (
    Container,
    ContainerClosed,
    provide,
)


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
