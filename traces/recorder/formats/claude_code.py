"""Claude Code sessions: a chain of records, content blocks inside, each result told twice (`toolUseResult`)."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from ..sandbox import heredoc
from ..script import Answer, Ask, LoadSkill, ReadFile, RunPython, RunShell, WriteFile
from ..story import HINTS
from . import call_id, iso, session_id

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator

    from ..play import Played, Recording
    from ..sandbox import Outcome
    from ..script import Call, Session
    from . import Record


def records(recording: Recording) -> Iterator[Record]:
    """Yield the records of a session."""
    chain = _Chain(recording.session)
    if recording.session.offered is not None:
        listed = {"type": "skill_listing", "skills": list(recording.session.offered)}
        yield chain.attachment(recording.session.start, listed), None
    for number, played in enumerate(recording.turns):
        match played.turn:
            case Ask(text=text):
                yield chain.user(played.start, text), None
            case Answer(text=text):
                yield chain.assistant(played.start, number, [{"type": "text", "text": text}]), None
            case call:
                name, arguments = _tool(call)
                id_ = f"toolu_{call_id(recording.session, number)}"
                use = {"type": "tool_use", "id": id_, "name": name, "input": arguments}
                yield chain.assistant(played.start, number, [{"type": "text", "text": call.say}, use]), None
                yield chain.user(played.end, [_block(call, played.outcome, id_)], toolUseResult=_told(played)), number
                if recording.session.hint == "given" and call.fails in HINTS:
                    yield chain.attachment(played.end, _hint(call.fails, id_)), None
                if isinstance(call, LoadSkill):
                    base = f"Base directory for this skill: /workspace/skills/{call.name}\n\n"
                    loaded = [{"type": "text", "text": base + played.outcome.stdout}]
                    yield chain.user(played.end, loaded, isMeta=True, sourceToolUseID=id_), None


class _Chain:
    """Makes records that each name the one before."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._last: str | None = None
        self._length = 0

    def _record(
        self, type_: str, time: datetime.datetime, told: dict[str, Any], extra: dict[str, Any]
    ) -> dict[str, Any]:
        parent, id_ = self._last, session_id(self._session)
        self._length += 1
        self._last = str(uuid.uuid5(uuid.UUID(id_), f"record {self._length}"))
        return {
            "parentUuid": parent,
            "isSidechain": False,
            "userType": "external",
            "cwd": "/workspace",
            "sessionId": id_,
            "version": "2.1.38",
            "gitBranch": "main",
            "type": type_,
            **told,
            "uuid": self._last,
            "timestamp": iso(time),
            **extra,
        }

    def user(self, time: datetime.datetime, content: str | list[dict[str, Any]], **extra: Any) -> dict[str, Any]:
        return self._record("user", time, {"message": {"role": "user", "content": content}}, extra)

    def attachment(self, time: datetime.datetime, attached: dict[str, Any]) -> dict[str, Any]:
        return self._record("attachment", time, {"attachment": attached}, {})

    def assistant(self, time: datetime.datetime, number: int, content: list[dict[str, Any]]) -> dict[str, Any]:
        message = {
            "id": f"msg_{call_id(self._session, number)}",
            "type": "message",
            "role": "assistant",
            "model": self._session.model,
            "content": content,
            "stop_reason": "tool_use" if len(content) > 1 else "end_turn",
        }
        return self._record("assistant", time, {"message": message}, {})


def _hint(cause: str, call: str) -> dict[str, Any]:
    """Return what the hook of `skills-lint hint` adds to a call that failed."""
    event = "PostToolUseFailure"
    told = {"type": "hook_additional_context", "content": [HINTS[cause]]}
    return {**told, "hookName": f"{event}:Bash", "toolUseID": call, "hookEvent": event}


def _tool(call: Call) -> tuple[str, dict[str, str]]:
    match call:
        case RunPython(code=code):
            return "Bash", {"command": heredoc(code), "description": "Run a Python snippet"}
        case RunShell(command=command):
            return "Bash", {"command": command, "description": "Run a command"}
        case ReadFile(path=path):
            return "Read", {"file_path": f"/workspace/{path}"}
        case LoadSkill(name=name):
            return "Skill", {"skill": name}
        case WriteFile(path=path, content=content):
            return "Write", {"file_path": f"/workspace/{path}", "content": content}


def _block(call: Call, outcome: Outcome, id_: str) -> dict[str, Any]:
    return {
        "type": "tool_result",
        "tool_use_id": id_,
        "content": _shown(call, outcome),
        "is_error": outcome.exit_code != 0,
    }


def _shown(call: Call, outcome: Outcome) -> str:
    match call:
        case LoadSkill(name=name):
            return f"Launching skill: {name}"
        case RunPython() | RunShell() if outcome.exit_code:
            return f"Exit code {outcome.exit_code}\n{outcome.text}".rstrip()
        case ReadFile() | WriteFile() if outcome.exit_code:
            return f"<tool_use_error>{outcome.stderr}</tool_use_error>"
        case ReadFile():
            lines = outcome.stdout.splitlines()
            return "\n".join(f"{number:>6}→{line}" for number, line in enumerate(lines, 1))
        case _:
            return outcome.text.rstrip()


def _told(played: Played) -> str | dict[str, Any]:
    call, outcome = played.turn, played.outcome
    if outcome.exit_code:
        return "Error: " + (_shown(call, outcome) if isinstance(call, RunPython | RunShell) else outcome.stderr)
    match call:
        case LoadSkill(name=name):
            return {"success": True, "commandName": name}
        case ReadFile(path=path):
            return {"type": "text", "file": {"filePath": f"/workspace/{path}", "content": outcome.stdout}}
        case WriteFile(path=path, content=content):
            return {"type": "create", "filePath": f"/workspace/{path}", "content": content}
        case _:
            return {"stdout": outcome.stdout, "stderr": outcome.stderr, "interrupted": False, "isImage": False}
