"""Texts that were made to break a reader, and laws that hold for every text."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from skills_lint.errors.parse import parse_error, read_output

LENGTH = 400_000  # characters; time that grows with the square of this would be seen

FRAME = '  File "a.py", line 1, in f\n'
HOSTILE = {
    "headers without an end": "Traceback (most recent call last):\n",
    "headers in one line": "Traceback (most recent call last): ",
    "frames without an end": FRAME,
    "frames with output between": FRAME + "noise\n",
    "indented lines below headers": "Traceback (most recent call last):\n" + "    x\n" * 50,
    "tracebacks that are all chained": (
        "Traceback (most recent call last):\n" + FRAME + "KeyError: 1\n\n"
        "During handling of the above exception, another exception occurred:\n\n"
    ),
    "workers in workers": "Original Traceback (most recent call last):\n" + FRAME + "KeyError: 1\n",
    "groups in groups": "  + Exception Group Traceback (most recent call last):\n  | x\n  +-+--- 1 ---\n",
    "IPython's headers": "KeyError   Traceback (most recent call last)\nCell In[1], line 3\n",
    "pytest's lines": "E   KeyError\n",
    "counts": "1 failed, ",
    "escapes": "\x1b[1;",
    "dots": "a.",
    "colons": "error: ",
    "blanks": " ",
    "empty lines": "\n",
    "quotation marks": '"',
}


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
def test_time_grows_with_the_length_of(piece: str) -> None:
    parse_error(piece * (LENGTH // len(piece)))


LINES = st.sampled_from(
    [
        "Traceback (most recent call last):",
        '  File "a.py", line 3, in <module>',
        "    x = 1",
        "    ^^^^^",
        "KeyError: 'x'",
        "pkg.mod.Wrong: it is",
        "  + Exception Group Traceback (most recent call last):",
        "  | ExceptionGroup: two (2 sub-exceptions)",
        "  +-+---------------- 1 ----------------",
        "    | ValueError: 1",
        "During handling of the above exception, another exception occurred:",
        "ValueError                Traceback (most recent call last)",
        "Cell In[1], line 3",
        "----> 3 x",
        "E   KeyError: 'x'",
        "FAILED test_a.py::test - KeyError: 'x'",
        "1 failed in 0.1s",
        "Original Traceback (most recent call last):",
        "Exception ignored in: <f>",
        "usage: x",
        "x: error: no",
        "",
        "rows: 3",
    ]
)
OUTPUTS = st.one_of(st.text(), st.lists(LINES, max_size=25).map("\n".join))


@given(OUTPUTS)
def test_any_text_can_be_read(text: str) -> None:
    error = parse_error(text)
    if error is not None:
        assert error.type
        assert error.qualified.endswith(error.type)


@given(st.lists(LINES, max_size=25))
@example(["    x = 1", "KeyError: 'x'", "    x = 1"])
def test_line_endings_and_colours_change_nothing(lines: list[str]) -> None:
    plain = parse_error("\n".join(lines))
    assert parse_error("\r\n".join(lines)) == plain
    assert parse_error("\n".join(f"\x1b[31m{line}\x1b[0m" for line in lines)) == plain


@given(OUTPUTS)
def test_blocks_lie_in_the_text_in_order_and_do_not_overlap(text: str) -> None:
    output = read_output(text)
    ends = [0]
    for block in output.blocks:
        assert ends[-1] <= block.start < block.end <= len(output.lines)
        ends.append(block.end)


def test_groups_in_groups_without_an_end_are_read_to_a_depth() -> None:
    lines = ["ValueError: innermost"]
    for _ in range(400):
        lines = [
            "Exception Group Traceback (most recent call last):",
            "| ExceptionGroup: outer (1 sub-exception)",
            "+-+---------------- 1 ----------------",
            *(f"| {line}" for line in lines),
        ]
    error = parse_error("\n".join(lines))
    assert error is not None
    assert error.type == "ExceptionGroup"
