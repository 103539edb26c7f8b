"""The edit that got an agent out of a failure: the failing code beside the code that succeeded."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from .rerun import is_command, rerun
from .statements import Statement, compared

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .statements import Compared

_KEPT = 0.6  # the share of a failing statement's tokens that its replacement has too
_COMMON = 0.5  # the share of the shorter code's tokens that the longer one has too
_MOST_STATEMENTS = 4  # on either side of an edit; more would say what else was changed, not what helped


@dataclass(frozen=True, slots=True)
class Edit:
    """What was wrong and what is right, a statement a line."""

    wrong: str
    right: str
    imported: frozenset[str] = frozenset()  # names in it that stand for modules


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a success says about the failure before it."""

    related: bool  # it did again what had failed
    edit: Edit | None  # what was changed for that; None where the code does not show it


_UNRELATED = Outcome(related=False, edit=None)


def outcome(failing: str, lines: Iterable[str], succeeding: str) -> Outcome:
    """Return whether a success is one of the failing code, and the smallest edit that explains it.

    `lines` are those that may have failed, the likeliest first; only as many are read as are needed. A success is
    related if it has the failing statement, or one that keeps 60 % of its names and values; or, if half of the
    statements are the same, one in its place that gives the same name a value, or any in its place if what followed was
    done too. Where the statement is not known, or code could not be parsed, so that nothing of it ran, half of the
    statements must be the same.
    """
    if failing.strip() == succeeding.strip():
        return Outcome(related=True, edit=None)
    if is_command(failing) or is_command(succeeding):
        pair = rerun(failing, succeeding)
        return Outcome(related=True, edit=Edit(*pair) if pair[0] != pair[1] else None) if pair else _UNRELATED
    codes = compared(failing, succeeding)
    if not codes.failing or not codes.succeeding or not _alike(codes):
        return _UNRELATED
    change = _Change(codes)
    at = _place(codes.failing, lines)
    if (at is None or not codes.parsed) and not change.mostly_kept:
        return _UNRELATED
    if at is None:
        return Outcome(related=True, edit=change.edit(change.removed, change.added))
    return _at_place(change, at)


def _alike(codes: Compared) -> bool:
    one = frozenset[str]().union(*(statement.tokens for statement in codes.failing))
    other = frozenset[str]().union(*(statement.tokens for statement in codes.succeeding))
    shorter = min(len(one), len(other))
    return shorter > 0 and len(one & other) >= _COMMON * shorter


def _place(statements: Sequence[Statement], lines: Iterable[str]) -> int | None:
    """Return where the statement stands that failed; of several alike the last."""
    for line in lines:
        found = [at for at, statement in enumerate(statements) if line.strip() in statement.lines]
        if found:
            return found[-1]
    return None


class _Change:
    """The differences of two codes, by the places of their statements."""

    __slots__ = ("added", "blocks", "codes", "kept", "removed")

    def __init__(self, codes: Compared) -> None:
        self.codes = codes
        one = [statement.text for statement in codes.failing]
        other = [statement.text for statement in codes.succeeding]
        steps = SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
        self.blocks = [(range(a, b), range(c, d)) for tag, a, b, c, d in steps if tag != "equal"]
        self.kept = {a + step: c + step for tag, a, b, c, _ in steps if tag == "equal" for step in range(b - a)}
        self.removed = [at for block, _ in self.blocks for at in block]
        self.added = [at for _, block in self.blocks for at in block]

    @property
    def mostly_kept(self) -> bool:
        """True if half of the statements are the same: of the failing code if it could not run, else of the shorter."""
        fewer = min(len(self.codes.failing), len(self.codes.succeeding))
        return len(self.kept) >= _COMMON * (fewer if self.codes.parsed else len(self.codes.failing))

    def edit(self, wrong: Iterable[int], right: Iterable[int]) -> Edit | None:
        """Return an edit of some statements; None if it would have no two sides, or is too large to tell anything."""
        before = [self.codes.failing[at].text for at in sorted(set(wrong))]
        after = [self.codes.succeeding[at].text for at in sorted(set(right))]
        if not before or not after or max(len(before), len(after)) > _MOST_STATEMENTS or before == after:
            return None
        return Edit("\n".join(before), "\n".join(after), self.codes.imported)


def _at_place(change: _Change, at: int) -> Outcome:
    """Judge a success by what became of the statement that failed."""
    if at in change.kept:
        return Outcome(related=True, edit=_before(change, at, change.kept[at]))
    to = _replacement(change, at)
    if to is None:
        return _UNRELATED
    succeeding, bound = change.codes.succeeding, change.codes.failing[at].binds
    if bound and succeeding[to].binds != bound:  # one statement became several
        to = next((place for place in change.added if place > to and succeeding[place].binds == bound), to)
    needed = [place for place in change.added if place < to and succeeding[place].binds & succeeding[to].tokens]
    return Outcome(related=True, edit=change.edit([at], [*needed, to]) or change.edit([at], [to]))


def _replacement(change: _Change, at: int) -> int | None:
    """Return the statement that does what the failing one was to do: of those in its place, else of all new ones."""
    old, succeeding = change.codes.failing[at], change.codes.succeeding
    before, here = next(block for block in change.blocks if at in block[0])
    for places in (here, change.added):
        share, best = max(((_share(old, succeeding[place]), place) for place in places), default=(0.0, 0))
        if share >= _KEPT:
            return best
    if not change.mostly_kept:
        return None
    same = (place for place in here if old.binds and succeeding[place].binds == old.binds)
    in_place = here[at - before.start] if len(before) == len(here) and any(kept > at for kept in change.kept) else None
    return next(same, in_place)


def _share(old: Statement, new: Statement) -> float:
    return len(old.tokens & new.tokens) / len(old.tokens) if old.tokens else 0.0


def _before(change: _Change, at: int, to: int) -> Edit | None:
    """Return the change that let a statement succeed which is the same in both: in what its names come from."""
    failing, succeeding = change.codes.failing, change.codes.succeeding
    needed = succeeding[to].tokens
    for _ in range(len(change.added)):
        right = [place for place in change.added if place < to and succeeding[place].binds & needed]
        if right:
            bound = frozenset[str]().union(*(succeeding[place].binds for place in right))
            wrong = [place for place in change.removed if place < at and failing[place].binds & bound]
            return change.edit(wrong, right) or change.edit([at], [*right, to])
        wider = needed.union(*(s.tokens for s in succeeding[:to] if s.binds & needed))
        if wider == needed:
            break
        needed = wider
    return change.edit(change.removed, change.added)
