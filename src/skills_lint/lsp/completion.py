"""What an editor proposes while a pitfall or the skills of a bucket are written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..lines import split_lines
from ..place import Span
from ..skills.frontmatter import read_frontmatter
from ..skills.markdown import read_markdown
from ..skills.pitfalls import find_pitfalls_section
from .markup import in_plain_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from .view import View

# Lexical, since what is being written is rarely whole: an open backtick, an open bracket.
_BEFORE_ID = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+(?:\*\*|__)?`(?P<word>[\w.:-]*)")
_REST_OF_ID = re.compile(r"[\w.:-]*(?P<tick>`?)")
_IN_FLOW = re.compile(r"\s*(?:-\s+)?skills:\s*\[(?:[^\]#]*[,\s])?(?P<word>[\w.-]*)")
_IN_BLOCK = re.compile(r"(?P<indent>\s*)-\s+(?P<word>[\w.-]*)")
_OPENS_BLOCK = re.compile(r"\s*(?:-\s+)?skills:\s*(?:#.*)?")
_REST_OF_NAME = re.compile(r"[\w.-]*")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A name to write, with what takes the place of what is written so far."""

    name: str
    detail: str
    documentation: str
    span: Span
    text: str


def proposals(view: View, path: Path, line: int, column: int) -> tuple[Proposal, ...]:
    """Return what may be written at a place, in the order in which to show it.

    In a pitfall, behind the backtick, these are bucket ids, the repo's own first; in `skills` of the bucket file, names
    of skills.
    """
    text = view.text(path)
    lines = split_lines(text)
    if line > len(lines):
        return ()
    before, after = lines[line - 1][: column - 1], lines[line - 1][column - 1 :]
    if view.is_bucket_file(path):
        return tuple(_skill_names(view, lines, line, before, after))
    match = _BEFORE_ID.fullmatch(before)
    if match is None or not _is_among_pitfalls(text, line) or view.owner(path) != path:
        return ()
    return tuple(_bucket_ids(view, line, match, after))


def _is_among_pitfalls(text: str, line: int) -> bool:
    section = find_pitfalls_section(read_markdown(text, read_frontmatter(text).body_line).sections())
    return section is not None and section.line < line <= section.end_line


def _bucket_ids(view: View, line: int, match: re.Match[str], after: str) -> Iterator[Proposal]:
    rest = _REST_OF_ID.match(after)
    assert rest is not None  # noqa: S101 - it matches no characters, too
    tail = "" if rest["tick"] else "`: "
    span = Span(line, match.start("word") + 1, line, match.end() + rest.start("tick") + 1)
    for bucket in view.project.causes:
        yield Proposal(bucket.id, in_plain_text(bucket.title), in_plain_text(bucket.cause), span, f"{bucket.id}{tail}")


def _skill_names(view: View, lines: Sequence[str], line: int, before: str, after: str) -> Iterator[Proposal]:
    match = _IN_FLOW.fullmatch(before) or _in_block(lines, line, before)
    rest = _REST_OF_NAME.match(after)
    if match is None or rest is None:
        return
    span = Span(line, match.start("word") + 1, line, match.end() + rest.end() + 1)
    for skill in view.skills():
        described = (skill.frontmatter or {}).get("description")
        documentation = in_plain_text(described) if isinstance(described, str) else ""
        yield Proposal(skill.name, skill.file, documentation, span, skill.name)


def _in_block(lines: Sequence[str], line: int, before: str) -> re.Match[str] | None:
    """Return what stands before the cursor if it is in an item of the list below a line `skills:`."""
    match = _IN_BLOCK.fullmatch(before)
    if match is None:
        return None
    for above in reversed(lines[: line - 1]):
        item = _IN_BLOCK.match(above)
        if above.strip() and not (item and item["indent"] == match["indent"]):
            return match if _OPENS_BLOCK.fullmatch(above) else None
    return None
