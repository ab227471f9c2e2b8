"""A fast talker and slow thinkers: who answers when, and what comes of it."""

import asyncio

import pytest
from minds_stage import Script, Stage, program

from bolt_agent.assembly import Options, assemble
from bolt_agent.brains.brain import Say
from bolt_agent.brains.errors import MissingKey, Unreachable
from bolt_agent.ghost.artifact import Artifact
from bolt_agent.ghost.context import Context
from bolt_agent.ghost.ghost import Chatbot, MossAgent
from bolt_agent.ghost.messages import Chunk, Head, TurnBegan, TurnEnded
from bolt_agent.ghost.minds.bus import EventType
from bolt_agent.ghost.minds.errors import GhostError, UnknownGhost
from bolt_agent.ghost.minds.ready import BODY
from bolt_agent.ghost.minds.roster import Roster, folders_of_ghosts
from bolt_agent.ghost.minds.work import BrainFor, TaskState

SPAWN = program("moss.ghosts.spawn('thinker', 'How do I get around the table?')")


def test_the_talker_answers_at_once_while_a_thinker_is_busy_and_tells_its_result_when_it_comes():
    thinker = Script([30, "Go left, then straight."])
    stage = Stage(
        [Say("Let me think."), SPAWN],
        [Say("Hi!")],
        [Say("Rolling."), program("moss.body.new_move(run=True).go(30)")],
        minds={"thinker": thinker},
    )
    first, hi, rolling, told = stage.say("how do I get around the table?", "hello", "roll a bit")
    assert first.reply == "Let me think."
    assert first.t_end - first.t_start < 0.05
    assert hi.t_end - hi.t_start < 0.05
    assert rolling.t_end < 10
    assert told.reply == "Thinker has finished. Go left, then straight."
    assert told.t_start == pytest.approx(30, abs=0.5)
    assert thinker.asked[0][0] == "How do I get around the table?"
    assert told.say == ""


def test_what_a_thinker_found_is_known_in_the_next_turn():
    stage = Stage([SPAWN], [Say("Left!")], minds={"thinker": Script([1, "Go left."])})

    async def act(assembly):
        for text in ("think", "so?"):
            async for _ in assembly.conversation.talk(text):
                pass
            await assembly.shell.rest()

    stage.play(act)
    assert stage.brain.asked[1][1].history[-1].reply == "Thinker has finished. Go left."


def test_what_a_thinker_found_with_help_is_told_too_before_the_robot_rests():
    planner = Script([program("moss.ghosts.spawn('thinker', 'a detail')", "print('a plan')")])
    stage = Stage(
        [program("moss.ghosts.spawn('planner', 'a plan')")], minds={"planner": planner, "thinker": Script([500, "?"])}
    )
    stage.container.force_fetch(Roster).add(MossAgent(name="planner"))
    turns = stage.say("plan")
    assert turns[-1].reply == "Planner has finished. a plan"
    assert [task.state for task in stage.assembly.shell.tasks if task.ghost == "thinker"] == [TaskState.CANCELLED]


def test_what_a_thinker_cannot_do_is_told():
    thinker = Script([Unreachable("no answer from there")])
    stage = Stage([SPAWN], minds={"thinker": thinker})
    assert stage.say("think")[-1].reply == "Thinker could not do it: no answer from there"


def test_a_program_may_ask_and_wait():
    lines = ["print(moss.ghosts.ask('critic', 'is a square pretty?'))", "print(moss.ghosts.ask('critic', 'why?'))"]
    critic = Script([2, "No."], "It has corners.")
    stage = Stage([program(*lines)], minds={"critic": critic})
    stage.say("ask somebody")
    assert stage.messages("result")[0].text == "No.\nIt has corners.\n"
    assert [exchange.say for exchange in critic.asked[1][1].history] == ["is a square pretty?"]


def test_a_spawned_ghost_can_be_ended():
    thinker = Script([30, "Too late."])
    stage = Stage(
        [
            program(
                "task = moss.ghosts.spawn('thinker', 'a hard question')",
                "moss.body.wait(1)",
                "moss.ghosts.cancel(task)",
            )
        ],
        minds={"thinker": thinker},
    )
    assert len(stage.say("think, no, do not")) == 1
    assert [task.state for task in stage.assembly.shell.tasks if task.ghost == "thinker"] == [TaskState.CANCELLED]


def test_an_emergency_stop_ends_a_program_that_asks_and_whom_it_asks():
    stage = Stage([program("moss.ghosts.ask('thinker', 'a hard question')")], minds={"thinker": Script([1000, "42"])})

    async def act(assembly):
        stopping = asyncio.create_task(stop_later(assembly))
        async for _ in assembly.conversation.talk("think"):
            pass
        await stopping

    async def stop_later(assembly):
        await stage.clock.sleep(2)
        await assembly.conversation.stop()

    stage.play(act)
    assert stage.turns[0].t_end < 3
    assert [task.state for task in stage.assembly.shell.tasks if task.ghost == "thinker"] == [TaskState.CANCELLED]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("moss.ghosts.ask('thinkr', 'hm?')", "did you mean thinker?"),
        ("moss.ghosts.spawn('thinker', ' ')", "say what thinker shall do"),
        ("moss.ghosts.send('body/thinker-9', 'hello')", "no task 'body/thinker-9'"),
        ("moss.ghosts.cancel('body')", "no task 'body' of yours"),
    ],
)
def test_nonsense_is_an_error_that_says_what_to_do(line, said):
    stage = Stage([program(line)], [], [], minds={})
    stage.brain.tries = 1
    assert said in stage.say("go")[0].error


def test_without_a_model_a_thinker_says_what_is_missing():
    brain_for = assemble(Options(brain="reflex", clock="fast")).force_fetch(BrainFor)
    with pytest.raises(MissingKey, match="thinker thinks with a model, and none is set"):
        brain_for(Chatbot(name="thinker"), "")


def test_a_moss_agent_computes_and_asks_others_as_deep_as_allowed():
    planner = Script([program("print(6 * 7)", "print(moss.ghosts.ask('critic', 'is 42 right?'))")])
    stage = Stage(minds={"planner": planner, "critic": Script("It is.")})

    async def act(assembly):
        planning = assembly.shell.sync(MossAgent(name="planner", persona="You plan."))
        (turn,) = [turn async for turn in turns(planning, "6 times 7?")]
        return turn.reply, [task.id for task in assembly.shell.tasks]

    reply, tasks = stage.play(act)
    assert reply == "42\nIt is."
    assert tasks == ["body", "planner-2", "planner-2/critic-3"]


async def turns(conversation, text):
    async for item in conversation.talk(text):
        if isinstance(item, TurnEnded):
            yield item.turn


def test_a_moss_agent_has_no_body():
    planner = Script([program("moss.fetch(object)")], [program("print('no body')")])
    stage = Stage(minds={"planner": planner})

    async def act(assembly):
        talk = assembly.shell.sync(MossAgent(name="planner"))
        return [turn async for turn in turns(talk, "roll!")]

    (turn,) = stage.play(act)
    assert turn.reply == "no body"
    assert planner.asked[1][1].attempts[0].error


def test_a_conversation_with_a_mind_streams_like_any_other():
    stage = Stage(minds={"poet": Script(["Roses ", "are red."], ["Violets"])})

    async def act(assembly):
        poet = assembly.shell.sync(Chatbot(name="poet"))
        first = [item async for item in poet.talk("a line!")]
        second = [item async for item in poet.talk("another!")]
        await poet.close()
        with pytest.raises(GhostError, match="has cancelled"):
            [item async for item in poet.talk("one more!")]
        return first, second

    first, second = stage.play(act)
    assert isinstance(first[0], TurnBegan)
    assert [item.text for item in first if isinstance(item, Chunk)] == ["Roses ", "are red."]
    assert isinstance(first[1], Head)
    assert isinstance(first[-1], TurnEnded)
    assert first[-1].turn.reply == "Roses are red."
    assert second[0].turn == 2


class Weather(Context):
    degrees: int


def test_a_ghost_is_given_the_context_of_its_type():
    brain = Script("Warm.")
    stage = Stage(minds={"poet": brain})

    class Other(Context):
        pass

    async def act(assembly):
        poet = assembly.shell.sync(Chatbot(name="poet", context_type=Weather))
        with pytest.raises(GhostError, match="given a Weather, not a Other"):
            [item async for item in poet.talk("how is it?", Other())]
        [item async for item in poet.talk("how is it?", Weather(degrees=30))]

    stage.play(act)
    assert brain.asked[0][1].context == "degrees: 30"


DANCE = """
from bolt_agent import Ball, MossAgent
from bolt_agent.ghost.artifact import Artifact
from bolt_agent.moss import Moss as Parent


class Dance(Artifact):
    title: str = ""
    steps: list[str] = []


class Moss(Parent):
    body: Ball
    dance: Dance = Dance()


__ghost__ = MossAgent(name="Choreographer", artifact_type=Dance)
"""


def test_an_artifact_changes_over_the_conversation(tmp_path):
    file = tmp_path / "dance.py"
    file.write_text(DANCE, encoding="utf-8")
    stage = Stage(
        [program("moss.dance.title = 'Waltz'")], [program("moss.dance.steps += ['spin', 'bow']")], moss_file=file
    )

    async def act(assembly):
        seen = []
        for text in ("begin", "go on"):
            async for _ in assembly.conversation.talk(text):
                pass
            seen.append(assembly.conversation.get_artifact())
        return seen

    first, second = stage.play(act)
    assert isinstance(first, Artifact)
    assert (first.title, first.steps) == ("Waltz", [])
    assert (second.title, second.steps) == ("Waltz", ["spin", "bow"])


def test_a_robot_that_makes_nothing_has_no_artifact():
    async def act(assembly):
        return assembly.conversation.get_artifact()

    assert Stage().play(act) is None


def test_the_roster_has_ours_and_the_users(tmp_path):
    (tmp_path / "poet.md").write_text("# poet\nWrites a line.\n\nYou write one line.\n", encoding="utf-8")
    (tmp_path / "thinker.md").write_text("# thinker\nThinks quickly.\n\nYou are quick.\n", encoding="utf-8")
    (tmp_path / "broken.md").write_text("nothing", encoding="utf-8")
    roster = Roster([*folders_of_ghosts(), tmp_path])
    assert list(roster) == ["broken", "poet", "thinker"]
    assert [ghost.name for ghost in roster.readable()] == ["poet", "thinker"]
    assert roster["poet"].persona == "You write one line."
    assert roster["thinker"].description == "Thinks quickly."
    with pytest.raises(UnknownGhost, match=r"broken\.md is no ghost"):
        roster["broken"]
    with pytest.raises(UnknownGhost, match="did you mean poet"):
        roster["peot"]


def test_what_the_body_shall_know_it_says_and_nonsense_does_not_end_it():
    stage = Stage([Say("Hi!")])

    async def act(assembly):
        tasks = assembly.shell.tasks
        await tasks.send(BODY, type=EventType.APPROVE, data={"id": "nothing waits", "yes": True})
        await tasks.send(BODY, "The pizza is here.", type=EventType.NOTIFY)
        await tasks.send(BODY, "hello")
        await tasks.wait(BODY)

    stage.play(act)
    assert stage.spoken == ["The pizza is here.", "Hi!"]


MODELS = {
    "models": {"quick": {"model": "q"}, "clever": {"model": "c"}},
    "roles": {"talker": ["quick"], "thinker": ["clever", "quick"]},
}


@pytest.mark.parametrize(
    ("ghost", "names"),
    [
        (Chatbot(name="thinker"), ["clever", "quick"]),
        (Chatbot(name="poet"), ["quick"]),
        (Chatbot(name="poet", model="clever"), ["clever"]),
    ],
)
def test_a_ghost_thinks_with_the_model_it_names_or_with_those_of_its_role(ghost, names):
    options = Options(brain="openai", clock="fast", settings=MODELS)
    brain = assemble(options).force_fetch(BrainFor)(ghost, "")
    assert list(brain._brains) == names
