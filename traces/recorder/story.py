"""What changed while the sessions were recorded: since when skills had which pitfalls, which model ran, who got hints.

All of it is scripted. `covered_since` in the bucket file says the same, and tests hold the two together.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from typing import TYPE_CHECKING, Literal

from .formats import session_id

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from .script import Session

UPGRADE = datetime.date(2026, 11, 3)
NEW_MODEL = datetime.date(2026, 11, 20)
COVERED_SINCE = {
    "duckdb-binder-error": datetime.date(2026, 10, 5),  # before the first session
    "date-dtype-mismatch": UPGRADE,
    "empty-data-missing-columns": UPGRADE,
    "optional-dependency-missing": UPGRADE,
    "store-api-misuse": UPGRADE,
    "misaligned-arrays": NEW_MODEL,  # so that nobody can tell which of the two did it
}
SKILLS = {  # the skill that an agent reads about a cause
    "date-dtype-mismatch": "trade-dates",
    "empty-data-missing-columns": "robust-df-checks",
    "misaligned-arrays": "joins-and-correlation",
    "optional-dependency-missing": "optional-libraries",
    "store-api-misuse": "etf-data",
}
ALL_SKILLS = (
    "duckdb-parquet",
    "etf-data",
    "joins-and-correlation",
    "optional-libraries",
    "plotting",
    "robust-df-checks",
    "trade-dates",
    "trace-failure-triage",
)
FEW_SKILLS = ("duckdb-parquet", "robust-df-checks", "trade-dates")  # where the others were not installed
HINTS = {
    "duckdb-binder-error": "Run `DESCRIBE <table>` first; `daily` and `funds` have `code`, `factors` has `ts_code`.",
    "empty-data-missing-columns": "Print `frame.columns` and `len(frame)` before indexing; every snippet must import"
    " and load what it uses.",
    "misaligned-arrays": "Use `store.panel([a, b], start, end).dropna()` and compute on its columns; do not cut to the"
    " shorter length.",
    "optional-dependency-missing": "Check `importlib.util.find_spec(name)` first; do not try to install, use pandas and"
    " numpy instead.",
    "store-api-misuse": "Look at `help(Store)`; rows are chosen with `start` and `end` or `.tail(n)`, there is no"
    " `offset` or `limit`.",
}
WITHHELD = 0.4  # the share of sessions without hints, as `hint --holdout` has it

_ITEM = re.compile(r"(?m)^- `([a-z-]+)`: .*\n(?:  .*\n)*")
_TITLE = "## Common pitfalls (from traces)\n"


def model_of(day: datetime.date) -> str:
    """Return the name of the model of a day."""
    return "scripted" if day < NEW_MODEL else "scripted-2"


def skill_on(text: str, day: datetime.date) -> str:
    """Return a skill as it was on a day: without the pitfalls that came later."""
    later = {bucket for bucket, since in COVERED_SINCE.items() if since > day}
    return without_pitfalls(text, later)


def without_pitfalls(text: str, buckets: Collection[str]) -> str:
    """Return a skill without the pitfalls of some buckets."""
    body, title, section = text.partition(_TITLE)
    left = _ITEM.sub(lambda item: "" if item[1] in buckets else item[0], section)
    return body + title + (left if left.strip() or not title else "\nNone seen yet.\n")


def arm_of(session_id: str) -> Literal["given", "withheld"]:
    """Return whether a session gets hints, by the lot that `skills-lint hint --holdout` draws."""
    data = hashlib.blake2b(session_id.encode(), digest_size=8, person=b"holdout").digest()
    return "withheld" if int.from_bytes(data) < WITHHELD * 2**64 else "given"


def notes(sessions: Iterable[Session]) -> str:
    """Return what the hooks noted of sessions by lot, as `skills-lint hint --holdout` writes it: a line each."""
    lines = []
    for session in sessions:
        if session.hint:
            key = hashlib.sha256(session_id(session).encode()).hexdigest()[:16]
            lines.append(json.dumps({"session": key, "hint": session.hint}) + "\n")
    return "".join(lines)
