"""The verdict on one tool call: did it run Python, and did that fail?"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ...errors.error import last_part
from ...errors.fault import Fault
from ...errors.lines import TRACEBACK, names_an_exception
from ...errors.parse import Output, class_and_message, error_of, read_output
from ..excerpt import excerpt
from ..sources.fields import plain
from .command import Command, read_command
from .payload import Payload, plain_text, read_payload
from .status import refused, status_in_text, without_status
from .tools import Request, read_request
from .uncaught import shows_an_uncaught_error, tells_an_exit

if TYPE_CHECKING:
    from collections.abc import Collection

    from ..event import Call, Result

_NOT_STARTED = re.compile(
    r"(?:^|\n)[^\n]{0,200}?\b(?:python|pytest|ipython|uv|poetry|torchrun|conda|pypy)[\w.]*: "
    r"(?:(?:command )?not found|No such file or directory|Permission denied)"
    r"|(?:^|\n)(?:\S*/)?(?:env|timeout|nohup|exec|sudo): [^\n]{0,80}(?:python|pytest)[^\n]{0,40}: No such file"
    r"|(?:^|\n)(?:-?bash|/bin/sh|sh|zsh): [^\n]{0,200}\.py: Permission denied"
    r"|(?:^|\n)sudo: a (?:password|terminal) is required|Poetry could not find a pyproject\.toml"
    r"|(?:^|\n)(?:EnvironmentLocationNotFound|CondaError): |unexpected EOF while looking for matching"
    r"|error: Failed to spawn|No solution found when resolving|(?:^|\n)Command not found: |is not recognized as an "
)
_MARKS = {  # how error messages of programs begin that do not begin with the program's name
    "git": ("fatal:", "error:"),
    **dict.fromkeys(("pip", "pip3", "uv", "poetry"), ("ERROR:", "error:")),
    **dict.fromkeys(("npm", "npx", "yarn", "pnpm"), ("npm ERR!", "npm error", "error ")),
    **dict.fromkeys(("gcc", "g++", "cc", "c++", "clang", "clang++"), ("cc1", "compilation terminated", "collect2:")),
    **dict.fromkeys(("cargo", "rustc"), ("error:", "error[")),
    **dict.fromkeys(("apt", "apt-get"), ("E:",)),
    **dict.fromkeys(("ruff", "mypy"), ("Found ",)),
    "black": ("Oh no!",),
}
_HEAD = 50  # lines of an output in which a shell says that a program is missing
_LAST = 5  # lines at the end in which the program says what went wrong before Python could start
_LAST_NUMBER = re.compile(r"(\d{1,3})\W*$")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a call."""

    python: bool  # it is an execution
    failed: bool  # for an execution: a failure; else: a failed call of another tool
    fault: Fault | None  # of a failure; not redacted
    code: str | None  # what ran


def judge(call: Call | None, result: Result | None, python_tools: Collection[str] = ()) -> Verdict:
    """Return the verdict on a call and its result; either may be missing."""
    tool = call.tool if call is not None else (result.tool if result is not None else None) or ""
    request = read_request(tool, call.arguments if call is not None else None, python_tools)
    command = read_command(request.code or "") if request.runs == "shell" else None
    starts = request.runs == "python" or (command is not None and command.kind == "python")
    if result is None:
        return Verdict(starts, failed=False, fault=None, code=request.code)
    payload = _told(result, command)
    if payload.ok is False and refused(payload.text):
        return Verdict(python=False, failed=False, fault=None, code=None)
    reported = payload.ok is False
    if command is not None and command.kind == "other":
        return Verdict(python=False, failed=reported, fault=None, code=None)
    if _speaks_for_itself(request, command, payload):
        return Verdict(starts, failed=False, fault=None, code=request.code)
    output = read_output(payload.text)
    if starts and reported and command is not None and not _may_have_started(command, payload, output):
        return Verdict(python=False, failed=True, fault=None, code=None)
    if _failed(request, command, payload, output, starts=starts):
        return Verdict(python=True, failed=True, fault=_fault(request, payload, output), code=request.code)
    return Verdict(starts, failed=reported and not starts, fault=None, code=request.code)


def payload_of(result: Result) -> Payload:
    """Return what a result says, from the format's own fields and, where these are silent, from its content."""
    content = read_payload(plain(result.content))
    stdout = plain_text(plain(result.stdout)) if result.stdout is not None else content.stdout
    stderr = plain_text(plain(result.stderr)) if result.stderr is not None else content.stderr
    ok = result.ok if result.ok is not None else content.ok
    exit_code = result.exit_code if result.exit_code is not None else content.exit_code
    if ok is None and exit_code is not None:
        ok = exit_code == 0
    return Payload(ok, exit_code, result.error or content.error, stdout, stderr)


def _told(result: Result, command: Command | None) -> Payload:
    """Return what a result says, and where that leaves its status open, what its text says of it."""
    payload = payload_of(result)
    ok, exit_code, stdout, stderr = payload.ok, payload.exit_code, payload.stdout, payload.stderr
    if command is not None and command.reports and ok is not False:
        return _printed_status(payload)
    if ok is True or (ok is False and exit_code is not None):
        return payload
    words = status_in_text(payload.text)
    ok = ok if ok is not None else words.ok
    return Payload(ok, words.exit_code, payload.error, without_status(stdout), without_status(stderr))


def _speaks_for_itself(request: Request, command: Command | None, payload: Payload) -> bool:
    """Return whether a good status settles the matter, so that the text need not be read; most calls end here."""
    if payload.ok is False or payload.error is not None:
        return False
    if request.runs == "files":
        return True
    hidden = command is not None and command.masked
    return payload.ok is True and not hidden and (command is not None or TRACEBACK not in payload.text)


def _printed_status(payload: Payload) -> Payload:
    """Return the payload with the status that its command printed last, as `echo $?` does."""
    last = next((line for line in reversed(payload.text.splitlines()) if line.strip()), "")
    found = _LAST_NUMBER.search(last[-100:])
    code = int(found[1]) if found is not None else None
    return payload if code is None else replace(payload, ok=None if code == 0 else False, exit_code=code)


def _failed(request: Request, command: Command | None, payload: Payload, output: Output, *, starts: bool) -> bool:
    """Return whether the call is a failure in the sense of the design page."""
    if starts:
        if payload.ok is False:
            return True
        if payload.ok is True and command is None:
            return _ended_in_ipython(output)
        return shows_an_uncaught_error(output, command, _source(request, command))
    if command is not None:
        if payload.ok is False:
            return output.test_run is not None or tells_an_exit(output, command) or _ends_in_a_block(output)
        return shows_an_uncaught_error(output, command, None)
    if payload.ok is False or payload.error is not None:
        return _is_python_error(payload)
    if payload.ok is None and request.runs == "other":
        return _answers_with_a_block(output) and shows_an_uncaught_error(output, None, None)
    return False


def _ended_in_ipython(output: Output) -> bool:
    """Return whether IPython printed the traceback: it does so for what nobody caught, and its tool may say "done"."""
    block = output.block
    return block is not None and block.form == "ipython" and not any(map(str.strip, output.lines[block.end + 3 :]))


def _ends_in_a_block(output: Output) -> bool:
    block = output.block
    return block is not None and block.indent == 0 and (block.error is None or bool(block.error.frames))


def _answers_with_a_block(output: Output) -> bool:
    """Return whether a traceback is all that a tool answered, and not a part of a page, a report or an issue."""
    above = [] if output.block is None else output.lines[: output.block.start]
    return output.block is not None and (output.leading is not None or not any(line.strip() for line in above))


def _source(request: Request, command: Command | None) -> str | None:
    return request.code if command is None else command.source


def _is_python_error(payload: Payload) -> bool:
    """Return whether the error that a tool reports is a Python exception."""
    if payload.error is not None and names_an_exception(payload.error[0]):
        return True
    output = read_output(payload.stderr or payload.stdout)
    block = output.block
    return (
        output.leading is not None
        or output.test_run is not None
        or (block is not None and block.error is not None and block.indent == 0)
    )


def _may_have_started(command: Command, payload: Payload, output: Output) -> bool:
    """Return False if an earlier part of the command, or the shell itself, kept Python from starting."""
    if output.blocks or output.test_run or output.exit:
        return True
    text = payload.text
    if _NOT_STARTED.search(text[:20_000]):
        return False
    if any(_is_missing(line[:500], name) for line in output.lines[:_HEAD] for name in command.starters):
        return False
    last = [line for line in output.lines if line.strip()][-_LAST:]
    return not any(_complains(line, name) for line in last for name in command.first)


def _is_missing(line: str, program: str) -> bool:
    """Return whether a shell says in a line that there is no such program."""
    said = line.rpartition(": ")
    return said[2] in ("command not found", "not found", "No such file or directory") and (
        said[0] == program or said[0].endswith(f": {program}")
    )


def _complains(line: str, program: str) -> bool:
    """Return whether a line is an error message of a program that ran before Python."""
    if program in ("source", "."):
        return line.endswith("No such file or directory") and line.startswith(("bash:", "sh:", "/bin/sh:", "zsh:"))
    return line.startswith((f"{program}:", *_MARKS.get(program, ()))) or f": {program}: " in line[:200]


def _fault(request: Request, payload: Payload, output: Output) -> Fault:
    own = read_output(payload.stderr) if payload.stderr and payload.stdout else output
    error = error_of(own) or error_of(output)
    structured = payload.error
    shown = error is not None and bool(output.blocks or output.test_run)
    name: str | None
    message: str | None
    if structured is not None and not shown and _is_class(structured[0]):
        name, message = structured
    elif error is not None:
        name, message = error.qualified, error.message
    elif request.runs == "python" and (told := class_and_message(payload.stderr or payload.stdout)) is not None:
        name, message = told
    else:
        name, message = None, output.exit
    return Fault(
        type=last_part(name) if name is not None else None,
        qualified=name,
        message=message,
        traceback=excerpt(payload.stderr or payload.stdout) or None,
        code=None if request.code is None else excerpt(request.code),
        exit_code=payload.exit_code,
    )


def _is_class(name: str) -> bool:
    """Return whether the type of a structured error is a Python class, and not a word such as `timeout`."""
    return names_an_exception(name) or (name.replace(".", "").isidentifier() and name.rpartition(".")[2][:1].isupper())
