"""A conversation as a file that runs again."""

import pytest

from bolt_agent.assembly import Options, assemble, opened
from bolt_agent.ghost.history.export import BadChat, chat_of, read_chat, write_chat
from bolt_agent.ghost.history.records import TurnRecord
from bolt_agent.ghost.history.replay import replayed
from bolt_agent.ghost.history.store import Store
from bolt_agent.ghost.messages import Code, Result
from drivers.clock import Clock


def in_conversation(act, **options):
    container = assemble(Options(brain="reflex", clock="fast", **options))

    async def main():
        async with opened(container) as assembly:
            await act(assembly)
            return assembly.report()

    return container.force_fetch(Clock).run(main())


def exported(tmp_path, *texts):
    url = f"sqlite:///{tmp_path / 'history.db'}"

    async def say(assembly):
        for text in texts:
            async for _ in assembly.conversation.talk(text):
                pass

    report = in_conversation(say, history=url)
    store = Store(url)
    write_chat(chat_of(store.conversation(store.thread().head), store.thread().about), tmp_path / "my.chat.yml")
    return report, tmp_path / "my.chat.yml"


def replay(file, **how):
    async def act(assembly):
        for step in replayed(read_chat(file), assembly.conversation, **how):
            async for _ in step.items or _nothing():
                pass

    return in_conversation(act)


async def _nothing():
    return
    yield


@pytest.mark.parametrize("rethink", [False, True], ids=["the code", "the words"])
def test_a_conversation_runs_again(tmp_path, rethink):
    first, file = exported(tmp_path, "roll right for two seconds", "how are you?", "画一个正方形，然后显示一颗心")
    again = replay(file, rethink=rethink)
    assert again["path"][-1][1:3] == pytest.approx(first["path"][-1][1:3], abs=0.5)
    assert again["matrix"] == first["matrix"]


def test_the_file_is_pleasant_to_read(tmp_path):
    _, file = exported(tmp_path, "show a heart")
    lines = file.read_text(encoding="utf-8").splitlines()
    assert lines[:6] == [
        "schema: bolt-chat/1",
        "turns:",
        "- say: show a heart",
        "  reply: Showing a heart.",
        "  code: |",
        "    def run(moss):",
    ]


def test_a_program_that_failed_and_was_written_anew_is_left_out():
    messages = [
        Code(id="1.1", text="broken"),
        Result(id="1.2", answers="1.1", error="no", again=True),
        Code(id="1.3", text="one"),
        Result(id="1.4", answers="1.3"),
        Code(id="1.5", text="two"),
        Result(id="1.6", answers="1.5"),
    ]
    turn = TurnRecord(id=1, thread=1, number=1, began="", say="go", status="ok", messages=messages)
    assert chat_of([turn], {}).turns[0].code == ["one", "two"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "is no conversation"),
        ("a: [", "is no YAML"),
        ("turns: 5", "turns: input should be a valid list"),
        ("schema: bolt-chat/9\nturns: []", "schema"),
        ("turns:\n- sya: roll", "sya"),
        ("\x00\x01", "is no YAML"),
    ],
)
def test_a_file_that_is_no_conversation_is_said(tmp_path, text, why):
    file = tmp_path / "bad.chat.yml"
    file.write_text(text)
    with pytest.raises(BadChat, match=why):
        read_chat(file)
