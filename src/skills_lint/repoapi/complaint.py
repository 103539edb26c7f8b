"""What a message of CPython complains of, held against what the repo's source says; and the sentence for it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..place import Place, did_you_mean
from ..words import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..errors.said import Said
    from .names import Definition, Names
    from .signature import Signature

CALL_FORMS = frozenset({"unexpected-keyword", "missing-argument", "too-many-arguments", "repeated-argument"})
_LONGEST = 60  # characters of a name that a failure brings
_MOST_KNOWN = 8  # names that are listed where none is near


@dataclass(frozen=True, slots=True)
class Misuse:
    """A call, attribute or import that the repo's own API does not have."""

    callee: str  # "Store.daily"
    signature: str  # "Store.daily(code, start, end)"; the name of a class or module where nothing is called
    problem: str  # "unsupported keyword `offset`"
    place: Place | None  # where the class or function is defined
    facts: Mapping[str, str]  # {"callee-is": "repo"}, for the rules of buckets
    suggestion: str | None = None  # "start"
    known: tuple[str, ...] = ()  # what is there, where nothing is near

    @property
    def sentence(self) -> str:
        """What is wrong, and what would be right, in one sentence without an end."""
        head = f"{self.problem} {'for' if '(' in self.signature else 'in'} `{self.signature}`"
        if self.suggestion:
            return f"{head}; did you mean `{self.suggestion}`?"
        return f"{head}; it has {', '.join(f'`{name}`' for name in self.known)}" if self.known else head


def call_misuse(
    said: Said, definition: Definition, names: Names, given: tuple[int, frozenset[str]] | None = None
) -> Misuse | None:
    """Return what is wrong with a call of a function or class; None unless its text certainly refuses the call.

    `given` is how many arguments the call gives by place, and which by name. An unsupported keyword is likely meant for
    the parameter of nearly the same name, else for the only one that is left open.
    """
    from .callables import signature_of

    signature = signature_of(definition, names)
    problem = _problem(said, signature) if signature else None
    if signature is None or problem is None:
        return None
    keyword = said.parts.get("keyword")
    near = did_you_mean(keyword, signature.keywords) or _left_open(signature, given) if keyword else None
    return Misuse(signature.name, str(signature), problem, definition.place, {"callee-is": "repo"}, near)


def _left_open(signature: Signature, given: tuple[int, frozenset[str]] | None) -> str | None:
    if given is None:
        return None
    places, named = given
    names = (parameter.name for parameter in signature.positional[places:])
    left = [name for name in names if name in signature.keywords and name not in named]
    return left[0] if len(left) == 1 else None


def _problem(said: Said, signature: Signature) -> str | None:
    parts = said.parts
    match said.form:
        case "unexpected-keyword":
            return _unsupported(parts.get("keyword", ""), signature)
        case "missing-argument":
            return _missing(words(parts.get("names", "")), signature)
        case "too-many-arguments":
            return _too_many(parts.get("takes", ""), parts.get("given", ""), signature)
        case "repeated-argument":
            name = parts.get("argument", "")
            return f"argument `{name}` given twice" if name in signature.keywords else None
    return None


def _unsupported(keyword: str, signature: Signature) -> str | None:
    if not is_word(keyword) or signature.takes_keyword(keyword):
        return None
    return f"unsupported keyword `{keyword}`"


def _missing(missing: list[str], signature: Signature) -> str | None:
    if not missing or not signature.required.issuperset(missing):
        return None
    *first, last = (f"`{name}`" for name in missing)
    return f"missing arguments {', '.join(first)} and {last}" if first else f"missing argument {last}"


def _too_many(takes: str, given: str, signature: Signature) -> str | None:
    """Return the complaint without `self`, which CPython counts."""
    numbers = [int(number) for number in re.findall(r"\d{1,4}", takes)]
    told = re.match(r"\d{1,4}", given)
    most = len(signature.positional)
    if not numbers or not told or signature.takes_any_number or numbers[-1] != most + signature.bound:
        return None
    own = int(told[0]) - signature.bound
    return f"{counted(own, 'positional argument')} instead of {f'at most {most}' if most else 'none'}"


def is_word(text: str) -> bool:
    """Tell whether a text of a trace is a name that may be shown: nothing else stands in a sentence."""
    return len(text) <= _LONGEST and text.isidentifier()


def words(listed: str) -> list[str]:
    """Return the names in a list of CPython's: `'start' and 'end'`."""
    return [word for word in re.findall(r"\w+", listed) if word != "and"]


def attribute_misuse(attribute: str, class_: Definition, names: Names) -> Misuse | None:
    """Return that a class has no such attribute; None unless its text is certain of that."""
    if not is_word(attribute) or names.attribute(class_, attribute).known != "missing":
        return None
    known = names.attributes(class_)
    misuse = Misuse(
        f"{class_.qualname}.{attribute}",
        class_.qualname,
        f"no attribute `{attribute}`",
        class_.place,
        {"owner-is": "repo"},
    )
    return _with_hint(misuse, attribute, known)


def name_misuse(module: str, name: str, names: Names, facts: Mapping[str, str]) -> Misuse | None:
    """Return that a module has no such name, or package no such module; None unless its text is certain of that."""
    found = names.resolve(f"{module}.{name}") if is_word(name) else None
    home = names.resolve(module)
    if found is None or found.known != "missing" or home is None or not home.is_module:
        return None
    misuse = Misuse(f"{module}.{name}", module, f"no name `{name}`", names.place_of(module), facts)
    return _with_hint(misuse, name, names.names_in(module))


def _with_hint(misuse: Misuse, name: str, known: Iterable[str]) -> Misuse:
    """Add the nearest name that is there, or all of them where they are few."""
    there = sorted(known)
    if near := did_you_mean(name, there):
        return replace(misuse, suggestion=near)
    return replace(misuse, known=tuple(there)) if len(there) <= _MOST_KNOWN else misuse
