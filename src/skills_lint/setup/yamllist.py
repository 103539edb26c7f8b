"""One more item in a YAML list, with every other byte of the file as it was."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Sequence


def append_item(text: str, path: Sequence[str | int], item: str) -> str | None:
    """Return `text` with `item` as the last of the list at `path`; None where that is not safe.

    `item` is YAML that begins with `- ` in the first column. Safe means: the list is written in block style and holds
    something, and the result, read again, is the old document with that item.
    """
    try:
        node = _at(yaml.compose(text, Loader=yaml.SafeLoader), path)
        if not isinstance(node, yaml.SequenceNode) or node.flow_style or not node.value:
            return None
        added = _insert(text, node, item)
        wanted, found = yaml.safe_load(text), yaml.safe_load(added)
        _value(wanted, path).extend(yaml.safe_load(item))
    except yaml.YAMLError:
        return None
    return added if found == wanted else None


def _insert(text: str, node: yaml.SequenceNode, item: str) -> str:
    lines = text.splitlines(keepends=True)
    column = node.start_mark.column
    after = _last_line(node) + 1
    while after < len(lines) and _is_comment_within(lines[after], column):
        after += 1
    if not lines[after - 1].endswith("\n"):
        lines[after - 1] += "\r\n" if "\r\n" in text else "\n"
    return "".join([*lines[:after], textwrap.indent(item, " " * column), *lines[after:]])


def _is_comment_within(line: str, column: int) -> bool:
    """Tell whether a line is a comment about the item before it: it is further in than the items' dashes."""
    return line.lstrip().startswith("#") and len(line) - len(line.lstrip()) > column


def _last_line(node: yaml.Node) -> int:
    """Return the index of the last line that a block node takes; its own end mark is past what follows it."""
    if isinstance(node, yaml.MappingNode) and node.value and not node.flow_style:
        return _last_line(node.value[-1][1])
    if isinstance(node, yaml.SequenceNode) and node.value and not node.flow_style:
        return _last_line(node.value[-1])
    end = node.end_mark
    line: int = end.line if end.column or end.line == node.start_mark.line else end.line - 1
    return line


def _at(node: yaml.Node | None, path: Sequence[str | int]) -> yaml.Node | None:
    for step in path:
        if isinstance(node, yaml.MappingNode):
            node = next((value for key, value in node.value if key.value == step), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            node = node.value[step]
        else:
            return None
    return node


def _value(value: Any, path: Sequence[str | int]) -> Any:
    for step in path:
        value = value[step]
    return value
