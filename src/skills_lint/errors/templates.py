"""CPython's messages written again, the same for all versions: the telling parts stay, the rest is masked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .masks import mask

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .said import Said

_TEMPLATES: Mapping[str, str] = {
    "read-only-attribute": "'{owner}' object attribute '*' is read-only",
    "undefined-name": "name '*' is not defined",
    "unbound-local": "cannot access local variable '*' where it is not associated with a value",
    "missing-import": "cannot import name '*' from '{module}'",
    "circular-import": "partially initialized module '*' (most likely due to a circular import)",
    "unexpected-keyword": "{callee}() got an unexpected keyword argument '{keyword}'",
    "missing-argument": "{callee}() missing required arguments",
    "too-many-arguments": "{callee}() takes fewer positional arguments than were given",
    "repeated-argument": "{callee}() got multiple values for argument '*'",
    "positional-only": "{callee}() got some positional-only arguments passed as keyword arguments",
    "no-arguments": "{callee}() takes no arguments",
    "abstract-class": "Can't instantiate abstract class {owner}",
    "not-callable": "'{owner}' object is not callable",
    "not-subscriptable": "'{owner}' object is not subscriptable",
    "not-iterable": "'{owner}' object is not iterable",
    "no-item-assignment": "'{owner}' object does not support item assignment",
    "no-length": "object of type '{owner}' has no len()",
    "not-context-manager": "'{owner}' object does not support the context manager protocol",
    "not-awaitable": "object {owner} can't be used in 'await' expression",
    "operand-types": "unsupported operand type(s) for {operator}: '{left}' and '{right}'",
    "order-types": "'{operator}' not supported between instances of '{left}' and '{right}'",
    "unary-type": "bad operand type for unary {operator}: '{operand}'",
    "index-type": "{owner} indices must not be '{got}'",
    "index-range": "{owner} index out of range",
    "missing-key": "'*'",
    "unpack-count": "{relation} values to unpack",
    "not-unpackable": "cannot unpack non-iterable {owner} object",
    "unhashable": "unhashable type: '{owner}'",
    "invalid-number": "invalid literal for {kind}: '*'",
    "not-json-serializable": "Object of type {owner} is not JSON serializable",
    "bad-json": "{reason}",
    "decode-error": "'{codec}' codec can't decode bytes: {reason}",
    "encode-error": "'{codec}' codec can't encode characters: {reason}",
    "syntax-error": "{reason}",
    "division-by-zero": "division by zero",
    "math-domain": "math domain error",
    "empty-sequence": "{callee}() of an empty sequence",
    "changed-size": "{owner} changed size during iteration",
    "naive-aware": "offset-naive and offset-aware datetimes",
    "bad-date": "time data '*' does not match format '*'",
    "bad-isoformat": "Invalid isoformat string: '*'",
    "recursion": "maximum recursion depth exceeded",
    "int-too-large": "int too large",
    "cannot-open-file": "can't open file '*'",
    "no-main-module": "No module named {module}",
    "bad-usage": "{reason}",
    "os-error": "[Errno {errno}] {reason}",
}
_NAMELESS = frozenset({"", "<lambda>", "__init__", "__new__", "__call__"})  # say nothing of what was called
_PART = re.compile(r"\{(\w+)\}")
_LONGEST_PART = 80
_VALUES = frozenset(
    {"NoneType", "bool", "bytearray", "bytes", "complex", "dict", "float", "frozenset", "function", "generator", "int"}
    | {"list", "method", "module", "range", "set", "str", "tuple", "type"}
)


def template(said: Said, code: str | None) -> str | None:
    """Return what a message of CPython says without what varies, or None where its form has no template.

    Names that the run code itself defines vary from one agent to the next, so they are masked.
    """
    if said.form == "missing-attribute":  # without its owner, the attribute alone tells what is missing
        return _missing_attribute(said.parts, code) if "owner" in said.parts else None
    if said.form == "missing-module":
        return f"No module named '{_part(said.parts, 'module')}'"
    odd = _odd_operand(said)
    if odd is not None:
        return f"'{_foreign(odd, code)}' used as an operand"
    written = _TEMPLATES.get(said.form)
    if written is None:
        return None
    return _PART.sub(lambda found: _told(said, found[1], code), written)


def _odd_operand(said: Said) -> str | None:
    """Return the one class among the operands that is none of Python's own values: that it is there is the mistake."""
    if said.form not in ("operand-types", "order-types", "unary-type"):
        return None
    names = {said.parts[name] for name in ("left", "right", "operand") if name in said.parts}
    odd = names - _VALUES
    return odd.pop() if len(odd) == 1 else None


def _missing_attribute(parts: Mapping[str, str], code: str | None) -> str:
    owner = _foreign(_part(parts, "owner"), code)
    of = parts.get("of", "object")
    if of == "module":
        return f"module '{owner}' has no attribute '*'"
    return f"type object '{owner}' has no attribute '*'" if of == "type" else f"'{owner}' object has no attribute '*'"


def _told(said: Said, name: str, code: str | None) -> str:
    text = _part(said.parts, name)
    if name == "callee":
        return _foreign(_callee(text), code)
    if name == "owner":
        return _foreign(text, code)
    if name == "reason":
        return mask(text)
    if name == "keyword":  # one sentence tells what a function takes, whichever keyword it was called with
        return text if _callee(said.parts.get("callee", "")) in _NAMELESS else "*"
    return text


def _part(parts: Mapping[str, str], name: str) -> str:
    text = parts.get(name, "*")
    return text if 0 < len(text) <= _LONGEST_PART else "*"


def _callee(name: str) -> str:
    """Return the name of a callee as all versions tell it, which is with its class only where it is a constructor."""
    head, _, last = name.removesuffix("()").rpartition(".")
    if last in _NAMELESS and head and not head.endswith("<locals>"):
        return f"{head.rpartition('.')[2]}.{last}"
    return last


def _foreign(name: str, code: str | None) -> str:
    """Return a name, or `*` if the run code defines it."""
    root = name.partition(".")[0]
    if code is not None and any(f"{word} {root}{mark}" in code for word in ("class", "def") for mark in "(:"):
        return "*"
    return name
