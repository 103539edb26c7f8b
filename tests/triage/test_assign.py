"""Sessions as evidence: the same session is the same record, in any clone and under any name of its file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from skills_lint.buckets.match import Matcher
from skills_lint.evidence import SessionRecord, merge
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
    return session_records(result, assign(result.failures, Matcher(())))


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
    assigned = assign(result.failures, Matcher(()))
    assert "bob" not in result.failures[0].session
    ranked = rank(session_records(result, assigned), assigned, (), days=30, known=Known(1, 0))
    assert [len(bucket.examples) for bucket in ranked.buckets] == [1]


def test_a_session_without_an_id_is_the_same_under_another_name(tmp_path: Path) -> None:
    for name in ("a.jsonl", "old/2026.jsonl"):
        file = tmp_path / "traces" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(lines(chat()), encoding="utf-8")
    first, moved = (records_of(tmp_path / "traces" / name, tmp_path) for name in ("a.jsonl", "old"))
    assert first == moved == records_of(tmp_path / "traces", tmp_path)
    assert len(first) == 1


def test_other_sessions_under_the_same_name_are_others(tmp_path: Path) -> None:
    known: tuple[SessionRecord, ...] = ()
    for code in ("go()", "stop()"):
        (tmp_path / "a.jsonl").write_text(lines(chat(code=code)), encoding="utf-8")
        known = merge(known, records_of(tmp_path / "a.jsonl", tmp_path))
    assert len(known) == 2


def test_a_session_without_an_id_that_went_on_is_the_same_after_its_first_records(tmp_path: Path) -> None:
    rows = [row for at in range(40) for row in chat(code=f"go({at})")]
    (tmp_path / "a.jsonl").write_text(lines(rows[:90]), encoding="utf-8")
    (before,) = records_of(tmp_path / "a.jsonl", tmp_path)
    (tmp_path / "a.jsonl").write_text(lines(rows), encoding="utf-8")
    (after,) = records_of(tmp_path / "a.jsonl", tmp_path)
    assert before.session == after.session
    assert before.executions < after.executions


def test_a_chat_that_fills_a_line_is_the_same_on_another_line_of_another_file(tmp_path: Path) -> None:
    chats: list[dict[str, Any]] = [{"messages": chat(code=code)} for code in ("one()", "two()", "three()")]
    for name, held in (("a.jsonl", chats), ("b.jsonl", [chats[2], chats[0]])):
        (tmp_path / name).write_text(lines(held), encoding="utf-8")
    all_three, two = (records_of(tmp_path / name, tmp_path) for name in ("a.jsonl", "b.jsonl"))
    assert len(all_three) == 3
    assert {record.session for record in two} == {all_three[0].session, all_three[2].session}
