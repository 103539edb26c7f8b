"""Positions are counted as the editor asks for: emoji, letters beyond the BMP and wide characters do not move them."""

from __future__ import annotations

from typing import Any

import pytest
from lsprotocol import types

SKILL = "skills/robust-frames/SKILL.md"
UNITS = {
    None: lambda text: len(text.encode("utf-16-le")) // 2,
    "utf-16": lambda text: len(text.encode("utf-16-le")) // 2,
    "utf-8": lambda text: len(text.encode()),
    "utf-32": len,
}
BEFORE = "- **`missing-column`** 🦜🦜 漢字 é: see [this](gone.md).\n- 🦜 no id\n"


@pytest.mark.parametrize("encoding", UNITS, ids=str)
def test_a_finding_behind_emoji_and_cjk_is_at_its_place(encoding: str | None, repo: Any, editor: Any) -> None:
    editor.start(encodings=[types.PositionEncodingKind(encoding)] if encoding else None)
    assert editor.capabilities.position_encoding == (encoding or "utf-16")
    text = (repo.root / SKILL).read_text().replace("- `missing-column`: check", f"{BEFORE}- `missing-column`: check")
    editor.open(SKILL, text)
    found = {one.code: one for one in editor.findings(SKILL)}
    start = editor.place(SKILL, "gone.md", UNITS[encoding])
    end = types.Position(start.line, start.character + len("gone.md"))
    assert found["SK301"].range == types.Range(start, end)


@pytest.mark.parametrize("encoding", UNITS, ids=str)
def test_a_question_behind_emoji_and_cjk_is_about_what_stands_there(
    encoding: str | None, repo: Any, editor: Any
) -> None:
    editor.start(encodings=[types.PositionEncodingKind(encoding)] if encoding else None)
    bucket = "routines/trace_failure_triage/buckets.yaml"
    text = (repo.root / bucket).read_text()
    editor.open(bucket, text.replace("    skills: [robust-frames]", '    skills: ["🦜漢字", robust-frames]'))
    position = editor.place(bucket, "robust-frames]", UNITS[encoding])
    assert editor.definition(bucket, position) == [(SKILL, 0, 0)]
    outside = editor.place(bucket, ", robust-frames]", UNITS[encoding])
    assert editor.definition(bucket, outside) == []


def test_a_position_behind_the_end_is_the_end(repo: Any, editor: Any) -> None:
    editor.start().open(SKILL)
    for position in (types.Position(0, 999), types.Position(999, 0), types.Position(999, 999)):
        assert editor.hover(SKILL, position) is None
        assert editor.complete(SKILL, position) == []
        assert editor.definition(SKILL, position) == []


def test_a_byte_order_mark_in_the_text_moves_no_place(repo: Any, editor: Any) -> None:
    bucket = "routines/trace_failure_triage/buckets.yaml"
    editor.start().open(bucket, "\ufeffbuckets: [{id: text-dates}]\n")
    found = editor.hover(bucket, editor.place(bucket, "text-dates"))
    assert found is not None
    assert found.range.start == editor.place(bucket, "text-dates")
