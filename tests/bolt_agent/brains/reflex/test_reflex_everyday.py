"""Commands as people say them every day: what comes when, what a thing is called, and what goes without saying."""

# ruff: noqa: E501  # what is said and what is done stand side by side

import pytest
from reflex_stage import perform

from bolt_agent.brains.reflex import ReflexBrain

ORDERS = """
roll forward four seconds but turn your face blue after one second | drive 0 speed 90 for 4 / sleep 1 / fill blue
go forward then show a ghost after two seconds      | drive 0 speed 90 for 1.5 / rest 2 / until rest / show ghost
spin and after two seconds roll                     | spin 360 in 1 / rest 2 / drive 0 speed 90 for 1.5
roll forward and after two seconds turn left        | drive 0 speed 90 for 2 / turn 270
spin and after turning left show a heart            | spin 360 in 1 / turn 270 / until rest / show heart
spin twice and after you show a heart               | spin 720 in 2 / until rest / show heart
when you are done spinning show a star              | show star
spin and when you are finished spinning show a star | spin 360 in 1 / until rest / show star
go in front for two seconds                         | drive 0 speed 90 for 2
"""

LIGHTS = """
turn your back light red, wait one second and then turn it off | back red / pause 1 / clear / front black / back black
turn it off                                         | clear / front black / back black
stop the light                                      | clear / front black / back black
"""

SAME = """
roll to the wall and stop there              | roll until you hit something
race to a wall at top speed                  | race at top speed until you hit something
show a ghost for grandma                     | show a ghost
show my sister a rocket                      | show a rocket
could you dance for my son please            | dance
smile at the camera                          | smile
creep like a baby                            | creep
it is late, turn off your lights             | turn off your lights
sneak to the left, the baby is asleep        | sneak to the left
drive a square while your back light is red  | drive a square with your back light red
the back light should be red                 | make the back light red
i want your face to be pink                  | make your face pink
can i have a skull                           | show a skull
main light red                               | make your face red
become green                                 | make your face green
flash between red and blue                   | flash red and blue
drive a big square and then a small one      | drive a big square and then a small square
make a square with long sides                | make a big square
turn around, then roll the other way         | turn around and roll forward
go as slow as a turtle                       | go like a snail
drive an s curve                             | drive a zigzag
play a silly dance with red lights           | do a silly dance with your lights red
write my name mia on your face               | write mia
write my name, mia                           | write mia
scroll hello across your face in red         | scroll hello in red
make a t                                     | show the letter t
can you show o                               | show the letter o
put a green z on your face                   | show a green letter z
show the letters d e f one after another     | show the letters d e f
do some tricks                               | dance
do the wave                                  | wiggle
show me the wiggle move                      | wiggle
spin and when it is over show a note         | spin and then show a note
waddle for two seconds and blink             | waddle for two seconds then blink
roll only one meter                          | roll one meter
hey buddy, swerve left                       | turn left
hurray, you won                              | hooray, you won
"""

TEXTS = """
scroll we're closed until after easter               | we're closed until after easter
say i'd run if i were a mouse                        | i'd run if i were a mouse
say don't worry when it rains                        | don't worry when it rains
display gone to the beach                            | gone to the beach
display penguins                                     | penguins
show they're nearly here                             | they're nearly here
can you show happy mother's day                      | happy mother's day
show cookies two dollars each                        | cookies two dollars each
put we're hiding on your screen                      | we're hiding
put merry christmas everybody on your face in green  | merry christmas everybody
put up a sign that says keep out                     | keep out
i want your face to say it's my birthday             | it's my birthday
make it say where's my sock                          | where's my sock
let it read the soup's hot                           | the soup's hot
"""

ENDED = """
say ouch if you hit a wall                           | whenever you hit a wall say ouch
say wheee while spinning                             | spin while saying wheee
scroll hello after two seconds                       | wait two seconds then scroll hello
say bye before you turn left                         | say bye then turn left
show me a star and then roll                         | show a star then roll
display 42 in orange                                 | write 42 in orange
roll in a circle with the word yes on your face      | roll in a circle writing yes
"""

SHOWS = """
do some fireworks                                    | flash red yellow green blue and pink three times
be a traffic light                                   | turn green for two seconds then yellow for one second then turn red
show us the alphabet                                 | write abcdefghijklmnopqrstuvwxyz
show me your heartbeat                               | blink a red heart five times
throw a disco party                                  | rainbow
indicate left then turn left                         | blink the left arrow then turn left
act bashful                                          | be shy
pretend you are dizzy                                | be dizzy
show a grossed out face                              | show a disgusted face
chill out                                            | calm down
do something                                         | dance
freestyle                                            | dance
show us how fast you can go                          | roll at full speed
do an impression of a cat                            | be a cat
turn the same colour as a banana                     | turn yellow
the next time you crash turn left                    | when you crash turn left
take a breather                                      | wait
rock back and forth a few times                      | roll forward and back three times
"""

ANSWERS = """
who built you                | Sphero
how old are you today        | battery
are you still awake          | fine
do you love me               | Of course
are you a girl or a boy      | neither
what colour are you now      | color
what's your favourite colour | gold
can you see me               | no camera
do you ever get hungry       | electricity
should i plug you in         | My battery is at
clever girl                  | Thank you
that's all for today         | Goodbye
"""

REFUSED = """
show a walrus                                | walrus
show walrus                                  | walrus
put my coat on                               | my
show business is hard work                   | business
fill half of it red                          | half
show me the money                            | money
can you do a backflip                        | do a happy dance
draw the letter k with your path             | path
i want to go home                            | i want to
"""

CHANGES = """
go right for 1 second | too slow, go faster           | drive 90 speed 135 for 1
go forward 10 cm      | three times as far            | go 0 30 cm
go forward 10 cm      | do the same thing three times | go 0 10 cm / go 0 10 cm / go 0 10 cm
go forward 10 cm      | a bit more                    | go 0 5 cm
go forward 100 cm     | a bit less than that          | go 0 67 cm
go forward 10 cm      | this is too short             | go 0 15 cm
go right for 1 second | get faster                    | drive 90 speed 135 for 1
dash left for 1 second | back to normal speed         | drive 270 speed 90 for 1
go right for 1 second | try that again                | drive 90 speed 90 for 1
go right for 1 second | do it the other way round     | drive 270 speed 90 for 1
show a red heart      | take the heart away           | clear
"""


def table(text):
    return [tuple(part.strip() for part in line.split("|")) for line in text.splitlines() if line]


@pytest.mark.parametrize(("said", "done"), table(ORDERS + LIGHTS))
def test_an_everyday_command_does_what_was_meant(said, done):
    thought = ReflexBrain().think(said)
    assert thought.status == "ok", thought.reply
    assert " / ".join(perform(thought.code)) == done


@pytest.mark.parametrize(
    ("taught", "name", "done"),
    [
        ("define a move called wag that turns left thirty degrees and then right thirty degrees", "wag", "turn 330 / turn 0"),
        ("learn a trick called hop which rolls forward one second and spins", "hop", "drive 0 speed 90 for 1 / spin 360 in 1"),
    ],
)  # fmt: skip
def test_a_name_ends_where_it_is_told_what_the_move_does(taught, name, done):
    brain = ReflexBrain()
    assert f"the move {name}." in brain.think(taught).reply
    assert " / ".join(perform(brain.think(f"do the {name}").code)) == done


@pytest.mark.parametrize(("said", "plainly"), table(SAME))
def test_what_is_said_every_day_means_what_is_said_plainly(said, plainly):
    thought, plain = ReflexBrain().think(said), ReflexBrain().think(plainly)
    assert thought.status == "ok", thought.reply
    assert thought.code == plain.code


@pytest.mark.parametrize(("said", "reason"), table(REFUSED))
def test_what_it_cannot_do_is_refused_with_the_reason(said, reason):
    thought = ReflexBrain().think(said)
    assert (thought.code, thought.status) == (None, "refused")
    assert reason in thought.reply


@pytest.mark.parametrize(("first", "then", "done"), table(CHANGES))
def test_the_last_command_is_changed_as_people_say_it(first, then, done):
    brain = ReflexBrain()
    brain.think(first)
    assert " / ".join(perform(brain.think(then).code)) == done


@pytest.mark.parametrize(("said", "text"), table(TEXTS))
def test_any_words_may_follow_where_a_text_is_asked_for(said, text):
    code = ReflexBrain().think(said).code or ""
    assert f'scroll_matrix_text("{text}"' in code
    assert "moss.body" not in code


@pytest.mark.parametrize(("said", "plainly"), table(ENDED + SHOWS))
def test_a_text_ends_where_a_command_or_an_event_follows_and_a_show_is_what_it_consists_of(said, plainly):
    thought, plain = ReflexBrain().think(said), ReflexBrain().think(plainly)
    assert (thought.status, plain.status) == ("ok", "ok"), (thought.reply, plain.reply)
    assert (thought.code, thought.reply) == (plain.code, plain.reply)


@pytest.mark.parametrize(("said", "answer"), table(ANSWERS))
def test_it_answers_what_people_ask_a_little_robot(said, answer):
    thought = ReflexBrain().think(said)
    assert (thought.code, thought.status) == (None, "ok")
    assert answer in thought.reply


@pytest.mark.parametrize("mood", ["shy", "disgusted", "dizzy", "calm", "confused", "proud"])
def test_a_mood_is_acted_with_light_and_movement_and_shown_as_a_face(mood):
    acted = perform(ReflexBrain().think(f"be {mood}").code or "")
    assert {line.split()[0] for line in acted} >= {"show", "front", "back", "spin"}
    (shown,) = perform(ReflexBrain().think(f"show a {mood} face").code or "")
    assert acted[0] == shown


def test_a_change_is_for_the_last_command_that_it_means_something_for():
    brain = ReflexBrain()
    for said in ("go right for one second", "show a heart", "faster"):
        code = brain.think(said).code
    assert perform(code or "") == ["drive 90 speed 135 for 1"]


@pytest.mark.parametrize("said", ["half red half blue", "make your face half red and half blue"])
def test_each_half_of_the_face_has_its_colour(said):
    code = ReflexBrain().think(said).code or ""
    assert 'set_pixel(i % 4, i // 4, "red")' in code
    assert perform(code) == ["fill blue", *["pixel"] * 32]


def test_a_change_beside_something_new_is_not_for_what_was_long_before():
    brain = ReflexBrain()
    for said in ("go right for one second", "show a heart", "celebrate but slower"):
        reply = brain.think(said).reply
    assert reply == "Doing my celebrate dance. I cannot change what I did last in that way."


def test_a_text_is_written_faster():
    brain = ReflexBrain()
    brain.think("scroll good morning")
    assert "fps=15" in (brain.think("make the text go faster").code or "")


def test_several_commands_are_taken_back():
    brain = ReflexBrain()
    for said in ("go right for one second", "show a heart", "undo the last two things"):
        code = brain.think(said).code
    assert perform(code or "") == ["clear", "front black", "back black", "drive 270 speed 90 for 1"]


def test_what_is_worn_while_it_dances_is_not_taken_off_by_the_dance():
    done = perform(ReflexBrain().think("dance while wearing a crown").code)
    assert done.index("show crown") > done.index("show smile")


def test_coming_back_slowly_is_slow():
    assert "speed=50" in (ReflexBrain().think("roll forward for two seconds then come back slowly").code or "")
