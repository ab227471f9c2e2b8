"""What an entry of a chat looks like."""

from __future__ import annotations

from chat_script import CODE, FAILED, said, texts, told

from bolt_agent.cli.chat_conversation import ChatLog, Entry, entry_lines


def test_chinese_is_wrapped_by_its_width_on_the_screen():
    lines = entry_lines(Entry("speech", "好的，我会滚一个正方形，然后给你看一颗红色的心。"), 25)
    assert all(line.cell_len <= 25 for line in lines)
    assert "".join(line.plain.strip().removeprefix("bolt ") for line in lines).startswith("好的，我会滚一个正方形")


def test_code_that_is_too_wide_keeps_its_indent():
    lines = entry_lines(Entry("code", "    move.roll(0, 100, 1.0).turn_to('right', 90)"), 44)
    assert [line.plain for line in lines] == [
        "   │     move.roll(0, 100, ",
        "   │         1.0).turn_to('right', 90)",
    ]


def test_code_is_coloured():
    assert any(span.style for span in entry_lines(Entry("code", CODE), 80)[0].spans[1:])


def test_words_from_outside_cannot_drive_the_terminal():
    conversation = ChatLog()
    for item in told(lambda teller: (teller.program(CODE), teller.result("\x1b[2Jgone\x07\u202e"))):
        conversation.add(item)
    assert texts(conversation, "output") == ["[2Jgone"]


def test_sentences_do_not_run_into_each_other():
    conversation = ChatLog()
    for item in said("Rolling.", "Stopped.", " It is 3", ".", "5 m."):
        conversation.add(item)
    assert texts(conversation, "speech") == ["Rolling. Stopped. It is 3.5 m."]


def test_an_error_is_shown_once():
    conversation = ChatLog()
    conversation.note("person", "roll")
    failing = told(lambda teller: (teller.program(CODE), teller.result(error="no answer from the model")))
    for item in (*failing, *said("That did not work."), FAILED):
        conversation.add(item)
    assert texts(conversation, "failed") == ["no answer from the model"]


def test_a_long_afternoon_does_not_fill_the_memory():
    conversation = ChatLog()
    for number in range(2000):
        conversation.note("speech", f"line {number}")
    assert len(conversation.entries) == 500
    assert conversation.entries[-1].text == "line 1999"
