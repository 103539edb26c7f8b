"""What a snippet of code that failed calls its things: read, never run."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..errors.ran import python_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_LONGEST = 100_000  # characters that are searched for imports
_DEEPEST = 50  # parts of one expression
_IMPORT = re.compile(r"\bfrom[ \t]+([\w.]+)[ \t]+import\b|\bimport[ \t]+([\w.]+)")


@dataclass(frozen=True, slots=True)
class Code:
    """A snippet: its imports, the names that it defines, and what its other names stand for."""

    nodes: tuple[ast.AST, ...]  # none for what is not Python alone, such as a command
    imports: tuple[str, ...]  # full names of what is imported
    defined: frozenset[str]  # its own classes and functions
    names: Mapping[str, str | None]  # `store` → "market.Store" after `store = Store()`; None where there are several

    def callees(self, name: str | None, keyword: str | None = None) -> Iterator[str | None]:
        """Yield the full name of each thing that is called `name` and perhaps given a keyword; None if not known."""
        for call in self._calls(name, keyword):
            yield self.path_of(call.func)

    def given(self, name: str | None, keyword: str) -> tuple[int, frozenset[str]] | None:
        """Return how many arguments the one call with this keyword gives by place, and which by name."""
        calls = list(self._calls(name, keyword))
        if len(calls) != 1 or any(isinstance(value, ast.Starred) for value in calls[0].args):
            return None
        named = [given.arg for given in calls[0].keywords]
        return None if None in named else (len(calls[0].args), frozenset(arg for arg in named if arg))

    def _calls(self, name: str | None, keyword: str | None) -> Iterator[ast.Call]:
        for node in self.nodes:
            if not isinstance(node, ast.Call) or (name is not None and _last_name(node.func) != name):
                continue
            if keyword is None or any(given.arg == keyword for given in node.keywords):
                yield node

    def owners(self, attribute: str) -> Iterator[str | None]:
        """Yield the full name of each thing, or of its class, that is asked for an attribute; None if not known."""
        for node in self.nodes:
            if isinstance(node, ast.Attribute) and node.attr == attribute:
                yield self.path_of(node.value)

    def path_of(self, node: ast.expr) -> str | None:
        """Return the full name of what an expression stands for; an object goes by the name of its class."""
        parts: list[str] = []
        for _ in range(_DEEPEST):
            match node:
                case ast.Name(id=name):
                    path = self.names.get(name)
                    return ".".join([path, *reversed(parts)]) if path else None
                case ast.Attribute(value=value, attr=attribute):
                    parts.append(attribute)
                    node = value
                case ast.Call(func=function):
                    node = function
                case ast.Await(value=value):
                    node = value
                case _:
                    return None
        return None


def read_code(text: str) -> Code:
    """Return what a snippet says of its names."""
    python = python_in(text)
    if python is None:
        return Code((), tuple(a or b for a, b in _IMPORT.findall(text[:_LONGEST])), frozenset(), {})
    nodes = tuple(ast.walk(python[0]))
    defined = frozenset(n.name for n in nodes if isinstance(n, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef))
    names: dict[str, str | None] = dict.fromkeys(defined)
    imports = []
    for alias, path in (pair for node in nodes for pair in _imported(node)):
        imports.append(path)
        names[alias] = path if names.get(alias, path) == path else None
    code = Code(nodes, tuple(imports), defined, names)
    _follow_assignments(nodes, code, names)
    return code


def _imported(node: ast.AST) -> Iterator[tuple[str, str]]:
    """Yield the names that an import binds, with what they stand for."""
    match node:
        case ast.Import(names=aliases):
            for alias in aliases:
                yield (alias.asname, alias.name) if alias.asname else (alias.name.partition(".")[0],) * 2
        case ast.ImportFrom(module=str(module), names=aliases, level=0):
            for alias in aliases:
                yield alias.asname or alias.name, f"{module}.{alias.name}"


def _follow_assignments(nodes: Sequence[ast.AST], code: Code, names: dict[str, str | None]) -> None:
    """Add what is assigned to a name, in the order of the text; a name with two meanings has none."""
    targets: dict[int, ast.expr | None] = {}
    for node in nodes:
        match node:
            case ast.Assign(targets=[ast.Name() as target], value=value):
                targets[id(target)] = value
            case ast.AnnAssign(target=ast.Name() as target, value=ast.expr() as value):
                targets[id(target)] = value
            case ast.NamedExpr(target=target, value=value):
                targets[id(target)] = value
            case ast.withitem(optional_vars=ast.Name() as target, context_expr=value):
                targets[id(target)] = value
    stores = [node for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)]
    for node in sorted(stores, key=lambda name: (name.lineno, name.col_offset)):
        given = targets.get(id(node))
        path = code.path_of(given) if given is not None else None
        names[node.id] = path if names.get(node.id, path) == path else None
    for argument in (node for node in nodes if isinstance(node, ast.arg)):
        names[argument.arg] = None


def _last_name(node: ast.expr) -> str | None:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return None
