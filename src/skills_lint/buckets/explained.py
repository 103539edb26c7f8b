"""A bucket as a page that stands on its own: how it is known, with errors that were really raised."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from .catalogue import RAISED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .bucket import Bucket, MatchRule

_BACKTICK = r"\x60"
_MOST_SHOWN = 6  # errors of an entry


@dataclass(frozen=True, slots=True)
class Raised:
    """An error that a snippet really raised; recorded by `make causes`."""

    entry: str  # the id of the bucket that it is evidence for
    near: bool  # a near miss, which only looks as if it belonged there
    falls: str | None  # of a near miss: the bucket of the catalogue that it falls into
    snippet: str
    error: str  # the last line: "KeyError: 'price'"
    made_with: str  # "Python 3.11.7, pandas 3.1.1"


@dataclass(frozen=True, slots=True)
class Explained:
    """All that can be said of a bucket without a trace."""

    bucket: Bucket
    known_by: tuple[str, ...]  # its rules, in words
    raised: tuple[Raised, ...]
    near_misses: tuple[Raised, ...]

    @property
    def examples(self) -> tuple[Raised, ...]:
        """A few of the errors that were raised, from the whole row of them: neighbours are alike."""
        count = len(self.raised)
        if count <= _MOST_SHOWN:
            return self.raised
        return tuple(self.raised[place * count // _MOST_SHOWN] for place in range(_MOST_SHOWN))


def explained(bucket: Bucket) -> Explained:
    """Return what there is to say about a bucket; the catalogue's have recorded errors, a repo's have none."""
    records = _recorded().get(bucket.id, ()) if bucket.source == "catalogue" else ()
    return Explained(
        bucket,
        tuple(rule_in_words(rule) for rule in bucket.match),
        tuple(item for item in records if not item.near),
        tuple(item for item in records if item.near),
    )


def rule_in_words(rule: MatchRule) -> str:
    """Return a match rule as people say it: "a KeyError whose message matches `not in index`"."""
    return ", and ".join(_conditions(rule))


def _conditions(rule: MatchRule) -> Iterator[str]:
    if rule.exception is not None:
        yield f"the exception is `{rule.exception}` or one of its kind"
    if rule.form is not None:
        yield f"the message has the form `{rule.form}`"
    for name, pattern in rule.where.items():
        yield f"`{name}` is {_as_code(pattern)}"
    if rule.message is not None:
        yield f"the message matches {_as_code(rule.message)}"
    if rule.code is not None:
        yield f"the code matches {_as_code(rule.code)}"
    if rule.library is not None:
        yield f"`{rule.library}` raised it"
    if rule.signature is not None:
        yield f"the signature's hash is `{rule.signature}`"
    if rule.bucket is not None:
        yield f"the catalogue takes it for `{rule.bucket}`"
    if rule.fallback:
        yield "no other rule holds"


def _as_code(pattern: str) -> str:
    """Return a pattern between backticks; one within it would end the code, so it is written as its number."""
    return f"`{pattern.replace('`', _BACKTICK)}`"


@cache
def _recorded() -> dict[str, tuple[Raised, ...]]:
    by_entry: dict[str, list[Raised]] = {}
    for line in RAISED.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        message = next((part for part in (row["message"] or "").splitlines() if part.strip()), "")
        name = row["exception_type"]
        libraries = [f"{library} {version}" for library, version in row["libraries"].items()]
        raised = Raised(
            entry=row["entry"],
            near=row["kind"] == "near",
            falls=row["falls"],
            snippet=row["snippet"],
            error=": ".join(part for part in (name, message) if part) or f"exit status {row['exit_code']}",
            made_with=", ".join([f"Python {row['python']}", *libraries]),
        )
        by_entry.setdefault(raised.entry, []).append(raised)
    return {entry: tuple(rows) for entry, rows in by_entry.items()}
