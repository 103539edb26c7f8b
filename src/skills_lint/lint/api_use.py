"""What a code block uses of an API: names and keywords with their places, read and never run."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..lines import split_lines
from .blocks.python import plain_python

if TYPE_CHECKING:
    from collections.abc import Iterator, Set

    from ..repoapi.code import Code

_ABSENCE = frozenset({"ImportError", "ModuleNotFoundError", "AttributeError", "Exception", "TypeError"})


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a dotted name, and its place in the block; lines and columns count from 1."""

    path: str  # "market.store.Store.daily"
    keyword: str | None  # that it is called with
    line: int
    column: int
    end_column: int


def python_uses(text: str) -> tuple[Use, ...]:
    """Return what the Python in a block imports, asks for and calls by name, in the order of the text.

    Left out is what the block itself defines or sets, and what it tries because it may not be there.
    """
    from ..repoapi.code import read_code

    found = plain_python(text)
    if found is None:
        return ()
    plain, margin = found
    code = read_code(plain)
    if not code.nodes:
        return ()
    tried = {id(inner) for node in code.nodes if _expects_absence(node) for inner in ast.walk(node)}
    lines = split_lines(plain)
    stored = {n.attr for n in code.nodes if isinstance(n, ast.Attribute) and not isinstance(n.ctx, ast.Load)}
    uses = [use for node in code.nodes if id(node) not in tried for use in _uses(node, code, stored, lines)]
    moved = (Use(u.path, u.keyword, u.line, u.column + margin, u.end_column + margin) for u in uses)
    return tuple(sorted(moved, key=lambda use: (use.line, use.column)))


def _expects_absence(node: ast.AST) -> bool:
    """Say whether a node is a `try` that goes on where a name is not there."""
    if not isinstance(node, ast.Try):
        return False
    caught = [inner for handler in node.handlers if handler.type for inner in ast.walk(handler.type)]
    bare = any(handler.type is None for handler in node.handlers)
    return bare or any(isinstance(inner, ast.Name) and inner.id in _ABSENCE for inner in caught)


def _uses(node: ast.AST, code: Code, stored: Set[str], lines: list[str]) -> Iterator[Use]:
    match node:
        case ast.Import() | ast.ImportFrom():
            yield from _imported(node, lines)
        case ast.Attribute(value=value, attr=attribute, ctx=ast.Load()):
            path = code.path_of(value)
            line, end = node.end_lineno, node.end_col_offset
            if path and line and end and attribute not in stored:
                column = _characters(lines, line, end) - len(attribute)
                yield _use(f"{path}.{attribute}", None, line, column, attribute)
        case ast.Call(func=function, keywords=keywords):
            path = code.path_of(function)
            for keyword in keywords:
                if path and keyword.arg:
                    column = _characters(lines, keyword.lineno, keyword.col_offset)
                    yield _use(path, keyword.arg, keyword.lineno, column, keyword.arg)


def _imported(node: ast.Import | ast.ImportFrom, lines: list[str]) -> Iterator[Use]:
    module = node.module if isinstance(node, ast.ImportFrom) and not node.level else None
    start = _module_column(lines[node.lineno - 1], module, node.col_offset) if module else None
    if module and start is not None:
        yield from _parts(module, node.lineno, start)
    for alias in node.names:
        column = _characters(lines, alias.lineno, alias.col_offset)
        if isinstance(node, ast.Import):
            yield from _parts(alias.name, alias.lineno, column)
        elif module and alias.name != "*":
            yield _use(f"{module}.{alias.name}", None, alias.lineno, column, alias.name)


def _use(path: str, keyword: str | None, line: int, column: int, shown: str) -> Use:
    """Return a use that stands at a column counted from 0."""
    return Use(path, keyword, line, column + 1, column + 1 + len(shown))


def _parts(module: str, line: int, column: int) -> Iterator[Use]:
    """Yield the modules that an import names, each at its last part: of `a.b.c` also `a.b`."""
    parts = module.split(".")
    for end in range(2, len(parts) + 1):
        before = len(".".join(parts[: end - 1])) + 1
        yield _use(".".join(parts[:end]), None, line, column + before, parts[end - 1])


def _module_column(line: str, module: str, after: int) -> int | None:
    """Return the column, counted from 0, of the module in `from module import …`; None where it is on another line."""
    found = re.compile(rf"from\s+(?P<module>{re.escape(module)})\b").search(line, after)
    return found.start("module") if found else None


def _characters(lines: list[str], line: int, offset: int) -> int:
    """Return a column in characters for one in bytes of UTF-8, which the syntax tree counts; both from 0."""
    text = lines[line - 1]
    return offset if text.isascii() else len(text.encode()[:offset].decode(errors="ignore"))
