"""Code as a row of statements, which can be compared one by one."""

from __future__ import annotations

import ast
import builtins
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from ..errors.limit import shortened
from ..errors.ran import parsed, python_in
from ..traces.verdicts.command import read_command

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST = 400  # statements; what comes later is not compared
_LONGEST = 30_000  # characters of code that is no Python
_LONGEST_TEXT = 500  # characters of a statement
_TOKEN = re.compile(r"""'[^'\n]*'|"[^"\n]*"|[A-Za-z_]\w*|\d[\w.]*""")
_NAME = re.compile(r"[A-Za-z_]\w*")
_WORD = re.compile(r"\w+")
_BUILTINS = frozenset(vars(builtins))  # `print` and its like stand everywhere
_BOUND = re.compile(r"^(?:for\s+)?([A-Za-z_]\w*)[^=!<>]*=(?!=)|^(?:async\s+)?(?:def|class)\s+(\w+)")
_IMPORTED = re.compile(r"^(?:from\s+\S+\s+)?import\s+(.+)")


@dataclass(frozen=True, slots=True)
class Statement:
    """A simple statement, or the head of a compound one."""

    text: str  # written the same way wherever it came from, if the code can be parsed
    lines: frozenset[str]  # of the code that it stands on, without indentation
    tokens: frozenset[str]  # names and values in it, apart from builtins; the words of texts begin with a quote
    binds: frozenset[str]  # names that it gives or changes a value


@dataclass(frozen=True, slots=True)
class Compared:
    """Failing and succeeding code, both read the same way."""

    failing: tuple[Statement, ...]
    succeeding: tuple[Statement, ...]
    parsed: bool  # else they are compared line by line
    imported: frozenset[str]  # names in them that stand for modules or what these define


@lru_cache(maxsize=8)  # two codes are held against each other, and each is asked for twice
def shown_python(code: str) -> tuple[str, ast.Module | None]:
    """Return the Python that code or a command shows, and its tree, which is None where it cannot be parsed."""
    found = python_in(code)
    if found is not None:
        return found[1], found[0]
    source = read_command(code).source
    return (source, parsed(source)) if source is not None else (code, None)


def compared(failing: str, succeeding: str) -> Compared:
    """Return the statements of two codes: of their syntax trees, or line by line where one of them has none."""
    (one, tree), (other, other_tree) = shown_python(failing), shown_python(succeeding)
    both = tree is not None and other_tree is not None
    if tree is None or other_tree is None:
        first, second = _of_lines(one), _of_lines(other)
    else:
        first, second = _of_tree(tree, one), _of_tree(other_tree, other)
    imported = {name for s in (*first, *second) if _IMPORTED.match(s.text) for name in s.binds}
    return Compared(first, second, parsed=both, imported=frozenset(imported))


def _of_lines(text: str) -> tuple[Statement, ...]:
    lines = (line.strip() for line in shortened(text, _LONGEST).splitlines())
    told = [line[:_LONGEST_TEXT] for line in lines if line and not line.startswith("#")][:_MOST]
    return tuple(Statement(line, frozenset((line,)), _tokens_in(line), _bound_in(line)) for line in told)


def _tokens_in(line: str) -> frozenset[str]:
    tokens: set[str] = set()
    for part in _TOKEN.findall(line):
        tokens |= _words(part) if part[0] in "'\"" else {part}
    return frozenset(tokens - _BUILTINS)


def _words(text: str) -> set[str]:
    return {f"'{word}" for word in _WORD.findall(text)} or {f"'{text}"}


def _bound_in(line: str) -> frozenset[str]:
    imported = _IMPORTED.match(line)
    if imported:
        return frozenset(names[-1] for part in imported[1].split(",") if (names := _NAME.findall(part)))
    found = _BOUND.match(line)
    return frozenset(name for name in found.groups() if name) if found else frozenset()


def _of_tree(tree: ast.Module, text: str) -> tuple[Statement, ...]:
    lines = text.split("\n")
    found: list[Statement] = []
    for node in _statements(tree.body):
        if len(found) >= _MOST:
            break
        written = _written(node)
        if written is not None:
            stands = frozenset(line.strip() for line in lines[node.lineno - 1 : _last_line(node)])
            found.append(Statement(written, stands, _tokens(node), _binds(node)))
    return tuple(found)


def _tokens(node: ast.stmt) -> frozenset[str]:
    """Return the names and values in a statement, of a compound one in its head."""
    todo: list[ast.AST] = [node]
    tokens: set[str] = set()
    while todo:
        found = todo.pop()
        tokens |= _own_tokens(found)
        inner = (child for child in ast.iter_child_nodes(found) if not isinstance(child, ast.stmt | ast.excepthandler))
        todo.extend(inner)
    return frozenset(tokens - _BUILTINS)


def _own_tokens(node: ast.AST) -> set[str]:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name) | ast.keyword(arg=str(name)):
            return {name}
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return {name}
        case ast.Constant(value=str(value)):
            return _words(value)
        case ast.Constant(value=value):
            return {repr(value)}
        case ast.ImportFrom(module=str(module)):
            return set(module.split("."))
        case ast.alias(name=name, asname=other):
            return {*name.split("."), *([other] if other else [])}
    return set()


def _statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield statements in their order, those in compound ones after their heads, without texts alone."""
    for node in body:
        if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
            yield node
        for inner in (getattr(node, "body", None), getattr(node, "orelse", None), getattr(node, "finalbody", None)):
            if isinstance(inner, list):
                yield from _statements(inner)
        for handler in getattr(node, "handlers", ()):
            yield from _statements(handler.body)


def _last_line(node: ast.stmt) -> int:
    """Return the last line of a statement, of a compound one that of its head."""
    body = getattr(node, "body", None)
    return max(body[0].lineno - 1, node.lineno) if isinstance(body, list) and body else node.end_lineno or node.lineno


def _written(node: ast.stmt) -> str | None:
    try:
        text = ast.unparse(node)
    except (RecursionError, ValueError, MemoryError):
        return None
    if isinstance(getattr(node, "body", None), list):
        heads = [line for line in text.split("\n") if not line.startswith("@")]
        text = heads[0] if heads else text
    return text[:_LONGEST_TEXT]


def _binds(node: ast.stmt) -> frozenset[str]:
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return frozenset((name,))
        case ast.Import(names=names) | ast.ImportFrom(names=names):
            return frozenset(name.asname or name.name.partition(".")[0] for name in names)
        case ast.Assign(targets=targets):
            return _roots(targets)
        case ast.AnnAssign(target=target) | ast.AugAssign(target=target) | ast.For(target=target):
            return _roots([target])
        case ast.With(items=items):
            return _roots([item.optional_vars for item in items if item.optional_vars is not None])
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=owner))):
            return _roots([owner])
    return frozenset()


def _roots(targets: list[ast.expr]) -> frozenset[str]:
    """Return the names that targets begin with: `df` of `df["a"].x`."""
    roots: set[str] = set()
    for target in targets:
        match target:
            case ast.Tuple(elts=parts) | ast.List(elts=parts):
                roots |= _roots(parts)
            case ast.Attribute(value=owner) | ast.Subscript(value=owner) | ast.Starred(value=owner):
                roots |= _roots([owner])
            case ast.Call(func=func):
                roots |= _roots([func])
            case ast.Name(id=name):
                roots.add(name)
    return frozenset(roots)
