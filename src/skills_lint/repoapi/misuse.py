"""A failure held against the repo's own API: which class, function or module it is about, if that is certain."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from .code import Code, read_code
from .complaint import CALL_FORMS, Misuse, attribute_misuse, call_misuse, name_misuse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from ..errors.reading import Reading
    from ..errors.said import Said
    from .names import Definition, Names

_ELSEWHERE = frozenset({"builtin", "library", "own"})
FORMS = CALL_FORMS | {"missing-attribute", "missing-import", "missing-module"}


def misuse_of(reading: Reading, names: Names) -> Misuse | None:
    """Return how a failure misuses the repo's own API; None if it does not, or if that is not certain."""
    said = reading.said
    if said is None or said.form not in FORMS:
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
    named = names.definitions(owner.rpartition(".")[2])
    classes = [each for each in named if each.is_class and each.qualname.split(".")[-1] == owner.split(".")[-1]]
    if not classes:
        return None
    code = read_code(reading.fault.code or "")
    elsewhere = reading.origin.facts.get("owner-is") in _ELSEWHERE
    meant = _meant(classes, code, code.owners(attribute), names, elsewhere=elsewhere)
    return _agreed(meant, lambda class_: attribute_misuse(attribute, class_, names))


def _wrong_call(said: Said, reading: Reading, names: Names) -> Misuse | None:
    callee = said.parts.get("callee", "").removesuffix("()")
    if "<" in callee:  # a function within a function, or a lambda
        return None
    name = callee.rpartition(".")[2]
    keyword = said.parts.get("keyword")
    if name == "__init__":
        owner = callee.rpartition(".")[0]
        called = owner.rpartition(".")[2] or None
        named = [each for each in names.definitions(called) if each.is_class] if called else []
        candidates = [each for each in named if each.qualname == owner]
    else:
        called = name
        named = [each for each in names.definitions(name) if not each.is_class]
        # Before Python 3.10 a method is called by its last name alone.
        candidates = [each for each in named if each.qualname == callee or (callee == name and each.owner)]
    if not candidates and callee != "__init__":
        return None
    code = read_code(reading.fault.code or "")
    elsewhere = reading.origin.facts.get("callee-is") in _ELSEWHERE
    meant = _meant(candidates, code, code.callees(called, keyword), names, elsewhere=elsewhere)
    return _agreed(meant, lambda definition: call_misuse(said, definition, names))


def _meant(
    candidates: Sequence[Definition], code: Code, paths: Iterable[str | None], names: Names, *, elsewhere: bool
) -> Sequence[Definition]:
    """Return the definitions that a failure can be about; none where it may be about something else.

    `paths` are the full names that the code gives to what it uses there; `elsewhere` says that a library, or the code
    itself, is known to have a thing of this name.
    """
    known = [path for path in paths if path is not None]
    found = [names.resolve(path) for path in known]
    reached = [name.definition for name in found if name and name.definition]
    places = {each.path for each in candidates}
    chosen = [each for each in reached if each.path in places or not candidates]
    if chosen:
        return chosen
    if elsewhere or any(name is None for name in found):
        return ()
    return [each for each in candidates if _may_be_meant(each, code, names)]


def _may_be_meant(definition: Definition, code: Code, names: Names) -> bool:
    """Tell whether code that does not say which thing it uses can only mean this one, as far as its imports tell."""
    if definition.qualname.partition(".")[0] in code.defined:
        return False
    tops = {path.partition(".")[0] for path in code.imports}
    if definition.module.name.partition(".")[0] in tops:
        return True
    if tops - sys.stdlib_module_names - names.modules.tops:
        return False
    return bool(tops & names.modules.tops) or definition.owner is not None or definition.is_class


def _agreed(definitions: Sequence[Definition], judge: Callable[[Definition], Misuse | None]) -> Misuse | None:
    """Return what is said of all definitions alike; None if they differ, or if one of them leaves doubt."""
    judged = [judge(definition) for definition in definitions]
    first = judged[0] if judged else None
    return first if first and all(each and each.sentence == first.sentence for each in judged) else None
