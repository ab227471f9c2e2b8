"""`bolt-agent skills`: the skills that can be called by name."""

from __future__ import annotations

import json
import sys

from bolt_agent.ghost.skills.files import Skill, SkillLibrary, folders_of_skills

__all__ = ["list_skills"]


def list_skills(name: str | None = None, *, as_json: bool = False) -> int:
    """List the skills, or print the file of one. 1 when a file is no skill."""
    library = SkillLibrary(folders_of_skills())
    if name is not None:
        print(library[name].text, end="")
        return 0
    skills = list(library)
    if as_json:
        print(json.dumps([_as_data(skill) for skill in skills], ensure_ascii=False, indent=1))
    else:
        for skill in skills:
            print(f"moss.skills.{skill.signature}\n    {skill.title}. When: {skill.when or 'you like.'}")
        print(f"\nWrite your own, a Markdown file each, in {folders_of_skills()[-1]}")
    for why in library.unreadable.values():
        print(f"bolt-agent: {why}", file=sys.stderr)
    return 1 if library.unreadable else 0


def _as_data(skill: Skill) -> dict[str, object]:
    parameters = [{"name": each.name, "type": each.type, "required": each.is_required} for each in skill.parameters]
    return {"name": skill.name, "title": skill.title, "when": skill.when, "parameters": parameters}
