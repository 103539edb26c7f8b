"""Twice the text is twice the work: counted, not timed."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest

from skills_lint.config import Config
from skills_lint.lint.engine import check
from skills_lint.skills.parse import parse_skill

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path
    from types import FrameType

    Write = Callable[[Mapping[str, str | bytes]], Path]

_FRONT = "---\nname: etf-data\ndescription: Read ETF prices.\n---\n"
_READ_WHOLE = frozenset({"count", "encode", "find", "lower", "rfind", "split", "splitlines", "strip"})
_LINES = {
    "dead links": "See [it](references/n{}.md).\n\n",
    "dead links to a file of nearly that name": "See [it](columms.md).\n\n",
    "footnotes": "Said[^n{}] so.\n\n[^n{}]: Note\n\n",
    "dead anchors": "As said [above](#part-{}).\n\n",
    "anchors": "## Part {0}\n\nAs said [above](#part-{0}).\n\n",
    "equal headings": "## Dates\n\n",
    "empty sections in one another": "# Dates {}\n\n## Days\n\n",
    "paths of no file": "Run `scripts/n{}.py`.\n\n",
    "blocks of Markdown": "```markdown\n# A\n```\n\n",
    "Python that does not parse": "```python\nx = (\n```\n\n",
    "an open backtick": "Call `open before {}.\n\n",
    "notes": "TODO: write {}.\n\n",
    "rows of no table": "| a | {} |\n| b | c |\n\n",
    "undefined labels": "See [it][n{}].\n\n",
}


def _work(run: Callable[[], object]) -> int:
    """Return how many operations of Python run, and how many characters the texts have that are read whole by some."""
    count = 0

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal count
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        count += event == "opcode"
        return trace

    def profile(_: FrameType, event: str, called: Any) -> None:
        nonlocal count
        owner = getattr(called, "__self__", None) if event == "c_call" else None
        if isinstance(owner, str) and called.__name__ in _READ_WHOLE:
            count += len(owner)

    sys.settrace(trace)
    sys.setprofile(profile)
    try:
        run()
    finally:
        sys.settrace(None)
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("kind", _LINES)
def test_twice_as_many_of_a_kind_are_at_most_twice_the_work(write: Write, kind: str) -> None:
    def work(times: int) -> int:
        text = _FRONT + "".join(_LINES[kind].format(*[number] * 2) for number in range(times))
        root = write({"skills/etf-data/SKILL.md": text, "skills/etf-data/columns.md": "# Columns\n"})
        file = "skills/etf-data/SKILL.md"
        return _work(lambda: check([parse_skill(root / file, file)], config=Config(root)))

    work(10)  # imports what is needed
    few, more, many = (work(times) for times in (40, 80, 160))
    assert many - more < 2.7 * (more - few)  # of what is quadratic it would be four times
