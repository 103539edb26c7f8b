"""The numbers of each root cause: by format, by whether a covering skill was loaded, and what else failed beside it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from ..triage.rank import records_inside

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ..evidence import SessionRecord
    from ..triage.result import TriageResult

_MOST_BESIDE = 5
_State = Literal["loaded", "offered", "neither", "untold"]
_STATES: dict[_State, str] = {
    "loaded": "a covering skill was loaded",
    "offered": "offered, not loaded",
    "neither": "neither offered nor loaded",
    "untold": "not loaded; the format does not tell what was offered",
}


@dataclass(frozen=True, slots=True)
class Row:
    """Sessions of one kind in the window, and how often one cause failed in them."""

    name: str
    sessions: int
    having: int  # sessions with such a failure
    executions: int
    failures: int

    @property
    def rate(self) -> float:
        """Failures per execution."""
        return self.failures / self.executions if self.executions else 0.0


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of a cause in the window."""

    by_format: tuple[Row, ...]  # the formats in which it was seen, those of most failures first
    by_skill: tuple[Row, ...]  # empty where no skill covers it
    beside: tuple[tuple[str, int], ...]  # other causes and in how many of its sessions they were seen; at most five


@dataclass(slots=True)
class _Alike:
    """Sessions of one format, with the same skills offered and loaded."""

    format: str
    offered: frozenset[str]
    loaded: frozenset[str]
    sessions: int = 0
    executions: int = 0
    having: Counter[str] = field(default_factory=Counter)
    failures: Counter[str] = field(default_factory=Counter)


def numbers_of(
    records: Sequence[SessionRecord], triage: TriageResult, covering: Mapping[str, frozenset[str]]
) -> Mapping[str, Numbers]:
    """Return the numbers of each cause that was seen in the window; `covering` gives the names of skills by cause."""
    inside = records_inside(records, triage.start, triage.end)
    tells = frozenset(record.format for record in records if record.offered)
    alike = _alike(inside)
    beside = _beside(inside)
    having: dict[str, list[_Alike]] = {}
    by_format: dict[str, list[_Alike]] = {}
    for sessions in alike:
        by_format.setdefault(sessions.format, []).append(sessions)
        for cause in sessions.having:
            having.setdefault(cause, []).append(sessions)
    whole = {name: _row(name, theirs, "") for name, theirs in by_format.items()}
    return {
        cause: Numbers(
            tuple(sorted(_in_formats(cause, theirs, whole), key=lambda row: (-row.failures, row.name))),
            tuple(_by_skill(cause, alike, covering[cause], tells)) if covering.get(cause) else (),
            tuple(beside[cause].most_common(_MOST_BESIDE)),
        )
        for cause, theirs in having.items()
    }


def _alike(records: Iterable[SessionRecord]) -> list[_Alike]:
    found: dict[tuple[str, tuple[str, ...], tuple[str, ...]], _Alike] = {}
    for record in records:
        key = (record.format, record.offered, record.loaded)
        if key not in found:
            found[key] = _Alike(record.format, _names(record.offered), _names(record.loaded))
        own = found[key]
        own.sessions += 1
        own.executions += record.executions
        own.having.update(record.failures.keys())
        own.failures.update(record.failures)
    return list(found.values())


def _names(skills: Iterable[str]) -> frozenset[str]:
    """Return names of skills as the repo has them; a plugin's name may stand before one, as in `plugin:name`."""
    return frozenset(name for skill in skills for name in (skill, skill.rpartition(":")[2]))


def _beside(records: Iterable[SessionRecord]) -> dict[str, Counter[str]]:
    """Return for each cause the others and in how many sessions both were seen."""
    found: dict[str, Counter[str]] = {}
    for record in records:
        for cause in record.failures:
            own = found.setdefault(cause, Counter())
            own.update(other for other in sorted(record.failures) if other != cause)
    return found


def _in_formats(cause: str, having: Iterable[_Alike], whole: Mapping[str, Row]) -> Iterable[Row]:
    by_format: dict[str, list[_Alike]] = {}
    for sessions in having:
        by_format.setdefault(sessions.format, []).append(sessions)
    for name, theirs in by_format.items():
        own, all_ = _row(name, theirs, cause), whole[name]
        yield Row(name, all_.sessions, own.having, all_.executions, own.failures)


def _by_skill(cause: str, alike: Iterable[_Alike], skills: frozenset[str], tells: frozenset[str]) -> Iterable[Row]:
    states: dict[_State, list[_Alike]] = {}
    for sessions in alike:
        states.setdefault(_state(sessions, skills, tells), []).append(sessions)
    for state, words in _STATES.items():
        if state in states:
            yield _row(words, states[state], cause)


def _state(sessions: _Alike, skills: frozenset[str], tells: frozenset[str]) -> _State:
    if not skills.isdisjoint(sessions.loaded):
        return "loaded"
    if sessions.format not in tells:
        return "untold"
    return "neither" if skills.isdisjoint(sessions.offered) else "offered"


def _row(name: str, alike: Sequence[_Alike], cause: str) -> Row:
    return Row(
        name,
        sum(item.sessions for item in alike),
        sum(item.having[cause] for item in alike),
        sum(item.executions for item in alike),
        sum(item.failures[cause] for item in alike),
    )
