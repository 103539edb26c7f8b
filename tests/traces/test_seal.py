"""What a sealed digest still says, and what it must not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from skills_lint.redaction import Redactor
from skills_lint.traces.digests.digest import Digest
from skills_lint.traces.digests.pairing import is_random
from skills_lint.traces.digests.seal import redact
from skills_lint.traces.engine import read_parts, whole
from skills_lint.traces.sources.source import find_sources

SECRET = "ghp" + "_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"
RANDOM = "toolu_01AbCo1a4RvBmGqFgpnkDsS8"


def sealed(path: Path, redactor: Redactor) -> Digest:
    (answer,) = read_parts([whole(source) for source in find_sources([path], lambda _: None)], frozenset())
    assert answer.digest is not None
    redact([answer.digest], redactor)
    return answer.digest


def record(kind: str, content: Any, **more: Any) -> dict[str, Any]:
    fields = {"type": kind, "sessionId": "s1", "timestamp": "2026-10-01T12:00:00.000Z"}
    return {**fields, "message": {"role": kind, "content": content, "model": "m"}, **more}


def use(call_id: str, code: str, tool: str = "Bash") -> dict[str, Any]:
    return {"type": "tool_use", "id": call_id, "name": tool, "input": {"command": code}}


def result(call_id: str, text: str, *, failed: bool = False) -> dict[str, Any]:
    return {"type": "tool_result", "tool_use_id": call_id, "content": text, "is_error": failed}


@pytest.mark.parametrize(
    "rows",
    [
        [record("user", f"use {SECRET}"), record("assistant", [use("a", f"python x.py {SECRET}")])],
        [record("assistant", [use(SECRET, "ls")]), record("user", [result(SECRET, "ok")])],
        [record("assistant", [use("a", "ls")], sessionId=SECRET), record("user", "go", agentId=SECRET)],
        [record("assistant", [use("a", "ls", tool=f"run {SECRET}")], timestamp=SECRET)],
        [record("user", [result("a", f"Exit code 1\n{SECRET}", failed=True)])],
        [
            record("assistant", [use("a", "python x.py")]),
            record("user", [result("a", f"Exit code 1\nKeyError: '{SECRET}'", failed=True)]),
        ],
    ],
    ids=["request and open call", "call id", "session and agent", "tool and time", "result alone", "failure"],
)
def test_no_secret_is_left_in_a_sealed_digest(rows: list[Any], write: Callable[..., Path], redactor: Redactor) -> None:
    digest = sealed(write("a.jsonl", rows), redactor)

    assert SECRET.encode() not in msgspec.msgpack.encode(digest)


def test_sealed_ids_tell_whether_they_are_unique_by_themselves(write: Callable[..., Path], redactor: Redactor) -> None:
    calls = [use(RANDOM, "ls"), use("call_1", "ls")]
    results = [result(RANDOM, "ok"), result("call_1", "ok")]
    rows = [record("assistant", calls), *(record("user", [each]) for each in results)]

    digest = sealed(write("a.jsonl", rows), redactor)

    assert [is_random(step.id) for step in digest.steps] == [True, False]
