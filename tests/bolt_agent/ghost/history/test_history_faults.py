"""Histories that cannot be kept: the conversation goes on without, and says so once."""

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from history_stage import ended, notices, talk

from bolt_agent.ghost.history import connecting
from bolt_agent.ghost.history.errors import HistoryError
from bolt_agent.ghost.history.resuming import resume
from bolt_agent.ghost.history.store import Store


@pytest.fixture
def file(tmp_path):
    return tmp_path / "history.db"


def test_a_file_that_is_no_database(file):
    file.write_bytes(b"not a database" * 1000)
    seen = talk(f"sqlite:///{file}", "hello", "again", "and again")
    assert ended(seen) == ["hello", "again", "and again"]
    (notice,) = notices(seen)
    assert "This conversation is not kept any more" in notice
    assert "move it away and a new one begins" in notice
    assert file.read_bytes().startswith(b"not a database")  # it may be somebody's


def test_a_damaged_database(file):
    talk(f"sqlite:///{file}", *(f"hello {number}" for number in range(50)))
    pages = bytearray(file.read_bytes())
    pages[4096 : len(pages)] = os.urandom(len(pages) - 4096)
    file.write_bytes(pages)
    seen = talk(f"sqlite:///{file}", "hello", "again")
    assert ended(seen) == ["hello", "again"]
    assert len(notices(seen)) == 1
    with pytest.raises(HistoryError, match="damaged"):
        resume(f"sqlite:///{file}")


def test_a_database_that_another_program_holds_locked(file, monkeypatch):
    monkeypatch.setattr(connecting, "PATIENCE", 0.05)
    url = f"sqlite:///{file}"
    talk(url, "before")
    other = sqlite3.connect(file)
    other.execute("BEGIN IMMEDIATE")
    seen = talk(url, "hello", "again")
    assert ended(seen) == ["hello", "again"]
    (notice,) = notices(seen)
    assert "locked" in notice
    other.rollback()
    assert notices(talk(url, "after")) == []


def test_a_disk_that_gets_full(file):
    def small():
        store = Store(f"sqlite:///{file}")
        with store.writing() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 2}")
        return store

    seen = talk("", *(f"hello {number}" * 100 for number in range(40)), opened=small)
    assert len(ended(seen)) == 40
    (notice,) = notices(seen)
    assert "the disk is full" in notice
    kept = Store(f"sqlite:///{file}")
    assert 0 < kept.thread().turns < 40  # what was kept until then is whole


def test_a_folder_that_may_not_be_written(tmp_path):
    (tmp_path / "file").write_text("")
    seen = talk(f"sqlite:///{tmp_path / 'file' / 'history.db'}", "hello")
    assert ended(seen) == ["hello"]
    assert len(notices(seen)) == 1


def test_a_defect_of_the_history_is_no_reason_to_stop_talking():
    def broken():
        raise RuntimeError("a mistake")

    seen = talk("", "hello", "again", opened=broken)
    assert ended(seen) == ["hello", "again"]
    assert len(notices(seen)) == 1


def test_two_processes_that_go_on_with_one_conversation_part_ways(file):
    url = f"sqlite:///{file}"
    talk(url, "hello")
    one, other = resume(url), resume(url)
    assert notices(talk(url, "left", "and left", resumed=one)) == []
    assert notices(talk(url, "right", "and right", resumed=other)) == []
    store = Store(url)
    said = {tuple(turn.say for turn in store.conversation(thread.head)) for thread in store.threads()}
    assert said == {("hello", "left", "and left"), ("hello", "right", "and right")}


def test_two_processes_write_at_the_same_time(file):
    url = f"sqlite:///{file}"
    writers = [_process(url, "--turns", "40", "--name", name) for name in ("a", "b")]
    assert [writer.wait(60) for writer in writers] == [0, 0]
    store = Store(url)
    told = [[turn.say for turn in store.conversation(thread.head)] for thread in store.threads()]
    assert sorted(told) == [[f"{name} {number}" for number in range(40)] for name in ("a", "b")]


def test_a_killed_process_loses_nothing_that_was_shown_as_done(file):
    url = f"sqlite:///{file}"
    done = []
    for kill in range(5):
        process = _process(url, "--name", f"life {kill}", stdout=subprocess.PIPE)
        for _ in range(3 + 7 * kill):
            done.append(process.stdout.readline().strip())
        os.kill(process.pid, signal.SIGKILL)
        done += [line.strip() for line in process.stdout.read().splitlines(keepends=True) if line.endswith("\n")]
        process.wait()
        process.stdout.close()
    _assert_whole(url, [line for line in done if line])


def _process(url, *options, **more):
    script = Path(__file__).with_name("chattering.py")
    return subprocess.Popen([sys.executable, str(script), url, *options], text=True, **more)


def _assert_whole(url, done):
    """The history is whole, and what was shown as done is in it."""
    with sqlite3.connect(url.removeprefix("sqlite:///")) as file:
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    store = Store(url)
    kept = {}
    for thread in store.threads(1000):
        for turn in store.conversation(thread.head):
            kept[turn.say] = turn
    for say in done:
        turn = kept[say]
        assert (turn.status, turn.reply) == ("ok", f"You said {say}.")
        assert [message.text for message in turn.messages] == [f"You said {say}."]
    last = max(kept.values(), key=lambda turn: turn.id)
    assert last.number == len(store.conversation(last.id))  # each life went on with the one before it
