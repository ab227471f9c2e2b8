"""The mouth on a face that is dark otherwise."""

import pytest
from voice_stage import VoiceStage, said, stop

from bolt_agent.brains.brain import Code, Say
from bolt_agent.robot.driver import Driver
from bolt_agent.robot.motions import Fill
from bolt_agent.robot.player import Player
from bolt_agent.voice.mouth import Mouth

DARK = "#000000"


class Speaker:
    name, tries = "speaker", 1

    def __init__(self, code=None):
        self.code = code

    async def reply(self, text, situation):
        yield Say("Now I will say a few words for some seconds.")
        if self.code:
            yield Code(f"def run(moss):\n    {self.code}\n")


@pytest.fixture
def faces():
    """Let the robot speak, with a program beside it; the face twice a second, as the number of lights by colour."""

    def watch(code=None, *script):
        seen = []

        async def look(stage):
            container = stage.assembly.container
            mouth = Mouth(container.force_fetch(Driver).matrix, container.force_fetch(Player))
            stage.talker.on_sound.append(mouth.moves)
            while stage.clock.now() < 7:
                await stage.clock.sleep(0.5)
                face = stage.assembly.virtual_bolt.face
                seen.append({color for row in face for color in row} - {DARK})
            await mouth.settled()

        VoiceStage(said("speak", 1.0), *script, brain=Speaker(code)).listen(7, meanwhile=look)
        return seen

    return watch


def test_a_dark_face_speaks_along_and_is_dark_again(faces):
    seen = faces()
    assert seen[:2] == [set(), set()]
    assert sum(bool(colors) for colors in seen) >= 4
    assert seen[-2:] == [set(), set()]


def test_a_face_that_shows_something_keeps_it(faces):
    seen = faces("moss.face.fill('blue')")
    assert seen[-1] == {"#0000ff"}
    assert all(colors <= {"#0000ff"} for colors in seen[4:])


@pytest.mark.parametrize("ms", range(0, 160, 10))
def test_a_program_that_shows_something_while_the_mouth_is_on_its_way_is_seen(ms):
    async def show(stage):
        container = stage.assembly.container
        player = container.force_fetch(Player)
        mouth = Mouth(container.force_fetch(Driver).matrix, player)
        mouth.moves(True)
        await stage.clock.sleep(ms / 1000)
        player.perform(Fill(color="#0000ff"))
        await stage.clock.sleep(2)
        seen.append({color for row in stage.assembly.virtual_bolt.face for color in row})
        await mouth.settled()

    seen = []
    VoiceStage().listen(1, meanwhile=show)
    assert seen == [{"#0000ff"}]


def test_a_stop_leaves_no_mouth_behind(faces):
    assert faces(None, stop(2.5))[-1] == set()
