"""The frontmatter of a skill: its values, and where each of them stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml
from frontmatter.default_handlers import YAMLHandler

from .lines import LineIndex, split_lines
from .skill import DuplicateKey, Marks, ParseError, Span

if TYPE_CHECKING:
    from collections.abc import Mapping

# Explicit tags and odd scalars (`!!int ""`, a thirteenth month) make PyYAML raise errors that are not its own.
_YAML_ERRORS = (yaml.YAMLError, ValueError, LookupError, AttributeError, TypeError, ArithmeticError, RecursionError)
_LOOKS_LIKE_KEY = re.compile(r"[A-Za-z_][\w-]*:(\s|$)")
_OPENS_QUOTE = re.compile(r"\s*[\w-]+:\s+([\"'])(?!.*\1\s*(#.*)?$)")

_Path = tuple[str | int, ...]


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
    reader = _Reader(index, start, lines)
    values, error = reader.read(text[start:end])
    marks = Marks(reader.keys, reader.values, tuple(reader.duplicates))
    return Frontmatter(values, marks, close + 1, error)


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


class _Reader:
    """Turns YAML nodes into values and notes where each of them stands."""

    def __init__(self, index: LineIndex, start: int, lines: list[str]) -> None:
        self.keys: dict[_Path, Span] = {}
        self.values: dict[_Path, Span] = {}
        self.duplicates: list[DuplicateKey] = []
        self._index = index
        self._start = start  # offset of the YAML in the file
        self._lines = lines
        self._built: dict[int, Any] = {}  # by node: an alias is built once, so that a bomb of aliases stays small

    def read(self, source: str) -> tuple[dict[str, Any] | None, ParseError | None]:
        try:
            loader = yaml.SafeLoader(source)
            node = loader.get_single_node()
            if node is None:
                return {}, None
            if not isinstance(node, yaml.MappingNode):
                found = "a list" if isinstance(node, yaml.SequenceNode) else "a text"
                return None, self._error(
                    node.start_mark.index, f"the frontmatter is {found}; expected `key: value` lines"
                )
            values: dict[str, Any] = self._build(loader, node, ())
        except _YAML_ERRORS as error:
            return None, self._explain(error)
        return values, None

    def _build(self, loader: yaml.SafeLoader, node: yaml.Node, path: _Path) -> Any:
        self.values[path] = self._span(node)
        if id(node) in self._built:
            return self._built[id(node)]
        self._built[id(node)] = None  # what a node finds when it contains itself
        value: Any
        if isinstance(node, yaml.MappingNode):
            value = self._build_mapping(loader, node, path)
        elif isinstance(node, yaml.SequenceNode):
            value = [self._build(loader, item, (*path, number)) for number, item in enumerate(node.value)]
        else:
            value = loader.construct_object(node)
        self._built[id(node)] = value
        return value

    def _build_mapping(self, loader: yaml.SafeLoader, node: yaml.MappingNode, path: _Path) -> dict[str, Any]:
        seen: dict[str, Span] = {}
        for key, _ in node.value:
            span = self._span(key)
            name = _name(key)
            if name in seen and name != "<<":
                self.duplicates.append(DuplicateKey(name, span, seen[name]))
            seen.setdefault(name, span)
        loader.flatten_mapping(node)
        mapping = {}
        for key, value in node.value:
            name = _name(key)
            self.keys[(*path, name)] = self._span(key)
            mapping[name] = self._build(loader, value, (*path, name))
        return mapping

    def _span(self, node: yaml.Node) -> Span:
        start = self._index.place(self._start + node.start_mark.index)
        end = self._index.place(self._start + node.end_mark.index)
        return Span(*start, *end)

    def _error(self, offset: int, message: str, way_out: str | None = None) -> ParseError:
        return ParseError(message, *self._index.place(self._start + offset), "frontmatter", way_out)

    def _explain(self, error: Exception) -> ParseError:
        """Return what is wrong with the YAML, at the place that has to be mended."""
        if isinstance(error, yaml.reader.ReaderError):
            character = f"U+{error.character:04X}" if isinstance(error.character, int) else repr(error.character)
            return self._error(error.position, f"the frontmatter holds the character {character}, which YAML forbids")
        if not isinstance(error, yaml.MarkedYAMLError):
            return ParseError(f"the frontmatter cannot be read: {type(error).__name__}: {error}", 2, 1, "frontmatter")
        mark = error.problem_mark or error.context_mark
        line = self._index.place(self._start + mark.index)[0] if mark else 2
        if quote := self._open_quote(line):
            way_out = 'close it on the same line; within double quotes, write a quote as `\\"`'
            return ParseError("the quote that opens here is never closed", *quote, "frontmatter", way_out)
        if mark is None:
            return ParseError(f"the frontmatter is not YAML: {error.problem}", line, 1, "frontmatter")
        problem = error.problem or "cannot be parsed"
        if "mapping values are not allowed" in problem:
            message = "the frontmatter is not YAML: a text with `: ` in it must be quoted"
            return self._error(
                mark.index, message, "put the whole value in quotes, or begin it with `>-` on a line of its own"
            )
        if "'\\t'" in problem:
            return self._error(mark.index, "the frontmatter is indented with a tab; YAML forbids that", "use spaces")
        return self._error(mark.index, f"the frontmatter is not YAML: {problem}")

    def _open_quote(self, line: int) -> tuple[int, int] | None:
        """Return where a quote opens that swallows the keys after it, looking back from the line of the error.

        A parser notices such a quote much later: at the end, or behind the next quote.
        """
        for number in range(line, 1, -1):
            quote = _OPENS_QUOTE.match(self._lines[number - 1])
            following = self._lines[number]  # there is one: the frontmatter is closed
            if quote and (_is_boundary(following) or _LOOKS_LIKE_KEY.match(following)):
                return number, quote.start(1) + 1
        return None


def _name(key: yaml.Node) -> str:
    """Return a key as it is written; `on` stays "on", though YAML takes it for a truth value."""
    return key.value if isinstance(key, yaml.ScalarNode) else "?"
