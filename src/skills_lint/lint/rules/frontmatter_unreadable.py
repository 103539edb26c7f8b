"""SK100: there is a frontmatter, and it is YAML."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ...lines import split_lines
from ...place import Span
from ...skills.frontmatter import read_frontmatter
from ..conflict import conflict_marks
from ..diagnostic import Edit, Fix
from ..quoting import quote_for
from ..rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ...skills.skill import Skill
    from ..repo import Repo

_MOST_QUOTED = 5
_PLAIN = re.compile(r"(?P<indent> *)(?P<key>[A-Za-z_][\w-]*):[ \t]+(?P<value>[^\s\"'|>&!#].*)$")
_LIKE_A_KEY = re.compile(r"\s*(?:- +)?[\w-]+:(?:\s|$)|\s*-\s")


def _check(skill: Skill, repo: Repo) -> Iterator[Finding]:
    error, lines = skill.error, split_lines(skill.text)
    if skill.frontmatter is not None:
        yield from _odd_marks(lines, skill.body_line)
    if error and error.kind == "frontmatter" and not any(conflict_marks(lines[: skill.body_line])):
        line = lines[error.line - 1]
        end = max(len(line.rstrip()), error.column) + 1 if line.startswith("---") else error.column + 1
        span = Span(error.line, error.column, error.line, end)
        yield Finding(error.message, span, error.way_out, fix=_quote_values(lines, skill.body_line))


def _odd_marks(lines: Sequence[str], body_line: int) -> Iterator[Finding]:
    """Yield the two marks around a frontmatter where they have more than three hyphens."""
    for number in (1, body_line - 1):
        mark = lines[number - 1].rstrip()
        if mark != "---":
            span = Span(number, 1, number, len(mark) + 1)
            message = (
                f"the frontmatter {'opens' if number == 1 else 'ends'} with `{mark}`; many readers know only `---`"
            )
            yield Finding(message, span, "write `---`", fix=Fix("write `---`", (Edit(span, "---"),), safe=True))


def _quote_values(lines: Sequence[str], body_line: int) -> Fix | None:
    """Return the quotes around plain texts that make YAML of the frontmatter, each text kept; None if none do."""
    head = list(lines[: body_line - 1])
    values: list[_Value] = []
    read = read_frontmatter("\n".join(head))
    while read.error is not None:
        value = next((v for v in _plain_values(head, read.error.line) if _gets_further(head, v)), None)
        if value is None or len(values) == _MOST_QUOTED:
            return None
        values.append(value)
        head = value.quoted_in(head)
        read = read_frontmatter("\n".join(head))
    texts = {span.line: _at(read.values, path) for path, span in read.marks.keys.items()}
    if not values or any(texts.get(value.line) != value.text for value in values):
        return None
    edits = tuple(Edit(Span(line, at, line, at), put) for value in values for line, at, put in value.quotes())
    return Fix("put the text in quotes", edits, safe=True)


@dataclass(frozen=True, slots=True)
class _Value:
    """A value without quotes, as it is written on one line or several."""

    line: int
    column: int  # from 1
    pieces: tuple[str, ...]  # what each of its lines holds of it

    @property
    def text(self) -> str:
        return " ".join(piece.strip() for piece in self.pieces)

    def quotes(self) -> list[tuple[int, int, str]]:
        """Return what has to be put in, in order, each with its line and column."""
        quote = quote_for(self.text)
        put = [(self.line, self.column, quote)]
        for number, piece in enumerate(self.pieces):
            start = 1 if number else self.column
            put += [(self.line + number, start + at, quote) for at, c in enumerate(piece) if c == quote]
        last = self.line + len(self.pieces) - 1
        return [*put, (last, (self.column if last == self.line else 1) + len(self.pieces[-1]), quote)]

    def quoted_in(self, head: Sequence[str]) -> list[str]:
        """Return the lines of a frontmatter with this value in quotes."""
        lines = list(head)
        for number, column, put in reversed(self.quotes()):
            lines[number - 1] = lines[number - 1][: column - 1] + put + lines[number - 1][column - 1 :]
        return lines


def _plain_values(head: Sequence[str], line: int) -> Iterator[_Value]:
    """Yield the values whose texts may have to be quoted: those that begin on a line or above it, the nearest first."""
    for number in range(min(line, len(head)), 1, -1):
        written = _PLAIN.match(head[number - 1])
        if written is None or (written["value"][0] in "[{" and written["key"] != "description"):
            continue
        pieces = [written["value"].rstrip()]
        for below in head[number:]:
            if not below.startswith(f"{written['indent']} ") or not below.strip():
                break
            pieces.append(below.rstrip())
        if not any(" #" in piece or _LIKE_A_KEY.match(piece) for piece in pieces[1:]) and " #" not in pieces[0]:
            yield _Value(number, written.start("value") + 1, tuple(pieces))


def _gets_further(head: Sequence[str], value: _Value) -> bool:
    """Say whether with a value in quotes all can be read that stands before the next one."""
    error = read_frontmatter("\n".join(value.quoted_in(head))).error
    return error is None or error.line >= value.line + len(value.pieces)


def _at(values: Any, path: Sequence[str | int]) -> Any:
    """Return the value at a path; None where it is not kept, since its key is there twice."""
    for step in path:
        try:
            values = values[step]
        except (LookupError, TypeError):
            return None
    return values


RULE = Rule(
    code="SK100",
    name="frontmatter-unreadable",
    severity="error",
    summary="A skill begins with a frontmatter that is valid YAML.",
    explanation="""
Agents learn from the frontmatter that a skill exists. One that is missing, is not closed, does not begin on the first
line, or is not YAML hides the whole skill; so may one whose marks are not just three hyphens. The place is the one to
mend: the quote that opens, the tab, the colon that makes YAML see a key within a text. Of a merge conflict in it only
SK501 speaks.
""",
    bad={
        "skills/etf-data/SKILL.md": "---\nname: etf-data\ndescription: Use when: prices are missing.\n---\nOpen it.\n"
    },
    good={
        "skills/etf-data/SKILL.md": '---\nname: etf-data\ndescription: "Use when: prices are missing."\n---\nOpen it.\n'
    },
    fix="safe",
    check_skill=_check,
)
