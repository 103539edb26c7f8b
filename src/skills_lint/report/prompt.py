"""The routine's request, filled in with what the traces say now, to hand to any agent."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..inert import inert, one_line
from ..triage.example import place_of
from ..triage.output import explained, numbers, read_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..coverage.result import BucketCoverage, Coverage
    from ..traces.result import Failure, ScanResult
    from ..triage.result import TriageResult

_MOST_CODE_LINES = 12


def prompt(
    template: str, triage: TriageResult, coverage: Coverage, scan: ScanResult | None, still_open: Iterable[str] = ()
) -> str:
    """Return the request as Markdown: present figures, each top bucket with one example, and what is still open.

    They stand where the template says `{{figures}}`, `{{causes}}` and `{{open}}`.
    """
    figures = [*(" ".join(line.split()) for line in read_lines(triage, scan)), f"causes: {explained(triage)}"]
    top = [item for item in coverage.buckets if item.bucket.top]
    causes = "\n\n".join("\n".join(_cause(number, item)) for number, item in enumerate(top, 1))
    text = template.replace("{{figures}}", "\n".join(f"- {line}" for line in figures))
    todo = "\n".join(f"- {inert(' '.join(line.split()))}" for line in still_open)
    text = text.replace("{{open}}", todo or "Nothing: every top cause is covered or cured.")
    return text.replace("{{causes}}", causes or "No root cause stands out.")


def _cause(number: int, item: BucketCoverage) -> Iterator[str]:
    bucket = item.bucket
    covered = f"covered by {', '.join(item.skills)}" if item.covered else "not covered"
    yield f"### {number}. {bucket.title} (`{bucket.id}`)"
    yield ""
    yield f"- {numbers(bucket)}; remedy: {bucket.remedy}; {covered}"
    for label, text in (("Cause", bucket.cause), ("Fix", bucket.fix)):
        if text:
            yield f"- {label}: {' '.join(text.split())}"
    yield from (f"- In this repo: {detail}" for detail in bucket.details)
    if bucket.examples:
        yield from _example(bucket.examples[0].failure)


def _example(failure: Failure) -> Iterator[str]:
    yield f"- Example: {place_of(failure)}"
    code = "\n".join((failure.fault.code or "").splitlines()[:_MOST_CODE_LINES])
    error = one_line(": ".join(part for part in (failure.fault.type, failure.fault.message) if part), 200)
    shown = inert("\n".join(part for part in (code, error) if part))
    longest = max((len(run) for run in re.findall(r"`+", shown)), default=0)
    fence = "`" * max(3, longest + 1)
    yield ""
    yield f"{fence}text\n{shown}\n{fence}"
