"""SK601: no skill teaches what agents fail with."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from ...buckets.bucket import MatchRule
from ...buckets.patterns import compile_pattern
from ...lines import LineIndex, split_lines
from ...place import Span
from ...words import counted
from ..pitfall_facts import seen
from ..rule import Finding, Rule
from ..shown_wrong import shown_wrong

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ...buckets.bucket import Bucket
    from ...skills.skill import CodeBlock, Skill
    from ..page import Page
    from ..repo import Repo

_LANGUAGES = frozenset({"", "python", "python3", "py", "ipython", "bash", "sh", "shell", "console", "sql"})
_LONGEST = 100_000  # characters
_MOST_PLACES = 50  # in a block that are looked at


def _check(skill: Skill, repo: Repo) -> Iterator[Finding]:
    patterns = [(bucket, rule.code) for bucket in repo.buckets for rule in bucket.match if rule.code and _alone(rule)]
    if not patterns:
        return
    for page in repo.pages(skill):
        if any(_found(block, pattern) for block in page.fenced for _, pattern in patterns):
            yield from page.holding(_in_page(page, patterns, repo))


def _in_page(page: Page, patterns: Sequence[tuple[Bucket, str]], repo: Repo) -> Iterator[Finding]:
    lines = split_lines(page.text)
    for block in page.parse().code_blocks:
        for bucket, pattern in patterns:
            place = next((at for at in _found(block, pattern) if not shown_wrong(block, lines, _row(block, at))), None)
            if place is not None:
                yield _finding(block, bucket, *place, repo)


def _alone(rule: MatchRule) -> bool:
    """Say whether a rule is about code and nothing else; next to an exception, its pattern only narrows that down."""
    return replace(rule, code=None, fallback=False) == MatchRule()


def _found(block: CodeBlock, pattern: str) -> list[tuple[int, int]]:
    """Return the places in a block that a pattern finds; none where the block's language is another."""
    if block.language not in _LANGUAGES or len(block.text) > _LONGEST:
        return []
    text = block.text.encode("utf-8", "replace").decode("utf-8")  # RE2 takes no half of a pair
    return [found.span() for found in islice(compile_pattern(pattern).finditer(text), _MOST_PLACES)]


def _row(block: CodeBlock, place: tuple[int, int]) -> int:
    return block.text.count("\n", 0, place[0]) + 1


def _finding(block: CodeBlock, bucket: Bucket, start: int, end: int, repo: Repo) -> Finding:
    index = LineIndex(block.text)
    line, column = index.place(start)
    last, last_column = index.place(end)
    at = block.line + line
    width = last_column if last == line else column + 1
    often = seen(bucket.id, repo.evidence)
    counts = (counted(often.failures, "time"), counted(often.sessions, "session")) if often else ()
    told = f", with which agents failed {' in '.join(counts)}" if counts else ""
    message = f"the code does what bucket `{bucket.id}` is about{told}"
    span = Span(at, block.indent + column, at, block.indent + width)
    fix = bucket.fix.rstrip(" .")
    return Finding(message, span, f"{fix}. To show it as wrong, say so in a comment, or in the line above")


_BUCKETS = """buckets:
  - id: date-dtype-mismatch
    title: Date dtype mismatch
    match:
      - code: 'trade_date"?\\]\\s*[<>]=?\\s*\\d{8}'
    cause: Dates are stored as text.
    fix: Compare text with text.
    hint: Convert both sides first.
"""
_SKILL = """---
name: etf-data
description: Read ETF prices.
---
Take the days of this year:

```python
days = bars[bars["trade_date"] >= %s]
```
"""

RULE = Rule(
    code="SK601",
    name="teaches-mistake",
    severity="warning",
    summary="No skill shows the code that agents fail with.",
    explanation="""
A code block is imitated. One that matches the `code` pattern of a bucket teaches the mistake that the bucket is about.
Asked are the rules of declared buckets that have nothing but `code`. Code is left alone where the line above its block,
or a comment in it, says that it is wrong. Judged are a skill and the Markdown files beside it that it names. How often
agents failed so is told from the evidence.
""",
    bad={"routines/trace_failure_triage/buckets.yaml": _BUCKETS, "skills/etf-data/SKILL.md": _SKILL % "20260101"},
    good={"routines/trace_failure_triage/buckets.yaml": _BUCKETS, "skills/etf-data/SKILL.md": _SKILL % '"20260101"'},
    precision="7 of 7 findings in 867 public skills, of 18 known mistakes",
    check_skill=_check,
)
