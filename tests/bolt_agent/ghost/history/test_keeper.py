"""How a history is kept: out of the robot's way, and before anything is shown as done."""

import subprocess
import sys

from history_stage import Talker, talk

from bolt_agent.ghost.conversation import Conversation
from bolt_agent.ghost.history.keeper import StoreKeeper, Timing
from bolt_agent.ghost.history.store import Store
from bolt_agent.ghost.messages import Line
from drivers.clock import RealClock


def test_a_turn_is_kept_when_its_end_is_shown_and_its_messages_before(tmp_path):
    url = f"sqlite:///{tmp_path / 'history.db'}"
    seen = []

    async def main():
        conversation = Conversation(Talker(), RealClock(), keeper=StoreKeeper(lambda: Store(url), {}))
        async for item in conversation.talk("show a heart"):
            if item.item == "ended":
                turn = Store(url).turn(1)
                seen.append((turn.status, len(turn.messages)))
        await conversation.close()

    RealClock().run(main())
    assert seen == [("ok", 3)]


def test_nothing_is_opened_where_nothing_is_said(tmp_path):
    talk(f"sqlite:///{tmp_path / 'history.db'}")
    assert list(tmp_path.iterdir()) == []


def test_the_first_motion_does_not_wait_for_the_database():
    """What a robot needs for its first turn does not import the database's library."""
    code = "import sys, bolt_agent.assembly, bolt_agent.cli.turns; print('sqlalchemy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "False\n"


def test_times_are_those_of_the_first_of_each_kind():
    ticks = iter([10.0, 10.5, 11.0, 12.0])
    timing = Timing(lambda: next(ticks))
    for item in (Line(line=1), Line(line=2)):
        timing.note(item)
    timing.mark("end")
    assert timing.marks == {"first_packet": 0.5, "end": 2.0}
