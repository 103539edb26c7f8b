"""What rules may name is what failures have."""

from __future__ import annotations

import json
from pathlib import Path

from skills_lint.buckets.vocabulary import forms, parts_of
from skills_lint.errors.said import read_exit, read_message

RECORDED = Path(__file__).parents[1] / "errors" / "said" / "recorded.jsonl"


def test_every_part_that_a_message_of_cpython_has_may_be_named() -> None:
    lines = [json.loads(line) for line in RECORDED.read_text(encoding="utf-8").splitlines()]
    read = [read_message(seen["type"], seen["message"]) for line in lines for seen in line["seen"]]
    read += [read_exit(code, None) for code in (None, 1, 137, -9)]
    for said in filter(None, read):
        assert set(said.parts) <= forms()[said.form], said


def test_a_rule_without_a_form_may_name_the_parts_of_all() -> None:
    assert {"owner", "key", "module-is", "code"} <= parts_of(None)
    assert "owner" not in parts_of("missing-key")
