"""Which skills a call reads."""

from __future__ import annotations

from typing import Any

import pytest

from skills_lint.traces.verdicts.skills import loaded_skill

LOADS: list[tuple[str, Any]] = [
    ("Skill", {"skill": "pdf"}),
    ("mcp__x__load_skill", {"skill_name": "pdf"}),
    ("load-skill", {"name": "pdf"}),
    ("loadSkill", {"skillName": "pdf"}),
    ("functions.skill", {"name": "/pdf"}),
    ("get_skill", {"id": "pdf"}),
    ("Read", {"file_path": "/a/.claude/skills/pdf/SKILL.md"}),
    ("read_file", {"path": "C:\\x\\skills\\pdf\\SKILL.md"}),
    ("Bash", {"command": "cat skills/pdf/SKILL.md"}),
    ("Bash", {"command": "cd skills/pdf && cat SKILL.md"}),
    ("shell", {"command": ["bash", "-lc", "sed -n 1,200p skills/pdf/SKILL.md"]}),
]


@pytest.mark.parametrize(("tool", "arguments"), LOADS)
def test_a_skill_is_read_by(tool: str, arguments: Any) -> None:
    assert loaded_skill(tool, arguments) == "pdf"


LOADS_NONE: list[tuple[str, Any]] = [
    ("Write", {"file_path": "skills/pdf/SKILL.md", "content": "x"}),
    ("Bash", {"command": "cp a.md skills/pdf/SKILL.md"}),
    ("Bash", {"command": "for f in a b; do cat skills/$f/SKILL.md; done"}),
    ("Bash", {"command": "cat skills/*/SKILL.md"}),
    ("list_skills", {"name": "pdf"}),
    ("create_skill", {"name": "pdf"}),
]


@pytest.mark.parametrize(("tool", "arguments"), LOADS_NONE)
def test_no_skill_is_read_by(tool: str, arguments: Any) -> None:
    assert loaded_skill(tool, arguments) is None
