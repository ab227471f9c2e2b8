"""What a Moss declares is brought to it: its members, and the functions of a file that take part."""

from __future__ import annotations

import pytest
from moss_toys import Pilot, Toy

from bolt_agent.container import NotBound
from bolt_agent.moss import (
    Injection,
    MossRuntime,
    NotInjectable,
)

ROBOT = """
    from moss_toys import Toy
    from bolt_agent.moss import Moss as Parent

    class Moss(Parent):
        body: Toy
"""


# --- members ---


def test_a_member_typed_with_an_ordinary_class_is_injected(moss_of, container):
    assert moss_of(ROBOT).moss().body is container.get(Toy)


def test_a_member_with_a_postponed_type_is_injected(moss_of, container):
    runtime = moss_of("from __future__ import annotations\n" + ROBOT.replace("\n    ", "\n"))
    assert runtime.moss().body is container.get(Toy)


def test_a_member_typed_with_an_abstract_class_is_injected(moss_of, container):
    class Fixed(Pilot):
        def steer(self) -> int:
            return 1

    container.set(Pilot, Fixed())
    assert moss_of(ROBOT.replace("Toy", "Pilot")).moss().body.steer() == 1


def test_a_member_that_nobody_bound_is_named_with_what_to_do(moss_of):
    with pytest.raises(NotInjectable, match=r"Moss\.body needs a Pilot.*container\.set\(Pilot"):
        moss_of(ROBOT.replace("Toy", "Pilot"))


@pytest.mark.parametrize("hint", ["Optional[Pilot]", "Pilot | None"])
def test_an_optional_member_is_none_where_nothing_is_bound(moss_of, hint):
    runtime = moss_of(f"""
        from typing import Optional
        from moss_toys import Pilot
        from bolt_agent.moss import Moss as Parent
        class Moss(Parent):
            pilot: {hint}
    """)
    assert runtime.moss().pilot is None


def test_an_optional_member_is_injected_where_something_is_bound(moss_of, container):
    runtime = moss_of(ROBOT.replace("body: Toy", "body: 'Toy | None' = None"))
    assert runtime.moss().body is container.get(Toy)


def test_a_type_that_cannot_be_read_is_named(moss_of):
    with pytest.raises(NotInjectable, match=r"Moss\.body, `Tyo`"):
        moss_of(ROBOT.replace("body: Toy", "body: 'Tyo'"))


def test_functions_of_the_module_see_moss(moss_of):
    runtime = moss_of(ROBOT + "\n    def name(): return moss.body.name\n")
    assert runtime.execute(target="name").returns == "rolly"


def test_fetch_asks_the_container(moss_of):
    runtime = moss_of(ROBOT)
    assert runtime.moss().fetch(Toy).name == "rolly"
    with pytest.raises(NotBound):
        runtime.moss().fetch(Pilot)


# --- lifecycle ---


@pytest.mark.parametrize("listed", ["[toy]", "lambda: [toy]"])
def test_a_file_brings_providers_for_its_members(moss_of, listed):
    imported = "from bolt_agent.container import ProviderAdapter"
    toy = "toy = ProviderAdapter(Toy, lambda _: Toy('brought'))"
    runtime = moss_of(f"{ROBOT}\n    {imported}\n    {toy}\n    __matrix_providers__ = {listed}\n")
    assert runtime.moss().body.name == "brought"


def test_moss_compile_prepares_the_compiler(moss_of):
    runtime = moss_of(ROBOT + "\n    def __moss_compile__(compiler): compiler.bind(Toy, Toy('prepared'))\n")
    assert runtime.moss().body.name == "prepared"


def test_moss_compiled_gets_the_finished_moss(moss_of):
    runtime = moss_of(ROBOT + "\n    def __moss_compiled__(moss): moss.body_name = moss.body.name\n")
    assert runtime.moss().body_name == "rolly"


def test_a_failing_moss_compiled_closes_the_runtime(moss_of):
    seen = Witness()
    with pytest.raises(ZeroDivisionError):
        moss_of("def __moss_compiled__(moss): 1 / 0", prepare=lambda c: c.injects(witness=seen))
    assert seen.events == ["inject witness", "destroy"]


class Witness(Injection):
    def __init__(self) -> None:
        self.events: list[str] = []

    def on_inject(self, runtime: MossRuntime, property_name: str) -> Witness:
        assert runtime.moss() is not None
        self.events.append(f"inject {property_name}")
        return self

    def on_destroy(self) -> None:
        self.events.append("destroy")


def test_an_injection_under_two_names_is_destroyed_once(moss_of):
    seen = Witness()
    moss_of("", prepare=lambda c: c.injects(a=seen, b=seen)).close()
    assert seen.events == ["inject a", "inject b", "destroy"]


def test_what_on_inject_returns_is_what_is_bound(moss_of):
    class Wrapping(Witness):
        def on_inject(self, _runtime, property_name):
            return Toy(f"for {property_name}")

    runtime = moss_of("", prepare=lambda c: c.injects(a=Wrapping()))
    assert runtime.moss().a.name == "for a"
    assert runtime.moss_injections()["a"].name == "for a"


def test_all_injections_are_destroyed_even_when_one_raises(moss_of):
    class Failing(Witness):
        def on_destroy(self):
            raise OSError("stuck")

    first, ended = Witness(), []
    runtime = moss_of("", prepare=lambda c: c.injects(first=first, second=Failing()))
    runtime.container().add_shutdown(lambda: ended.append("container"))
    with pytest.raises(ExceptionGroup) as caught:
        runtime.close()
    assert caught.group_contains(OSError, match="stuck")
    assert first.events[-1] == "destroy"
    assert ended == ["container"]


def test_an_injection_that_refuses_is_destroyed_and_the_error_passes(moss_of):
    class Refusing(Witness):
        def on_inject(self, _runtime, _property_name):
            raise OSError("no")

    refusing = Refusing()
    with pytest.raises(OSError, match="no"):
        moss_of("", prepare=lambda c: c.injects(a=refusing))
    assert refusing.events == ["destroy"]
