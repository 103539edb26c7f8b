"""Files of a skill that its texts name by their path, without a link, and that are not there."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from ..lines import LineIndex, split_lines
from ..place import Span, did_you_mean
from ..words import counted
from .aside import skill_files
from .diagnostic import Edit, Fix
from .rule import Finding
from .targets import meant_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from ..skills.skill import Skill
    from .page import Page
    from .repo import Repo

# What may stand before a path that begins at the skill's folder.
_BEFORE = re.compile(r"(?:(?<![\w./\\~$}\]>*-])(?:\./)?|\{baseDir\}/|\$\{?(?:CLAUDE_)?SKILL_DIR\}?/)\Z")
_LONGEST_BEFORE = len("${CLAUDE_SKILL_DIR}/")
_MOST = 2000  # paths of a text that are looked at
_SO_MANY = 3  # of one folder that are not there are one mistake
_ANY = re.compile(
    r"(?i)(?:your|my|some|the)?_?-?(?:script|file|tool|helper|name|topic|example|foo|bar)[_-]?(?:name|\d)?\.\w+"
)
_OTHER = r"(?i)[`*/]{name}[`*/]|\b{name}\b[`*]* skill|\bskill [`*]*{name}\b"
_MADE = re.compile(
    r"(?i)\b(?:creat(?:e|es|ing)|writ(?:e|es|ing)|sav(?:e|es|ing)|generated|e\.g\.|for example|such as)\b"
    r"|\bexamples?\W+$"
)
_ELSEWHERE = re.compile(
    r"(?i)\b(?:from|in|of) (?:that|another|the other) (?:skill|plugin|package|repo(?:sitory)?)\b|`[\w-]+`[ \t]skill\b"
)
_AROUND = 1000  # characters of a line that speak of a path; a line may hold thousands of paths
_SUPPOSED = re.compile(r"\W{0,2}(?:\s\w+)?\s(?:would|could|might)\b")
_BECOMES = re.compile(r"(?i)\b(?:as|named|called)[ \t]*$")  # at the end of the line before
_PERHAPS = re.compile(r"(?i)\bmay (?:also )?(?:contain|have|hold|include)\b[^.]{0,40}$")


@dataclass(frozen=True, slots=True)
class Absent:
    """A path that a text names and that leads nowhere, with the places where it stands."""

    path: str
    spans: tuple[Span, ...]
    excused: bool  # it stands for any file, is told to be made, or is that of another skill


def absent_paths(page: Page, skill: Skill, repo: Repo, pattern: re.Pattern[str]) -> Iterator[Absent]:
    """Yield the paths that a pattern finds in a text, as its group `path`, and that no folder around it has.

    The pattern begins with the path itself, so that it is sought fast.
    """
    found = _not_there(_found(page.text, pattern), _homes(page, skill, repo))
    if not found:
        return
    index, lines = LineIndex(page.text), split_lines(page.text)
    places: dict[str, list[Span]] = {}
    excused = set()
    for match in found:
        path = match["path"]
        line, column = index.place(match.start("path"))
        above = lines[line - 2] if line > 1 else ""
        stands_for_any = _ANY.fullmatch(path.rpartition("/")[2]) is not None
        if stands_for_any and (skill.path.parent / path).parent.is_dir():
            continue  # it says nothing of the others in the folder
        named = (lines[line - 1], column - 1)
        if stands_for_any or _is_made(path, *named, above) or _is_of_another(*named, skill, repo):
            excused.add(path)
        places.setdefault(path, []).append(Span(line, column, line, column + len(path)))
    yield from (Absent(path, tuple(spans), path in excused) for path, spans in places.items())


def _found(text: str, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    matches = (
        match
        for match in pattern.finditer(text)
        if _BEFORE.search(text, max(match.start() - _LONGEST_BEFORE, 0), match.start())
    )
    return islice(matches, _MOST)


def _not_there(matches: Iterable[re.Match[str]], homes: Sequence[Path]) -> list[re.Match[str]]:
    is_there = cache(lambda path: any((home / path).exists() for home in homes))
    return [match for match in matches if not is_there(match["path"])]


def absent_findings(absent: Iterable[Absent], skill: Skill) -> Iterator[Finding]:
    """Yield a finding for each path without an excuse, at its first place; many of one folder are told once."""
    absent = list(absent)
    excused = {_folder(each) for each in absent if each.excused}  # a text that makes one speaks of another place
    by_folder: dict[str, list[Absent]] = {}
    for each in (each for each in absent if _folder(each) not in excused):
        by_folder.setdefault(_folder(each), []).append(each)
    if not by_folder:
        return
    folder = skill.path.parent
    files = [os.path.relpath(file, folder).replace(os.sep, "/") for file in skill_files(folder)]
    for name, of_folder in by_folder.items():
        if len(of_folder) < _SO_MANY:
            yield from (_finding(each, files) for each in of_folder)
        else:
            message = f"the skill has none of {counted(len(of_folder), 'file')} of {name}/, of which this is the first"
            others = ", ".join(each.path.rpartition("/")[2] for each in of_folder[1:4])
            yield Finding(message, of_folder[0].spans[0], f"add them, or name files that there are; next: {others}")


def _folder(absent: Absent) -> str:
    return absent.path.rpartition("/")[0]


def _finding(absent: Absent, files: Sequence[str]) -> Finding:
    near = did_you_mean(absent.path, files)
    way_out = f"did you mean `{near}`?" if near else "add it, or name a file that there is"
    meant = meant_file(absent.path, files)
    edits = tuple(Edit(span, meant) for span in absent.spans) if meant else ()
    fix = Fix(f"name `{meant}`", edits, safe=False) if edits else None
    return Finding(f"the skill has no {absent.path}", absent.spans[0], way_out, fix=fix)


def is_about_skills(skill: Skill) -> bool:
    """Say whether a skill teaches how to make skills: the files that it names are those of skills to come."""
    return "skill" in skill.folder.lower()


def _homes(page: Page, skill: Skill, repo: Repo) -> list[Path]:
    """Return the folders from which a path may be meant: of the file, and of the skill up to the top of the repo."""
    above = [folder for folder in skill.path.absolute().parent.parents if folder.is_relative_to(repo.root)]
    return [skill.path.parent, page.path.parent, *above]


def _is_made(path: str, line: str, start: int, above: str) -> bool:
    """Say whether a path is that of a file that is yet to be made, that there might be, or that is elsewhere."""
    end = start + len(path)
    before, behind = line[max(start - _AROUND, 0) : start], line[end : end + _AROUND]
    said = _SUPPOSED.match(behind) or _MADE.search(before) or _PERHAPS.search(before)
    if not before.strip(" `"):
        said = said or _BECOMES.search(above)
    return said is not None or _ELSEWHERE.search(before + path + behind) is not None


def _is_of_another(line: str, start: int, skill: Skill, repo: Repo) -> bool:
    """Say whether a line speaks of another skill of the repo."""
    around = line[max(start - _AROUND, 0) : start + _AROUND]
    if "skill" not in around.lower() and "/" not in around:
        return False
    others = {name for other in repo.skills for name in (other.folder, other.name)} - {skill.folder, skill.name}
    named = (name for name in others if name in around)
    return any(re.search(_OTHER.format(name=re.escape(name)), around) for name in named)
