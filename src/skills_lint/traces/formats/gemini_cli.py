"""Gemini CLI chats, its checkpoints and `stream-json`, and the contents of the Gemini API that they are made of.

A chat holds calls with their results in `toolCalls`; contents hold them in `parts`. The status of a shell command
stands in the text of its result.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, Any

from ..event import AgentSaid, Call, Result, SessionFacts, UserSaid
from ..shared.about import About, Home
from ..shared.gemini import called_parts, messages_in, part_events, returned
from ..shared.narrow import list_of, object_of, text_in
from ..shared.unnamed import UnnamedCalls
from ..verdicts.payload import plain_text
from ..verdicts.status import TIMED_OUT, as_refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ..event import Event, Record

NAME = "gemini-cli"
ABOUT = About(
    title="Gemini CLI chats",
    files="`~/.gemini/tmp/*/chats/*.json` and `*.jsonl`, checkpoints, `stream-json`; contents of the API",
    recognised="`sessionId` with `projectHash`; `type: gemini`; `parts` with `functionCall`, `functionResponse`, code",
    versions="documents of 2025; lines with `$set`, `$patch` and `$rewindTo` of 2026",
    execution="a `toolCalls` item; `functionCall` ↔ `functionResponse`; `executableCode` ↔ `codeExecutionResult`",
    failure="`Exit Code: N` or `Signal: N` in the text, `status: error`, `response.error`, `outcome`",
    request="messages of type `user`; `role: user` with a text part",
    skills="read: the tool `activate_skill`, or opening a `SKILL.md`",
    source="real files; <https://github.com/google-gemini/gemini-cli/tree/main/packages/core/src/services>",
)
HOME = Home("GEMINI_CLI_HOME", "~", ".gemini/tmp", kept="30 days, unless `sessionRetention` says otherwise")

_TIMES = ("timestamp", "startTime", "lastUpdated")
_STREAMED = {"tool_use": ("tool_id", "tool_name", "parameters"), "tool_result": ("tool_id", "status", "output")}
_FAILED = ("error", "cancelled")
_FINAL = (None, "success", *_FAILED)  # other statuses are those of calls that have not ended
_LABEL = re.compile(r"(?:<untrusted_context>\s*)?(?:Command: .*?\nDirectory: [^\n]*\n)?(?:Output|Stdout): ", re.DOTALL)
_FOOT = re.compile(
    r"(?:Error: \(none\)|(?:Exit Code|Signal|Background PIDs|Process Group PGID): .*|</untrusted_context>)$"
)
_ENDED = re.compile(r"\n(Exit Code|Signal): (-?\d{1,5})\b")
_TIME_IS_UP = re.compile(
    r"Command was automatically cancelled because it exceeded the timeout[^\n]{0,80}?minutes[^\n.]{0,80}\.\s?"
)
_STOPPED = ("[Operation Cancelled] Reason: User", "Command was cancelled by user")
_NOT_SAID = ("<session_context>", "This is the Gemini CLI. We are setting up the context")
_AGENT = ("gemini", "model")


def recognise(head: Sequence[Record]) -> float:
    """Return 0.95 where all records are chats or contents and one shows that it is Gemini's, next to nothing else."""
    found = [list(messages_in(record.value)) for record in head]
    signs = [_is_sure(record.value) or any(_is_sure(m) for _, m in ms) for record, ms in zip(head, found, strict=True)]
    share = sum(bool(ms) or sure for ms, sure in zip(found, signs, strict=True)) / len(head) if head else 0.0
    return share * (0.95 if any(signs) else 0.03)


def events(records: Iterable[Record]) -> Iterator[Event]:
    """Yield the events of chats."""
    unnamed, session = UnnamedCalls(), ""
    for record in records:
        value = object_of(record.value)
        session = str(value.get("sessionId") or value.get("session_id") or session)
        for pointer, message in messages_in(value):
            time = next((holder[key] for holder in (message, value) for key in _TIMES if key in holder), None)
            spot = record.spot(pointer)
            yield SessionFacts(spot, session, text_in(message, "model") or None, time)
            text = plain_text(message.get("content") or message.get("parts")).strip()
            if "user" in (message.get("type"), message.get("role")) and text and not text.startswith(_NOT_SAID):
                yield UserSaid(spot, text, session=session, time=time)
            elif text and any(message.get(key) in _AGENT for key in ("type", "role")):
                yield AgentSaid(spot, text, session, time=time)
            for event in chain(
                _tool_calls(record, pointer, message), part_events(record, pointer, message, session, unnamed)
            ):
                event.session, event.time = session, time if event.time is None else event.time
                yield _ended(event) if isinstance(event, Result) else event


def _is_sure(value: Any) -> bool:
    """Return whether a record or a message is Gemini's own."""
    if not isinstance(value, dict):
        return False
    kind = value.get("type")
    if isinstance(kind, str) and kind in _STREAMED:
        return all(key in value for key in _STREAMED[kind][:2])
    own = kind == "gemini" or ("sessionId" in value and "projectHash" in value) or "$rewindTo" in value
    return own or any(True for _ in called_parts(value))


def _tool_calls(record: Record, pointer: str, message: dict[str, Any]) -> Iterator[Call | Result]:
    """Yield the calls of a chat with their results, or the call or the result that an event of a stream tells."""
    kind = message.get("type")
    if kind == "tool_use":
        yield Call(record.spot(), str(message.get("tool_id")), str(message.get("tool_name")), message.get("parameters"))
    elif kind == "tool_result":
        ok = False if message.get("status") == "error" else None
        yield Result(record.spot(), str(message.get("tool_id")), message.get("output") or message.get("error"), ok)
    calls = list(map(object_of, list_of(message.get("toolCalls"))))
    alone = not pointer and record.line is not None and len(calls) == 1
    for index, call in enumerate(calls):
        spot = record.spot("" if alone else f"{pointer}/toolCalls/{index}")
        call_id, status, time = str(call.get("id") or ""), call.get("status"), call.get("timestamp")
        if "name" in call:  # else a result that comes late, or is told again
            yield Call(spot, call_id, str(call["name"]), call.get("args"), time=time)
        if status in _FINAL and call.get("result"):
            told, failed = returned(call.get("result"))
            yield Result(spot, call_id, told, False if failed or status in _FAILED else None, time=time)


def _ended(result: Result) -> Result:
    """Return a result with the status that a shell's text tells; it names an exit code only if that is not 0."""
    text = plain_text(result.content)
    label, late = _LABEL.match(text), _TIME_IS_UP.match(text)
    if label is not None:
        foot = _foot(text)
        found = _ENDED.search(text, foot)
        result.content, result.stdout = None, text[label.end() : max(foot, label.end())]
        if result.ok is None and (found is None or found[1] == "Exit Code"):
            result.exit_code = int(found[2]) if found else 0
        else:
            result.ok = False
    elif late is not None:
        result.ok, result.exit_code = False, TIMED_OUT
        result.content, result.stdout = None, text[late.end() :]
    elif text.startswith(_STOPPED):
        result.ok, result.content = False, as_refused(text)
    return result


def _foot(text: str) -> int:
    """Return where the lines begin that the shell puts below an output."""
    end = len(text.rstrip())
    while (start := text.rfind("\n", 0, end)) >= 0 and _FOOT.match(text, start + 1, end):
        end = start
    return end
