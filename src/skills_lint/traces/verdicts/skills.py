"""Which skills an agent had read: from a skill tool, or from opening a SKILL.md."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from ..sources.fields import Raw, plain

_FOLDER = re.compile(
    r"\bcd\s+[\"']?(?:[^\s\"';&]*[/\\])?([^\s\"'/\\;&*?$]{1,100})[/\\]?[\"']?\s*(?:&&|;|\n)[^\n]{0,200}?\bSKILL\.md\b"
)
_SKILL_FILE = re.compile(r"(?:^|[\s\"'=/\\])([^\s\"'/\\=*?$]{1,100})[/\\]SKILL\.md\b")
_LISTED = re.compile(r"<available_skills>.{0,100000}?</available_skills>", re.DOTALL)
_NAME = re.compile(r"<name>([^<]{1,200})</name>")
_SKILL_TOOL = re.compile(
    r"(?:(?:use|load|read|get|view|open|activate|invoke|run|fetch)_?)?skills?(?:_?(?:view|load|read|get|tool))?"
)
_NAME_KEYS = ("skill", "name", "skill_name", "skillName", "command", "skill_id", "id")
_READERS = re.compile(r"(?i)read|open|view|cat|bash|shell|command|terminal|exec|file|fetch")
_WRITES = re.compile(r"(?:>|\b(?:tee|rm|touch|mkdir)\s)\s*\S*SKILL\.md|\b(?:cp|mv)\s[^|;&\n]{0,300}SKILL\.md")


def offered_skills(text: str) -> tuple[str, ...]:
    """Return the names in the list of skills that a prompt holds, as agents are told to write it; often none."""
    listed = _LISTED.search(text)
    return tuple(dict.fromkeys(map(str.strip, _NAME.findall(listed[0])))) if listed is not None else ()


def loaded_skill(tool: str, arguments: Any) -> str | None:
    """Return the name of the skill that a call reads, or None if it reads none."""
    if isinstance(arguments, Raw):
        text = bytes(arguments)
        if not _is_skill_tool(tool) and not text.count(b"SKILL.md") and not text.count(b"\\u00"):
            return None  # counting is faster than finding
        arguments = plain(arguments)
    if not isinstance(arguments, dict):
        return _from_text(arguments) if isinstance(arguments, str) and _READERS.search(tool) else None
    if _is_skill_tool(tool):
        for key in _NAME_KEYS:
            name = arguments.get(key)
            if isinstance(name, str) and name.strip():
                return name.strip().lstrip("/")[:200]
    if not _READERS.search(tool):
        return None
    told = (" ".join(filter(_is_text, value)) if isinstance(value, list) else value for value in arguments.values())
    return next((name for value in told if isinstance(value, str) and (name := _from_text(value))), None)


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


@lru_cache(maxsize=1024)
def _is_skill_tool(tool: str) -> bool:
    name = re.split(r"__|[.:/]", tool)[-1]
    return _SKILL_TOOL.fullmatch(name.replace("-", "_").lower()) is not None


def _from_text(text: str) -> str | None:
    if "SKILL.md" not in text or len(text) > 20_000 or _WRITES.search(text):
        return None
    found = _SKILL_FILE.search(text) or _FOLDER.search(text)
    return found[1] if found else None
