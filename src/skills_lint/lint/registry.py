"""All rules. A module in `rules/` that holds a `RULE` is one; nothing else has to be told."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from ..lint import rules as package

if TYPE_CHECKING:
    from .rule import Rule


@cache
def rules() -> tuple[Rule, ...]:
    """Return all rules, sorted by code."""
    names = (module.name for module in pkgutil.iter_modules(package.__path__))
    found: list[Rule] = [import_module(f"{package.__name__}.{name}").RULE for name in names]
    return tuple(sorted(found, key=lambda rule: rule.code))


def rules_named(word: str) -> tuple[Rule, ...]:
    """Return the rules that a word in the configuration or in a comment means: a code, its beginning, or a name."""
    return tuple(rule for rule in rules() if word and (rule.code.startswith(word.upper()) or rule.name == word))
