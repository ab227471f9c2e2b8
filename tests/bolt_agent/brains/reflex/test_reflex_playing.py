"""What delights a child: parts it plays, pictures it draws, magic words, colours of things, games of chance."""

import pytest
from reflex_stage import perform

from bolt_agent.brains.reflex import ReflexBrain
from bolt_agent.brains.reflex.budget import duration
from bolt_agent.brains.reflex.lexicon import load_lexicon
from bolt_agent.robot.icons import icon_names, load_icons

PARTS = load_lexicon("en").parts

LONGEST = 16.0
"""Seconds that a part may take: a child waits no longer."""

PLAYED = """
be a bee                                           | bee
pretend you're a bumblebee                         | bumblebee
i want you to be a bee                             | bee
you are a princess now                             | princess
you're a bee now                                   | bee
turn into a bee                                    | bee
move like a bee                                    | bee
can you be a busy little bee please                | bee
you're a spinning top now                          | spinning top
be my little mouse                                 | mouse
turn into a fire engine                            | fire engine
be a boat on the waves                             | boat
act like a cat that's stalking a bird              | cat
imitate a lighthouse                               | lighthouse
fly like a bird                                    | bird
be saturn                                          | saturn
be the moon                                        | moon
"""

ALSO = """
be a bee and then spin                             | be a bee then spin
be a bee twice                                     | be a bee two times
you're a spaceship, race forward                   | be a rocket then race forward
buzz like a wasp                                   | be a bee
tonight you're the moon, so turn white             | be the moon then turn white
act like a bull, wiggle                            | be a bull then wiggle
be a cat then a dog                                | be a cat then be a dog
first be a frog, then be a rabbit                  | be a frog then be a rabbit
do a bee dance                                     | be a bee
be the moon going round the earth                  | be the moon
be a shark                                         | be a crocodile
be an apple                                        | pretend you are an apple
be a bear                                          | pretend to be a teddy bear
be my dinosaur                                     | be a dino
"""

SAME = """
abracadabra, turn green                            | turn green
hocus pocus spin around                            | spin around
expelliarmus, roll backwards                       | roll backwards
by magic, turn purple                              | turn purple
turn purple, abracadabra                           | turn purple
hey bolt, abracadabra, turn green                  | turn green
magic wand says go pink                            | go pink
you're under my spell, go backwards for two seconds | go backwards for two seconds
musical statues, dance                             | dance
be the colour of ketchup                           | be red
turn the colour of lava                            | turn orange
go the colour of chocolate                         | go brown
be the color of a flamingo                         | be pink
boogie time                                        | dance
party mode                                         | dance
hit the griddy                                     | dance
go nuts                                            | be silly
throw a tantrum                                    | be angry
snore                                              | be sleepy
wave                                               | wave hello
bow to the queen                                   | bow
do a ballet twirl                                  | spin
flutter                                            | wiggle
rumble                                             | tremble
show a bunny                                       | show a rabbit
show a skull and crossbones                        | show the skull and crossbones
show a birthday cake                               | show a cake
draw a snake                                       | show a picture of a snake
show me a red heart that beats                     | blink a red heart
show a ghost that keeps appearing and disappearing | blink a ghost
be green, like a frog                              | be green
be as calm as the sea                              | be calm
wiggle from side to side like a snake              | wiggle
burst into colours                                 | rainbow
slow dance with mummy, with soft pink lights       | be calm then turn your lights soft pink
show the colours of the french flag                | show the french flag
show the earth, blue and green                     | show the earth
"""

CHANCE = """
heads or tails                                     | flip a coin
show a number between one and six                  | roll the dice
choose somebody                                    | spin the bottle
roll the dice twice                                | roll the dice then roll the dice
"""

STAYS = """
you are a star
you're a pig
you are a little monkey
he is a bee
my sister is a dragon now
be a good boy
it might rain later so take an umbrella
what is it like to be a bee
i was a tree in the school play
she did some magic
a spider sat beside her
abracadabra
that will turn into a nightmare
it sounds like a train
click the mouse
"""

DRAWN = """
frog cake trophy butterfly pumpkin rabbit umbrella paw crossbones elephant unicorn horse fish snowman earth saturn worm
bear penguin bee ladybug mushroom candle bell balloon present crown key lock castle spider snake apple banana cherry
pizza plane boat train sword shield mountain sea leaf clover snowflake football dice mouse dog owl dragon dino chess
hourglass
"""


def table(text):
    return [tuple(part.strip() for part in line.split("|")) for line in text.splitlines() if line]


@pytest.mark.parametrize(("said", "name"), table(PLAYED))
def test_it_plays_the_part_that_it_is_given(said, name):
    thought, plain = ReflexBrain().think(said), ReflexBrain().think(PARTS[name])
    assert thought.status == "ok", thought.reply
    assert thought.code == plain.code
    assert name in thought.reply


@pytest.mark.parametrize(("does", "name"), {does: name for name, does in PARTS.items()}.items(), ids=str)
def test_a_part_is_words_that_it_understands_and_takes_some_seconds(does, name):
    thought = ReflexBrain().think(does)
    assert thought.status == "ok", thought.reply
    assert 1.0 < duration(thought.intents) <= LONGEST
    assert perform(thought.code or "")


@pytest.mark.parametrize("icon", icon_names())
def test_what_it_has_a_picture_of_it_can_pretend_to_be(icon):
    name = load_lexicon("en").name("icon", icon)
    thought = ReflexBrain().think(f"pretend to be a {name}")
    assert thought.status == "ok", thought.reply
    assert thought.code


@pytest.mark.parametrize(("said", "plainly"), table(ALSO + SAME))
def test_what_children_say_means_what_is_said_plainly(said, plainly):
    thought, plain = ReflexBrain().think(said), ReflexBrain().think(plainly)
    assert (thought.status, plain.status) == ("ok", "ok"), (thought.reply, plain.reply)
    assert perform(thought.code or "") == perform(plain.code or "")


@pytest.mark.parametrize(("said", "plainly"), table(CHANCE))
def test_what_comes_by_chance_has_many_names(said, plainly):
    code = ReflexBrain().think(said).code or ""
    assert "random" in code
    assert code == ReflexBrain().think(plainly).code


@pytest.mark.parametrize("said", [line for line in STAYS.splitlines() if line])
def test_talk_of_such_things_moves_nothing(said):
    assert ReflexBrain().think(said).code is None


@pytest.mark.parametrize("name", DRAWN.split())
def test_children_find_the_pictures_they_ask_for(name):
    assert name in load_icons()


def test_a_die_shows_a_number_that_nobody_knows_before():
    thrown = {perform(ReflexBrain().think("roll the dice").code or "")[-1] for _ in range(60)}
    assert thrown <= {f"letter {n} #ffc800" for n in range(1, 7)}
    assert len(thrown) > 1


def test_the_bottle_points_anywhere():
    assert len({perform(ReflexBrain().think("spin the bottle").code or "")[-1] for _ in range(20)}) > 1


def test_it_says_what_it_can_play():
    thought = ReflexBrain().think("what can you pretend to be?")
    assert (thought.code, thought.status) == (None, "ok")
    assert "bee, butterfly, frog" in thought.reply


def test_a_part_is_played_when_something_happens():
    reply = ReflexBrain().think("when you bump into something be a dragon").reply
    assert "playing a dragon" in reply


def test_what_a_person_has_named_so_comes_before_the_part():
    brain = ReflexBrain()
    brain.think("call this move bee: spin twice")
    assert brain.think("be a bee").code == ReflexBrain().think("spin twice").code
