"""The code that was run, read by its syntax tree: what it imports, defines and calls."""

from __future__ import annotations

import ast
import re
import warnings
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_READ_LIMIT = 30_000  # characters; longer code is left unread, for part of it would not parse
_UNREADABLE = (SyntaxError, ValueError, RecursionError, MemoryError)
_MAGIC = re.compile(r"^([ \t]*)[%!?].*$", re.MULTILINE)  # IPython's own commands
_OPTION = r"(?:\s+-(?!c\b)\w+(?:\s+[\w:.]+)?)*"
_INLINE = re.compile(
    rf"""\bpython[\d.]*{_OPTION}\s+-[A-Zu]*c\s*(?:'([^']*)'|"((?:[^"\\]|\\.)*)")""", re.DOTALL
)  # python -c '…'
_HEREDOC = re.compile(r"\bpython[^\n]*<<-?[ \t]*(['\"]?)([A-Za-z_]\w*)\1[^\n]*\n")
_ESCAPED = re.compile(r"\\([\"\\$`\n])")


@dataclass(frozen=True, slots=True)
class Ran:
    """What the run code holds, by names; the same name may stand for several things, then the last counts."""

    lines: tuple[str, ...]
    imports: Mapping[str, str]  # the name in the code → the module, or module and name, that it stands for
    functions: frozenset[str]
    classes: frozenset[str]
    calls: frozenset[tuple[str, str]]  # `pd.read_csv(…)` is ("pd", "read_csv"), `print(…)` is ("", "print")


@lru_cache(maxsize=256)
def read_code(code: str) -> Ran | None:
    """Return what the code of an execution holds, or None where it is no Python and shows none."""
    found = python_in(code)
    return _read(*found) if found is not None else None


@lru_cache(maxsize=8)
def python_in(code: str) -> tuple[ast.Module, str] | None:
    """Return the Python in the code of an execution, as its tree and its text; None where there is none.

    Of a shell command it is the Python behind `-c`, or in a here-document. Nothing is executed.
    """
    if len(code) > _READ_LIMIT:
        return None
    for text in (code, _within(code), _MAGIC.sub(r"\1pass", code)):
        tree = parsed(text) if text is not None else None
        if tree is not None and text is not None:
            return tree, text
    return None


def parsed(text: str) -> ast.Module | None:
    """Return the syntax tree of a text, or None if it is no Python that can be read."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of the code's own escapes
            return ast.parse(text)
    except _UNREADABLE:
        return None


def _within(command: str) -> str | None:
    """Return the Python that a shell command shows."""
    found = _HEREDOC.search(command)
    if found is not None:
        end = re.compile(rf"^[ \t]*{found[2]}[ \t]*$", re.MULTILINE).search(command, found.end())
        return command[found.end() : end.start() if end else len(command)]
    found = _INLINE.search(command)
    if found is None:
        return None
    return found[1] if found[1] is not None else _ESCAPED.sub(r"\1", found[2])


def _read(tree: ast.Module, text: str) -> Ran:
    imports: dict[str, str] = {}
    functions: set[str] = set()
    classes: set[str] = set()
    calls: set[tuple[str, str]] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                imports.update({name.asname or name.name.partition(".")[0]: name.name for name in names})
            case ast.ImportFrom(names=names, module=module, level=level):
                root = "." * level + (module or "")
                imports.update({name.asname or name.name: f"{root}.{name.name}" for name in names})
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                functions.add(name)
            case ast.ClassDef(name=name):
                classes.add(name)
            case ast.Call(func=ast.Name(id=name)):
                calls.add(("", name))
            case ast.Call(func=ast.Attribute(attr=attr, value=ast.Name(id=name))):
                calls.add((name, attr))
            case ast.Call(func=ast.Attribute(attr=attr)):
                calls.add(("?", attr))
    lines = tuple(text.split("\n"))
    return Ran(lines, imports, frozenset(functions), frozenset(classes), frozenset(calls))
