"""One module of a repo, read and never run: what griffe finds in it, and where its text leaves doubt."""

from __future__ import annotations

import ast
import logging
import warnings
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import griffe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# With these a program adds names that no reader of its text can see.
_DYNAMIC_CALLS = frozenset({"exec", "globals", "locals", "setattr", "vars"})
_DYNAMIC_ATTRIBUTES = frozenset({"__dict__", "__setattr__"})
_INNER = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_ONE_OF_MANY = frozenset({"overload", "setter", "getter", "deleter", "register"})  # decorators


class UnreadableError(Exception):
    """A file is no Python that can be read; the text says why."""


@dataclass(frozen=True, slots=True)
class Module:
    """What a module defines."""

    name: str
    path: Path
    tree: griffe.Module
    bound: frozenset[str]  # every name that the text binds, in whatever scope
    stored: frozenset[str]  # every attribute that it sets, on whatever object
    repeated: frozenset[str]  # what is bound more than once in its scope: "Store.daily"
    dynamic: bool  # it may add names in ways that its text does not show

    @property
    def wildcards(self) -> tuple[str, ...]:
        """The modules from which it imports all names."""
        aliases = (member for member in self.tree.members.values() if isinstance(member, griffe.Alias))
        return tuple(alias.target_path for alias in aliases if alias.wildcard)


def read_module(name: str, path: Path, text: str) -> Module:
    """Return a module from its text. Raises UnreadableError if griffe, or Python, cannot make sense of it."""
    logger = logging.getLogger("griffe")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)  # what it cannot evaluate is uncertain here, and no news for the user
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of the compiler, about odd literals
            tree = ast.parse(text)
            package, last = _package_of(name)
            seen = griffe.visit(last, path, text, parent=package, extensions=griffe.Extensions())
        return _module(name, path, tree, seen)
    except SyntaxError as error:
        line = f", line {error.lineno}" if error.lineno else ""
        raise UnreadableError(f"it is not valid Python: {error.msg}{line}") from error
    except (RecursionError, MemoryError) as error:
        raise UnreadableError("it is nested too deeply") from error
    except Exception as error:  # of griffe, which was not written for hostile text; one file is lost, not the run
        raise UnreadableError(f"it cannot be read: {type(error).__name__}") from error
    finally:
        logger.setLevel(level)


def _package_of(name: str) -> tuple[griffe.Module | None, str]:
    """Return the package of a module, from which relative imports are counted, and the last part of its name."""
    package = None
    *parts, last = name.split(".")
    for part in parts:
        package = griffe.Module(part, filepath=Path("__init__.py"), parent=package)
    return package, last


def _module(name: str, path: Path, tree: ast.Module, seen: griffe.Module) -> Module:
    nodes = list(ast.walk(tree))
    return Module(
        name=name,
        path=path,
        tree=seen,
        bound=frozenset(bound for node in nodes for bound in _bound_by(node)),
        stored=frozenset(n.attr for n in nodes if isinstance(n, ast.Attribute) and isinstance(n.ctx, ast.Store)),
        repeated=frozenset(_repeated(tree)),
        dynamic=any(_is_dynamic(node) for node in nodes),
    )


def _is_dynamic(node: ast.AST) -> bool:
    match node:
        case ast.Call(func=ast.Name(id=name)):
            return name in _DYNAMIC_CALLS
        case ast.Attribute(value=ast.Name(id="sys"), attr="modules"):
            return True
        case ast.Attribute(attr=name):
            return name in _DYNAMIC_ATTRIBUTES
    return False


def _bound_by(node: ast.AST) -> Iterator[str]:
    """Yield the names that one node binds."""
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.Name(id=name, ctx=ast.Store()):
            yield name
        case ast.alias(name=name, asname=alias):
            yield alias or name.partition(".")[0]
        case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
            yield name
        case ast.MatchMapping(rest=str(name)):
            yield name


def _repeated(tree: ast.Module) -> Iterator[str]:
    """Yield the names that are bound more than once in the module or in a class of it."""
    scopes: list[tuple[str, Iterable[ast.AST]]] = [("", tree.body)]
    while scopes:
        prefix, body = scopes.pop()
        nodes = list(_of_scope(body))
        often = Counter(name for node in nodes if not _is_one_of_many(node) for name in _bound_by(node))
        yield from (prefix + name for name, times in often.items() if times > 1)
        scopes += [(f"{prefix}{node.name}.", node.body) for node in nodes if isinstance(node, ast.ClassDef)]


def _of_scope(body: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """Yield the nodes of one scope, and the definitions in it without what is inside."""
    nodes = list(body)
    while nodes:
        node = nodes.pop()
        yield node
        if not isinstance(node, (*_INNER, *_COMPREHENSIONS)):
            nodes += ast.iter_child_nodes(node)


def _is_one_of_many(node: ast.AST) -> bool:
    """Tell whether a function is an overload, or another part of a property."""
    decorators = node.decorator_list if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) else []
    return any(_last_name(decorator) in _ONE_OF_MANY for decorator in decorators)


def _last_name(node: ast.expr) -> str | None:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.Call(func=function):
            return _last_name(function)
    return None
