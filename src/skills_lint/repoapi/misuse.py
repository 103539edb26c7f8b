"""A failure held against the repo's own API: which class, function or module it is about, if that is certain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..errors.names import standard
from .code import read_code
from .complaint import CALL_FORMS, Misuse, attribute_misuse, call_misuse, name_misuse

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ..errors.reading import Reading
    from ..errors.said import Said
    from .code import Code
    from .names import Definition, Names

_ELSEWHERE = frozenset({"builtin", "library", "own"})
_FORMS = CALL_FORMS | {"missing-attribute", "missing-import", "missing-module"}


def is_of_use(reading: Reading) -> bool:
    """Tell whether a failure is about how something is used: only then can it be a misuse of the repo's own API."""
    return reading.said is not None and reading.said.form in _FORMS


def misuse_of(reading: Reading, names: Names) -> Misuse | None:
    """Return how a failure misuses the repo's own API; None if it does not, or if that is not certain."""
    said = reading.said
    if said is None or not is_of_use(reading):
        return None
    if said.form == "missing-module":
        return _missing_module(said.parts.get("module", ""), names)
    if said.form == "missing-import":
        return _missing_name(said.parts.get("module", ""), said.parts.get("name", ""), names)
    if said.form == "missing-attribute":
        return _missing_attribute(said, reading, names)
    return _wrong_call(said, reading, names)


def _missing_module(module: str, names: Names) -> Misuse | None:
    package, _, name = module.rpartition(".")
    return name_misuse(package, name, names, {"module-is": "task"}) if package else None


def _missing_name(module: str, name: str, names: Names) -> Misuse | None:
    return name_misuse(module, name, names, {"module-is": "task"}) if module else None


def _missing_attribute(said: Said, reading: Reading, names: Names) -> Misuse | None:
    owner, attribute = said.parts.get("owner", ""), said.parts.get("attribute", "")
    if said.parts.get("of") == "module":
        return name_misuse(owner, attribute, names, {"owner-is": "repo"})
    classes = [each for each in names.definitions(owner.rpartition(".")[2]) if each.is_class]
    if not classes:
        return None
    code = read_code(reading.fault.code or "")
    used = _Use(code, tuple(code.owners(attribute)), reading.origin.facts.get("owner-is") in _ELSEWHERE, named=True)
    return _agreed(_meant(classes, used, names), lambda class_: attribute_misuse(attribute, class_, names))


def _wrong_call(said: Said, reading: Reading, names: Names) -> Misuse | None:
    callee = said.parts.get("callee", "").removesuffix("()")
    if "<" in callee:  # a function within a function, or a lambda
        return None
    owner, _, name = callee.rpartition(".")
    made = name == "__init__"
    candidates = _made(owner, names) if made else _called(callee, names)
    if not candidates and callee != "__init__":
        return None
    code = read_code(reading.fault.code or "")
    word = owner.rpartition(".")[2] or None if made else name
    keyword = said.parts.get("keyword")
    paths = tuple(code.callees(word, keyword))
    given = code.given(word, keyword) if keyword else None
    used = _Use(code, paths, reading.origin.facts.get("callee-is") in _ELSEWHERE, named=bool(owner))
    return _agreed(_meant(candidates, used, names), lambda definition: call_misuse(said, definition, names, given))


def _made(class_: str, names: Names) -> list[Definition]:
    """Return the classes of this name; none where Python before 3.10 does not tell it."""
    return [each for each in names.definitions(class_.rpartition(".")[2]) if each.is_class and each.qualname == class_]


def _called(callee: str, names: Names) -> list[Definition]:
    """Return the functions of this name; before Python 3.10 a method is called by its last name alone."""
    owner, _, name = callee.rpartition(".")
    functions = (each for each in names.definitions(name) if not each.is_class)
    return [each for each in functions if each.qualname == callee or (each.owner and not owner)]


@dataclass(frozen=True, slots=True)
class _Use:
    """How the code that failed uses what the message is about."""

    code: Code
    paths: tuple[str | None, ...]  # the full names that the code gives to it; None where that is not known
    elsewhere: bool  # a library, or the code itself, is known to have a thing of this name
    named: bool  # the message names the class


def _meant(candidates: Sequence[Definition], use: _Use, names: Names) -> Sequence[Definition]:
    """Return the definitions that a failure can be about; none where it may be about something else."""
    found = [names.resolve(path) for path in use.paths if path is not None]
    reached = [name.definition for name in found if name and name.definition]
    paths = {each.path for each in candidates}
    chosen = [each for each in reached if each.path in paths or not candidates]
    if chosen:
        return chosen
    if use.elsewhere or any(name is None for name in found):
        return ()
    return [each for each in candidates if _may_be_meant(each, use, names)]


def _may_be_meant(definition: Definition, use: _Use, names: Names) -> bool:
    """Tell whether code that does not say which thing it uses can only mean this one, as far as its imports tell."""
    if definition.qualname.partition(".")[0] in use.code.defined:
        return False
    tops = {path.partition(".")[0] for path in use.code.imports}
    if definition.module.name.partition(".")[0] in tops:
        return True
    if tops - standard() - names.modules.tops:
        return False
    return use.named or bool(tops & names.modules.tops)


def _agreed(definitions: Sequence[Definition], judge: Callable[[Definition], Misuse | None]) -> Misuse | None:
    """Return what is said of all definitions alike; None if they differ, or if one of them leaves doubt."""
    judged = [judge(definition) for definition in definitions]
    first = judged[0] if judged else None
    return first if first and all(each and each.sentence == first.sentence for each in judged) else None
