"""A skill file, parsed. Nothing that a file may hold raises: what cannot be read is told in `Skill.error`."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from ..git import top_folder
from ..lines import BOM, LineIndex
from ..place import shown as shown_path
from .find import SKILL_FILE
from .frontmatter import read_frontmatter
from .markdown import read_markdown
from .pitfalls import find_pitfalls_section, read_pitfalls
from .skill import ParseError, PitfallItem, Skill

_BINARY_HEAD = 8192
_LONGEST = 1_000_000  # characters; no agent loads more, and hostile Markdown takes a parser quadratic time
_MOST_BYTES = 4 * _LONGEST  # no character of UTF-8 takes more than four
_KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}
BOM_ERROR = ParseError(
    "the file begins with a byte order mark, which hides the frontmatter from many readers",
    1,
    1,
    way_out="save the file as UTF-8 without BOM",
)


def parse_skill(path: Path, shown: str, root: Path | None = None) -> Skill:
    """Return the skill in a file; `shown` is how the file is called in messages.

    A link that leads from the repo around `root` to the outside is told and not read, since a site shows what skills
    hold.
    """
    outside = _outside(path, root) if root else None
    text, error = (None, outside) if outside else read_text(path)
    return parse_skill_text(path, shown, text, error)


def parse_skill_text(path: Path, shown: str, text: str | None, error: ParseError | None = None) -> Skill:
    """Return the skill that a file with this text is; it need not exist, since an editor holds what is not saved yet.

    `error` is what is wrong with its bytes; the text is None where they cannot be read.
    """
    folder = path.parent.name if path.name in (SKILL_FILE, "index.md") else _named_by_place(path)
    if text is None:
        return Skill(path, shown, "", folder, None, 1, (), (), (), None, error=error)
    body = text.removeprefix(BOM)
    front = read_frontmatter(body)
    document = read_markdown(body, front.body_line)
    sections = document.sections()
    pitfalls = find_pitfalls_section(sections)
    return Skill(
        path=path,
        file=shown,
        text=body,
        folder=folder,
        frontmatter=front.values,
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


def pitfalls_in(text: str) -> tuple[PitfallItem, ...]:
    """Return the pitfalls in the text of a skill."""
    document = read_markdown(text, read_frontmatter(text).body_line)
    section = find_pitfalls_section(document.sections())
    return tuple(read_pitfalls(document, section)) if section else ()


def _named_by_place(path: Path) -> str:
    """Return the name of a skill that has no file of its own name: `skills/<name>.md` or `skills/<name>/any.md`."""
    parent = Path(os.path.realpath(path)).parent.name
    return path.stem if parent == "skills" else parent


def _outside(path: Path, root: Path) -> ParseError | None:
    """Return what is wrong with a file that is named within a repo and lies outside of it."""
    real = Path(os.path.realpath(path))
    if real.is_relative_to(os.path.realpath(root)):
        return None
    top = top_folder(root) or root.resolve()
    named = Path(os.path.normpath(path.absolute()))
    within = any(named.is_relative_to(folder) for folder in (top, root.absolute()))  # else the user asked for it
    if real.is_relative_to(top) or not within:
        return None
    message = f"a link leads out of the repo, to {shown_path(real)}, which is not read"
    return ParseError(message, 1, 1, way_out="put the file into the repo in place of the link")


def read_text(path: Path) -> tuple[str | None, ParseError | None]:
    """Return the text of a file as far as it can be read, and what is wrong with its bytes."""
    try:
        found = path.stat()
        kind = stat.S_IFMT(found.st_mode)
        if kind != stat.S_IFREG:  # a pipe would never answer, and some devices never end
            return None, ParseError(f"the file is {_KINDS.get(kind, 'no file')}; expected a regular file", 1, 1)
        if found.st_size > _MOST_BYTES:
            return None, _too_long(f"more than {_MOST_BYTES:,} bytes")
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
    return checked_text(text)


def checked_text(text: str) -> tuple[str | None, ParseError | None]:
    """Return a decoded text as far as it is one to parse, and what is wrong with it."""
    if len(text) > _LONGEST:
        return None, _too_long(f"{len(text):,} characters")
    return text, _error_in(text)


def _error_in(text: str) -> ParseError | None:
    if "\0" in text:
        place = LineIndex(text).place(text.index("\0"))
        return ParseError("the file holds a NUL byte", *place, way_out="remove it")
    return BOM_ERROR if text.startswith(BOM) else None


def _too_long(length: str) -> ParseError:
    message = f"the file has {length}; a skill has at most {_LONGEST:,} characters"
    return ParseError(message, 1, 1, way_out="move what is long to files beside it")
