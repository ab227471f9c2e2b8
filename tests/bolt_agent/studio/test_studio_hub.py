"""What a slow page gets: the newest state, never a queue that grows; and what was drawn meanwhile is not lost."""

import asyncio

from bolt_agent.studio.hub import MOST_WAITING, Client, Hub
from bolt_agent.studio.protocol import Failed, Hello, Microphone, RobotState, ServerMessageAdapter, State


def hello():
    return Hello(
        version="1",
        languages=[],
        robots=[],
        world=None,
        worlds=[],
        top_speed=255,
        t=0,
        pace=None,
        microphone=Microphone(available=False),
    )


def state(t, **more):
    return State(t=t, robots=[RobotState(id="a", x=t, trail=[(t, t, 0)], **more)])


def received(client):
    """What a page gets that takes everything at once now."""
    texts = []

    async def main():
        async def send(text):
            texts.append(text)

        sending = asyncio.create_task(client.send_all(send))
        for _ in range(3):
            await asyncio.sleep(0)
        sending.cancel()

    asyncio.run(main())
    return [ServerMessageAdapter.validate_json(text) for text in texts]


def test_a_page_is_told_everything_first():
    assert [message.type for message in received(Client(hello))] == ["hello"]


def test_states_that_wait_become_one_with_the_newest_place_and_all_that_changed():
    client = Client(hello)
    client.tell(state(1, face="f" * 384))
    client.tell(state(2, front="#ff0000"))
    client.tell(state(3))
    _, only = received(client)
    (robot,) = only.robots
    assert (robot.x, robot.face, robot.front) == (3, "f" * 384, "#ff0000")
    assert robot.trail == [(1, 1, 0), (2, 2, 0), (3, 3, 0)]


def test_the_trail_that_waits_is_thinned_out_and_not_piled_up():
    client = Client(hello)
    for t in range(20_000):
        client.tell(state(t))
    robot = received(client)[1].robots[0]
    assert len(robot.trail) <= 1000
    assert robot.trail[-1][0] == 19_999


def test_a_page_that_falls_too_far_behind_is_told_everything_anew():
    client = Client(hello)
    for number in range(most := 5 * MOST_WAITING // 2):
        client.tell(Failed(text=str(number)))
    messages = received(client)
    assert len(messages) <= MOST_WAITING + 1
    assert messages[0].type == "hello"
    assert messages[-1].text == str(most - 1)


def test_all_pages_are_told():
    hub = Hub()
    hub.clients = {Client(hello), Client(hello)}
    hub.tell(state(1))
    assert [received(client)[-1].t for client in hub.clients] == [1, 1]
