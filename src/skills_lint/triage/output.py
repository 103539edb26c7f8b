"""A triage as JSON and as text."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from ..inert import one_line
from ..place import Place
from ..words import counted, part_of, percent
from .details import with_details
from .example import error_line, failing_line, place_of, requests
from .got_out import as_lines as got_out_lines
from .got_out import as_object as got_out_object

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ..traces.result import ScanResult, Skipped
    from .result import Assigned, BucketCount, BucketRecovery, TriageResult

_MOST_SKIPPED = 3
_MOST_REQUESTS = 2
_MOST_DETAILS = 3


def as_json(triage: TriageResult, recovered: Mapping[str, BucketRecovery] | None = None) -> dict[str, Any]:
    """Return a triage as schemas/triage.schema.json has it, with how agents got out where that is `recovered`."""
    recovered = recovered or {}
    return {
        "version": 1,
        "pipeline": triage.pipeline,
        "window": {"start": _day(triage.start), "end": _day(triage.end)},
        "sessions": triage.sessions,
        "executions": triage.executions,
        "failures": [{**_place(item), "signature": item.signature, "bucket": item.bucket} for item in triage.assigned],
        "buckets": [{**_bucket(b), **_recovery(recovered.get(b.id))} for b in triage.buckets],
        "other": {"count": triage.other, "share": triage.other / triage.failures if triage.failures else 0.0},
        "alike": [{"groups": list(item.groups), "score": item.score, "why": item.why} for item in triage.alike],
    }


def _bucket(bucket: BucketCount) -> dict[str, Any]:
    return {
        "id": bucket.id,
        "title": bucket.title,
        "source": bucket.source,
        "remedy": bucket.remedy,
        "count": bucket.count,
        "share": bucket.share,
        "sessions": bucket.sessions,
        "first_seen": _day(bucket.first_seen),
        "last_seen": _day(bucket.last_seen),
        "signature": bucket.signature,
        "cause": with_details(bucket.cause, bucket.details),
        "fix": bucket.fix,
        "hint": with_details(bucket.hint, bucket.details),
        "details": list(bucket.details),
        "days": len(bucket.by_day),
        "examples": [_example(item) for item in bucket.examples],
        "top": bucket.top,
    }


def _recovery(found: BucketRecovery | None) -> dict[str, Any]:
    if found is None:
        return {}
    return {"recovery": got_out_object(found, _place)}


def _example(item: Assigned) -> dict[str, Any]:
    fault = item.failure.fault
    told = {"code": failing_line(fault), "error": error_line(fault), "request": item.failure.user_request}
    return {**_place(item), **told}


def _place(item: Assigned) -> dict[str, Any]:
    return {"file": item.failure.file, "line": item.failure.line, "pointer": item.failure.pointer}


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None


def as_text(
    triage: TriageResult, scan: ScanResult | None, recovered: Mapping[str, BucketRecovery] | None = None
) -> str:
    """Return a triage as lines for a terminal, with what was read and how much of it."""
    return "\n".join([*read_lines(triage, scan), "", *cause_lines(triage, recovered or {})])


def read_lines(triage: TriageResult, scan: ScanResult | None) -> Iterator[str]:
    """Yield what was read, of how many."""
    if scan:
        lines = sum(skipped.line is not None for skipped in scan.skipped)
        unread = len(scan.skipped) - lines
        read = f"{scan.files} of {counted(scan.files + unread, 'file')}" if unread else counted(scan.files, "file")
        skipped = (
            f"{counted(lines, 'line')} skipped" if lines else "nothing skipped" if not unread else "no line skipped"
        )
        inside = len(triage.assigned)
        older = f", {inside} of them in the window" if inside != len(scan.failures) else ""
        yield (
            f"traces    {read}, {skipped}; {counted(scan.tool_calls, 'tool call')}, "
            f"{scan.executions} Python, {len(scan.failures)} failed{older}"
        )
        yield from _skipped_lines(scan.skipped)
        if scan.other_failures:
            yield f"          {counted(scan.other_failures, 'failure')} of other tools not analysed"
    all_sessions = triage.from_traces + triage.from_evidence
    window = f"{triage.start} to {triage.end}" if triage.start else "all time"
    source = f", {triage.from_evidence} of them from evidence" if triage.from_evidence else ""
    yield f"window    {window}: {triage.sessions} of {counted(all_sessions, 'session')}{source}"


def _skipped_lines(skipped: Sequence[Skipped]) -> Iterator[str]:
    for item in skipped[:_MOST_SKIPPED]:
        yield f"          not read: {Place(item.file, item.line)}: {one_line(item.reason, 80)}"
    if len(skipped) > _MOST_SKIPPED:
        yield f"          … and {len(skipped) - _MOST_SKIPPED} more: skills-lint scan"


def explained(triage: TriageResult) -> str:
    """Return what share of all failures the top buckets explain, in words."""
    if not triage.failures:
        return "no failure in the window"
    top = triage.failures - triage.other
    return f"the top {len(triage.top)} explain {part_of(top, triage.failures, 'failure')}; other: {triage.other}"


def cause_lines(triage: TriageResult, recovered: Mapping[str, BucketRecovery]) -> Iterator[str]:
    """Yield the top root causes, each from its title to its fix and with an example, then the rest."""
    yield f"Root causes: {explained(triage)}"
    for place, bucket in enumerate(triage.top, 1):
        yield ""
        yield from _told(place, bucket)
        if bucket.id in recovered:
            yield from got_out_lines(recovered[bucket.id])
    rest = [bucket for bucket in triage.buckets if not bucket.top]
    if rest:
        yield ""
        yield f"Other: {_others(triage, rest)}"
        for bucket in rest:
            yield f"  {one_line(bucket.signature or bucket.title, 60)}  {bucket.id}  {numbers(bucket)}"
    for item in triage.alike:
        yield ""
        yield f"These {len(item.groups)} look alike ({item.score:.2f}): {', '.join(item.groups)}"
        yield f"  {one_line(item.why, 110)}; to join them: skills-lint promote {item.groups[0]}"


def _told(place: int, bucket: BucketCount) -> Iterator[str]:
    source = {"repo": "", "catalogue": "  from the catalogue", "discovered": "  discovered"}[bucket.source]
    yield f"{place}. {one_line(bucket.title, 70)}  [{bucket.id}]{source}"
    yield f"   {numbers(bucket)}{_days(bucket)}"
    if bucket.signature:
        yield f"   signature  {one_line(bucket.signature, 100)}"
    yield from _paragraph("cause", bucket.cause)
    for detail in bucket.details[:_MOST_DETAILS]:
        yield from _paragraph("here", with_details("", (detail,)))
    yield from _paragraph("fix", bucket.fix)
    if bucket.examples:
        yield from _example_lines(bucket.examples[0])
    for request in requests(bucket.examples)[:_MOST_REQUESTS]:
        yield f"   asked      {one_line(request, 100)}"


def _paragraph(name: str, text: str) -> Iterator[str]:
    lines = textwrap.wrap(" ".join(text.split()), 100)
    yield from (f"   {name if at == 0 else '':9}  {line}" for at, line in enumerate(lines))


def _example_lines(example: Assigned) -> Iterator[str]:
    failure = example.failure
    yield f"   example    {place_of(failure)}"
    line = failing_line(failure.fault)
    if line:
        yield f"                {one_line(line, 100)}"
    yield f"                {one_line(error_line(failure.fault), 100)}"


def _days(bucket: BucketCount) -> str:
    if not bucket.first_seen or not bucket.last_seen:
        return ""
    if bucket.first_seen == bucket.last_seen:
        return f", on {bucket.first_seen}"
    return f", on {counted(len(bucket.by_day), 'day')} from {bucket.first_seen} to {bucket.last_seen}"


def _others(triage: TriageResult, rest: Sequence[BucketCount]) -> str:
    """Return how much is outside the top buckets, and how much of that has no bucket yet."""
    unnamed = sum(bucket.count for bucket in rest if bucket.source == "discovered")
    known = f"; {unnamed} of them in no bucket yet" if unnamed else ""
    return f"{counted(triage.other, 'failure')} ({percent(triage.other / triage.failures)}){known}"


def numbers(bucket: BucketCount) -> str:
    """Return a bucket's count, share and sessions in words."""
    return f"{counted(bucket.count, 'failure')}, {percent(bucket.share)}, {counted(bucket.sessions, 'session')}"
