"""The stream of messages: numbered, whole at the end, every program with its one result."""

from hypothesis import given
from hypothesis import strategies as st

from bolt_agent.ghost.messages import ItemAdapter, Transcript
from bolt_agent.ghost.turns.telling import Teller


def told(*steps):
    """The stream of a turn that tells these steps: (method, arguments...)."""
    items = []
    teller = Teller(items.append, 7)
    for method, *arguments in steps:
        getattr(teller, method)(*arguments)
    teller.end("cut off")
    return items


def whole(items):
    return [item.message for item in items if item.item == "tail"]


def test_pieces_become_one_message():
    (text,) = whole(told(("grow", "text", "Rol"), ("grow", "text", "ling.")))
    assert (text.id, text.role, text.text) == ("7.1", "robot", "Rolling.")


def test_what_happens_meanwhile_does_not_cut_a_sentence():
    event, text = whole(told(("grow", "text", "Rol"), ("happened", "stop", "stopped"), ("grow", "text", "ling.")))
    assert (event.name, text.text) == ("stop", "Rolling.")


def test_a_result_names_its_program():
    code, result = whole(told(("grow", "code", "pass"), ("result", "hi\n")))
    assert (result.answers, result.text, result.error) == (code.id, "hi\n", None)


def test_a_program_whose_result_is_missing_is_given_one():
    code, result = whole(told(("program", "pass")))
    assert (result.answers, result.error) == (code.id, "cut off")


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("grow"), st.sampled_from(["text", "reasoning", "code"]), st.text(min_size=1)),
        st.tuples(st.just("happened"), st.text(), st.text()),
        st.tuples(st.just("program"), st.text()),
        st.tuples(st.just("result"), st.text(), st.none() | st.text()),
    )
)


@given(STEPS)
def test_a_late_comer_sees_what_the_stream_told(steps):
    items = told(*steps)
    through_json = [ItemAdapter.validate_json(item.model_dump_json()) for item in items]
    by_id = {message.id: message for message in whole(items)}
    assert {message.id: message for message in Transcript(items).messages} == by_id
    assert {message.id: message for message in Transcript(through_json).messages} == by_id


@given(STEPS)
def test_the_chunks_alone_tell_what_the_tails_say(steps):
    items = told(*steps)
    texts = {message.id: message.text for message in whole(items)}
    growing = [item for item in items if item.item in ("head", "chunk")]
    assert all(message.text == texts[message.id] for message in Transcript(growing).messages)


@given(STEPS)
def test_every_program_has_exactly_one_result(steps):
    messages = whole(told(*steps))
    programs = [message.id for message in messages if message.kind == "code"]
    assert sorted(message.answers for message in messages if message.kind == "result") == sorted(programs)
