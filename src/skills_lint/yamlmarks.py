"""YAML read with the place of every key and value."""

from __future__ import annotations

import datetime
import re
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

from .lines import LineIndex
from .place import Span

if TYPE_CHECKING:
    from collections.abc import Mapping

    _Loader = yaml.SafeLoader | yaml.CSafeLoader

# Explicit tags and odd scalars (`!!int ""`, a thirteenth month) make PyYAML raise errors that are not its own.
YAML_ERRORS = (yaml.YAMLError, ValueError, LookupError, AttributeError, TypeError, ArithmeticError, RecursionError)

_MOST_NODES = 100_000  # with all aliases written out, as those see them who walk the value

# Tabs, brackets, byte order marks, and the line ends that only YAML 1.1 knows.
_READ_IN_TWO_WAYS = re.compile(r"[\t\[{\ufeff\x85\u2028\u2029]")
_OPENS = re.compile(r"[-?:]\s")  # whatever opens a level without a bracket holds one of these
_MOST_OPEN = 200

Path = tuple[str | int, ...]  # keys and indexes: `("metadata", "tags", 0)`


@dataclass(frozen=True, slots=True)
class DuplicateKey:
    """A key that its mapping has already."""

    key: str
    span: Span  # of the second one
    first: Span


@dataclass(frozen=True, slots=True)
class Marks:
    """Where the parts of a YAML document stand, by the path of the value."""

    keys: Mapping[Path, Span] = field(default_factory=dict)
    values: Mapping[Path, Span] = field(default_factory=dict)
    duplicates: tuple[DuplicateKey, ...] = ()


@dataclass(frozen=True, slots=True)
class Marked:
    """The value of a YAML document, None where it is empty, and where its parts stand. All keys are texts."""

    value: Any
    marks: Marks


def read_yaml(source: str, index: LineIndex | None = None, start: int = 0) -> Marked:
    """Return a YAML document with its marks.

    A `source` that is a part of a file is placed there by the file's `index` and the offset at which it starts.
    Raises one of YAML_ERRORS for what is not YAML, and for a document whose aliases make it huge or endless.
    """
    loader, node = _compose(source)
    if node is None:
        return Marked(None, Marks())
    _count(node, {})
    builder = _Builder(loader, index or LineIndex(source), start)
    value = builder.build(node, ())
    return Marked(value, Marks(builder.keys, builder.values, tuple(builder.duplicates)))


def _compose(source: str) -> tuple[_Loader, yaml.Node | None]:
    """Return a document as nodes, and what makes values of them.

    libyaml takes a fifth of the time, and python-frontmatter reads by it too. It reads a few characters in another way,
    tells errors in other words, and ends the process over what is nested too deep; then PyYAML's own parser is asked.
    """
    plain = not _READ_IN_TWO_WAYS.search(source) and len(_OPENS.findall(source)) <= _MOST_OPEN
    if plain and yaml.__with_libyaml__:
        with suppress(yaml.YAMLError, UnicodeEncodeError):
            fast = yaml.CSafeLoader(source)
            return fast, fast.get_single_node()
    slow = yaml.SafeLoader(source)
    return slow, slow.get_single_node()


def without_dates(value: Any) -> Any:
    """Return a YAML value as JSON would have it: dates are texts there."""
    if isinstance(value, dict):
        return {key: without_dates(item) for key, item in value.items()}
    if isinstance(value, list):
        return [without_dates(item) for item in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


def _count(node: yaml.Node, counted: dict[int, int]) -> int:
    """Return how many nodes a node stands for, itself and all aliases and merged mappings written out.

    Raises yaml.MarkedYAMLError where they are too many or where a node contains itself.
    """
    if id(node) in counted:
        if not counted[id(node)]:
            raise yaml.MarkedYAMLError(problem="a value contains itself", problem_mark=node.start_mark)
        return counted[id(node)]
    counted[id(node)] = 0  # what a node finds when it contains itself
    inner = node.value if isinstance(node, yaml.CollectionNode) else ()
    if isinstance(node, yaml.MappingNode):
        inner = (part for pair in node.value for part in pair)
    number = 1 + sum(_count(part, counted) for part in inner)
    if number > _MOST_NODES:
        problem = f"with its aliases written out it holds more than {_MOST_NODES:,} values"
        raise yaml.MarkedYAMLError(problem=problem, problem_mark=node.start_mark)
    counted[id(node)] = number
    return number


class _Builder:
    """Turns YAML nodes into values and notes where each of them stands."""

    def __init__(self, loader: _Loader, index: LineIndex, start: int) -> None:
        self.keys: dict[Path, Span] = {}
        self.values: dict[Path, Span] = {}
        self.duplicates: list[DuplicateKey] = []
        self._loader = loader
        self._index = index
        self._start = start
        self._built: dict[int, Any] = {}  # by node: an alias is built once

    def build(self, node: yaml.Node, path: Path) -> Any:
        self.values[path] = self._span(node)
        if id(node) in self._built:
            return self._built[id(node)]
        value: Any
        if isinstance(node, yaml.MappingNode):
            value = self._build_mapping(node, path)
        elif isinstance(node, yaml.SequenceNode):
            value = [self.build(item, (*path, number)) for number, item in enumerate(node.value)]
        else:
            value = self._scalar(node)
        self._built[id(node)] = value
        return value

    def _scalar(self, node: yaml.Node) -> Any:
        try:
            return self._loader.construct_object(node)
        except (ValueError, LookupError, AttributeError, TypeError, ArithmeticError) as error:
            raise yaml.constructor.ConstructorError(None, None, str(error), node.start_mark) from error

    def _build_mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        seen: dict[str, Span] = {}
        for key, _ in node.value:
            span = self._span(key)
            name = _name(key)
            if name in seen and name != "<<":
                self.duplicates.append(DuplicateKey(name, span, seen[name]))
            seen.setdefault(name, span)
        self._loader.flatten_mapping(node)
        mapping = {}
        for key, value in node.value:
            name = _name(key)
            self.keys[(*path, name)] = self._span(key)
            mapping[name] = self.build(value, (*path, name))
        return mapping

    def _span(self, node: yaml.Node) -> Span:
        start = self._index.place(self._start + node.start_mark.index)
        end = self._index.place(self._start + node.end_mark.index)
        return Span(*start, *end)


def _name(key: yaml.Node) -> str:
    """Return a key as it is written; `on` stays "on", though YAML takes it for a truth value."""
    return key.value if isinstance(key, yaml.ScalarNode) else "?"
