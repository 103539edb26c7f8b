"""Sessions that were made up, in five formats, with what is known of them: which calls run Python, and which fail."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any

TRACEBACK = "Traceback (most recent call last):"
ERRORS = (
    ("KeyError", "'close'"),
    ("ValueError", "операнды 结果 😀"),
    ("duckdb.duckdb.BinderException", 'Binder Error: no column "ts"\n\nLINE 1: select ts\n               ^'),
    ("ModuleNotFoundError", "No module named 'scipy'"),
    ("AssertionError", ""),
)
QUOTED = f'    """\n    {TRACEBACK}\n      File "x.py", line 1, in f\n    ValueError: shown in a docstring\n    """\n'
WORDS = (
    "open",
    "close",
    '"success": false',
    "C:\\temp",
    "error",
    "1 failed",
    "结果",
    "данные",
    "a/b.py",
    "\t|",
    "😀\n",
)


@dataclass(frozen=True, slots=True)
class Run:
    """A tool call, its answer, and the truth about them."""

    tool: str
    arguments: dict[str, Any]
    answer: str
    bad: bool  # the tool says that it failed
    python: bool  # it is an execution
    error: str | None  # the exception of a failure, by its last name; of an execution only
    agent: str = ""
    silent: bool = False  # the tool says nothing of how it ended, if the format allows it


@dataclass(frozen=True, slots=True)
class Truth:
    """An execution and its place in a file."""

    line: int  # 1-based
    pointer: str | None
    error: str | None


Writer = Callable[[Sequence[Run], str, Random], tuple[list[Any], list[Truth]]]


def some_runs(dice: Random, count: int) -> list[Run]:
    """Return so many calls of all kinds."""
    return [dice.choice(_KINDS)(dice, number) for number in range(count)]


def claude_code(runs: Sequence[Run], session: str, dice: Random) -> tuple[list[Any], list[Truth]]:
    """Return the records of a session, and its executions."""
    rows: list[Any] = [{"type": "summary", "summary": "About rows", "leafUuid": "u"}]
    truth: list[Truth] = []
    for number, run in enumerate(runs):
        time = f"2026-10-{1 + number // 600:02d}T12:{number // 60 % 60:02d}:{number % 60:02d}.000Z"
        base = {"sessionId": session, "timestamp": time, **({"agentId": run.agent} if run.agent else {})}
        if number % 5 == 0:
            rows.append({"type": "user", **base, "message": {"role": "user", "content": _request(dice)}})
        call = {"type": "tool_use", "id": f"call_{session}_{number}", "name": run.tool, "input": run.arguments}
        said = {"type": "text", "text": _request(dice)}
        rows.append({"type": "assistant", **base, "message": {"model": "claude-x", "content": [said, call]}})
        content: Any = f"Exit code 1\n{run.answer}" if run.bad and "command" in run.arguments else run.answer
        block = {"type": "tool_result", "tool_use_id": call["id"], "content": content, "is_error": run.bad}
        if run.silent:
            del block["is_error"]
        if dice.random() < 0.3:
            block["content"] = [{"type": "text", "text": content}]
        rows.append({"type": "user", **base, "message": {"role": "user", "content": [block]}})
        truth += _truth(run, rows)
    return rows, truth


def openai_chat(runs: Sequence[Run], session: str, dice: Random) -> tuple[list[Any], list[Truth]]:
    """Return the messages of a chat, one a row, and its executions."""
    rows: list[Any] = [{"role": "system", "content": QUOTED}]
    truth: list[Truth] = []
    for number, run in enumerate(runs):
        if number % 5 == 0:
            rows.append({"role": "user", "content": _request(dice)})
        call = f"call_{session}_{number}"
        function = {"name": run.tool, "arguments": json.dumps(run.arguments, ensure_ascii=dice.random() < 0.5)}
        rows.append({"role": "assistant", "content": None, "model": "gpt-x",
                     "tool_calls": [{"id": call, "type": "function", "function": function}]})  # fmt: skip
        answer = run.answer if run.silent else json.dumps(_answer(run), ensure_ascii=dice.random() < 0.5)
        rows.append({"role": "tool", "tool_call_id": call, "name": run.tool, "content": answer})
        truth += _truth(run, rows)
    return rows, truth


def tool_events(runs: Sequence[Run], session: str, dice: Random) -> tuple[list[Any], list[Truth]]:
    """Return the events of a run, and its executions."""
    rows: list[Any] = []
    truth: list[Truth] = []
    for number, run in enumerate(runs):
        base = {"ts": 1790856000.5 + number, "run_id": session}
        if number % 5 == 0:
            rows.append({**base, "event": "message", "message_type": "HumanMessage", "content": _request(dice)})
        rows.append({**base, "event": "tool_start", "tool": f"tool_{run.tool}", "args": run.arguments})
        result = run.answer if run.silent else _answer(run)
        rows.append({**base, "event": "tool_end", "tool": f"tool_{run.tool}", "result": result})
        truth += _truth(run, rows)
    return rows, truth


def langchain_messages(runs: Sequence[Run], session: str, dice: Random) -> tuple[list[Any], list[Truth]]:
    """Return LangChain's messages, one a row, and its executions."""
    rows: list[Any] = []
    truth: list[Truth] = []
    for number, run in enumerate(runs):
        call = {"name": run.tool, "args": run.arguments, "id": f"call_{session}_{number}"}
        rows.append({"type": "human", "data": {"content": _request(dice)}})
        rows.append({"type": "ai", "data": {"content": "", "tool_calls": [call]}})
        status = {} if run.silent else {"status": "error" if run.bad else "success"}
        answer = {"content": run.answer, "name": run.tool, "tool_call_id": call["id"], **status}
        rows.append({"type": "tool", "data": answer})
        truth += _truth(run, rows)
    return rows, truth


def otlp_spans(runs: Sequence[Run], session: str, dice: Random) -> tuple[list[Any], list[Truth]]:
    """Return exports of one to three spans each, and the executions."""
    rows: list[Any] = []
    truth: list[Truth] = []
    waiting = list(enumerate(runs))
    while waiting:
        exported, waiting = waiting[: (size := dice.randint(1, 3))], waiting[size:]
        rows.append(
            {"resourceSpans": [{"scopeSpans": [{"spans": [_span(*pair, session, dice) for pair in exported]}]}]}
        )
        for index, (_, run) in enumerate(exported):
            pointer = f"/resourceSpans/0/scopeSpans/0/spans/{index}" if len(exported) > 1 else None
            truth += [replace(each, pointer=pointer) for each in _truth(run, rows)]
    return rows, truth


WRITERS: tuple[Writer, ...] = (claude_code, openai_chat, tool_events, otlp_spans, langchain_messages)


def _span(number: int, run: Run, session: str, dice: Random) -> dict[str, Any]:
    given = {
        "gen_ai.operation.name": "execute_tool",
        "gen_ai.tool.name": run.tool,
        "gen_ai.conversation.id": session,
        "gen_ai.tool.call.arguments": json.dumps(run.arguments, ensure_ascii=dice.random() < 0.5),
        "gen_ai.tool.call.result": run.answer,
    }
    nanos = (1790856000 + number) * 10**9
    return {
        "traceId": f"{number // 4:032x}",
        "spanId": f"{number:016x}",
        "name": f"execute_tool {run.tool}",
        "startTimeUnixNano": str(nanos),
        "endTimeUnixNano": str(nanos + 10**8),
        "attributes": [{"key": key, "value": {"stringValue": value}} for key, value in given.items()],
        "status": {"code": 2} if run.bad else {},
    }


def _truth(run: Run, rows: Sequence[Any]) -> Iterator[Truth]:
    if run.python:
        yield Truth(len(rows), None, run.error)


def _answer(run: Run) -> dict[str, Any]:
    return {
        "success": not run.bad,
        "output": None if run.bad else run.answer,
        "error": run.answer if run.bad else None,
    }


def _request(dice: Random) -> str:
    return f"Look at {_text(dice)}{QUOTED if dice.random() < 0.3 else ''}"


def _text(dice: Random) -> str:
    return " ".join(dice.choices(WORDS, k=dice.randint(1, 12)))


def _code(dice: Random, number: int) -> str:
    return f"rows = {{}}  # {number}\nprint('{dice.choice(WORDS[:4])}', rows)\nf(rows)"


def _trace(dice: Random, number: int) -> tuple[str, str]:
    name, message = dice.choice(ERRORS)
    ended = f"{name}: {message}" if message else name
    frames = f'  File "<stdin>", line {number + 1}, in <module>\n    f(rows)\n'
    return f"{TRACEBACK}\n{frames}{ended}", name.rpartition(".")[2]


def _python(dice: Random, number: int) -> Run:
    return Run("execute_python", {"code": _code(dice, number)}, f"{_text(dice)}\ndone", False, True, None)


def _python_fails(dice: Random, number: int) -> Run:
    trace, error = _trace(dice, number)
    silent = dice.random() < 0.3
    return Run("execute_python", {"code": _code(dice, number)}, trace, not silent, True, error, silent=silent)


def _command(dice: Random, number: int) -> Run:
    command = f"cd /work && python3 - <<'EOF'\n{_code(dice, number)}\nEOF"
    return Run("Bash", {"command": command, "timeout": 60.5}, f"{_text(dice)}\ndone", False, True, None)


def _command_fails(dice: Random, number: int) -> Run:
    trace, error = _trace(dice, number)
    return Run("Bash", {"command": f"python3 load.py --rows {number}"}, trace, True, True, error)


def _command_hides_it(dice: Random, number: int) -> Run:
    trace, error = _trace(dice, number)
    return Run("Bash", {"command": f"python3 load.py --rows {number} | tail -20"}, trace, False, True, error)


def _command_went_on(dice: Random, number: int) -> Run:
    trace, _ = _trace(dice, number)
    command = f"python3 load.py --rows {number}"
    return Run("Bash", {"command": command}, f"reading\n{trace}\nwent on without it\n7 rows", False, True, None)


def _reads(dice: Random, number: int) -> Run:
    trace, _ = _trace(dice, number)
    return Run("read_file", {"file_path": f"/srv/{number}.log"}, f"{_text(dice)}\n{trace}", False, False, None)


def _reads_nothing(dice: Random, number: int) -> Run:
    return Run("read_file", {"file_path": f"/srv/{number}.log"}, "File does not exist.", True, False, None)


def _lists(dice: Random, number: int) -> Run:
    answer = f"ls: cannot access '/srv/{number}': No such file or directory"
    return Run("Bash", {"command": f"ls -la /srv/{number}"}, answer, True, False, None)


_KINDS = (
    _python, _python_fails, _command, _command_fails, _command_hides_it, _command_went_on, _reads, _reads_nothing,
    _lists,
)  # fmt: skip
