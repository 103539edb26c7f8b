"""Lines of JSON and their numbers, whatever stands on them, and however much is read at a time."""

from __future__ import annotations

import io
import json
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skills_lint.traces.formats.claude_code import RECORD
from skills_lint.traces.result import Skipped
from skills_lint.traces.sources.chunks import Lines

SIZES = (1 << 20, 64, 5)


def read(content: bytes, kind: Any, size: int, bounds: tuple[int, int | None] = (0, None)) -> tuple[Any, ...]:
    """Return the lines of the records, how many lines there are, and what was skipped."""
    skipped: list[Skipped] = []
    lines = Lines(io.BytesIO(content), "a.jsonl", kind, skipped.append, bounds, size)
    return [record.line for record in lines], lines.count, [(each.line, each.reason) for each in skipped]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("kind", [RECORD, Any], ids=["declared", "plain"])
@pytest.mark.parametrize(
    ("content", "records", "skipped"),
    [
        (b"{}\n{}\n", [1, 2], []),
        (b"{}\r\n{}", [1, 2], []),
        (b"\xef\xbb\xbf{}\n\n \t{}\n\n", [1, 3], []),
        (b"{}\n\n{}{}\n", [1], [(3, "not JSON (extra data, column 3)")]),
        (b"{}{}\n\n{}\n", [3], [(1, "not JSON (extra data, column 3)")]),
        (b"{}\n1\n{}\n", [1, 3], [(2, "neither a JSON object nor a list")]),
        (b"{}\nnull\n{}\n", [1, 3], [(2, "neither a JSON object nor a list")]),
        (b'{"type": 1e400}\n{"type": NaN}\n', [1, 2], []),
        (b'{"x": ' + b"9" * 5000 + b"}\n{}\n", [1, 2], []),
        (b'{"type": ' + b"9" * 5000 + b"}\n{}\n", [1, 2], []),
        (b'{"type": "\xff"}\n{"\xff": 1}\n', [1, 2], []),
        (b'{"type": "\\ud800"}\n{"text": "\\ud800"}\n', [1, 2], []),
        (b'{}\n{"type": "us', [1], [(2, "half a last line (unterminated string, column 10)")]),
        (b"{}\x00\x00\n\x00\x00", [1], []),
        (b"", [], []),
    ],
)  # fmt: skip
def test_a_record_has_the_number_of_its_line(
    content: bytes, records: list[int], skipped: list[tuple[int, str]], kind: Any, size: int
) -> None:
    found, count, left_out = read(content, kind, size)
    assert (found, left_out) == (records, skipped)
    assert count == content.count(b"\n") + (not content.endswith(b"\n") and content != b"")


def test_a_value_that_fills_several_lines_is_none() -> None:
    content = b'{"type":\n"user"}\n{}{}\n'
    assert [read(content, RECORD, size)[0] for size in SIZES] == [[], [], []]


PIECES = (
    b"{}", b"{} ", b" {}", b"[]", b"\n", b"\n", b"\n", b"\r\n", b" ", b"1", b'{"a":', b'{"type": "user"}',
    b'{"text": "\xc3\xa9"}',
)  # fmt: skip


@given(pieces=st.lists(st.sampled_from(PIECES), max_size=12), dice=st.randoms(use_true_random=True))
def test_lines_are_the_same_in_any_pieces(pieces: list[bytes], dice: Random) -> None:
    content = b"".join(pieces)
    whole = read(content, Any, 1 << 20)
    assert read(content, Any, dice.randint(1, 20)) == whole
    cut = dice.randint(0, len(content))
    first, second = read(content, Any, 7, (0, cut)), read(content, Any, 7, (cut, None))
    assert first[1] + second[1] == whole[1]
    assert first[0] + [line + first[1] for line in second[0]] == whole[0]


def test_a_line_longer_than_a_chunk_is_read() -> None:
    content = b"{}\n" + json.dumps({"text": "x" * 1000}).encode() + b"\n{}"
    assert read(content, Any, 10) == ([1, 2, 3], 3, [])
