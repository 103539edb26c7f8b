"""A skill file, parsed. Nothing that a file may hold raises: what cannot be read is told in `Skill.error`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..lines import LineIndex
from .find import SKILL_FILE
from .frontmatter import read_frontmatter
from .markdown import read_markdown
from .pitfalls import find_pitfalls_section, read_pitfalls
from .skill import ParseError, Skill

if TYPE_CHECKING:
    from pathlib import Path

_BINARY_HEAD = 8192
_LONGEST = 1_000_000  # characters; no agent loads more, and hostile Markdown takes a parser quadratic time
BOM = "\ufeff"


def parse_skill(path: Path, shown: str) -> Skill:
    """Return the skill in a file; `shown` is how the file is called in messages."""
    folder = path.parent.name if path.name in (SKILL_FILE, "index.md") else _named_by_place(path)
    text, error = read_text(path)
    if text is None:
        return Skill(path, shown, "", folder, None, {}, 1, (), (), (), None, error=error)
    body = text.removeprefix(BOM)
    front = read_frontmatter(body)
    document = read_markdown(body, front.body_line)
    sections = document.sections()
    pitfalls = find_pitfalls_section(sections)
    keys = {str(path[0]): (span.line, span.column) for path, span in front.marks.keys.items() if len(path) == 1}
    return Skill(
        path=path,
        file=shown,
        text=body,
        folder=folder,
        frontmatter=front.values,
        keys=keys,
        body_line=front.body_line,
        sections=sections,
        links=document.links,
        code_blocks=document.code_blocks,
        pitfalls_section=pitfalls,
        pitfalls=tuple(read_pitfalls(document, pitfalls)) if pitfalls else (),
        error=error or front.error,
        marks=front.marks,
        anchors=document.anchors,
    )


def _named_by_place(path: Path) -> str:
    """Return the name of a skill that has no file of its own name: `skills/<name>.md` or `skills/<name>/any.md`."""
    return path.stem if path.resolve().parent.name == "skills" else path.resolve().parent.name


def read_text(path: Path) -> tuple[str | None, ParseError | None]:
    """Return the text of a file as far as it can be read, and what is wrong with its bytes."""
    try:
        data = path.read_bytes()
    except OSError as error:
        return None, ParseError(f"the file cannot be read: {error.strerror or error}", 1, 1)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        if b"\0" in data[:_BINARY_HEAD]:
            return None, ParseError("the file is binary; expected Markdown", 1, 1)
        text = data.decode("utf-8", errors="replace")
        offset = len(data[: error.start].decode("utf-8"))
        message = f"the file is not UTF-8: found the byte 0x{data[error.start]:02X}"
        return text, ParseError(message, *LineIndex(text).place(offset), way_out="save the file as UTF-8")
    if len(text) > _LONGEST:
        message = f"the file has {len(text):,} characters; a skill has at most {_LONGEST:,}"
        return None, ParseError(message, 1, 1, way_out="move what is long to files beside it")
    if "\0" in text:
        place = LineIndex(text).place(text.index("\0"))
        return text, ParseError("the file holds a NUL byte", *place, way_out="remove it")
    if text.startswith(BOM):
        message = "the file begins with a byte order mark, which hides the frontmatter from many readers"
        return text, ParseError(message, 1, 1, way_out="save the file as UTF-8 without BOM")
    return text, None
