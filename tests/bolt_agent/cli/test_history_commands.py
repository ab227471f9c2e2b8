"""`bolt-agent history`, `memory` and `replay`, as a person types them."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys

import pytest


def bolt_in(folder):
    """Runs `bolt-agent` with this as its data folder."""

    def run(*words, stdin="", **environment):
        env = {k: v for k, v in os.environ.items() if not k.startswith(("BOLT_AGENT_", "OPENAI_"))}
        env |= {"BOLT_AGENT_CONFIG": str(folder / "config.toml"), "BOLT_AGENT_DATA": str(folder), **environment}
        return subprocess.run(
            [sys.executable, "-c", "from bolt_agent.cli import main; main()", *map(str, words)],
            input=stdin,
            capture_output=True,
            text=True,
            cwd=folder,
            env=env,
            timeout=120,
            check=False,
        )

    return run


@pytest.fixture
def bolt(tmp_path):
    return bolt_in(tmp_path)


FAST = ("--clock", "fast", "--brain", "reflex")


@pytest.fixture(scope="module")
def said_before(tmp_path_factory):
    """A data folder with two conversations: one of two turns, one of one."""
    folder = tmp_path_factory.mktemp("said")
    bolt = bolt_in(folder)
    bolt("say", "roll right for two seconds", "show a red heart", *FAST)
    bolt("say", "画一颗星", *FAST)
    return folder


@pytest.fixture
def talked(said_before, tmp_path):
    """After these conversations."""
    shutil.copytree(said_before, tmp_path, dirs_exist_ok=True)
    return bolt_in(tmp_path)


def test_what_was_said_is_listed_shown_and_found(talked):
    listed = talked("history").stdout.splitlines()
    assert listed[0].startswith("Conversation 1 · 20")
    assert [line.split()[0] for line in listed] == ["Conversation", "1", "2", "Conversation", "3"]
    shown = talked("history", "show", "2", "--timing").stdout
    assert "> show a red heart\nShowing a red heart.\n    def run(moss):\n" in shown
    assert "Asked of the robot: 1 picture" in shown
    assert "ms  the first line of code" in shown
    assert "show a red heart" in talked("history", "search", "hearts").stdout
    assert talked("history", "search", "elephant").returncode == 1


def test_a_program_may_read_it(talked):
    turn = json.loads(talked("history", "show", "1", "--json").stdout)
    assert turn["motions"][0]["kind"] == "drive"
    assert turn["timing"]["end"] > 0
    assert [message["kind"] for message in turn["messages"]] == ["text", "code", "result"]
    assert [thread["turns"] for thread in json.loads(talked("history", "threads", "--json").stdout)] == [1, 2]
    assert len(json.loads(talked("history", "--json").stdout)) == 2


def test_a_conversation_goes_on(talked):
    assert "Rolling right" in talked("say", "--thread", "1", "again, but first roll right", *FAST).stdout
    assert talked("say", "--continue", "show a heart", *FAST).returncode == 0
    assert json.loads(talked("history", "threads", "--json").stdout)[0]["turns"] == 4


def test_the_offline_mind_remembers_what_was_before(talked):
    assert "Showing a red heart." in talked("say", "--thread", "1", "again", *FAST).stdout


def test_what_programs_keep_is_kept_with_the_turn(bolt):
    bolt("exec", "-", *FAST, stdin="def run(moss):\n    moss.steps = 41\n")
    turns = json.loads(bolt("history", "--json").stdout)[0]["turns"]
    assert turns[0]["context"]["properties"] == {"steps": 41}


def test_turns_are_forked_undone_and_erased(talked):
    assert "bolt-agent chat --thread 3" in talked("history", "fork", "1").stdout
    assert "turn 1, 'roll right for two seconds'" in talked("history", "undo").stdout
    assert "turn 2, 'show a red heart'" in talked("history", "undo", "1").stdout
    assert talked("history", "delete", "1").stdout == "Turn 1 is erased.\n"
    gone = talked("history", "show", "1")
    assert (gone.returncode, gone.stderr) == (
        2,
        "bolt-agent: no turn 1 in the history; `bolt-agent history` lists them\n",
    )


def test_a_conversation_is_exported_and_replayed(talked, tmp_path):
    assert "2 turns" in talked("history", "export", "2", "my.chat.yml").stdout
    done = talked("replay", "my.chat.yml", "--clock", "fast", "--report", "out.json")
    assert done.returncode == 0, done.stderr
    assert "> roll right for two seconds\nRolling right" in done.stdout
    report = json.loads((tmp_path / "out.json").read_text())
    assert report["pose"]["x"] > 60
    assert any("#ff0000" in row for row in report["matrix"])
    assert len(json.loads(talked("history", "threads", "--json").stdout)) == 2  # a replay is no conversation
    again = talked("replay", "my.chat.yml", "--rethink", *FAST)
    assert "def run(moss):" in again.stdout


def test_a_replay_is_in_the_world_it_was_in_unless_another_is_named(bolt, tmp_path):
    (tmp_path / "a.chat.yml").write_text(
        "schema: bolt-chat/1\nworld: walled\nturns:\n- code: 'def run(moss): moss.face.fill(\"red\")'\n"
    )

    def world(*more):
        bolt("replay", "a.chat.yml", "--clock", "fast", "--report", "out.json", *more)
        return json.loads((tmp_path / "out.json").read_text())["world"]

    assert world() == "walled"
    assert world("--world", "open") == "open"


def test_what_is_no_conversation_is_one_line(bolt, tmp_path):
    (tmp_path / "a.chat.yml").write_text("turns: 5")
    done = bolt("replay", "a.chat.yml")
    assert done.returncode == 1
    assert done.stderr.startswith("bolt-agent: a.chat.yml is no conversation: turns:")


def test_memory_is_added_listed_changed_and_forgotten(bolt):
    assert bolt("memory", "add", "the sofa is to the left").stdout == "Remembered as 1.\n"
    bolt("memory", "edit", "1", "the sofa is to the right")
    assert bolt("memory").stdout.endswith("the sofa is to the right\n")
    assert "the sofa is to the right" in bolt("say", "what do you remember?", *FAST).stdout
    assert "right" in bolt("memory", "search", "sofa").stdout
    assert bolt("memory", "delete", "1").returncode == 0
    assert "Nothing is remembered yet" in bolt("memory").stdout
    assert bolt("memory", "delete", "1").stderr.startswith("bolt-agent: no fact 1")


@pytest.mark.parametrize("how", ["option", "environment", "settings"])
def test_nothing_is_kept_where_nobody_wants_it(bolt, tmp_path, how):
    if how == "settings":
        (tmp_path / "config.toml").write_text('store = "off"\n')
    environment = {"BOLT_AGENT_STORE": "off"} if how == "environment" else {}
    options = ("--store", "off") if how == "option" else ()
    assert bolt("say", "show a heart", *FAST, *options, **environment).returncode == 0
    assert not (tmp_path / "history.db").exists()


def test_a_conversation_may_be_kept_elsewhere(bolt, tmp_path):
    bolt("say", "show a heart", *FAST, "--store", "mine.db")
    assert (tmp_path / "mine.db").exists()
    assert "show a heart" in bolt("history", "--store", "mine.db").stdout
    assert "Nothing is kept yet" in bolt("history").stdout


def test_a_history_that_cannot_be_kept_is_said_once_and_the_robot_goes_on(bolt, tmp_path):
    (tmp_path / "history.db").write_bytes(b"this is no database" * 100)
    done = bolt("say", "show a heart", "show a star", *FAST)
    assert done.returncode == 0
    assert done.stdout.count("This conversation is not kept any more") == 1
    assert "Showing a star." in done.stdout
    assert bolt("history").returncode == 1


def test_going_on_needs_something_to_go_on_with(bolt):
    assert bolt("say", "--continue", "show a heart", *FAST).returncode == 0  # begins
    unknown = bolt("say", "--thread", "9", "show a heart", *FAST)
    assert (unknown.returncode, "no thread 9" in unknown.stderr) == (2, True)
    both = bolt("say", "--thread", "1", "--continue", "show a heart")
    assert both.returncode == 2
    off = bolt("say", "--continue", "show a heart", "--store", "off")
    assert "no history is kept" in off.stderr


def test_the_file_is_an_ordinary_database(talked, tmp_path):
    with sqlite3.connect(tmp_path / "history.db") as file:
        assert file.execute("SELECT count(*) FROM turns").fetchone() == (3,)
        assert file.execute("PRAGMA journal_mode").fetchone() == ("wal",)
