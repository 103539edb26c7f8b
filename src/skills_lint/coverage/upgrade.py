"""The pitfall that a skill lacks, as a change to the skill's file: lines are put in, and every other byte stays."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from ..change import Change
from ..lines import split_lines, split_with_ends
from ..place import InputError, Place, shown
from ..skills.find import SKILL_FILE
from ..skills.parse import pitfalls_in
from ..skills.skill import PITFALLS_TITLE
from .advice import pitfall_lines
from .carrier import has_pitfall

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from ..buckets.bucket import Bucket
    from ..skills.skill import Section, Skill

_LEVEL = 2  # of the section's heading
_AFTER_STUB = " \t\r\n:.,;-"
_BULLET = re.compile(r"([-*+])\s")
_NONE_YET = re.compile(r"none seen yet\.?", re.IGNORECASE)


def add_pitfalls(skill: Skill, buckets: Sequence[Bucket]) -> Change:
    """Return the change that puts the pitfalls of buckets at the end of a skill's pitfalls section.

    Those that the skill has stay as they are; one that is only an id gets its advice. A section that is not there is
    put at the end of the file, or near its beginning where the end is swallowed by a fence that is not closed;
    `None seen yet.` gives way. Raises InputError for a skill that cannot be read, or whose
    section ends in something that would swallow the pitfall.
    """
    if skill.error is not None:
        place = Place(skill.file, skill.error.line, skill.error.column)
        way_out = "mend it first: `skills-lint check` tells how, and `--fix` does it where it can"
        raise InputError(f"cannot be upgraded: {skill.error.message}", place=place, way_out=way_out)
    before = skill.path.read_bytes()
    lacking = [bucket for bucket in buckets if not has_pitfall(skill, bucket)]
    after = _with_pitfalls(skill, before.decode("utf-8"), lacking) if lacking else before.decode("utf-8")
    there = {item.id for item in pitfalls_in(after) if item.advises}
    if not there.issuperset(bucket.id for bucket in lacking):
        section = skill.pitfalls_section
        place = Place(skill.file, section.end_line if section else len(split_lines(skill.text)))
        message = "a pitfall that is put here is not read as one: the text before it is not closed"
        raise InputError(message, place=place, way_out="close the code fence, comment or HTML block before it")
    return Change(skill.path, skill.file, before, after.encode("utf-8"))


def _with_pitfalls(skill: Skill, text: str, buckets: Sequence[Bucket]) -> str:
    lines = split_with_ends(text)
    newline = _newline(lines)
    if lines and not lines[-1].endswith(("\n", "\r")):
        lines[-1] += newline
    stubs = {item.id: item.line for item in skill.pitfalls if not item.text}
    marker = _marker(skill, lines)
    items = []
    for bucket in buckets:
        if bucket.id in stubs:
            line = stubs[bucket.id] - 1
            lead = f"{lines[line].rstrip(_AFTER_STUB)}: "
            lines[line] = "".join(_ended(pitfall_lines(bucket, lead), newline))
        else:
            items += pitfall_lines(bucket, f"{marker} `{bucket.id}`: ")
    section = skill.pitfalls_section
    if section is None:
        return _with_section(skill, lines, items, newline)
    body = _without_none_yet(skill, section, lines) if items else lines[section.line : section.end_line]
    said = max((number for number, line in enumerate(body, 1) if line.strip()), default=0)
    blanks = body[said:] if said else body[1:]  # the first line of a section that says nothing is the gap
    rest = lines[section.end_line :]
    if items and rest and not blanks:
        blanks = [newline]
    gap = [] if not items or _ends_in_list(skill, section, body[:said]) else [""]
    return "".join([*lines[: section.line], *body[:said], *_ended([*gap, *items], newline), *blanks, *rest])


def _with_section(skill: Skill, lines: Sequence[str], items: Sequence[str], newline: str) -> str:
    """Return the text with a new section, at its end.

    Where something that is not closed would swallow it there, it is put before the first section that follows the
    title: what the author meant by the later ones one cannot know.
    """
    new = [f"{'#' * _LEVEL} {PITFALLS_TITLE}", "", *items]
    text = "".join([*lines, *_ended(["", *new], newline)])
    first = next((section for section in skill.sections[1:] if section.level <= _LEVEL), None)
    if first is None or pitfalls_in(text):
        return text
    head = lines[: first.line - 1]
    gap = [""] if head[-1].strip() else []
    return "".join([*head, *_ended([*gap, *new, ""], newline), *lines[first.line - 1 :]])


def _newline(lines: Sequence[str]) -> str:
    """Return how most lines end."""
    ends = Counter(line[len(line.rstrip("\r\n")) :] for line in lines)
    del ends[""]
    return max(ends, key=lambda end: ends[end], default="\n")


def _marker(skill: Skill, lines: Sequence[str]) -> str:
    """Return the bullet of the section's last pitfall."""
    last = max((item.line for item in skill.pitfalls), default=0)
    found = _BULLET.match(lines[last - 1]) if last else None
    return found[1] if found else "-"


def _without_none_yet(skill: Skill, section: Section, lines: Sequence[str]) -> list[str]:
    """Return the lines of the section without `None seen yet.`, unless that is code."""
    code = {block.line + n for block in skill.code_blocks for n in range(len(split_lines(block.text)) + 1)}
    numbered = enumerate(lines[section.line : section.end_line], section.line + 1)
    return [line for number, line in numbered if number in code or not _NONE_YET.fullmatch(line.strip())]


def _ends_in_list(skill: Skill, section: Section, body: Sequence[str]) -> bool:
    """Tell whether the last line that says something belongs to a pitfall: it begins one, or is indented below it."""
    last = max((item.line for item in skill.pitfalls), default=None)
    if last is None:
        return False
    return all(line[:1] in " \t\r\n" for line in body[last - section.line :])


def skills_folder(root: Path, configured: Sequence[str], skills: Sequence[Skill]) -> Path:
    """Return where a new skill belongs: the first configured place, else where most skills lie, else `skills`."""
    if configured:
        return root / configured[0]
    folders = Counter(skill.path.parent.parent for skill in skills if skill.path.name == SKILL_FILE)
    return max(folders, key=lambda folder: (folders[folder], str(folder)), default=root / "skills")


def new_skill(bucket: Bucket, folder: Path) -> Change:
    """Return the change that makes a skill for a bucket: a skeleton with its pitfall, in `folder`/<id>/SKILL.md.

    Raises InputError where that file exists.
    """
    import yaml

    description = f"{bucket.title}: {bucket.fix} Use when this may happen: {bucket.cause}"
    frontmatter = yaml.safe_dump(
        {"name": bucket.id, "description": " ".join(description.split())[:1024]},
        sort_keys=False,
        allow_unicode=True,
        width=110,
    )
    lines = ["---", frontmatter.rstrip(), "---", "", f"# {bucket.title}", "", " ".join(bucket.cause.split()), ""]
    lines += [f"## {PITFALLS_TITLE}", "", *pitfall_lines(bucket, f"- `{bucket.id}`: "), ""]
    path = folder / bucket.id / SKILL_FILE
    name = shown(path)
    if path.exists():
        way_out = "mend it (`skills-lint check`), or name another skill: `--skill NAME`"
        raise InputError("this skill exists, but cannot be upgraded", place=Place(name), way_out=way_out)
    return Change(path, name, b"", "\n".join(lines).encode("utf-8"))


def _ended(lines: Iterable[str], newline: str) -> list[str]:
    return [f"{line}{newline}" for line in lines]
