from __future__ import annotations

import os
import subprocess
import sys

import moss_toys
import pytest
from moss_toys import Frame, Toy, run

from bolt_agent.moss import MossCompiler, MossRuntime, compile_attr_prompts, outline_class, reflect_code_prompt


def prompt_of(moss_of, source: str) -> str:
    return moss_of(source).prompter().dump_module_prompt()


def attr(moss_of, name: str) -> str:
    """How a name imported from the toys is explained."""
    runtime: MossRuntime = moss_of(f"from moss_toys import {name}")
    return dict(runtime.prompter().imported_attr_prompts()).get(name, "")


# --- the file's own source ---


def test_the_prompt_begins_with_the_source(moss_of):
    assert prompt_of(moss_of, "x = 1\n\ndef f(): ...") == "x = 1\n\ndef f(): ...\n"


def test_hidden_sections_run_but_do_not_show(moss_of):
    runtime = moss_of("""
        a = 1
        # <moss-hide>
        secret = 2
        # <moss-hide> nested
        deeper = 3
        # </moss-hide>
        still = 4
        # </moss-hide>
        b = secret + deeper + still
    """)
    assert runtime.prompter().get_source_code() == "a = 1\nb = secret + deeper + still\n"
    assert runtime.locals()["b"] == 9


def test_the_whole_source_is_there_for_people(moss_of):
    runtime = moss_of("# <moss-hide>\nsecret = 2")
    assert "secret" in runtime.prompter().get_source_code(exclude_hide_code=False)


def test_an_edit_in_the_context_is_what_the_prompt_shows(file_module):
    name = file_module("filemoss_prompt", "x = 'on disk'")
    compiler = MossCompiler()
    compiler.pycontext().code = "x = 'edited'"
    with compiler.compile(name) as runtime:
        assert "edited" in runtime.prompter().dump_module_prompt()


# --- how each kind is explained ---


def test_a_function_is_its_signature_and_docstring(moss_of):
    assert attr(moss_of, "wave") == 'def wave(times: int=2) -> str:\n    """Wave a hand."""'


def test_a_decorated_function_is_what_it_wraps(moss_of):
    assert attr(moss_of, "nod").startswith("def nod(depth: int) -> None:")


def test_an_ordinary_class_is_an_outline(moss_of):
    assert (
        attr(moss_of, "Toy")
        == '''\
class Toy(Wheel):
    """A toy ball.

    It rolls.
    """
    name: str
    def roll(self, heading: float, *, colour: Colour='red') -> Toy:
        """Roll away."""
    @property
    def battery(self) -> int:
        """Percent."""
    @staticmethod
    def shape() -> str: ...
    radius: float = 3.5
    """in cm"""
    def turn(self, angle: float) -> Wheel:
        """Turn by an angle."""'''
    )


def test_a_documented_constructor_is_shown(moss_of):
    assert "def __init__(self, size: int) -> None:" in attr(moss_of, "Documented")


def test_an_outline_without_source_is_made_from_what_the_interpreter_knows():
    namespace: dict[str, type] = {}
    exec(
        "class Bare:\n    '''Bare.'''\n    speed: int = 3\n    def go(self, far: int = 1):\n        '''Go.'''",
        namespace,
    )
    assert outline_class(namespace["Bare"]) == (
        'class Bare:\n    """Bare."""\n    speed: int\n    def go(self, far: int = 1):\n        """Go."""'
    )


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("Pilot", 'raise NotImplementedError("body of an abstract method")'),
        ("Frame", "return sum(self.pixels) > 100"),
        ("Step", "@dataclass"),
        ("Config", "volume: int"),
        ("Feeling", 'HAPPY = "happy"'),
    ],
)
def test_abstract_classes_models_dataclasses_typed_dicts_and_enums_are_their_source(moss_of, name, line):
    assert line in attr(moss_of, name)


def test_a_class_with_a_prompt_of_its_own_has_the_word(moss_of):
    assert attr(moss_of, "Explained") == "class Explained: in its own words"


def test_an_object_with_a_prompt_of_its_own_has_the_word(moss_of):
    assert attr(moss_of, "speaking") == "speaking = an object in its own words"


def test_types_are_written_out(moss_of):
    assert "Literal['red', 'blue']" in attr(moss_of, "Colour")
    assert attr(moss_of, "Speeds") == "Speeds = list[int]"


@pytest.mark.parametrize("name", ["silent", "CIRCLE", "pi"])
def test_plain_values_are_not_explained(moss_of, name):
    assert attr(moss_of, name) == ""


def test_an_exporter_explains_all_that_it_hands_on(moss_of):
    text = attr(moss_of, "Dancing")
    assert text.startswith("class Dancing:\n    wave = wave\n    Step = Step\n")
    assert "def wave(times: int=2) -> str:" in text
    assert "class Step:" in text


def test_the_parent_of_moss_is_explained_without_its_inside(moss_of):
    text = prompt_of(moss_of, "from bolt_agent.moss import Moss as Parent\nclass Moss(Parent): ...")
    assert "# <attr name=Parent>\nclass Moss:" in text
    assert "def pprint" in text
    assert "fetch" not in text


def test_reflection_is_there_for_authors():
    assert reflect_code_prompt(int | None, "Speed") == "Speed = int | None"
    assert reflect_code_prompt(3) is None


# --- which names are explained ---


def test_names_come_in_the_order_of_the_file(moss_of):
    runtime = moss_of("from moss_toys import wave, Toy as Ball\nfrom moss_toys import Frame")
    assert list(runtime.prompter().get_imported_attrs()) == ["wave", "Ball", "Frame"]


def test_private_standard_and_own_names_are_left_out(moss_of):
    runtime = moss_of("""
        import json
        from dataclasses import dataclass
        from typing import Optional
        from pydantic import BaseModel
        from moss_toys import Toy as _Toy, wave
        def own(): ...
        class Own: ...
        alias = wave
    """)
    assert list(runtime.prompter().get_imported_attrs()) == ["wave"]


def test_what_a_hidden_section_imports_is_not_explained(moss_of):
    text = prompt_of(moss_of, "from moss_toys import wave\n# <moss-hide>\nfrom moss_toys import Toy\n# </moss-hide>")
    assert "wave" in text
    assert "Toy" not in text


def test_a_star_import_is_explained(moss_of):
    assert "Toy" in moss_of("from moss_toys import *").prompter().get_imported_attrs()


def test_ignored_modules_are_left_out(moss_of):
    runtime = moss_of("from moss_toys import Toy", prepare=lambda c: c.with_ignored_imported(["moss_toys"]))
    assert runtime.prompter().get_imported_attrs() == {}


def test_moss_can_ignore_modules(moss_of):
    source = (
        "from moss_toys import wave\nfrom bolt_agent.moss import Moss as P\nclass Moss(P): __ignored__ = ['moss_toys']"
    )
    assert "def wave" not in prompt_of(moss_of, source)


def test_moss_can_watch_what_it_does_not_import(moss_of):
    source = "import moss_toys\nfrom bolt_agent.moss import Moss as P\nclass Moss(P): __watching__ = [moss_toys.wave]"
    assert "# <attr name=wave>\ndef wave" in prompt_of(moss_of, source)


def test_given_locals_are_explained(moss_of):
    runtime = moss_of("", prepare=lambda c: c.with_locals(Ball=Toy))
    assert "# <attr name=Ball>" in runtime.prompter().dump_module_prompt()


# --- the file's own say ---


def test_attr_prompts_of_the_file_win_and_empty_ones_hide(moss_of):
    text = prompt_of(
        moss_of,
        "from moss_toys import Toy, wave\ndef __moss_attr_prompts__():\n    return [('Toy', 'a toy'), ('wave', '')]",
    )
    assert "# <attr name=Toy>\na toy\n# </attr>" in text
    assert "<attr name=wave>" not in text


def test_prompts_that_are_given_win_over_those_of_the_file(moss_of):
    runtime = moss_of("from moss_toys import Toy\ndef __moss_attr_prompts__(): return [('Toy', 'of the file')]")
    assert "given" in runtime.prompter().dump_imported_prompt(attr_prompts={"Toy": "given"})


def test_without_reflection_only_given_prompts_are_there(moss_of):
    runtime = moss_of("from moss_toys import Toy, wave")
    text = runtime.prompter().dump_imported_prompt(auto_generation=False, attr_prompts={"Toy": "given"})
    assert text == "# <attr name=Toy>\ngiven\n# </attr>"


def test_a_module_can_write_its_whole_prompt(moss_of):
    assert prompt_of(moss_of, "def __moss_module_prompt__(prompter): return 'all mine'") == "all mine"


def test_magic_prompters_list_the_names_of_the_module(moss_of):
    text = prompt_of(
        moss_of,
        """
        from moss_toys import Toy, Wheel, silent
        from bolt_agent.moss import __is_instance__, __is_subclass__
        wheels = __is_subclass__(Wheel)
        numbers = __is_instance__(int)
        seven = 7
        """,
    )
    assert "# `wheels`: the subclasses of Wheel here are Toy" in text
    assert "# `numbers`: the instances of int here are seven" in text


def test_imported_attrs_come_in_blocks_too(moss_of):
    prompter = moss_of("from moss_toys import Toy, wave, Speeds, Frame").prompter()
    text = prompter.get_imported_attrs_prompt()
    assert text.index("#<routines>") < text.index("#<classes>") < text.index("#<others>")
    assert prompter.get_imported_attrs_prompt([Frame]).startswith("#<classes>\nclass Frame(BaseModel):")


def test_injected_objects_with_a_prompt_are_found(moss_of):
    runtime = moss_of("", prepare=lambda c: c.injects(a=moss_toys.speaking, b=3))
    assert runtime.get_moss_injected_poms() == {"a": moss_toys.speaking}


def test_attr_prompts_render_as_blocks():
    assert compile_attr_prompts([("a", "x"), ("b", ""), ("c", "y")]) == (
        "# <attr name=a>\nx\n# </attr>\n\n# <attr name=c>\ny\n# </attr>"
    )


# --- the same everywhere ---

EVERYTHING = "from moss_toys import *\nfrom bolt_agent.moss import Moss as Parent\nclass Moss(Parent):\n    body: Toy\n"


def test_the_prompt_does_not_change_when_code_runs(moss_of):
    runtime = moss_of(EVERYTHING)
    before = runtime.prompter().dump_module_prompt()
    run(runtime, "from moss_toys import CIRCLE, Song\nfrom moss_toys import Wheel\ndef run(moss): moss.x = 1")
    assert runtime.prompter().dump_module_prompt() == before


def test_the_prompt_is_the_same_in_every_process(moss_of):
    code = (
        "import sys; from bolt_agent.container import Container; from bolt_agent.moss import MossCompiler; "
        f"import moss_toys; con = Container(); con.set(moss_toys.Toy, moss_toys.Toy()); "
        f"runtime = MossCompiler(con).compile('textmoss', source={EVERYTHING!r}); "
        "sys.stdout.write(runtime.prompter().dump_module_prompt())"
    )
    here = os.path.dirname(os.path.abspath(__file__))
    root = os.path.dirname(os.path.dirname(os.path.dirname(here)))
    texts = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join([here, root])},
        ).stdout
        for seed in ("1", "2")
    }
    assert texts == {moss_of(EVERYTHING).prompter().dump_module_prompt()}


def test_a_class_defined_in_a_text_module_can_be_explained(moss_of):
    runtime = moss_of("class Local:\n    '''A local class.'''\n    def go(self) -> int:\n        return 12345")
    text = reflect_code_prompt(runtime.locals()["Local"])
    assert "def go(self) -> int: ..." in text
    assert "12345" not in text
