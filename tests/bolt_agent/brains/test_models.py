"""Which models there are, who takes which, and what a day may cost."""

import tomllib
from datetime import date

import pytest

import bolt_agent.brains.models
from bolt_agent.brains.brain import Usage
from bolt_agent.brains.budget import Ledger
from bolt_agent.brains.errors import OverBudget
from bolt_agent.brains.models import Budget, configured, read_models
from bolt_agent.settings import BadSettings

NAMED = """
[models.quick]
base_url = "http://127.0.0.1:11434/v1"
model = "qwen3:4b"
[models.clever]
model = "gpt-4o-mini"
[roles]
talker = ["quick", "clever"]
thinker = ["clever"]
"""


@pytest.fixture(autouse=True)
def environment(monkeypatch):
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "BOLT_AGENT_MODEL"):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


def read(text="", chosen=None):
    return read_models(tomllib.loads(text), chosen)


def test_each_role_has_its_models_in_order():
    models = read(NAMED)
    assert list(models.for_role("talker")) == ["quick", "clever"]
    assert list(models.for_role("thinker")) == ["clever"]
    assert list(models.for_role("dreamer")) == ["quick", "clever"]  # a role that nobody has set is the talker's


def test_a_model_may_be_chosen_by_its_name():
    assert list(read(NAMED, "clever").for_role()) == ["clever"]


def test_any_other_name_is_a_model_of_the_environments_endpoint(environment):
    environment.setenv("OPENAI_BASE_URL", "http://127.0.0.1:1/v1")
    (model,) = read(NAMED, "llama").for_role().values()
    assert (model.model, model.base_url) == ("llama", "http://127.0.0.1:1/v1")


def test_without_settings_there_is_one_model():
    (model,) = read().for_role().values()
    assert (model.model, model.key) == ("gpt-4o-mini", "OPENAI_API_KEY")


def test_the_example_in_the_module_is_right():
    example = bolt_agent.brains.models.__doc__.partition("\n\n")[2].partition("\n\nWithout")[0]
    models = read("\n".join(line.strip() for line in example.splitlines()))
    assert (models.budget.tokens, models.budget.money) == (300_000, 1.0)
    assert models.models["clever"].cost(1_000_000, 0) == pytest.approx(0.15)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[models.quick]\nurl = "x"', r"models\.quick\.(model|url)"),
        ('[models.quick]\nmodel = "x"\ntemperature = 9', r"models\.quick\.temperature"),
        ('[roles]\ntalker = ["quick"]', "no model 'quick'"),
        ("[budget]\ntokens = -1", r"budget\.tokens"),
        ("models = 3", "models"),
    ],
)
def test_a_table_that_makes_no_sense_is_named(text, message):
    with pytest.raises(BadSettings, match=message):
        read(text)


def test_a_key_an_endpoint_or_a_table_is_enough(environment):
    assert not configured({})
    assert configured(tomllib.loads(NAMED))
    environment.setenv("OPENAI_BASE_URL", "http://127.0.0.1:1/v1")
    assert configured({})


# ---- the budget -----------------------------------------------------------------------------------------------


def test_two_programs_share_a_day(tmp_path):
    one, other = (Ledger(Budget(money=1.0), tmp_path / "usage.db") for _ in range(2))
    one.add(Usage("m", 10, 10, 0.75))
    other.check()
    other.add(Usage("m", 10, 10, 0.25))
    with pytest.raises(OverBudget, match="budget of 1 is used up"):
        one.check()


def test_a_new_day_begins_at_nothing(tmp_path):
    days = [date(2030, 1, 1), date(2030, 1, 2)]
    ledger = Ledger(Budget(tokens=10), tmp_path / "usage.db", today=lambda: days[0])
    ledger.add(Usage("m", 10, 10))
    with pytest.raises(OverBudget):
        ledger.check()
    days.pop(0)
    ledger.check()


def test_a_file_that_is_no_ledger_costs_only_the_memory_of_it(tmp_path):
    (tmp_path / "usage.db").write_text("this is not a database, and was never one " * 50)
    ledger = Ledger(Budget(tokens=10), tmp_path / "usage.db")
    ledger.add(Usage("m", 5, 6))
    with pytest.raises(OverBudget):
        ledger.check()
