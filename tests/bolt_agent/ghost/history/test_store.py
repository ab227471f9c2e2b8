"""What is kept of a conversation, and what people can do with it."""

import pytest
from history_stage import CODE, notices, talk

from bolt_agent.ghost.history.errors import HistoryError, UnknownNumber
from bolt_agent.ghost.history.resuming import resume
from bolt_agent.ghost.history.schema import prepare, threads
from bolt_agent.ghost.history.store import Store


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path / 'deep' / 'history.db'}"


@pytest.fixture
def store(url):
    talk(url, "hello", "show a heart", "画一个正方形")
    store = Store(url)
    yield store
    store.close()


def said(turns):
    return [turn.say for turn in turns]


def test_a_turn_is_kept_with_its_messages_its_variables_and_its_times(store):
    turn = store.turn(2)
    assert (turn.say, turn.reply, turn.code, turn.status) == ("show a heart", "You said show a heart.", CODE, "ok")
    assert [message.kind for message in turn.messages] == ["text", "code", "result"]
    assert turn.messages[2].text == "printed\n"
    assert turn.context == {"module": "toy"}
    assert 0 <= turn.timing["first_item"] <= turn.timing["first_code"] <= turn.timing["end"]


def test_a_conversation_is_listed_with_what_was_said_last(store):
    (thread,) = store.threads()
    assert (thread.turns, thread.say, thread.about) == (3, "画一个正方形", {"world": "open"})
    assert said(store.conversation(thread.head)) == ["hello", "show a heart", "画一个正方形"]
    assert said(store.conversation(thread.head, 2)) == ["show a heart", "画一个正方形"]


@pytest.mark.parametrize("full_text", [True, False], ids=["full text", "plain"])
@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("heart", ["show a heart"]),
        ("HEART show", ["show a heart"]),
        ("正方", ["画一个正方形"]),
        ("heart 正方", []),
        ('"; DROP TABLE turns; --', []),
        ("...", []),
    ],
)
def test_words_are_found(store, words, found, full_text):
    store.full_text = full_text
    assert said(store.search(words)) == found


def test_other_forms_of_a_word_are_found(store):
    assert said(store.search("hearts")) == ["show a heart"]


def test_a_fork_goes_on_and_leaves_the_other_as_it_is(url, store):
    fork = store.fork(2)
    talk(url, "now dance", resumed=resume(url, fork))
    assert said(store.conversation(store.thread(fork).head)) == ["hello", "show a heart", "now dance"]
    assert said(store.conversation(store.thread(1).head)) == ["hello", "show a heart", "画一个正方形"]


def test_an_undone_turn_is_followed_by_another(url, store):
    assert store.undo(1).say == "画一个正方形"
    talk(url, "a star", resumed=resume(url))
    assert said(store.conversation(store.thread(1).head)) == ["hello", "show a heart", "a star"]
    assert said(store.search("正方形")) == ["画一个正方形"]


def test_everything_can_be_undone_and_then_nothing(store):
    assert [store.undo(1).id for _ in range(3)] == [3, 2, 1]
    assert store.undo(1) is None


def test_a_deleted_turn_is_gone_and_the_rest_stays(store):
    store.delete(2)
    assert said(store.conversation(store.thread(1).head)) == ["hello", "画一个正方形"]
    assert store.search("heart") == []
    with pytest.raises(UnknownNumber, match="no turn 2"):
        store.turn(2)


def test_deleting_the_newest_turn_moves_its_conversation_back(store):
    store.delete(3)
    assert store.thread(1).head == 2
    assert store.begin_turn(1, 2, 3, "again", "now") == (4, 1)  # the number of a deleted turn is not used again


@pytest.mark.parametrize("act", ["turn", "fork", "delete"])
def test_a_turn_that_does_not_exist_is_named(store, act):
    with pytest.raises(UnknownNumber, match="no turn 99 in the history; `bolt-agent history` lists them"):
        getattr(store, act)(99)


def test_the_latest_conversation_does_not_depend_on_the_clock(url, store, monkeypatch):
    monkeypatch.setattr("bolt_agent.ghost.history.keeper.now", lambda: "1999-01-01T00:00:00+00:00")
    monkeypatch.setattr("bolt_agent.ghost.history.store.now", lambda: "1999-01-01T00:00:00+00:00")
    assert notices(talk(url, "the clock has jumped")) == []
    assert store.thread().say == "the clock has jumped"
    assert store.turn(4).began.startswith("1999")
    assert all(second >= 0 for second in store.turn(4).timing.values())


# ---- going on -------------------------------------------------------------------------------------------------


def test_a_conversation_goes_on_in_another_process(url, store):
    resumed = resume(url)
    assert resumed.past().turns == 3
    assert [exchange.say for exchange in resumed.past().exchanges] == ["hello", "show a heart", "画一个正方形"]
    assert resumed.context() == {"module": "toy"}
    talk(url, "and on", resumed=resumed)
    assert store.thread(1).turns == 4
    assert store.turn(4).messages[0].id == "4.1"


def test_the_words_of_a_resumed_conversation_are_shown_again(url, store):
    kinds = [item.item for item in resume(url).items()]
    assert kinds == ["began", "tail", "began", "tail", "tail", "tail", "began", "tail"]


def test_with_nothing_to_go_on_with_a_conversation_begins(tmp_path):
    assert resume(f"sqlite:///{tmp_path / 'new.db'}").thread is None


def test_a_thread_that_does_not_exist_is_named(url, store):
    with pytest.raises(UnknownNumber, match="no thread 7"):
        resume(url, 7)


def test_a_long_conversation_goes_on_with_its_summary(url):
    talk(url, "my name is Mia", *[f"roll {number}" for number in range(44)])
    resumed = resume(url)
    past = resumed.past()
    assert "my name is Mia" in past.summary
    assert past.turns == 45
    assert past.exchanges[-1].say == "roll 43"
    assert 20 <= len(past.exchanges) < 30
    covered = 45 - len(past.exchanges)
    assert past.exchanges[0].say == f"roll {covered - 1}"


# ---- the tables -----------------------------------------------------------------------------------------------


def test_an_older_file_is_brought_up_to_date(store):
    def add_a_title(connection):
        connection.exec_driver_sql("ALTER TABLE threads ADD COLUMN title TEXT DEFAULT 'untitled'")

    with store.writing() as connection:
        prepare(connection, full_text=True, changes=(add_a_title,))
        prepare(connection, full_text=True, changes=(add_a_title,))  # a second process finds it done
        assert connection.exec_driver_sql("SELECT title FROM threads").scalar() == "untitled"
        assert connection.execute(threads.select()).first() is not None


def test_a_file_of_a_newer_version_is_left_alone(url, store):
    with store.writing() as connection:
        connection.exec_driver_sql("UPDATE schema_version SET version = 99")
    with pytest.raises(HistoryError, match="written by a newer bolt-agent"):
        Store(url)


@pytest.mark.parametrize("url", ["nonsense", "oracle9://x"])
def test_what_is_no_database_is_said(url):
    with pytest.raises(HistoryError, match="is no database"):
        Store(url)


def test_a_server_whose_driver_is_missing_is_said_without_the_password():
    with pytest.raises(HistoryError) as error:
        Store("postgresql+pg8000://me:secret@localhost/robots")
    assert "needs the Python package pg8000" in str(error.value)
    assert "secret" not in str(error.value)
