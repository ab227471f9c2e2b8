"""`bolt-agent skills` and `bolt-agent crew`, as a person types them."""

import json

import pytest

from bolt_agent.cli import main
from bolt_agent.cli.chat_conversation import ChatLog
from bolt_agent.ghost.messages import Chunk, Head, Turn, TurnEnded


@pytest.fixture
def bolt(tmp_path, monkeypatch, capsys):
    """Run `bolt-agent` in this process, without the person's settings; its exit status and what it printed."""
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("BOLT_AGENT_DATA", str(tmp_path))
    monkeypatch.setenv("BOLT_AGENT_CONFIG", str(tmp_path / "config.toml"))
    monkeypatch.chdir(tmp_path)

    def run(*words):
        monkeypatch.setattr("sys.argv", ["bolt-agent", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        return ended.value.code, *capsys.readouterr()

    return run


def test_skills_are_listed_with_how_they_are_called(bolt, tmp_path):
    status, out, err = bolt("skills")
    assert (status, err) == (0, "")
    assert "moss.skills.greet(name: str, nods: int = 2)\n    Greet somebody. When: somebody comes in" in out
    assert str(tmp_path / "skills") in out


def test_skills_are_json_where_a_program_reads_them(bolt):
    _, out, _ = bolt("skills", "--json")
    greet = next(skill for skill in json.loads(out) if skill["name"] == "greet")
    assert greet["parameters"][0] == {"name": "name", "type": "str", "required": True}


def test_one_skill_is_printed_as_it_is_written(bolt):
    assert bolt("skills", "greet")[1].startswith("# Greet somebody\nWhen:")
    assert bolt("skills", "gret") == (1, "", "bolt-agent: no skill 'gret': did you mean greet?\n")


def test_a_file_that_is_no_skill_is_named_and_the_others_are_listed(bolt, tmp_path):
    (tmp_path / "skills").mkdir()
    (tmp_path / "skills" / "hop.md").write_text("# Hop\n", encoding="utf-8")
    status, out, err = bolt("skills")
    assert status == 1
    assert "moss.skills.greet" in out
    assert err.startswith("bolt-agent: hop.md, line 1: a skill has a title")


def test_a_crew_without_a_model_makes_a_show_of_ready_scenes(bolt, tmp_path):
    status, out, err = bolt("crew", "a show about the sea", "--clock", "fast", "--dry", "--out", "sea.py")
    assert (status, err) == (0, "")
    assert out.startswith("Without a model the crew has no ideas of its own")
    assert "Its face shows fish in blue" in out
    assert 'ICONS = ["fish"' in (tmp_path / "sea.py").read_text(encoding="utf-8")


def test_a_crew_performs_its_show(bolt, tmp_path):
    status, out, _ = bolt("crew", "rockets!", "--clock", "fast", "--report", "out.json")
    assert status == 0
    assert out.endswith("Done.\n")
    report = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert 50 < report["turns"][0]["t_end"] - report["turns"][0]["t_start"] < 70


def test_a_crew_wants_to_know_what_the_show_is_about(bolt):
    status, _, err = bolt("crew", " ")
    assert status == 2
    assert "say what the show is about" in err


def test_what_the_robot_says_by_itself_is_an_entry_of_its_own():
    log = ChatLog()
    for turn, text in ((1, "Hi!"), (2, "Thinker has finished.")):
        for item in (Head(id=f"{turn}.1", kind="text"), Chunk(id=f"{turn}.1", text=text), TurnEnded(turn=Turn(say=""))):
            log.add(item)
    assert [entry.text for entry in log.entries] == ["Hi!", "Thinker has finished."]
