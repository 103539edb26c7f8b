"""Dotted names looked up in the modules of a repo: there, missing, or not certain."""

from __future__ import annotations

import builtins
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import griffe

from ..place import Place, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .module import Module
    from .modules import Modules

Known = Literal["there", "missing", "uncertain"]

_MOST_STEPS = 50  # aliases followed for one name
_SAFE_BASES = frozenset({"abc.ABC", "object", "typing.Generic", "typing.Protocol", "typing_extensions.Protocol"})
_SAFE_CLASS_DECORATORS = frozenset(
    {"dataclasses.dataclass", "enum.unique", "functools.total_ordering", "typing.final", "typing.runtime_checkable"}
)
_SAFE_KEYWORDS: tuple[dict[str, str], ...] = ({}, {"metaclass": "ABCMeta"})
_ANSWERS_ALL = ("__getattr__", "__getattribute__", "__init_subclass__")


@dataclass(frozen=True, slots=True)
class Definition:
    """A class, function or other name that a module of the repo defines."""

    module: Module
    node: griffe.Object

    @property
    def path(self) -> str:
        """Its full name: "market.store.Store.daily"."""
        return self.node.path

    @property
    def qualname(self) -> str:
        """Its name within the module: "Store.daily"."""
        return self.path.removeprefix(f"{self.module.name}.")

    @property
    def place(self) -> Place:
        """Where it stands."""
        return Place(shown(self.module.path), self.node.lineno)

    @property
    def is_class(self) -> bool:
        """True for a class."""
        return self.node.is_class

    @property
    def owner(self) -> Definition | None:
        """The class that it stands in."""
        parent = self.node.parent
        return Definition(self.module, parent) if parent is not None and parent.is_class else None

    @property
    def doubtful(self) -> bool:
        """True if it is defined more than once, so that which one holds depends on the run."""
        parts = self.qualname.split(".")
        return any(".".join(parts[:end]) in self.module.repeated for end in range(1, len(parts) + 1))


@dataclass(frozen=True, slots=True)
class Name:
    """What the source of a repo says about a dotted name."""

    known: Known
    path: str  # of the thing itself, imports followed
    definition: Definition | None = None  # None for a module, and where it is not certain

    @property
    def is_module(self) -> bool:
        """True for a module or a package."""
        return self.known == "there" and self.definition is None


@dataclass(frozen=True, slots=True)
class Family:
    """A class and those of the repo that it inherits from, in the order in which Python asks them."""

    classes: tuple[Definition, ...]
    builtins: tuple[type, ...]
    closed: bool  # none comes from outside, and nothing adds names while the program runs

    @property
    def remade(self) -> bool:
        """True if a metaclass of the repo makes these classes, which may change what their text says."""
        return any(_keywords(member.node) not in _SAFE_KEYWORDS for member in self.classes)


class Names:
    """The names of a repo's modules."""

    def __init__(self, modules: Modules) -> None:
        self.modules = modules
        self._families: dict[str, Family] = {}
        self._definitions: dict[str, tuple[Definition, ...]] = {}

    def resolve(self, path: str) -> Name | None:
        """Return what is known of a dotted name; None if it is no name of this repo."""
        return self._resolve(path, frozenset())

    def definitions(self, name: str) -> tuple[Definition, ...]:
        """Return the classes and functions with this name, in modules and in their classes."""
        if name not in self._definitions:
            found = (each for module in self.modules.defining(name) for each in _within(module, name))
            self._definitions[name] = tuple(found)
        return self._definitions[name]

    def names_in(self, module_name: str) -> set[str]:
        """Return the public names of a module, what it imports from outside left out, and the modules of a package."""
        module = self.modules.module(module_name)
        members = module.tree.members if module else {}
        own = {
            name
            for name, member in members.items()
            if not isinstance(member, griffe.Alias) or member.target_path.partition(".")[0] in self.modules.tops
        }
        names = own.union(self.modules.children(module_name))
        return {name for name in names if not name.startswith("_") and name.isidentifier()}

    def place_of(self, module_name: str) -> Place | None:
        """Return the file of a module; None where there is no single one."""
        module = self.modules.module(module_name)
        return Place(shown(module.path)) if module else None

    def _resolve(self, path: str, seen: frozenset[str]) -> Name | None:
        parts = path.split(".")
        if parts[0] not in self.modules.tops:
            return None
        if path in seen or len(seen) >= _MOST_STEPS or len(parts) >= _MOST_STEPS:
            return Name("uncertain", path)
        found: Name | None = Name("there", parts[0])
        for part in parts[1:]:
            if found is None or found.known != "there":
                return Name("uncertain", path)
            found = self._member(found, part, seen | {path})
        return found

    def _member(self, owner: Name, name: str, seen: frozenset[str]) -> Name | None:
        if owner.definition is None:
            return self._of_module(owner.path, name, seen)
        if owner.definition.is_class:
            return self.attribute(owner.definition, name)
        return Name("uncertain", f"{owner.path}.{name}")

    def _of_module(self, module_name: str, name: str, seen: frozenset[str]) -> Name | None:
        path = f"{module_name}.{name}"
        module = self.modules.module(module_name)
        member = module.tree.members.get(name) if module else None
        if module is not None and member is not None:
            if name in module.repeated:
                return Name("uncertain", path)
            if isinstance(member, griffe.Alias):
                return self._resolve(member.target_path, seen)
            return self._renamed(Definition(module, member), seen)
        if self.modules.has(path):
            return Name("uncertain" if self._is_shadowed(module, name) else "there", path)
        if module is None or self.modules.has_beside(module_name, name):
            return Name("uncertain", path)
        return self._imported(module, name, seen)

    def _is_shadowed(self, package: Module | None, name: str) -> bool:
        """Tell whether a star import may put a thing of the same name, such as a function, in the place of a module."""
        targets = (self.modules.module(target) for target in package.wildcards) if package else ()
        return any(name in target.tree.members for target in targets if target)

    def _renamed(self, definition: Definition, seen: frozenset[str]) -> Name | None:
        """Return what a name of a module stands for: `Store = BarStore` is followed."""
        node = definition.node
        target = path_of(node.value) if isinstance(node, griffe.Attribute) else None
        if target is None:
            return Name("there", definition.path, definition)
        return self._resolve(target, seen) or Name("uncertain", definition.path)

    def _imported(self, module: Module, name: str, seen: frozenset[str]) -> Name | None:
        """Return what the star imports of a module say about a name that it does not define itself."""
        path = f"{module.name}.{name}"
        members = module.tree.members
        doubtful = module.dynamic or module.bound & {name, "__path__"} or name.startswith("_")
        if doubtful or any(answer in members for answer in _ANSWERS_ALL):
            return Name("uncertain", path)
        for target in module.wildcards:
            found = self._resolve(f"{target}.{name}", seen | {path})
            if found is None or found.known != "missing":
                return found if found and found.known == "there" else Name("uncertain", path)
        return Name("missing", path)

    def attribute(self, class_: Definition, name: str) -> Name:
        """Return what is known of an attribute of a class, or of its objects."""
        path = f"{class_.path}.{name}"
        family = self.family(class_)
        for member in family.classes if family.closed else family.classes[:1]:
            if (node := member.node.members.get(name)) is not None:
                found = None if isinstance(node, griffe.Alias) else Definition(member.module, node)
                return Name("there", found.path, found) if found and not found.doubtful else Name("uncertain", path)
        if not family.closed or name.startswith("_") or any(name in member.module.stored for member in family.classes):
            return Name("uncertain", path)
        if any(hasattr(base, name) for base in family.builtins):
            return Name("uncertain", path)
        return Name("missing", path)

    def attributes(self, class_: Definition) -> set[str]:
        """Return the public attributes of a class that its text, and that of its bases, shows."""
        members = (name for member in self.family(class_).classes for name in member.node.members)
        return {name for name in members if not name.startswith("_") and name.isidentifier()}

    def family(self, class_: Definition, above: tuple[str, ...] = ()) -> Family:
        """Return a class with its bases; `above` are the classes that it is a base of."""
        path = class_.path
        if path not in self._families:
            alone = path in above or len(above) >= _MOST_STEPS or not _is_plain(class_)
            family = None if alone else self._joined(class_, (*above, path))
            self._families[path] = family or Family((class_,), (), closed=False)
        return self._families[path]

    def _joined(self, class_: Definition, above: tuple[str, ...]) -> Family | None:
        """Return a class with its bases in Python's order; None where there is no such order."""
        bases = list(self._bases(class_))
        families = [self.family(base, above) for base in bases if isinstance(base, Definition)]
        classes = {member.path: member for family in families for member in family.classes}
        orders = [[member.path for member in family.classes] for family in families]
        try:
            order = griffe.c3linear_merge(*orders, [each[0] for each in orders])
        except ValueError:
            return None
        inherited = (base for family in families for base in family.builtins)
        return Family(
            (class_, *(classes[path] for path in order)),
            (*(base for base in bases if isinstance(base, type)), *inherited),
            closed=None not in bases and all(family.closed for family in families),
        )

    def _bases(self, class_: Definition) -> Iterator[Definition | type | None]:
        """Yield the bases of a class that count: of the repo, of Python itself, or None for one that is not known."""
        for base in class_.node.bases if isinstance(class_.node, griffe.Class) else ():
            path = path_of(base)
            if path in _SAFE_BASES:
                continue
            name = None
            if path is not None:
                name = self.resolve(path) if "." in path else self._of_module(class_.module.name, path, frozenset())
            if name and name.definition and name.definition.is_class:
                yield name.definition
            elif path is not None and (name is None or name.known == "missing"):
                yield _of_python(path)
            else:
                yield None


def _within(module: Module, name: str) -> Iterator[Definition]:
    """Yield the definitions of a name in a module and in its classes, at whatever depth."""
    scopes: list[griffe.Object] = [module.tree]
    while scopes:
        for member in scopes.pop().members.values():
            if not isinstance(member, griffe.Class | griffe.Function):
                continue
            if member.name == name:
                yield Definition(module, member)
            if isinstance(member, griffe.Class):
                scopes.append(member)


def _is_plain(class_: Definition) -> bool:
    """Tell whether the text of a class shows all that it has, its bases apart."""
    node, module = class_.node, class_.module
    if not isinstance(node, griffe.Class) or class_.doubtful or module.dynamic:
        return False
    return (
        _keywords(node) in _SAFE_KEYWORDS
        and not any(name in node.members for name in _ANSWERS_ALL)
        and all(decorator.callable_path in _SAFE_CLASS_DECORATORS for decorator in node.decorators)
    )


def _keywords(node: griffe.Object) -> dict[str, str]:
    """Return what a class is given by name, such as its metaclass."""
    given = node.keywords if isinstance(node, griffe.Class) else {}
    return {name: str(value).rpartition(".")[2] for name, value in given.items()}


def _of_python(path: str) -> type | None:
    """Return a class of Python itself that others are made of: `dict`, `ValueError`, `enum.Enum`."""
    import enum

    home, _, name = path.rpartition(".")
    known = getattr({"": builtins, "builtins": builtins, "enum": enum}.get(home), name, None)
    return known if isinstance(known, type) else None


def path_of(expression: object) -> str | None:
    """Return the full name that an expression of griffe's stands for; None where it is no plain name."""
    if isinstance(expression, griffe.ExprSubscript):
        expression = expression.left
    return expression.canonical_path if isinstance(expression, griffe.ExprName | griffe.ExprAttribute) else None
