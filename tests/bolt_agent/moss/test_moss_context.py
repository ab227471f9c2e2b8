from __future__ import annotations

import dataclasses
import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from moss_toys import Feeling, Frame, Step, run
from pydantic import BaseModel

from bolt_agent.moss import NotPersistable, PyContext

STATEFUL = """
    from __future__ import annotations
    from dataclasses import dataclass
    from pydantic import BaseModel
    from moss_toys import Toy
    from bolt_agent.moss import Moss as Parent

    class Mood(BaseModel):
        level: int = 3

    @dataclass
    class Spot:
        x: int = 0

    class Moss(Parent):
        body: Toy
        note: str = "x"
        items: list[str] = []
        mood: Mood = Mood()
        count: int
        last: Spot | None
"""


def turn(moss_of, code: str, ctx: PyContext | None = None) -> PyContext:
    """Run one turn; what is kept goes through JSON, as between processes."""
    runtime = moss_of(STATEFUL, ctx)
    run(runtime, code)
    return PyContext.model_validate_json(runtime.dump_pycontext().model_dump_json())


def test_a_variable_with_a_default_is_restored(moss_of):
    ctx = turn(moss_of, "def run(moss): moss.note = 'z'")
    assert moss_of(STATEFUL, ctx).moss().note == "z"


def test_a_variable_without_a_default_is_restored(moss_of):
    ctx = turn(moss_of, "def run(moss): moss.count = 7")
    assert moss_of(STATEFUL, ctx).moss().count == 7


def test_a_variable_that_the_class_does_not_declare_is_restored(moss_of):
    ctx = turn(moss_of, "def run(moss): moss.extra = {'a': 1}")
    assert moss_of(STATEFUL, ctx).moss().extra == {"a": 1}


def test_changes_in_place_are_kept(moss_of):
    ctx = turn(moss_of, "def run(moss): moss.items.append('a'); moss.mood.level = 9")
    ctx = turn(moss_of, "def run(moss): moss.items.append('b')", ctx)
    moss = moss_of(STATEFUL, ctx).moss()
    assert (moss.items, moss.mood.level) == (["a", "b"], 9)


def test_defaults_are_not_shared_between_turns(moss_of):
    runtime = moss_of(STATEFUL)
    run(runtime, "def run(moss): moss.items.append('a')")
    assert runtime.moss_type().items == []


def test_none_is_a_value(moss_of):
    ctx = turn(moss_of, "def run(moss): moss.note = None")
    assert moss_of(STATEFUL, ctx).moss().note is None


def test_sets_and_tuples_are_kept(moss_of):
    ctx = turn(moss_of, "def run(moss): moss.pair = (1, (2, 3)); moss.seen = {'a', 'b'}")
    moss = moss_of(STATEFUL, ctx).moss()
    assert (moss.pair, moss.seen) == ((1, (2, 3)), {"a", "b"})


def test_objects_of_classes_of_the_file_are_of_the_new_module(moss_of):
    ctx = turn(moss_of, "def run(moss): moss.last = Spot(x=4)")
    runtime = moss_of(STATEFUL, ctx)
    assert runtime.moss().last == runtime.locals()["Spot"](x=4)


def test_injected_members_are_not_kept(moss_of):
    assert "body" not in turn(moss_of, "def run(moss): ...").properties


def test_an_injected_member_is_not_replaced_by_what_was_kept(moss_of):
    ctx = PyContext(properties={"body": 3})
    assert moss_of(STATEFUL, ctx).moss().body.name == "rolly"


def test_a_value_that_cannot_be_kept_is_left_out_and_logged(moss_of, caplog):
    ctx = turn(moss_of, "def run(moss): moss.function = run; moss.note = 'kept'")
    assert "function" not in ctx.properties
    assert ctx.properties["note"] == "kept"
    assert "moss.function is not kept" in caplog.text


def test_a_value_whose_class_is_gone_is_left_out_and_logged(moss_of, caplog):
    ctx = PyContext(properties={"note": {"$type": "textmoss:Gone", "value": {}}})
    assert moss_of(STATEFUL, ctx).moss().note == "x"
    assert "moss.note was not restored" in caplog.text


def test_a_kept_value_imports_nothing(moss_of):
    ctx = PyContext(properties={"note": {"$type": "os:system", "value": {"command": "true"}}})
    assert moss_of(STATEFUL, ctx).moss().note == "x"


# --- the context itself ---


class Nested(BaseModel):
    frames: list[Frame] = []
    pair: tuple[int, int] = (0, 0)


@pytest.mark.parametrize(
    "value",
    [
        Step(heading=3, then=Step(heading=4)),
        Frame(pixels=[1, 2]),
        Nested(frames=[Frame(pixels=[1])], pair=(3, 4)),
        Feeling.SAD,
        {"feelings": [Feeling.HAPPY], "steps": (Step(),)},
        {1: "int key", None: 2, (1, 2): 3},
        {"$type": "not a type", "value": 1},
        frozenset({1}),
        math.inf,
        10**30,
    ],
)
def test_every_kind_goes_through_json(value):
    ctx = PyContext()
    ctx.set_prop("it", value)
    back = PyContext.model_validate_json(ctx.model_dump_json()).get_prop("it")
    assert back == value
    assert type(back) is type(value)


plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=3) | st.integers(), inner, max_size=3)
        | st.tuples(inner, inner)
    ),
    max_leaves=8,
)


@given(plain)
def test_any_plain_value_goes_through_json(value):
    ctx = PyContext()
    ctx.set_prop("it", value)
    assert PyContext.model_validate_json(ctx.model_dump_json()).get_prop("it") == value


def test_the_same_values_are_written_the_same():
    first, second = PyContext(), PyContext()
    first.set_prop("s", {"a", "b", "c", "d"})
    second.set_prop("s", {"d", "c", "b", "a"})
    assert first.model_dump_json() == second.model_dump_json()


def test_a_dataclass_that_grew_a_field_gets_its_default():
    ctx = PyContext(properties={"step": {"$type": f"{Step.__module__}:Step", "value": {"heading": 3}}})
    assert ctx.get_prop("step") == Step(heading=3, then=None)


def test_what_cannot_be_kept_is_refused():
    with pytest.raises(NotPersistable, match="a function cannot be kept"):
        PyContext().set_prop("f", turn)
    assert not PyContext.allow_prop([object()])
    assert PyContext.allow_prop([Step()])


def test_what_was_never_kept_is_none():
    assert PyContext().get_prop("nothing") is None


def test_joining_keeps_the_left_and_takes_properties_from_the_right():
    left = PyContext(module="left", properties={"a": 1, "b": 1})
    right = PyContext(module="right", code="x = 1", properties={"b": 2})
    joined = left.join(right)
    assert (joined.module, joined.code, joined.properties) == ("left", "x = 1", {"a": 1, "b": 2})
    assert left.properties == {"a": 1, "b": 1}


def test_props_can_be_listed():
    ctx = PyContext()
    ctx.set_prop("a", (1,))
    assert list(ctx.iter_props()) == [("a", (1,))]


def test_a_context_can_be_a_field_of_a_model():
    class Turn(BaseModel):
        pycontext: PyContext

    kept = Turn(pycontext=PyContext(module="m", properties={"a": 1}))
    assert Turn.model_validate_json(kept.model_dump_json()) == kept
    assert dataclasses.is_dataclass(kept.pycontext)


@pytest.mark.parametrize("text", ["[]", '{"module": 3}', '{"properties": []}', "nonsense"])
def test_a_text_that_is_no_context_is_refused(text):
    with pytest.raises(ValueError, match=r".+"):
        PyContext.model_validate_json(text)


def test_fields_from_a_newer_version_are_left_out():
    assert PyContext.model_validate({"module": "m", "later": 1}) == PyContext(module="m")


def test_a_copy_is_independent():
    ctx = PyContext(properties={"a": [1]})
    ctx.model_copy().properties["a"].append(2)
    assert json.loads(ctx.model_dump_json())["properties"] == {"a": [1]}
