"""The frontmatter of a skill: its values, and where each of them stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml
from frontmatter.default_handlers import YAMLHandler

from ..lines import LineIndex, split_lines
from ..yamlmarks import YAML_ERRORS, Marks, read_yaml
from .skill import ParseError

if TYPE_CHECKING:
    from collections.abc import Mapping

_LOOKS_LIKE_KEY = re.compile(r"[A-Za-z_][\w-]*:(\s|$)")
_OPENS_OTHER = re.compile(r"\s*[\w-]+:\s+[@`%&*!\[{]")
_OPENS_QUOTE = re.compile(r"\s*[\w-]+:\s+([\"'])(?!.*\1\s*(#.*)?$)")


@dataclass(frozen=True, slots=True)
class Frontmatter:
    """What stands between the two `---` lines. `values` is None where it cannot be read."""

    values: Mapping[str, Any] | None
    marks: Marks
    body_line: int
    error: ParseError | None = None


def read_frontmatter(text: str) -> Frontmatter:
    """Return the frontmatter of a file's text; what cannot be read gives an error with its place, no exception."""
    lines = split_lines(text)
    if not _is_boundary(lines[0]):
        return Frontmatter(None, Marks(), 1, _missing(lines))
    close = next((number for number, line in enumerate(lines[1:], 2) if _is_boundary(line)), None)
    if close is None:
        unclosed = ParseError(
            "the frontmatter that opens here is never closed",
            1,
            1,
            "frontmatter",
            "end it with a line `---` before the text of the skill begins",
        )
        return Frontmatter(None, Marks(), _first_text_line(lines), unclosed)
    index = LineIndex(text)
    start, end = index.offset(2), index.offset(close)
    try:
        marked = read_yaml(text[start:end], index, start)
    except YAML_ERRORS as error:
        return Frontmatter(None, Marks(), close + 1, _explain(error, index, start, lines))
    if marked.value is None:
        return Frontmatter({}, marked.marks, close + 1)
    if not isinstance(marked.value, dict):
        found = "a list" if isinstance(marked.value, list) else "a text"
        whole = marked.marks.values[()]
        message = f"the frontmatter is {found}; expected `key: value` lines"
        no_mapping = ParseError(message, whole.line, whole.column, "frontmatter")
        return Frontmatter(None, marked.marks, close + 1, no_mapping)
    return Frontmatter(marked.value, marked.marks, close + 1)


def _is_boundary(line: str) -> bool:
    return YAMLHandler.FM_BOUNDARY.match(line) is not None


def _missing(lines: list[str]) -> ParseError:
    """Return why there is no frontmatter: none at all, or one that does not begin on the first line."""
    way_out = "begin the file with `---`, then `name: …` and `description: …`, then `---`"
    first = next((number for number, line in enumerate(lines, 1) if line.strip()), None)
    if first is None:
        return ParseError("the file is empty; expected frontmatter and text", 1, 1, "file", way_out)
    line = lines[first - 1]
    if _is_boundary(line.strip()):
        found = f"the frontmatter begins on line {first}; expected it on line 1" if first > 1 else "`---` is indented"
        column = len(line) - len(line.lstrip()) + 1
        way_out = "remove what stands before `---`"
        return ParseError(found, first, column, "frontmatter", way_out)
    return ParseError("there is no frontmatter; expected `---` on line 1", 1, 1, "frontmatter", way_out)


def _first_text_line(lines: list[str]) -> int:
    """Return the line at which the text begins if the frontmatter is never closed: that of the first heading."""
    return next((number for number, line in enumerate(lines, 1) if re.match(r"#{1,6} ", line)), 2)


def _explain(error: Exception, index: LineIndex, start: int, lines: list[str]) -> ParseError:
    """Return what is wrong with the YAML that starts at offset `start`, at the place that has to be mended."""

    def found(offset: int, message: str, way_out: str | None = None) -> ParseError:
        return ParseError(message, *index.place(start + offset), "frontmatter", way_out)

    if isinstance(error, yaml.reader.ReaderError):
        character = f"U+{error.character:04X}" if isinstance(error.character, int) else repr(error.character)
        return found(error.position, f"the frontmatter holds the character {character}, which YAML forbids")
    if not isinstance(error, yaml.MarkedYAMLError):
        return ParseError(f"the frontmatter cannot be read: {type(error).__name__}: {error}", 2, 1, "frontmatter")
    opened = _where_it_opens(error)
    mark = opened or error.problem_mark or error.context_mark
    line = index.place(start + mark.index)[0] if mark else 2
    if quote := _open_quote(lines, line):
        way_out = 'close it on the same line; within double quotes, write a quote as `\\"`'
        return ParseError("the quote that opens here is never closed", *quote, "frontmatter", way_out)
    if mark is None:
        return ParseError(f"the frontmatter is not YAML: {error.problem}", line, 1, "frontmatter")
    problem = error.problem or "cannot be parsed"
    if opened and "simple key" in (error.context or ""):
        return found(mark.index, "this is no `key: value`", "put a colon and a space behind the key")
    if opened:
        return found(mark.index, "the bracket that opens here is never closed", "close it on the same line")
    if "mapping values are not allowed" in problem:
        message = "the frontmatter is not YAML: a text with `: ` in it must be quoted"
        return found(mark.index, message, "put the whole value in quotes, or begin it with `>-` on a line of its own")
    if "'\\t'" in problem:
        return found(mark.index, "the frontmatter is indented with a tab; YAML forbids that", "use spaces")
    way_out = "if the value is a text, put it in quotes: YAML gives its first character a meaning"
    return found(
        mark.index, f"the frontmatter is not YAML: {problem}", way_out if _OPENS_OTHER.match(lines[line - 1]) else None
    )


def _where_it_opens(error: yaml.MarkedYAMLError) -> Any:
    """Return the mark of a bracket that is never closed, or of a line without a colon; a parser stops further down."""
    context, opened, problem = error.context or "", error.context_mark, error.problem_mark
    further_down = opened is not None and problem is not None and problem.line > opened.line
    return opened if further_down and ("flow " in context or "simple key" in context) else None


def _open_quote(lines: list[str], line: int) -> tuple[int, int] | None:
    """Return where a quote opens that swallows the keys after it, looking back from the line of the error.

    A parser notices such a quote much later: at the end, or behind the next quote.
    """
    for number in range(min(line, len(lines) - 1), 1, -1):  # nothing may follow the line that closes it all
        quote = _OPENS_QUOTE.match(lines[number - 1])
        following = lines[number]
        if quote and (_is_boundary(following) or _LOOKS_LIKE_KEY.match(following)):
            return number, quote.start(1) + 1
    return None
