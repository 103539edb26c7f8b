"""What `triage` prints: each top cause from its title to its fix, with an example that a person understands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from inline_snapshot import snapshot

from skills_lint.buckets.bucket import Bucket, MatchRule
from skills_lint.buckets.match import Matcher
from skills_lint.errors.fault import Fault
from skills_lint.redaction import open_redactor
from skills_lint.traces.scan import scan
from skills_lint.triage.assign import assign, session_records
from skills_lint.triage.example import error_line, failing_line
from skills_lint.triage.output import as_text
from skills_lint.triage.rank import Known, rank

COLUMN = Bucket(
    id="missing-column",
    title="A column that is not there",
    match=(MatchRule(exception="KeyError"),),
    cause="The code uses a column that the frame has not, for it was written before anyone looked at the frame.",
    fix="Print the columns first.",
    hint="Look at `frame.columns`.",
)


def session(name: str, request: str, code: str, error: str, day: int) -> list[dict[str, object]]:
    at = f"2026-11-{day:02}T10:00:00Z"
    function = {"name": "python", "arguments": json.dumps({"code": code})}
    return [
        {"session_id": name, "timestamp": at, "role": "user", "content": request},
        {
            "session_id": name,
            "timestamp": at,
            "role": "assistant",
            "content": None,
            "tool_calls": [{"id": "1", "function": function}],
        },
        {
            "session_id": name,
            "timestamp": at,
            "role": "tool",
            "tool_call_id": "1",
            "content": json.dumps({"error": error}),
        },
    ]


def test_a_top_cause_is_told_from_its_title_to_an_example_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    rows = [
        *session("a", "Mean price?", "frame = load()\nprint(frame['price'].mean())", "KeyError: 'price'", 3),
        *session("b", "Mean\nvolume?", "load()['vol'].mean()", "KeyError: 'vol'", 5),
        *session("c", "Open it.", "shop.open()", "ShopError: the shop closes at noon", 5),
    ]
    file = Path("chats.jsonl")
    file.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    result = scan([file], redactor=open_redactor(tmp_path))
    assigned = assign(result.failures, Matcher([COLUMN]))
    triage = rank(session_records(result, assigned), assigned, [COLUMN], days=30, known=Known(3, 0))
    told = as_text(triage, result)
    key = next(bucket.id for bucket in triage.buckets if bucket.source == "discovered")
    assert told.replace(key, "0123456789ab") == snapshot("""\
traces    1 file, nothing skipped; 3 tool calls, 3 Python, 3 failed
window    2026-10-07 to 2026-11-05: 3 of 3 sessions

Root causes: the top 2 explain 3 of 3 failures (100 %); other: 0

1. A column that is not there  [missing-column]
   2 failures, 67 %, 2 sessions, on 2 days from 2026-11-03 to 2026-11-05
   signature  KeyError: '*'
   cause      The code uses a column that the frame has not, for it was written before anyone looked at the frame.
   fix        Print the columns first.
   example    chats.jsonl:6
                load()['vol'].mean()
                KeyError: 'vol'
   asked      Mean volume?
   asked      Mean price?

2. ShopError (no bucket yet)  [0123456789ab]  discovered
   1 failure, 33 %, 1 session, on 2026-11-05
   signature  ShopError: the shop closes at noon
   example    chats.jsonl:9
                shop.open()
                ShopError: the shop closes at noon
   asked      Open it.\
""")


@pytest.mark.parametrize(
    ("code", "message", "line"),
    [
        ("a = 1\nb = frame['price']\nprint(b)", "'price'", "b = frame['price']"),
        ("prices = 1\nprint(prices)", "name 'price' is not defined", None),
        ("print(x)", "anything", "print(x)"),
        ("a()\nb()", "the shop is closed", None),
        (None, "'price'", None),
    ],
)
def test_the_line_that_failed_is_the_one_that_the_message_speaks_of(
    code: str | None, message: str, line: str | None
) -> None:
    assert failing_line(Fault("E", "E", message, None, code)) == line


def test_an_error_is_told_in_a_line_whether_it_has_an_exception_or_not() -> None:
    assert error_line(Fault("KeyError", "KeyError", "\n'a'\nmore", None, None)) == "KeyError: 'a'"
    assert error_line(Fault("E", "x.E", "", None, None)) == "E"
    assert error_line(Fault(None, None, None, None, None, 124)) == "ended without an exception, exit status 124"
