"""Which rules run on which files, and how severe they are."""

from __future__ import annotations

import os
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

from ..place import InputError, did_you_mean
from .registry import rules, rules_named

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..config import Config
    from .diagnostic import Level
    from .rule import Rule


def selected_rules(config: Config) -> tuple[tuple[Rule, Level], ...]:
    """Return the rules that the configuration leaves on, each with its severity.

    Rules on trial are on where the configuration says so, or selects them by code or name. Raises InputError for a word
    that names no rule.
    """
    on = _codes(config.select, "select", config) or {rule.code for rule in rules()}
    named = {word.upper() for word in config.select}
    on -= {r.code for r in rules() if r.preview and not config.preview and not named & {r.code, r.name.upper()}}
    on -= _codes(config.ignore, "ignore", config)
    levels: dict[str, Level] = {rule.code: rule.severity for rule in rules()}
    for word, level in config.severity.items():
        for code in _codes([word], "severity", config):
            if level == "off":
                on.discard(code)
            else:
                levels[code] = level
    return tuple((rule, levels[rule.code]) for rule in rules() if rule.code in on)


def ignored_codes(path: Path, config: Config) -> frozenset[str]:
    """Return the codes that `per-file-ignores` turns off for a file.

    A pattern is matched against the path from the configuration's folder, where `*` also spans folders, and against the
    file's name; the name of a folder stands for all that is in it.
    """
    if not config.per_file_ignores:
        return frozenset()
    file, root = Path(os.path.realpath(path)), config.root.resolve()  # links may go round in a circle
    shown = file.relative_to(root).as_posix() if file.is_relative_to(root) else file.as_posix()
    codes: set[str] = set()
    for pattern, words in config.per_file_ignores.items():
        of_pattern = _codes(words, "per-file-ignores", config)
        if (
            fnmatchcase(shown, pattern)
            or fnmatchcase(file.name, pattern)
            or shown.startswith(f"{pattern.rstrip('/')}/")
        ):
            codes |= of_pattern
    return frozenset(codes)


def _codes(words: Iterable[str], key: str, config: Config) -> set[str]:
    codes: set[str] = set()
    for word in words:
        found = rules_named(word)
        if not found:
            known = [name for rule in rules() for name in (rule.code, rule.name)]
            near = did_you_mean(word.upper(), known) or did_you_mean(word, known)
            way_out = f"did you mean `{near}`?" if near else f"rules: {', '.join(rule.code for rule in rules())}"
            raise InputError(f"`{key}` names no rule: `{word}`", place=config.place(key), way_out=way_out)
        codes.update(rule.code for rule in found)
    return codes
