"""What the recorder knows about its recordings: the figures that a scan of them must find, and their table."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from .script import CAUSES, OTHER_TOOL, Answer, Ask, runs_python

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .formats import Record
    from .play import Recording

MARKS = ("<!-- figures: written by the recorder -->", "<!-- end of figures -->")


def tally(recording: Recording, records: list[Record]) -> dict[str, Any]:
    """Return the executions of a session, the line and cause of each that failed, and the failures of other tools."""
    calls = {number: played.turn for number, played in enumerate(recording.turns)}
    failures, executions, others = [], 0, 0
    for line, (_, number) in enumerate(records, 1):
        call = calls[number] if number is not None else None
        if call is None or isinstance(call, Ask | Answer):
            continue
        executions += runs_python(call)
        if call.fails == OTHER_TOOL:
            others += 1
        elif call.fails:
            failures.append({"line": line, "cause": call.fails})
    told: dict[str, Any] = {"executions": executions, "failures": failures, "other_failures": others}
    return {**told, "hint": recording.session.hint} if recording.session.hint else told


def figures(sessions: Mapping[str, Mapping[str, Any]], versions: Mapping[str, str]) -> str:
    """Return the figures of traces/README.md: tables by format and by cause, days and versions."""
    lines = [
        "| format | sessions | executions | failed | failures of other tools |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    for name in sorted({file.partition("/")[0] for file in sessions}):
        lines.append(_row(f"`{name}`", [told for file, told in sessions.items() if file.startswith(f"{name}/")]))
    lines.append(_row("all", list(sessions.values())))
    causes = Counter(failure["cause"] for told in sessions.values() for failure in told["failures"])
    where = Counter(cause for told in sessions.values() for cause in {failure["cause"] for failure in told["failures"]})
    lines += ["", "| cause | failures | sessions |", "| --- | ---: | ---: |"]
    ranked = sorted(CAUSES, key=lambda cause: (-where[cause], -causes[cause], cause))
    lines += [f"| `{cause}` | {causes[cause]} | {where[cause]} |" for cause in ranked if causes[cause]]
    days = sorted(file.partition("/")[2][:10] for file in sessions)
    ran_with = ", ".join(f"{name} {version}" for name, version in versions.items())
    lines += ["", f"From {days[0]} to {days[-1]}, recorded with {ran_with}."]
    return "\n".join(lines)


def _row(name: str, told: list[Mapping[str, Any]]) -> str:
    executions = sum(session["executions"] for session in told)
    failed = sum(len(session["failures"]) for session in told)
    others = sum(session["other_failures"] for session in told)
    return f"| {name} | {len(told)} | {executions} | {failed} | {others} |"


def with_figures(page: str, text: str) -> str:
    """Return a page with the text between its two marks replaced."""
    begin, end = MARKS
    return re.sub(f"(?s){re.escape(begin)}.*{re.escape(end)}", lambda _: f"{begin}\n\n{text}\n\n{end}", page)
