"""Statuses in words: what tools and shells write before or after an output to say how the run ended."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_EXIT_LINE = re.compile(
    r"(?i)[\[(<]?\s*(?:error: )?(?:the )?(?:(?:command|process|script|program) )?"
    r"(?:ran, then )?(?:(?:completed|exited|finished|failed) )?(?:with )?(?:an error \((?:POSIX )?)?"
    r"(?:exit[ _]?code|exit[ _]?status|return[ _]?code|(?:exited|finished|failed) with code|with code)"
    r"\s*[:=]?\s*(-?\d{1,10})\b[^\n]{0,80}$"
)
_HEADING = re.compile(r"(?i)(?:wall time|chunk id): .{0,60}$|(?:stdout|stderr|output|code output):\s*$")
_EMPTY_SECTION = re.compile(r"(?i)(?:stdout|stderr|output|errors?):$")
_RETURNCODE_TAG = re.compile(r"<(?:returncode|exit_code)>\s*(-?\d{1,10})\s*</")
_BEGINS_BADLY = re.compile(
    r"(?i)(?:error (?:executing|running|calling|invoking) (?:tool|code)|tool execution (?:failed|error)"
    r"|(?:code )?execution failed"
    r"|error: command failed|(?:execution|command|process|code) timed out|timeout$|timed out$|timeouterror: )"
)
_ENDS_BADLY = re.compile(
    r"(?i)(?:timeout$|timed out$|(?:execution|command|process|code) timed out"
    r"|(?:\S{0,100}: line \d+:\s+\d+ )?(?:killed|terminated|aborted|segmentation fault|bus error)"
    r"(?: \(core dumped\))?(?:$|\s{2,}))"
)
_TIME_IS_UP = re.compile(r"(?i)(?:(?:execution|command|process|code) )?(?:timeout|timed out)")
TIMED_OUT = 124  # the exit status of the program `timeout`
_REFUSED = re.compile(
    r"(?i)\s*(?:<tool_use_error>|inputvalidationerror|(?:error: )?the user (?:denied|rejected|doesn't)|user rejected"
    r"|\[request interrupted by user|permission to use |permission denied by|claude requested permissions"
    r"|this command requires approval|cancelled: |pretooluse:|hook pretooluse|\w+ operation blocked"
    r"|(?:error: )?(?:the )?(?:user|tool|command|call)\b[^\n:]{0,40} (?:rejected|declined|denied|blocked|cancell?ed)\b"
    r"|error: (?:(?:no such|unknown) tool|tool [^\n]{1,80} not found|[^\n]{1,80} is not a valid tool))"
)
WITHIN: Final = 2000  # characters at either end of a text, outside of which no status is read
_ENDS = 3  # lines at either end in which a status may stand
_NEAR = 300  # characters that hold them, as a rule


@dataclass(frozen=True, slots=True)
class Status:
    """How a run ended, in words."""

    ok: bool | None
    exit_code: int | None


def status_in_text(text: str) -> Status:
    """Return the status that the first or last lines of an output tell, if they do."""
    first, last = text[:WITHIN], text[-WITHIN:]
    for end in (first, last):
        if "code>" in end and (tag := _RETURNCODE_TAG.search(end)) is not None:
            return _by_code(int(tag[1]))
    head, tail = _first_lines(first), _last_lines(last)
    lines = [line[:200] for line in (*head[:1], *tail, *head[1:])]
    told = "\n".join(lines).lower()
    if "code" in told or "status" in told:  # one of these stands in every such line
        for line in lines:
            found = _EXIT_LINE.match(line)
            if found is not None:
                return _by_code(int(found[1]))
    badly = (head and _BEGINS_BADLY.match(head[0][:300])) or (tail and _ENDS_BADLY.match(tail[0][:300]))
    if not badly:
        return Status(None, None)
    return Status(False, TIMED_OUT if _TIME_IS_UP.fullmatch(badly[0]) else None)


def _first_lines(text: str) -> list[str]:
    """Return the first few lines that are not blank, without the white space around them."""
    lines = _filled(text[:_NEAR].splitlines())
    return (lines if len(lines) > _ENDS else _filled(text.splitlines()))[:_ENDS]


def _last_lines(text: str) -> list[str]:
    """Return the last few lines that are not blank, the last one first."""
    lines = _filled(text[-_NEAR:].splitlines())
    return (lines if len(lines) > _ENDS else _filled(text.splitlines()))[: -_ENDS - 1 : -1]


def _filled(lines: list[str]) -> list[str]:
    return [stripped for line in lines if (stripped := line.strip())]


def without_status(text: str) -> str:
    """Return an output without the first and last lines that only tell how the run ended, or what follows."""
    first, line_end, rest = text.partition("\n")
    while line_end and (_EXIT_LINE.match(first[:200].strip()) or _HEADING.match(first)):
        text = rest
        first, line_end, rest = text.partition("\n")
    body = text.rstrip()
    while _EXIT_LINE.match(last := body[body.rfind("\n") + 1 :][:200].strip()) or _EMPTY_SECTION.match(last):
        text = body = body[: max(0, body.rfind("\n"))].rstrip()
    return text


def refused(text: str) -> bool:
    """Return whether the call never ran: the user, a permission or the tool's own check of its input stopped it."""
    return _REFUSED.match(text[:500]) is not None


def as_refused(text: str) -> str:
    """Return words by which `refused` knows a call that never ran, for formats that say so in other ways."""
    return f"cancelled: {text}"


def _by_code(code: int) -> Status:
    return Status(code == 0, code)
