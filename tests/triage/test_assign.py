"""Sessions as evidence: the same session is the same record, in any clone and under any name of its file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from skills_lint.evidence import SessionRecord
from skills_lint.redaction import open_redactor
from skills_lint.traces.scan import scan
from skills_lint.triage.assign import assign, session_records
from skills_lint.triage.rank import Known, rank

FAILED = '{"error": "KeyError: 1"}'


def chat(session: str | None = None, code: str = "go()") -> list[dict[str, Any]]:
    function = {"name": "python", "arguments": json.dumps({"code": code})}
    common = {} if session is None else {"session_id": session}
    return [
        {**common, "role": "user", "content": "go on"},
        {**common, "role": "assistant", "content": None, "tool_calls": [{"id": "call_1", "function": function}]},
        {**common, "role": "tool", "tool_call_id": "call_1", "content": FAILED},
    ]


def lines(rows: list[dict[str, Any]]) -> str:
    return "".join(f"{json.dumps(row)}\n" for row in rows)


def records_of(folder: Path, clone: Path) -> tuple[SessionRecord, ...]:
    """Return the evidence of a folder of traces, as a clone with a key of its own records it."""
    clone.mkdir(exist_ok=True)
    result = scan([folder], redactor=open_redactor(clone))
    return session_records(result, assign(result.failures, ()))


def test_a_session_whose_id_is_redacted_is_the_same_in_two_clones(tmp_path: Path) -> None:
    folder = tmp_path / "traces"
    folder.mkdir()
    (folder / "a.jsonl").write_text(lines(chat("bob.smith@corp.io")), encoding="utf-8")
    first, second = (records_of(folder, tmp_path / clone) for clone in ("one", "other"))
    assert first == second
    assert [sum(record.failures.values()) for record in first] == [1]


def test_failures_of_a_session_whose_id_is_redacted_are_shown(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(lines(chat("bob.smith@corp.io")), encoding="utf-8")
    result = scan([tmp_path / "a.jsonl"], redactor=open_redactor(tmp_path))
    assigned = assign(result.failures, ())
    assert "bob" not in result.failures[0].session
    ranked = rank(session_records(result, assigned), assigned, (), days=30, known=Known(1, 0))
    assert [len(bucket.examples) for bucket in ranked.buckets] == [1]
