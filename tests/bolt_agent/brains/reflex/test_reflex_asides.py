"""What people say around a command: reasons, comparisons, places, pet names, and what they take back."""

import pytest
from reflex_stage import perform

from bolt_agent.brains.reflex import ReflexBrain, means_stop

REASONS = """
show a sad face because we have to leave soon    | show a sad face
all lights off it's bedtime                      | all lights off
spin around i want to see your back              | spin around
turn left because there's a wall                 | turn left
drive to the left the cat is sleeping            | drive to the left
show me a heart grandma is here                  | show a heart
light up red it's an emergency                   | light up red
show a star for the best student                 | show a star
draw a check mark for the right answer           | draw a check mark
let's go forward we don't have all day           | go forward
set the front light to purple and leave the rear one alone | set the front light to purple
it's dark turn on your lights                    | turn on your lights
it's my birthday show me a star                  | show a star
i'm bored dance for me                           | dance
i can't find you so flash your lights            | flash your lights
the coast is clear so drive on                   | drive
since it's christmas flash red and green         | flash red and green
show the letter b for ben                        | show the letter b
i want a sun because it's raining outside        | show a sun
headlights on it's getting dark in here          | headlights on
you're stuck so back up a bit                    | back up a bit
be happy because it's sunday                     | be happy
hooray we found it                               | hooray
my tooth hurts can you be silly                  | be silly
grandma fell asleep could you turn around        | turn around
chugga chugga drive slowly                       | drive slowly
phew now you're too close roll back              | roll back
"""

COMPARED = """
make your lights blue like the ocean             | make your lights blue
glow softly like a night light                   | glow
make the tail light red like a real car          | make the tail light red
flash red like a police car                      | flash red
shake like you're freezing cold                  | shake
drive like an old lady                           | drive
zoom ahead as fast as you possibly can           | go ahead as fast as you can
act like you're super sleepy                     | be sleepy
be a scared little mouse                         | be scared
pretend to be an angry bear                      | be angry
show a juicy apple                               | show an apple
spin gracefully                                  | spin
act like you're scared of the dark               | be scared
be as white as snow                              | be white
be a cat                                          | pretend you are a cat
pretend you're a ghost and spin                  | be a ghost then spin
pretend to be a werewolf                        | dance
be a werewolf show fire and charge forward         | show fire then dash forward
"""

PLACES = """
zigzag across the kitchen floor                  | zigzag
roll down the hallway for two seconds            | roll for two seconds
race across the living room                      | race
wander around the room for a minute              | patrol for a minute
hang a left at the chair leg                     | turn left
would you mind backing away from the stairs      | go backward
"""

NAMES = """
go west young man                                | go west
dance for me darling                             | dance
could we have a star up there please             | show a star
i wish you would spin twice                      | spin twice
well done you clever thing                       | well done
are you tired already                            | are you tired
what kinds of things can you do                  | what can you do
can we go backwards for two seconds              | go backwards for two seconds
nod if you understand                            | nod
blink once for yes                               | blink once
ready set go                                     | go
bouncy come home                                 | come home
i'd love it if you could spin twice              | spin twice
i'd love it if you did a circle                  | do a circle
right bolt pay attention roll forward            | roll forward
almost now turn left                             | turn left
not quite another ten centimeters                | ten centimeters
make a star appear                               | show a star
turn him purple                                  | turn purple
show her a tree                                  | show a tree
may i ask you to turn right                      | turn right
okay sparky show the class your zigzag           | zigzag
i think six feet forward should do it            | six feet forward
simon says turn blue and wiggle                  | turn blue and wiggle
"""

WORDS = """
keep rolling for ten seconds at low speed        | roll slowly for ten seconds
count down from three and then race off          | count down from three then race
pick up the pace to about half power             | half power
nudge yourself forward                           | creep forward
swing around and face me                         | turn around
turn around and face the other way               | turn around
this direction is forward from now on            | reset your aim
show a heart and whisper hello                   | show a heart and say hello
make a spiral that gets bigger and bigger        | make a spiral
all your lights off then tell us good night      | all your lights off then say good night
wake up sleepy head                              | look excited
surprise me                                      | dance
do anything you like                             | dance
please be still for a moment                     | wait a moment
go back the way you came                         | come back
go straight ahead and don't stop until you hit something | go straight ahead until you hit something
roll forward at least one meter                  | roll forward one meter
turn one 80 degrees                              | turn 180 degrees
roll then park it                                | roll then stop
gun it for two seconds                           | dash for two seconds
bank left like an airplane                       | turn left
do some donuts                                   | do a circle
do the cha cha                                   | dance
pick any color you like                          | rainbow
violet light on the back                         | make your back light violet
full steam ahead                                 | go forward
tell daddy i love him                            | say i love him
"""

TEXTS = """
scroll my name it's oliver                       | write oliver
write my name it's mia in red                    | write mia in red
say hello and make a sunshine on your screen     | say hello then show a sun
say ouch and come back                           | say ouch then come back
say hi and change to red                         | say hi then turn red
whenever you crash say sorry and back up         | whenever you crash say sorry then back up
"""

CORRECTED = """
change to orange no actually pink                | turn pink
turn left no wait right                          | turn right
red i mean blue                                  | blue
turn the front light red i mean blue             | turn the front light blue
go forward two meters no wait three meters       | go forward three meters
go forward then turn left sorry i mean right     | go forward then turn right
turn left no right                               | turn right
turn left not right                              | turn left
show a star not a heart                          | show a star
instead of red make it blue                      | make it blue
make it green rather than yellow                 | make it green
dance rather than spin                           | dance
i said left not right                            | left
wrong way turn around                            | turn around
do a wheelie just kidding do a spin              | do a spin
"""

EVENTS = """
if you crash into the chair turn around          | if you hit something turn around
if you bump into my foot turn around             | if you hit something turn around
when you hit the box show a sad face             | if you hit something show a sad face
if somebody pushes you turn red                  | if you hit something turn red
roll forward until you hit the couch             | roll forward until you hit something
"""

AFTERWARDS = """
roll left | no wait i meant the other left       | no, the other way
roll left | do that same move again              | again
roll left | same thing again but twice as fast   | again but twice as fast
roll left | undo the last thing you did          | undo
roll left | speed up you're crawling             | speed up
roll left | ha you are too slow speed up         | speed up
roll left | take it slow we're near the stairs   | slow down
roll left | take it down a notch speed wise      | slow down
roll left | slow down i'm dizzy                  | slow down
roll left | go slower the floor is wet           | slow down
roll left | you're going too fast               | slow down
roll left | half that speed please               | half the speed
roll left | five more of those                   | five more times
roll left | do the whole thing from the top      | again
roll left | do the opposite of what you just did | the opposite
roll left | i don't like that undo it            | undo
roll left | the cat jumped try it again          | again
roll left | do that two more times so we are even | do that two more times
"""

KEPT = """
say good night and sleep well                    | good night and sleep well
say hello and goodbye                            | hello and goodbye
say hi and let go                                | hi and let go
write salt and pepper                            | salt and pepper
write see you later alligator                    | see you later alligator
"""

REFUSED = """
drive down the stairs                            | stairs
drive to the place i like                        | i like
roll forward and stop when i clap                | i
whenever somebody picks you up turn yellow       | cannot feel being picked up
if i lift you up scream and go white             | cannot feel being picked up
fill half of your screen with turquoise          | half
flail left                                       | flail
"""

NO_COMMANDS = """
the number you have dialled is not available
the spin of an electron is not what he wanted
circle geometry is not what we wanted
we won by the way and i scored
wait we need milk
the bus was late turn left at the church
we are going to turn left
my friend is great show us the film
that could be a problem
we were late so we turned left
dogs roll in the grass
they will do it again
you can't dance can you
we put our shoes by the door
he says you could be right
"""


def table(text):
    return [tuple(part.strip() for part in line.split("|")) for line in text.splitlines() if line]


@pytest.mark.parametrize(
    ("said", "plainly"), table(REASONS + COMPARED + PLACES + NAMES + WORDS + TEXTS + CORRECTED + EVENTS)
)
def test_what_is_said_around_a_command_does_not_change_it(said, plainly):
    thought, plain = ReflexBrain().think(said), ReflexBrain().think(plainly)
    assert (thought.status, plain.status) == ("ok", "ok"), thought.reply
    assert (thought.code, thought.intents) == (plain.code, plain.intents)


@pytest.mark.parametrize(("first", "said", "plainly"), table(AFTERWARDS))
def test_the_last_command_is_referred_to_in_many_words(first, said, plainly):
    brain, plain = ReflexBrain(), ReflexBrain()
    for one in (brain, plain):
        one.think(first)
    code = brain.think(said).code
    assert code is not None
    assert code == plain.think(plainly).code


@pytest.mark.parametrize(("said", "text"), table(KEPT))
def test_a_text_goes_on_after_and_where_no_command_follows(said, text):
    assert f'"{text}"' in (ReflexBrain().think(said).code or "")


@pytest.mark.parametrize(("said", "reason"), table(REFUSED))
def test_what_is_part_of_the_command_is_not_left_out(said, reason):
    thought = ReflexBrain().think(said)
    assert (thought.code, thought.status) == (None, "refused")
    assert reason in thought.reply


@pytest.mark.parametrize("said", [line for line in NO_COMMANDS.splitlines() if line])
def test_a_statement_with_a_command_word_in_it_is_no_command(said):
    assert ReflexBrain().think(said).code is None


def test_what_can_be_done_is_done_and_the_rest_is_said():
    thought = ReflexBrain().think("slow down and change to blue while you're at it")
    assert "blue" in (thought.code or "")
    assert "nothing to repeat or change" in thought.reply


def test_a_speed_named_beside_a_new_thing_is_the_speed_of_the_last_move():
    brain = ReflexBrain()
    brain.think("roll left for one second")
    code = brain.think("slow down and change to blue").code or ""
    assert "speed=60" in code
    assert "blue" in code


@pytest.mark.parametrize(
    "said",
    [
        "quit that before you fall",
        "cut the motors immediately",
        "whoa whoa hold it",
        "quit moving",
        "slam on the brakes",
    ],
)
def test_more_words_mean_stop(said):
    assert means_stop(said)


@pytest.mark.parametrize("said", ["hold it for two seconds", "quit blinking", "do a star then quit it"])
def test_a_pause_or_the_end_of_a_part_is_no_emergency(said):
    assert not means_stop(said)


SLOWLY = """
blink red every second | clear / fill red / sleep 0.5 / clear / sleep 0.5
flash your lights every half second | front white / back white / sleep 0.25 / front black / back black / sleep 0.25
"""


@pytest.mark.parametrize(("said", "once"), table(SLOWLY))
def test_a_beat_is_kept_for_every_blink(said, once):
    done = " / ".join(perform(ReflexBrain().think(said).code or ""))
    assert done.count(once.removeprefix("clear / ")) == 3


def test_colors_change_with_the_beat_that_is_asked_for():
    done = perform(ReflexBrain().think("change colors every two seconds").code or "")
    assert done[:4] == ["fill red", "sleep 2", "fill orange", "sleep 2"]


def test_a_fade_goes_through_the_colors_between():
    done = perform(ReflexBrain().think("fade from red to blue over nine seconds").code or "")
    assert done[0] == "fill red"
    assert "fill #800080" in done
    assert done[-2:] == ["fill blue", "sleep 1"]


def test_several_of_the_last_commands_are_done_again():
    brain = ReflexBrain()
    for said in ("roll left for one second", "spin", "repeat the last two moves and finish with a smile"):
        code = brain.think(said).code
    assert perform(code or "") == ["drive 270 speed 90 for 1", "spin 360 in 1", "until rest", "show smile"]


def test_what_was_told_is_forgotten_when_asked():
    assert "moss.memory.forget('sister')" in (ReflexBrain().think("forget what i told you about my sister").code or "")
    assert ReflexBrain().think("forget the wiggle").code is None


@pytest.mark.parametrize(
    "said", ["do the tornado trick we made yesterday", "show us the tornado move", "now do the tornado"]
)
def test_a_named_move_is_still_one_with_what_it_is_beside_it(said):
    brain = ReflexBrain()
    brain.think("spin")
    assert "the move tornado." in brain.think("let's call that trick the tornado").reply
    assert perform(brain.think(said).code or "") == ["spin 360 in 1"]
