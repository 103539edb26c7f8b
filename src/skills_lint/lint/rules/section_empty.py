"""SK202: sections and the whole of a skill say something."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...lines import split_lines
from ...place import Span
from ..nested_fences import trusted_lines
from ..rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ...skills.skill import Section, Skill
    from ..repo import Repo

_OUTPUT = re.compile(r"(?i)\b(?:outputs?|reports?|templates?|formats?|deliverables?|outline|skeleton)\b")
_TO_FILL_IN = re.compile(r"\bX{2,}\b|\[[^\[\]]+\]|\{[^{}]+\}|<[^<>]+>|(?i:^(?:insert|fill in|your)\b)")


def _check(skill: Skill, repo: Repo) -> Iterator[Finding]:
    lines = split_lines(skill.text)
    if skill.frontmatter is not None and not _says_something(lines[skill.body_line - 1 :]):
        message = "there is no text after the frontmatter; an agent that loads this skill learns nothing"
        at = skill.body_line - 1
        yield Finding(message, Span(at, 1, at, len(lines[at - 1]) + 1), "write what the agent is to do")
        return
    trusted = trusted_lines(skill)
    for section, is_outline in _with_outlines(skill.sections):
        if _says_something(lines[section.line : section.end_line]):
            continue
        way_out = "write its text, or remove the heading"
        if skill.pitfalls_section == section:
            way_out = "list the pitfalls, or write `None seen yet.`"
        elif not section.title or section.line > trusted or is_outline:
            continue
        message = f"the section `{section.title}` is empty"
        yield Finding(message, Span(section.line, 1, section.line, len(lines[section.line - 1]) + 1), way_out)


def _with_outlines(sections: Iterable[Section]) -> Iterator[tuple[Section, bool]]:
    """Yield each section, and whether it belongs to the outline of what an agent is to write, or is to be filled in."""
    outputs_end = 0  # the last line of sections so far about such an outline
    for section in sections:
        yield section, section.line <= outputs_end or _TO_FILL_IN.search(section.title) is not None
        if _OUTPUT.search(section.title):
            outputs_end = max(outputs_end, section.end_line)


def _says_something(lines: list[str]) -> bool:
    """Say whether there is anything but comments."""
    first = next((at for at, line in enumerate(lines) if line.strip()), None)
    if first is None or not lines[first].lstrip().startswith("<!--"):
        return first is not None
    text = "\n".join(lines[first:]).strip()
    while text.startswith("<!--") and "-->" in text:
        text = text.partition("-->")[2].strip()
    return bool(text)


RULE = Rule(
    code="SK202",
    name="section-empty",
    severity="warning",
    summary="Every section has a text, and so has the skill.",
    explanation="""
An empty section is a promise that was forgotten. A section that holds only sections is not empty, one that holds only a
comment is. Not judged are headings that stand for what an agent is to write: in a section about the output, a report, a
format or a template, or with something to fill in, such as `Score: XX/100`. A section of pitfalls without any says
`None seen yet.`
""",
    bad={
        "skills/etf-data/SKILL.md": (
            "---\nname: etf-data\ndescription: Read ETF prices.\n---\n# ETF data\n\n## Dates\n\n## Prices\n\nIn EUR.\n"
        )
    },
    good={
        "skills/etf-data/SKILL.md": (
            "---\nname: etf-data\ndescription: Read ETF prices.\n---\n# ETF data\n\n## Prices\n\nIn EUR.\n"
        )
    },
    precision="4 of 4 findings in 867 public skills",
    check_skill=_check,
)
