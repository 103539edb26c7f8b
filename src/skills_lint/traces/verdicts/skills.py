"""Which skills an agent had read: from a skill tool, from opening a skill's file, or from what a tool returned."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from ..sources.fields import Raw, plain
from .payload import read_payload

if TYPE_CHECKING:
    from ..event import Result

_FOLDER = re.compile(
    r"\bcd\s+[\"']?(?:[^\s\"';&]*[/\\])?([^\s\"'/\\;&*?$]{1,100})[/\\]?[\"']?\s*(?:&&|;|\n)[^\n]{0,200}?\bSKILL\.md\b"
)
_SKILL_FILE = re.compile(  # or what lies directly below a folder `skills`
    r"(?:^|[\s\"'=/\\])([^\s\"'/\\=*?$]{1,100})[/\\]SKILL\.md\b"
    r"|(?:^|[\s\"'=/\\])skills[/\\]([^\s\"'/\\=*?$]{1,100})[/\\]index\.md\b"
    r"|(?:^|[\s\"'=/\\])skills[/\\](?!README|index|SKILL)([^\s\"'/\\=*?$]{1,100})\.md\b"
)
_BELOW = (b"skills/", b"skills\\\\")  # as JSON spells them
_HEAD = 400  # characters of a result in which a skill's frontmatter begins
_DASHES = re.compile(r"(?:^|[^-])---[ \t]*(?:\r?\n|\\+(?:r\\+)?n)")  # and no longer line, as it stands in tracebacks
_DASHES_IN_JSON = re.compile(_DASHES.pattern.encode())
_NUMBERED = re.compile(r"^[ \t]{0,10}\d{1,6}(?:\u2192|[\t|:])[ ]?", re.MULTILINE)  # as tools number lines
_FRONTMATTER = re.compile(r"\s*(?:<[\w-]{1,40}>\s*)?---[ \t]*\r?\n(.{1,5000}?)\r?\n---[ \t]*(?:\r?\n|$)", re.DOTALL)
_KEY = re.compile(r"^([\w-]{1,40}):[ \t]*(.*?)[ \t]*\r?$", re.MULTILINE)
_SKILL_NAME = re.compile(r"[\"']?([A-Za-z0-9][\w .:-]{0,99}?)[\"']?")
_OF_AGENTS = frozenset({"tools", "disallowedTools", "color", "layout", "title", "date"})  # and of pages
_LISTED = re.compile(r"<available_skills>.{0,100000}?</available_skills>", re.DOTALL)
_NAME = re.compile(r"<name>([^<]{1,200})</name>")
_SKILL_TOOL = re.compile(
    r"(?:(?:use|load|read|get|view|open|activate|invoke|run|fetch)_?)?skills?(?:_?(?:view|load|read|get|tool))?"
)
_NAME_KEYS = ("skill", "name", "skill_name", "skillName", "command", "skill_id", "id")
_READERS = re.compile(r"(?i)read|open|view|cat|bash|shell|command|terminal|exec|file|fetch")
_WRITERS = re.compile(r"(?i)write|edit|create|replace|insert|patch|delete|remove|move|rename|save")
_TOOL = 200  # characters of a tool's name
_NEAR = 300  # characters before a file's name in which a command may write it
_WRITES = re.compile(r"(?:>|\b(?:tee|rm|touch|mkdir|cp|mv|git add|git rm)\s[^|;&\n]*?)\s*[^\s|;&]*$")


def offered_skills(text: str) -> tuple[str, ...]:
    """Return the names in the list of skills that a prompt holds, as agents are told to write it; often none."""
    listed = _LISTED.search(text)
    return tuple(dict.fromkeys(map(str.strip, _NAME.findall(listed[0])))) if listed is not None else ()


def loaded_skill(tool: str, arguments: Any) -> str | None:
    """Return the name of the first skill that a call reads, or None if it reads none."""
    return next(iter(loaded_skills(tool, arguments)), None)


def loaded_skills(tool: str, arguments: Any) -> tuple[str, ...]:
    """Return the names of the skills that a call reads; mostly none."""
    if isinstance(arguments, Raw):
        text = bytes(arguments)
        if not _is_skill_tool(tool) and not _may_name_a_skill(text):
            return ()
        arguments = plain(arguments)
    if not isinstance(arguments, dict):
        return _from_text(arguments) if isinstance(arguments, str) and _reads(tool, {}) else ()
    if _is_skill_tool(tool):
        for key in _NAME_KEYS:
            name = arguments.get(key)
            if isinstance(name, str) and name.strip():
                return (name.strip().lstrip("/")[:200],)
    if not _reads(tool, arguments):
        return ()
    told = (" ".join(filter(_is_text, value)) if isinstance(value, list) else value for value in arguments.values())
    return next((names for value in told if isinstance(value, str) and (names := _from_text(value))), ())


def shown_skill(result: Result) -> str | None:
    """Return the name of the skill that a result begins with, whatever the tool; None if it shows none.

    A text that quotes a skill's frontmatter further below shows none, and neither does the definition of an agent.
    """
    for part in (result.content, result.stdout):
        if part is None or not _may_begin_with_dashes(part):
            continue
        text = read_payload(plain(part)).text[:10_000]
        found = _FRONTMATTER.match(_NUMBERED.sub("", text))
        keys = dict(_KEY.findall(found[1])) if found is not None else {}
        name = _SKILL_NAME.fullmatch(keys.get("name", ""))
        if name is not None and "description" in keys and _OF_AGENTS.isdisjoint(keys):
            return name[1]
    return None


def _may_name_a_skill(text: bytes) -> bool:
    """Return whether JSON may name a skill's file; counting is faster than finding."""
    return text.count(b"SKILL.md") + text.count(b"\\u00") > 0 or (
        text.count(b".md") > 0 and any(text.count(below) for below in _BELOW)
    )


def _may_begin_with_dashes(value: Any, levels: int = 3) -> bool:
    """Return whether what a tool returned may begin with a frontmatter, told without reading it."""
    if isinstance(value, Raw):
        with memoryview(value) as text:  # the whole is not copied
            head = bytes(text[:_HEAD])
        return b"---" in head and _DASHES_IN_JSON.search(head) is not None
    if isinstance(value, str):
        return "---" in value[:_HEAD] and _DASHES.search(value[:_HEAD]) is not None
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return levels > 0 and any(_may_begin_with_dashes(each, levels - 1) for each in islice(inner, 8))


def _reads(tool: str, arguments: dict[str, Any]) -> bool:
    """Return whether a call may read a file; an editor does where it is told to view one."""
    if _WRITERS.search(tool, 0, _TOOL):
        return arguments.get("command") == "view"
    return _READERS.search(tool, 0, _TOOL) is not None


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


@lru_cache(maxsize=1024)
def _is_skill_tool(tool: str) -> bool:
    name = re.split(r"__|[.:/]", tool)[-1]
    return _SKILL_TOOL.fullmatch(name.replace("-", "_").lower()) is not None


def _from_text(text: str) -> tuple[str, ...]:
    if ".md" not in text or len(text) > 20_000:
        return ()
    found = [*_SKILL_FILE.finditer(text)] or [*islice(_FOLDER.finditer(text), 1)]
    if any(_WRITES.search(text, max(0, each.start() - _NEAR), each.end()) for each in found):
        return ()
    return tuple(dict.fromkeys("".join(each.groups(default="")) for each in found))
