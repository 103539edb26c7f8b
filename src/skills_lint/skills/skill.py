"""A skill, parsed: plain data with exact places. Lines and columns count from 1, in the file."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from ..place import Span
from ..yamlmarks import Marks

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

PITFALLS_TITLE = "Common pitfalls (from traces)"
NOTES = "TODO|FIXME|TBD"  # words with which authors note what is to be written
_IS_NOTE = re.compile(rf"[^\w`]*(?:{NOTES})\b")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands under it, up to the next heading of its level or a higher one."""

    title: str
    level: int  # 1 to 6
    line: int  # of the heading
    end_line: int  # the last line of the section
    anchor: str  # as GitHub makes it


@dataclass(frozen=True, slots=True)
class Link:
    """A link or an image."""

    target: str
    kind: Literal["link", "image"]
    line: int
    column: int
    end_column: int

    @property
    def span(self) -> Span:
        """Where its target stands."""
        return Span(self.line, self.column, self.line, self.end_column)


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """A fenced code block."""

    language: str  # first word of the info string, in lower case; "" if there is none
    text: str
    line: int  # of the opening fence; the text begins on the next line
    indent: int  # columns before the fence, already taken off the text
    closed: bool = True  # False: nothing closes it, and it swallows all that follows


@dataclass(frozen=True, slots=True)
class PitfallItem:
    """A list item of the pitfalls section."""

    id: str | None  # the bucket id that it starts with, in code or bold; None if it starts with none
    text: str  # what follows the id; "" if nothing does
    line: int
    column: int  # of the id, or of the item's text
    end_column: int

    @property
    def span(self) -> Span:
        """Where the id stands, or the item's text."""
        return Span(self.line, self.column, self.line, self.end_column)

    @property
    def advises(self) -> bool:
        """True when something is said behind the id, and it is not a note to say it later."""
        return bool(self.text) and not _IS_NOTE.match(self.text)


@dataclass(frozen=True, slots=True)
class ParseError:
    """Why a skill or its frontmatter cannot be read, and where."""

    message: str
    line: int
    column: int
    kind: Literal["file", "frontmatter"] = "file"  # what cannot be read
    way_out: str | None = None


@dataclass(frozen=True, slots=True)
class Skill:
    """A skill file with its parts. What cannot be read is empty, and `error` says why."""

    path: Path
    file: str  # the path as shown: relative to the working directory, `/`-separated
    text: str
    folder: str  # the name that its place gives it: its folder's, or its file's for `skills/<name>.md`
    frontmatter: Mapping[str, Any] | None
    body_line: int  # the first line after the frontmatter
    sections: tuple[Section, ...]
    links: tuple[Link, ...]
    code_blocks: tuple[CodeBlock, ...]
    pitfalls_section: Section | None
    pitfalls: tuple[PitfallItem, ...] = ()
    error: ParseError | None = None
    marks: Marks = field(default_factory=Marks)
    anchors: frozenset[str] = frozenset()  # what `#…` links may name, folded

    @property
    def name(self) -> str:
        """The name in the frontmatter; the folder's where there is none."""
        name = (self.frontmatter or {}).get("name")
        return name if isinstance(name, str) and name else self.folder


def skills_by_name(skills: Iterable[Skill]) -> dict[str, Skill]:
    """Return skills by every name that is understood: that of the folder, and that of the frontmatter, which wins."""
    skills = tuple(skills)
    return {skill.folder: skill for skill in skills} | {skill.name: skill for skill in skills}
