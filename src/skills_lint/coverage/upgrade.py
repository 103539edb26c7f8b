"""The pitfall that a skill lacks, as a change to the skill's file: lines are put in, and every other byte stays."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..change import Change
from ..lines import split_lines, split_with_ends
from ..place import InputError, Place, shown
from ..skills.parse import pitfalls_in
from ..skills.skill import PITFALLS_TITLE, skills_by_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from ..buckets.bucket import Bucket
    from ..skills.skill import Section, Skill

_NEAR = 2  # words that a bucket and a skill must share
_AFTER_STUB = " \t\r\n:.,;-"
_NONE_YET = re.compile(r"none seen yet\.?", re.IGNORECASE)


def skills_to_upgrade(bucket: Bucket, skills: Sequence[Skill]) -> tuple[Skill, ...]:
    """Return the skills that should carry a bucket's pitfall and do not; none if no skill is near.

    They are the skills that the bucket lists; of a bucket that lists none, the one whose words are nearest to its own.
    Raises InputError when a listed skill does not exist.
    """
    if not bucket.skills:
        return _nearest(bucket, skills)
    known = skills_by_name(skills)
    for name in bucket.skills:
        if name not in known:
            raise InputError(
                f"bucket `{bucket.id}` lists a skill that does not exist: `{name}`",
                place=bucket.place,
                way_out="correct the bucket's `skills`, or write the skill",
            )
    wanted = [known[name] for name in bucket.skills]
    return tuple(skill for skill in skills if skill in wanted and not has_pitfall(skill, bucket))


def has_pitfall(skill: Skill, bucket: Bucket) -> bool:
    """Tell whether a skill says something about a bucket."""
    return any(item.id == bucket.id and item.advises for item in skill.pitfalls)


def _nearest(bucket: Bucket, skills: Iterable[Skill]) -> tuple[Skill, ...]:
    words = _words(f"{bucket.id} {bucket.title} {bucket.cause} {bucket.fix} {bucket.hint}")
    scored = [(len(words & _words(_about(skill))), skill.name, skill) for skill in skills if skill.error is None]
    score, _, skill = max(scored, key=lambda item: (item[0], item[1]), default=(0, "", None))
    return (skill,) if skill and score >= _NEAR else ()


def _about(skill: Skill) -> str:
    description = (skill.frontmatter or {}).get("description")
    return f"{skill.name} {description} {' '.join(section.title for section in skill.sections)}"


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"[a-z][a-z0-9]{3,}", text.lower()) if word not in _COMMON}


_COMMON = frozenset(("this", "that", "with", "from", "when", "your", "have", "into", "over", "more", "than", "which"))


def add_pitfalls(skill: Skill, buckets: Sequence[Bucket]) -> Change:
    """Return the change that puts the pitfalls of buckets at the end of a skill's pitfalls section.

    Those that the skill has stay as they are; one that is only an id gets its advice. A section that is not there is
    put at the end of the file; `None seen yet.` gives way. Raises InputError for a skill that cannot be read, or whose
    section ends in something that would swallow the pitfall.
    """
    if skill.error is not None:
        place = Place(skill.file, skill.error.line, skill.error.column)
        raise InputError(f"cannot be upgraded: {skill.error.message}", place=place)
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
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = split_with_ends(text)
    if lines and not lines[-1].endswith(("\n", "\r")):
        lines[-1] += newline
    stubs = {item.id: item.line for item in skill.pitfalls if not item.text}
    items = []
    for bucket in buckets:
        if bucket.id in stubs:
            line = stubs[bucket.id] - 1
            lines[line] = f"{lines[line].rstrip(_AFTER_STUB)}: {_advice(bucket)}{newline}"
        else:
            items.append(f"- `{bucket.id}`: {_advice(bucket)}")
    section = skill.pitfalls_section
    if section is None:
        return "".join([*lines, *_ended(["", f"## {PITFALLS_TITLE}", "", *items], newline)])
    body = _without_none_yet(skill, section, lines) if items else lines[section.line : section.end_line]
    said = max((number for number, line in enumerate(body, 1) if line.strip()), default=0)
    blanks = body[said:] if said else body[1:]  # the first line of a section that says nothing is the gap
    rest = lines[section.end_line :]
    if items and rest and not blanks:
        blanks = [newline]
    gap = [] if not items or _ends_in_list(skill, section, body[:said]) else [""]
    return "".join([*lines[: section.line], *body[:said], *_ended([*gap, *items], newline), *blanks, *rest])


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
    lines += [f"## {PITFALLS_TITLE}", "", f"- `{bucket.id}`: {_advice(bucket)}", ""]
    path = folder / bucket.id / "SKILL.md"
    name = shown(path)
    if path.exists():
        way_out = "mend it (`skills-lint check`), or name another skill: `--skill NAME`"
        raise InputError("this skill exists, but cannot be upgraded", place=Place(name), way_out=way_out)
    return Change(path, name, b"", "\n".join(lines).encode("utf-8"))


def _ended(lines: Iterable[str], newline: str) -> list[str]:
    return [f"{line}{newline}" for line in lines]


def _advice(bucket: Bucket) -> str:
    """Return the bucket's fix, then its hint where that says more, as one line."""
    fix, hint = (" ".join(text.split()) for text in (bucket.fix, bucket.hint))
    return fix if hint in fix else hint if fix in hint else f"{fix} {hint}"
