"""Which brain answers: what `--brain` may be, and what the ghosts beside the body think with."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bolt_agent.assembly.options import Options
from bolt_agent.assembly.reading import reading, told
from bolt_agent.brains.brain import Brain
from bolt_agent.container import Container
from bolt_agent.ghost.ghost import Chatbot, Ghost
from bolt_agent.ghost.minds.work import BrainFor

__all__ = ["BRAINS", "brains_beside"]


def _reflex(_: Container) -> Brain:
    from bolt_agent.brains.reflex import ReflexBrain

    return ReflexBrain()


def _openai(container: Container) -> Brain:
    from bolt_agent.brains.errors import MissingKey
    from bolt_agent.brains.fallback import FallbackBrain
    from bolt_agent.brains.models import configured

    options = container.force_fetch(Options)
    if not configured(options.settings):
        raise MissingKey(
            "no model is set: put a key into OPENAI_API_KEY, or the address of a local server into OPENAI_BASE_URL; "
            "`--brain reflex` needs neither"
        )
    return FallbackBrain(_talkers(options))


def _auto(container: Container) -> Brain:
    from bolt_agent.brains.fallback import FallbackBrain
    from bolt_agent.brains.models import configured

    options = container.force_fetch(Options)
    if not configured(options.settings):
        return _reflex(container)
    return FallbackBrain({**_talkers(options), "the reflex brain": _reflex(container)})


def brains_beside(container: Container) -> BrainFor:
    """What the ghosts beside the body think with: the models of their role, which is their name."""
    options = container.force_fetch(Options)

    def brain_for(ghost: Ghost, instructions: str) -> Brain:
        from bolt_agent.brains.errors import MissingKey
        from bolt_agent.brains.fallback import FallbackBrain
        from bolt_agent.brains.models import configured

        if options.brain == "reflex" or not configured(options.settings):
            raise MissingKey(f"{ghost.name} thinks with a model, and none is set: see OPENAI_API_KEY, OPENAI_BASE_URL")
        acts = not isinstance(ghost, Chatbot)
        return FallbackBrain(_model_brains(options, instructions, ghost.model or ghost.name, acts=acts))

    return brain_for


def _talkers(options: Options) -> dict[str, Brain]:
    """The models of the ghost of the body, by name."""
    from bolt_agent.brains.models import TALKER
    from bolt_agent.ghost.prompt import find_ghost

    with reading(options) as runtime:
        return _model_brains(options, told(runtime), find_ghost(runtime).model or TALKER)


def _model_brains(options: Options, system: str, who: str, *, acts: bool = True) -> dict[str, Brain]:
    """Models by name. system: what they are told.   who: a model, or a role that takes some.   acts: write code."""
    from bolt_agent.brains.budget import Ledger
    from bolt_agent.brains.models import read_models
    from bolt_agent.brains.openai import OpenAIBrain

    models = read_models(options.settings, options.model)
    ledger = Ledger(models.budget)
    chosen = {who: models.models[who]} if who in models.models else models.for_role(who)
    return {name: OpenAIBrain(system, model, ledger=ledger, acts=acts) for name, model in chosen.items()}


BRAINS: Mapping[str, Callable[[Container], Brain]] = {"auto": _auto, "openai": _openai, "reflex": _reflex}
