"""The work of ghosts: a tree of tasks, in order within each, and a cancel overtakes."""

import asyncio

import pytest
from minds_stage import Script, run_fast, settle

from bolt_agent.brains.errors import Unreachable
from bolt_agent.container import ProviderAdapter
from bolt_agent.ghost.ghost import BoltGhost, Chatbot, Ghost, MossAgent
from bolt_agent.ghost.minds.bus import EventType, MemoryBus, TaskEvent
from bolt_agent.ghost.minds.driver import GhostDriver, driver_of, drives
from bolt_agent.ghost.minds.errors import TaskEnded, TooManyTasks, UnknownTask
from bolt_agent.ghost.minds.ready import ChatbotDriver, MossAgentDriver
from bolt_agent.ghost.minds.task_worker import MOST_ROUNDS
from bolt_agent.ghost.minds.tasks import DEEPEST, MOST_AT_A_TIME, Tasks
from bolt_agent.ghost.minds.work import Resources, TaskState
from bolt_agent.ghost.operators import Error, Fail, Finish, Observe, Think, Wait


class Diary(Ghost):
    """A ghost for tests: it does what its events say, and keeps a diary."""


SAYS = {"finish": Finish, "fail": Fail, "wait": Wait, "error": Error, "think": Think, "observe": Observe}


@drives(Diary)
class DiaryDriver(GhostDriver):
    def __init__(self, ghost):
        super().__init__(ghost)
        self.diary = []

    async def on_creating(self, work):
        if self.ghost.description == "stillborn":
            raise RuntimeError("no way")

    def parse_event(self, event, work):
        return None if event.text == "noise" else event

    async def on_event(self, event, work):
        self.diary.append((event.type, event.text))
        word, _, rest = event.text.partition(" ")
        if word == "sleep":
            await work.clock.sleep(float(rest))
            self.diary.append(("slept", rest))
        if word == "raise":
            raise Unreachable("no answer from there")
        return SAYS.get(word, Wait)(rest)


def tasks_on(clock, brains=None):
    return Tasks(MemoryBus(), Resources(clock, lambda ghost, instructions: (brains or {})[ghost.name], None))


def with_diary(act, **ghost):
    """Run `act(tasks, task, diary)` with a task of a diary-keeping ghost."""

    async def main(clock):
        tasks = tasks_on(clock)
        driver = DiaryDriver(Diary(name="diary", **ghost))
        task = await tasks.create(driver.ghost, driver=driver)
        try:
            return await act(tasks, task, driver.diary)
        finally:
            await tasks.close()

    return run_fast(main)


def test_events_are_taken_in_order_one_after_another():
    async def act(tasks, task, diary):
        for text in ("sleep 3", "sleep 1", "hello"):
            await tasks.send(task.id, text)
        await tasks.wait(task.id)
        return [text for _, text in diary]

    assert with_diary(act) == ["sleep 3", "3", "sleep 1", "1", "hello"]


def test_a_cancel_overtakes_what_waits_and_ends_what_is_being_done():
    async def act(tasks, task, diary):
        await tasks.send(task.id, "sleep 1000")
        await tasks.send(task.id, "hello")
        await settle()
        await tasks.cancel(task.id)
        assert task.state is TaskState.CANCELLED
        assert [text for _, text in diary] == ["sleep 1000"]
        with pytest.raises(TaskEnded, match="begin another"):
            await tasks.send(task.id, "hello")
        await tasks.cancel(task.id)  # harmless

    with_diary(act)


@pytest.mark.parametrize(
    ("text", "state", "said"),
    [
        ("finish 42", TaskState.FINISHED, "42"),
        ("fail no idea", TaskState.FAILED, "no idea"),
        ("wait for what?", TaskState.WAITING, "for what?"),
        ("raise", TaskState.FAILED, "no answer from there"),
        ("noise", TaskState.WAITING, ""),
    ],
)
def test_an_operator_says_how_the_task_goes_on(text, state, said):
    async def act(tasks, task, diary):
        await tasks.send(task.id, text)
        ended = await tasks.wait(task.id)
        return ended.state, ended.text

    assert with_diary(act) == (state, said)


@pytest.mark.parametrize("word", ["think", "observe"])
def test_who_thinks_or_observes_goes_on_by_an_event_of_its_own(word):
    async def act(tasks, task, diary):
        await tasks.send(task.id, f"{word} finish soon")
        await tasks.wait(task.id)
        return diary, task.text

    diary, text = with_diary(act)
    assert diary == [(EventType.INPUT, f"{word} finish soon"), (EventType.ROTATE, "finish soon")]
    assert text == "soon"


def test_thinking_has_an_end_and_so_do_errors():
    async def act(tasks, task, diary):
        await tasks.send(task.id, " ".join(["think"] * 50))
        await tasks.wait(task.id)
        thoughts = len(diary)
        await tasks.send(task.id, " ".join(["error"] * 50))
        await tasks.wait(task.id)
        return thoughts, len(diary) - thoughts, task.state

    assert with_diary(act) == (MOST_ROUNDS + 1, 3, TaskState.FAILED)


def test_a_task_that_cannot_begin_has_failed():
    async def act(tasks, task, diary):
        await settle()
        return task.state, task.text

    assert with_diary(act, description="stillborn") == (TaskState.FAILED, "RuntimeError: no way")


def test_parents_are_called_back_and_children_end_with_them():
    async def act(tasks, task, diary):
        for goal in ("finish 42", "fail no idea", "wait for what?", "sleep 1000"):
            await tasks.create(Diary(name="child"), parent=task.id, goal=goal, calls_back=True)
        await settle()
        children = [child.id for child in tasks.children(task.id)]
        assert children == ["diary-1/child-4", "diary-1/child-5"]
        await tasks.cancel(task.id)
        assert [tasks[child].state for child in children] == [TaskState.CANCELLED] * 2
        return diary

    assert with_diary(act) == [
        (EventType.FINISHED, "42"),
        (EventType.FAILED, "no idea"),
        (EventType.WAITING, "for what?"),
    ]


def test_tasks_in_each_other_and_side_by_side_are_limited():
    async def act(tasks, task, diary):
        deepest = task
        for _ in range(DEEPEST - 1):
            deepest = await tasks.create(Diary(name="child"), parent=deepest.id)
        with pytest.raises(TooManyTasks, match="deeper than 4"):
            await tasks.create(Diary(name="child"), parent=deepest.id)
        for _ in range(MOST_AT_A_TIME - DEEPEST):
            await tasks.create(Diary(name="child"))
        with pytest.raises(TooManyTasks, match="cancel one"):
            await tasks.create(Diary(name="child"))
        with pytest.raises(UnknownTask, match="nobody-7"):
            await tasks.send("nobody-7", "hello")
        return task.depth, deepest.depth

    assert with_diary(act) == (1, DEEPEST)


def test_ended_tasks_can_be_read_but_not_without_end():
    async def act(tasks, task, diary):
        for _ in range(300):
            child = await tasks.create(Diary(name="child"), parent=task.id, goal="finish done")
            await tasks.wait(child.id)
        assert tasks[child.id].text == "done"
        return len(list(tasks))

    assert with_diary(act) == 101


def test_a_chatbot_remembers_its_thread_and_ends_with_its_goal():
    async def main(clock):
        brain = Script("Blue.", "You asked for a colour.", "42")
        tasks = tasks_on(clock, {"poet": brain})
        talk = await tasks.create(Chatbot(name="poet"))
        answers = []
        for text in ("a colour!", "what did I ask?"):
            await tasks.send(talk.id, text)
            answers.append((await tasks.wait(talk.id)).text)
        task = await tasks.create(Chatbot(name="poet"), goal="what is 6 times 7?")
        assert (await tasks.wait(task.id)).state is TaskState.FINISHED
        assert task.text == "42"
        assert [exchange.say for exchange in brain.asked[1][1].history] == ["a colour!"]
        assert brain.asked[2][1].history == []
        await tasks.close()
        return answers

    assert run_fast(main) == ["Blue.", "You asked for a colour."]


def test_notes_are_known_without_an_answer():
    async def main(clock):
        brain = Script("It rains.")
        tasks = tasks_on(clock, {"poet": brain})
        talk = await tasks.create(Chatbot(name="poet"))
        await tasks.send(talk.id, "it rains", type=EventType.NOTIFY)
        await tasks.send(talk.id, "what is the weather?")
        await tasks.wait(talk.id)
        await tasks.close()
        return [exchange.say for exchange in brain.asked[0][1].history]

    assert run_fast(main) == ["it rains"]


def test_a_ghost_finds_the_driver_of_the_nearest_kind():
    assert type(driver_of(Chatbot())) is ChatbotDriver
    assert type(driver_of(MossAgent())) is MossAgentDriver
    assert type(driver_of(Ghost())) is MossAgentDriver
    assert type(driver_of(type("Poet", (Chatbot,), {})())) is ChatbotDriver
    assert isinstance(driver_of(BoltGhost()), MossAgentDriver)


def test_instructions_tell_who_a_ghost_is_and_what_its_code_runs_in():
    told = driver_of(MossAgent(name="planner", persona="You plan.", instruction="Be brief.")).get_instructions()
    assert told.startswith("# Who you are\nYou plan.\n\n# How you work\nBe brief.\n")
    assert "class Ghosts:" in told
    assert "class Ball" not in told


def test_events_are_plain_json():
    event = TaskEvent(task="a/b-1", type=EventType.FINISHED, text="42", sender="a")
    assert TaskEvent.model_validate_json(event.model_dump_json()) == event
    assert [kind for kind in EventType if kind.is_callback] == ["finished", "failed", "waiting"]


def test_the_bus_gives_a_cancel_first():
    async def main(clock):
        bus = MemoryBus()
        for kind in (EventType.INPUT, EventType.NOTIFY, EventType.CANCEL):
            await bus.send(TaskEvent(task="a", type=kind))
        waiting = asyncio.create_task(bus.receive("b"))
        await settle()
        await bus.send(TaskEvent(task="b", text="late"))
        assert (await waiting).text == "late"
        return [(await bus.receive("a")).type for _ in range(3)]

    assert run_fast(main) == ["cancel", "input", "notify"]


def test_actions_are_called_by_name_and_find_what_the_driver_provides():
    class Add:
        name = "add"

        async def perform(self, arguments, work):
            return Finish(work.container.force_fetch(str).format(sum(arguments["numbers"])))

    class Adder(ChatbotDriver):
        def actions(self):
            return [Add()]

        def providers(self):
            return [ProviderAdapter(str, lambda _: "it is {}")]

    async def main(clock):
        tasks = tasks_on(clock)
        for name, expected in (("add", (TaskState.FINISHED, "it is 5")), ("fly", (TaskState.FAILED, None))):
            task = await tasks.create(Chatbot(name="adder"), driver=Adder(Chatbot(name="adder")))
            call = {"name": name, "arguments": {"numbers": [2, 3]}}
            await tasks.send(task.id, type=EventType.ACTION_CALL, data=call)
            await tasks.wait(task.id)
            assert task.state is expected[0]
            assert task.text == (expected[1] or "adder has no action 'fly'")

    run_fast(main)
