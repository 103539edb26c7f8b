"""How the classes and functions of a repo are called, where their text leaves no doubt."""

from __future__ import annotations

from typing import TYPE_CHECKING

import griffe

from .names import Definition, path_of
from .signature import Parameter, Signature, signature_from

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .names import Names

# With these a function is still called as its text says.
_SAFE_DECORATORS = frozenset(
    {
        "abc.abstractmethod",
        "classmethod",
        "contextlib.asynccontextmanager",
        "contextlib.contextmanager",
        "functools.cache",
        "functools.lru_cache",
        "staticmethod",
        "typing.final",
        "typing.override",
        "typing_extensions.deprecated",
        "typing_extensions.override",
        "warnings.deprecated",
    }
)
_DATACLASS = "dataclasses.dataclass"


def signature_of(definition: Definition, names: Names) -> Signature | None:
    """Return how a function is called, or a class to make an object of it; None where that is not certain."""
    node = definition.node
    if definition.doubtful or definition.module.dynamic:
        return None
    if isinstance(node, griffe.Function):
        return _of_function(definition, node, names)
    return _of_class(definition, names) if isinstance(node, griffe.Class) else None


def _of_function(definition: Definition, node: griffe.Function, names: Names) -> Signature | None:
    decorators = {decorator.callable_path for decorator in node.decorators}
    if not decorators <= _SAFE_DECORATORS:
        return None
    owner = definition.owner
    if owner is not None and names.family(owner).remade:
        return None
    bound = owner is not None and "staticmethod" not in decorators
    name = owner.qualname if owner and node.name == "__init__" else definition.qualname
    return signature_from(name, node.parameters, bound=bound)


def _of_class(class_: Definition, names: Names) -> Signature | None:
    family = names.family(class_)
    members = [member for member in family.classes if isinstance(member.node, griffe.Class)]
    if not family.closed or any("__new__" in member.node.members for member in members):
        return None
    for member in members:
        init = member.node.members.get("__init__")
        if isinstance(init, griffe.Function):
            found = signature_of(Definition(member.module, init), names)
            return Signature(class_.qualname, found.parameters, found.bound) if found else None
        if _dataclass_decorator(member.node) is not None:
            return _of_dataclass(class_, member, names)
    return None


def _of_dataclass(class_: Definition, made: Definition, names: Names) -> Signature | None:
    """Return how an object of a dataclass is made; `made` is the class, or a base of it, whose fields count."""
    fields: dict[str, Parameter] = {}
    for member in reversed(names.family(made).classes):
        decorator = _dataclass_decorator(member.node)
        settings = None if decorator is None else _settings(decorator)
        if settings is None or settings.get("init") == "False":
            if decorator is not None:
                return None
            continue
        for parameter in _fields(member.node, by_name=settings.get("kw_only") == "True"):
            fields[parameter.name] = parameter
    ordered = sorted(fields.values(), key=lambda parameter: parameter.kind == "keyword")
    return Signature(class_.qualname, tuple(ordered), bound=True)


def _dataclass_decorator(node: griffe.Object) -> object | None:
    decorators = node.decorators if isinstance(node, griffe.Class) else ()
    return next((each.value for each in decorators if each.callable_path == _DATACLASS), None)


def _settings(expression: object) -> dict[str, str] | None:
    """Return what a call is given by name; nothing for what is no call, None if more is given than names tell."""
    if not isinstance(expression, griffe.ExprCall):
        return {}
    arguments = expression.arguments
    named = {each.name: str(each.value) for each in arguments if isinstance(each, griffe.ExprKeyword)}
    return named if len(named) == len(arguments) else None


def _fields(node: griffe.Object, *, by_name: bool) -> Iterator[Parameter]:
    for member in node.members.values():
        if not isinstance(member, griffe.Attribute) or member.annotation is None or _is_no_field(member):
            continue
        if path_of(member.annotation) == "dataclasses.KW_ONLY":
            by_name = True
            continue
        value = member.value
        is_call = isinstance(value, griffe.ExprCall) and value.canonical_path == "dataclasses.field"
        settings = (_settings(value) or {}) if is_call else {}
        if settings.get("init") == "False":
            continue
        kind = settings.get("kw_only", str(by_name)) == "True"
        required = value is None or (is_call and not settings.keys() & {"default", "default_factory"})
        yield Parameter(member.name, "keyword" if kind else "either", required)


def _is_no_field(member: griffe.Attribute) -> bool:
    """Tell whether a name of a dataclass belongs to the class alone, or is a property."""
    return "property" in member.labels or member.labels & {"class-attribute", "instance-attribute"} == {
        "class-attribute"
    }
