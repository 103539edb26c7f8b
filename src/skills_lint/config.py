"""The configuration of a repo: `[tool.skills-lint]` in pyproject.toml, or skills-lint.toml."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, Literal, get_args

from .place import InputError, Place, did_you_mean, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

Severity = Literal["error", "warning", "info", "off"]
Publish = Literal["counts", "examples", "sessions"]

_KEY = r"[\w-]+|\"[^\"]*\"|'[^']*'"  # of TOML
_DOTTED = rf"(?:{_KEY})(?:\s*\.\s*(?:{_KEY}))*"
_HEADER = re.compile(rf"\s*\[+\s*({_DOTTED})\s*\]")
_SETTING = re.compile(rf"\s*({_DOTTED})\s*=")


@dataclass(frozen=True, slots=True)
class Config:
    """All settings of a repo. Paths are as written, relative to `root`."""

    root: Path
    file: Path | None = None
    required_version: str | None = None
    skills: tuple[str, ...] = ()  # empty: found wherever teams keep them
    traces: tuple[str, ...] = ("traces",)
    buckets: str = "routines/trace_failure_triage/buckets.yaml"
    evidence: str = "routines/trace_failure_triage/evidence.jsonl"
    reports: str = "docs/reports"
    schema: str | None = None  # None: `skill` for skills that a bucket lists, `agentskills` for the rest
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    preview: bool = False
    baseline: str | None = None  # findings that are known, and do not count
    per_file_ignores: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    severity: Mapping[str, Severity] = field(default_factory=dict)
    window: int = 30  # days
    publish: Publish = "counts"
    source: tuple[str, ...] = ()  # empty: `src`, or the packages at the root
    python_tools: tuple[str, ...] = ()

    def place(self, key: str) -> Place | None:
        """Return where a key is set, as it is written there; None without a configuration file."""
        return _place(self.file, key) if self.file else None


class _WrongTypeError(Exception):
    """A value is not what its key takes; the text says what was expected."""


def _text(value: Any) -> str:
    if isinstance(value, str) and value:
        return value
    raise _WrongTypeError("a string")


def _words(value: Any) -> tuple[str, ...]:
    if isinstance(value, list) and all(isinstance(v, str) for v in value):
        return tuple(value)
    raise _WrongTypeError("a list of strings")


def _words_by_file(value: Any) -> dict[str, tuple[str, ...]]:
    if isinstance(value, dict):
        return {key: _words(words) for key, words in value.items()}
    raise _WrongTypeError("a table of file patterns, each with a list of rule codes")


def _severities(value: Any) -> dict[str, Severity]:
    if isinstance(value, dict) and all(v in get_args(Severity) for v in value.values()):
        return dict(value)
    raise _WrongTypeError(f"a table of rule codes, each with one of {', '.join(get_args(Severity))}")


def _days(value: Any) -> int:
    if isinstance(value, str) and re.fullmatch(r"[1-9]\d{0,4}d", value):
        return int(value[:-1])
    raise _WrongTypeError('a number of days, as in "30d"')


def _truth(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    raise _WrongTypeError("true or false")


def _publish(value: Any) -> Publish:
    for choice in get_args(Publish):
        if value == choice:
            known: Publish = choice
            return known
    raise _WrongTypeError(f"one of {', '.join(get_args(Publish))}")


_READERS: dict[str, Callable[[Any], Any]] = {
    "required-version": _text,
    "skills": _words,
    "traces": _words,
    "buckets": _text,
    "evidence": _text,
    "reports": _text,
    "schema": _text,
    "select": _words,
    "ignore": _words,
    "preview": _truth,
    "baseline": _text,
    "per-file-ignores": _words_by_file,
    "severity": _severities,
    "window": _days,
    "publish": _publish,
    "source": _words,
    "python-tools": _words,
}
assert {key.replace("-", "_") for key in _READERS} | {"root", "file"} == {f.name for f in fields(Config)}  # noqa: S101


def load_config(start: Path, file: Path | None = None) -> Config:
    """Return the configuration that holds for folder `start`, from `file` where one is named.

    Without `file` the nearest skills-lint.toml or pyproject.toml with a `[tool.skills-lint]` table is taken, `start`
    first and then its parents up to the root of the repo; without any, all defaults hold, and the root is that of the
    git repo or `start`. Raises InputError for a file that cannot be read or a key that cannot be used.
    """
    if file is not None:
        return _read(file, _table(file) or {})
    for folder in (start, *start.parents):
        for name in ("skills-lint.toml", "pyproject.toml"):
            candidate = folder / name
            if candidate.is_file() and (table := _table(candidate)) is not None:
                return _read(candidate, table)
        if (folder / ".git").exists():
            return Config(root=folder)
    return Config(root=start)


def _table(file: Path) -> dict[str, Any] | None:
    """Return the settings in `file`; None if it is a pyproject.toml that has none."""
    name = shown(file)
    try:
        document = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"cannot read the configuration: {error.strerror}", place=Place(name)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        line = re.search(r"at line (\d+)", str(error))
        place = Place(name, int(line[1]) if line else None)
        raise InputError(f"the configuration is not valid TOML: {error}", place=place) from error
    if file.name != "pyproject.toml":
        return document
    tools = document.get("tool")
    table = tools.get("skills-lint") if isinstance(tools, dict) else None
    if table is None or isinstance(table, dict):
        return table
    raise InputError("[tool.skills-lint] must be a table", place=Place(name))


def _read(file: Path, table: dict[str, Any]) -> Config:
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in _READERS:
            near = did_you_mean(key, _READERS)
            way_out = f"did you mean `{near}`?" if near else f"known keys: {', '.join(_READERS)}"
            raise InputError(f"unknown key `{key}` in the configuration", place=_place(file, key), way_out=way_out)
        try:
            values[key.replace("-", "_")] = _READERS[key](value)
        except _WrongTypeError as expected:
            message = f"`{key}` must be {expected}; found {value!r}"
            raise InputError(message, place=_place(file, key)) from None
    config = Config(root=file.resolve().parent, file=file, **values)
    if config.required_version:
        _check_version(config.required_version, _place(file, "required-version"))
    return config


def _check_version(required: str, place: Place) -> None:
    from importlib.metadata import version

    from packaging.specifiers import InvalidSpecifier, SpecifierSet

    have = version("skills-lint")
    try:
        satisfied = SpecifierSet(required).contains(have, prereleases=True)
    except InvalidSpecifier:
        message = f'`required-version` must be like ">=0.3" or ">=0.3,<1"; found {required!r}'
        raise InputError(message, place=place) from None
    if not satisfied:
        way_out = f"install one with: pip install 'skills-lint{required}'"
        raise InputError(f"skills-lint {have} does not satisfy {required!r}", place=place, way_out=way_out)


def _place(file: Path, key: str) -> Place:
    return Place(shown(file), _line_of(file, key))


def _line_of(file: Path, key: str) -> int | None:
    """Return the line of `key` in our own table, or of the key whose value holds it; tomllib tells no places."""
    wanted = ("tool", "skills-lint", key) if file.name == "pyproject.toml" else (key,)
    table: tuple[str, ...] = ()
    around = None
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if header := _HEADER.match(line):
            table = path = _parts(header[1])
        elif setting := _SETTING.match(line):
            path = (*table, *_parts(setting[1]))
            if wanted[: len(path)] == path:
                around = number  # an inline table, as in `skills-lint = {select = […]}`
        else:
            continue
        if path[: len(wanted)] == wanted:
            return number
    return around


def _parts(dotted: str) -> tuple[str, ...]:
    """Return the parts of a dotted key without their quotes."""
    return tuple(part.strip("\"'") for part in re.findall(_KEY, dotted))
