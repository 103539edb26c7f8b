"""A call and its result judged, as a step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..excerpt import excerpt
from ..mark import checksum
from ..verdicts.glance import ran_well
from ..verdicts.tools import read_request
from ..verdicts.verdict import judge
from .digest import Failed, Step

if TYPE_CHECKING:
    from collections.abc import Collection

    from ..event import Call, Result


def make_step(
    thread: int,
    call: Call | None,
    result: Result | None,
    request: str | None,
    python_tools: Collection[str],
    *,
    echoes: bool,
) -> Step:
    """Return the step of a call and its result, one of which may be missing, in the thread with this index."""
    told = result if result is not None else call
    assert told is not None  # noqa: S101
    time = told.time if told.time is not None or call is None else call.time
    if not isinstance(time, str | int | float):
        time = None
    step = Step(thread, told.id if call is None else call.id, told.spot.line, told.spot.pointer, time, echo=told.echo)
    step.asked = None if call is None else call.spot.line
    tool = (call.tool if call is not None else result.tool if result is not None else None) or "unknown"
    well = None if call is None or result is None else ran_well(call, result, python_tools)
    if well is not None:
        step.python = well
    else:
        verdict = judge(call, result, python_tools)
        step.python, step.failed = verdict.python, verdict.failed
        if verdict.python:
            step.code, step.kept = None if verdict.code is None else excerpt(verdict.code), True
        if verdict.fault is not None:
            step.failure = Failed(verdict.fault, tool, request)
    if echoes:
        code = step.code if step.kept or call is None or not step.python else code_of(call, python_tools)
        step.same = checksum(tool if code is None else code)
    return step


def code_of(call: Call, python_tools: Collection[str]) -> str | None:
    """Return what a call runs: Python source or a shell command."""
    code = read_request(call.tool, call.arguments, python_tools).code
    return None if code is None else excerpt(code)
