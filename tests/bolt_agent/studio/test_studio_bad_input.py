"""What a page may send by mistake, or on purpose: it is told in one line, and everything else goes on."""

import pytest

from bolt_agent.studio.protocol import PROTOCOL


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ("", "no JSON"),
        ("{", "no JSON"),
        ("[]", PROTOCOL),
        ('"stop"', PROTOCOL),
        ("{}", "type"),
        ('{"type": "explode"}', "explode"),
        ('{"type": "say"}', "text"),
        ('{"type": "say", "text": ""}', "text"),
        ('{"type": "say", "text": 7}', "text"),
        ('{"type": "say", "text": "hi", "robot": "R2D2"}', "R2D2"),
        ('{"type": "say", "text": "hi", "volume": 3}', "volume"),
        ('{"type": "pace", "rate": 1000}', "rate"),
        ('{"type": "pace", "rate": NaN}', "rate"),
        ('{"type": "step", "seconds": -1}', "seconds"),
        ('{"type": "faults", "faults": {"drop": 2}}', "drop"),
        ('{"type": "world", "name": "/etc/passwd"}', "there is no world"),
        ('{"type": "perform", "kind": "move", "name": "../../secret"}', "no name for a move"),
        ('{"type": "perform", "kind": "move", "name": "waltz"}', "none is kept"),
        ('{"type": "preview", "animation": {"palette": ["#ff0000"], "frames": [["0"]]}}', "frames"),
        ('{"type": "preview", "animation": {"palette": ["#ff0000"], "frames": []}}', "frames"),
        ('{"type": "hello", "protocol": "bolt-studio/9"}', "hello"),
        ("[" * 100_000, "no JSON"),
    ],
)
def test_a_bad_message_is_told_in_one_line(visitor, sent, told):
    visitor.socket.send_text(sent)
    failed = visitor.until("failed")
    assert told in failed["text"]
    assert "\n" not in failed["text"]
    visitor.send("run", code="def run(moss): pass")  # and the page goes on as before
    visitor.until_item("ended")


def test_sound_without_a_microphone_is_left_alone(visitor):
    visitor.socket.send_bytes(bytes(1001))
    visitor.send("listen", on=False)
    visitor.send("run", code="def run(moss): pass")
    visitor.until_item("ended")


@pytest.mark.parametrize(
    "path", ["/nothing", "/api/moves/x", "/api/conversations/x", "/api/moves/x.py", "/assets/x.js"]
)
def test_what_is_not_there_is_told(studio, path):
    answer = studio.http.get(path)
    assert answer.status_code in (400, 404, 405)


def test_a_robot_that_is_not_there_cannot_be_stopped(studio):
    answer = studio.http.post("/stop?robot=R2D2")
    assert answer.status_code == 404
    assert "R2D2" in answer.json()["error"]
