"""Which skills a call reads."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from skills_lint.traces.event import Result, Spot
from skills_lint.traces.result import ScanResult
from skills_lint.traces.sources.fields import Raw
from skills_lint.traces.verdicts.skills import loaded_skill, loaded_skills, shown_skill

Write = Callable[..., Path]
Scanned = Callable[..., ScanResult]

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
    ("str_replace_editor", {"command": "view", "path": "/repo/skills/pdf/SKILL.md"}),
    ("read_file", {"path": "skills/pdf/index.md"}),
    ("Bash", {"command": "head -40 ./skills/pdf.md"}),
    ("read_file", {"path": "C:\\repo\\skills\\pdf\\index.md"}),
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
    ("write_file", {"path": "skills/pdf/SKILL.md", "content": "x"}),
    ("str_replace_editor", {"command": "create", "path": "/repo/skills/pdf/SKILL.md"}),
    ("Bash", {"command": "cat > skills/pdf/index.md <<EOF\nx\nEOF"}),
    ("Bash", {"command": "cat skills/README.md"}),
    ("Bash", {"command": "cat docs/pdf/index.md"}),
    ("Bash", {"command": "cat skills/pdf/references/index.md"}),
    ("create_skill", {"name": "pdf"}),
]


@pytest.mark.parametrize(("tool", "arguments"), LOADS_NONE)
def test_no_skill_is_read_by(tool: str, arguments: Any) -> None:
    assert loaded_skill(tool, arguments) is None


@pytest.mark.parametrize(
    "command",
    [
        "cat skills/pdf/SKILL.md skills/docx/SKILL.md",
        "sed -n 1,80p skills/pdf/SKILL.md; sed -n 1,80p skills/docx/index.md",
        "cat /a/skills/pdf/SKILL.md && cat /a/skills/docx.md && cat /a/skills/pdf/SKILL.md",
    ],
)
def test_all_skills_of_a_command_are_read(command: str) -> None:
    assert loaded_skills("Bash", {"command": command}) == ("pdf", "docx")
    assert loaded_skills("Bash", Raw(msgspec.json.encode({"command": command}))) == ("pdf", "docx")


SKILL = "---\nname: pdf\ndescription: Fill forms in PDF files.\n---\n\n# PDF\n\nUse pypdf.\n"
SHOWS: dict[str, Any] = {
    "a text": SKILL,
    "another order": "---\ndescription: >-\n  Fill forms.\nlicense: MIT\nname: 'pdf'\nallowed-tools: Bash\n---\n",
    "line ends of Windows": SKILL.replace("\n", "\r\n"),
    "blank lines first": f"\n\n{SKILL}",
    "numbered lines": "".join(f"{number:6}\u2192{line}\n" for number, line in enumerate(SKILL.splitlines(), 1)),
    "lines numbered by cat": "".join(f"{number:6}\t{line}\n" for number, line in enumerate(SKILL.splitlines(), 1)),
    "content blocks": [{"type": "text", "text": SKILL}],
    "an object": {"success": True, "output": SKILL},
    "JSON in a text": json.dumps({"success": True, "content": SKILL}),
    "a tag around it": f"<file>\n{SKILL}</file>",
}


@pytest.mark.parametrize("content", SHOWS.values(), ids=SHOWS.keys())
@pytest.mark.parametrize("raw", [False, True], ids=["plain", "raw"])
def test_a_result_shows_the_skill_that_it_begins_with(content: Any, raw: bool) -> None:
    told = Raw(msgspec.json.encode(content)) if raw else content
    assert shown_skill(Result(Spot(1, None), "c1", told)) == "pdf"
    assert shown_skill(Result(Spot(1, None), "c1", stdout=told)) == "pdf"


SHOWS_NONE: dict[str, Any] = {
    "a frontmatter in the midst": f"A skill begins with\n\n{SKILL}",
    "one in a code block": f"```markdown\n{SKILL}```\n",
    "an agent's definition": "---\nname: reviewer\ndescription: Reviews code.\ntools: Read, Grep\n---\nYou review.\n",
    "a page": "---\ntitle: Prices\nname: prices\ndescription: Of funds.\n---\nText\n",
    "a manifest": "---\nname: pdf\nversion: 1\n---\n",
    "no end": "---\nname: pdf\ndescription: Fill forms.\n",
    "YAML of several documents": "---\n- name: pdf\n  description: x\n---\n- name: b\n",
    "a diff": f"diff --git a/SKILL.md b/SKILL.md\n--- a/SKILL.md\n+++ b/SKILL.md\n+{SKILL}",
    "a name that is none": "---\nname: {{ name }}\ndescription: x\n---\n",
    "a number": 5,
    "nothing": None,
}


@pytest.mark.parametrize("content", SHOWS_NONE.values(), ids=SHOWS_NONE.keys())
def test_a_result_shows_no_skill_with(content: Any) -> None:
    assert shown_skill(Result(Spot(1, None), "c1", content)) is None
    assert shown_skill(Result(Spot(1, None), "c1", Raw(msgspec.json.encode(content)))) is None


def test_a_skill_is_loaded_that_a_tool_of_any_name_returned(write: Write, scanned: Scanned) -> None:
    call = {"id": "c1", "type": "function", "function": {"name": "kb", "arguments": '{"topic": "forms"}'}}
    write(
        "a.jsonl",
        [
            {"role": "assistant", "content": None, "tool_calls": [call]},
            {"role": "tool", "tool_call_id": "c1", "content": SKILL},
        ],
    )
    (session,) = scanned().sessions
    assert [(skill.name, skill.line) for skill in session.loaded] == [("pdf", 2)]
