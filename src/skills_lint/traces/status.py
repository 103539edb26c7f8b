"""Statuses in words: what tools and shells write before or after an output to say how the run ended."""

from __future__ import annotations

import re
from dataclasses import dataclass

_EXIT_LINE = re.compile(
    r"(?i)[\[(<]?\s*(?:error: )?(?:the )?(?:(?:command|process|script|program) )?"
    r"(?:(?:completed|exited|finished|failed) )?(?:with )?"
    r"(?:exit[ _]?code|exit[ _]?status|exitcode|return[ _]?code|(?:exited|finished|failed) with code|with code)"
    r"\s*[:=]?\s*(-?\d{1,10})\b[^\n]{0,80}$"
)
_RETURNCODE_TAG = re.compile(r"<(?:returncode|exit_code)>\s*(-?\d{1,10})\s*</")
_ENDED_BADLY = re.compile(
    r"(?i)(?:error (?:executing|running) (?:tool|code)|tool execution (?:failed|error)|(?:code )?execution failed"
    r"|execution timed out|timeout$|timed out$|(?:command|process|execution|code) timed out|timeouterror: "
    r"|error: command failed|fatal python error|segmentation fault|aborted(?: \(core dumped\))?$|terminated$|killed$"
    r"|bash: line \d+:\s+\d+ killed)"
)
_REFUSED = re.compile(
    r"(?i)\s*(?:<tool_use_error>|inputvalidationerror|(?:error: )?the user (?:denied|rejected|doesn't)|user rejected"
    r"|\[request interrupted by user|permission to use |permission denied by|claude requested permissions"
    r"|this command requires approval|tool use was rejected|cancelled: |error: (?:no such|unknown) tool|pretooluse:)"
)
_ENDS = 3  # lines at either end in which a status may stand


@dataclass(frozen=True, slots=True)
class Status:
    """How a run ended, in words."""

    ok: bool | None
    exit_code: int | None


def status_in_text(text: str) -> Status:
    """Return the status that the first or last lines of an output tell, if they do."""
    tag = _RETURNCODE_TAG.search(text[:2000]) or _RETURNCODE_TAG.search(text[-2000:])
    if tag is not None:
        return _by_code(int(tag[1]))
    head = [line.strip() for line in text[:2000].splitlines() if line.strip()][:_ENDS]
    tail = [line.strip() for line in text[-2000:].splitlines() if line.strip()][-_ENDS:]
    for line in (*head, *tail):
        found = _EXIT_LINE.match(line[:200])
        if found is not None:
            return _by_code(int(found[1]))
    if any(_ENDED_BADLY.match(line[:300]) for line in (*head[:1], *tail[-1:])):
        return Status(ok=False, exit_code=None)
    return Status(None, None)


def refused(text: str) -> bool:
    """Return whether the call never ran: the user, a permission or the tool's own check of its input stopped it."""
    return _REFUSED.match(text[:500]) is not None


def _by_code(code: int) -> Status:
    return Status(code == 0, code)
