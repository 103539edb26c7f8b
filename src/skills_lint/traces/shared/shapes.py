"""What an object of unknown shape looks like: a call, a result, both, a user's words."""

from __future__ import annotations

import json
import re
from typing import Any

from ...errors.lines import TRACEBACK
from ..verdicts.payload import plain_text, unspelled
from ..verdicts.status import status_in_text
from ..verdicts.tools import is_source, runs_by_name
from .narrow import object_of, session_in, text_in, text_of, whole_of

_ARGUMENTS = (
    "arguments", "args", "tool_input", "input", "parameters", "kwargs", "inputs",
    "action_input", "tool_args", "tool_arguments", "tool_kwargs", "params", "payload", "request",
)  # fmt: skip
_ARGUMENT_ENDINGS = ("_inputs", "_input", "_args", "_kwargs", "_arguments")  # if they hold code
_CODE = (
    "code", "code_action", "python_code", "source_code", "script", "snippet", "command", "cmd", "source",
    "src", "program", "cell", "run_cmd",
)  # fmt: skip
_TOOL = ("tool_name", "function_name", "tool", "name", "function", "fn", "action", "cell_type", "op")
# Objects that say in one field what the text in another one is.
_KINDS = ("type", "kind", "say", "ask", "event")
_TEXTS = ("text", "content", "body", "value", "data")
_CODE_KINDS = {
    **dict.fromkeys(("code", "python", "ipython", "executable_code"), "python"),
    **dict.fromkeys(("command", "bash", "shell"), "shell"),
}
_OUTPUT_KINDS = frozenset(
    {"output", "console", "observation", "code_output", "command_output", "execution_output", "execution_result"}
)
_NAMED_FOR_CODE = re.compile(r"^code_(?!.*(?:result|output|error|execution))|_code$")  # if they hold any
_EXPLAINS = re.compile(r"note|comment|description|message|title|summary|issue|doc|prompt|expected")
_ANSWERS = (
    "response",
    "returned",
    "returns",
    "return_value",
    "reply",
    "answer",
    "obs",
    "out",
    "log",
    "environment",
    "combined",
    "printed",
)
# What a field of a result is in the words of a payload.
_RESULT = {
    **dict.fromkeys(("result", "output", "outputs", "observation", "observations", "logs"), "output"),
    **dict.fromkeys(("tool_output", "tool_result"), "output"),
    **dict.fromkeys(("error", "error_text", "status_message"), "error"),
    **dict.fromkeys(("traceback", "stacktrace"), "traceback"),
    "stdout": "stdout", "stdout_text": "stdout", "stderr": "stderr", "stderr_text": "stderr",
    "exception": "exception", "ename": "ename", "evalue": "evalue",
}  # fmt: skip
_RESULT_ENDINGS = {
    "_exception": "exception", "_error": "error", "_traceback": "traceback",
    "_output": "output", "_outputs": "output", "_result": "output", "_stderr": "stderr",
}  # fmt: skip
_STATUS = (
    "success", "ok", "is_error", "exit_code", "returncode", "return_code", "exit_status",
    "exception_type", "error_type", "exc_type", "exception_message", "error_message", "exc_msg",
)  # fmt: skip
_STATUS_WORDS = ("status", "status_code", "level", "state", "verdict", "outcome")
_OWN_IDS = ("call_id", "tool_call_id", "tool_use_id", "id", "span_id", "uuid")
_ANSWERED_IDS = ("tool_call_id", "tool_use_id", "source_call_id", "call_id", "cause")
_ID = re.compile(r"(?:^|_)(?:id|ref|uid|uuid|cause|parent|for|key|of|reply_to)$")
_SHARED_BY_ALL = re.compile(r"session|conversation|thread|trace|user|agent|project|model|(?:^|_)run_id")
_REQUESTS = (
    "question", "prompt", "instruction", "user_request", "user_input", "query", "task", "task_prompt", "user_msg",
    "user_message", "request_preview",
)  # fmt: skip
_SAYS_ERROR = frozenset({"error", "status_code_error", "output-error", "failed", "crash", "crashed", "timeout"})
_FENCE = re.compile(r"```(python|py|sh|bash|shell)[ \t]*\n(.*?)```", re.DOTALL | re.IGNORECASE)
_ERROR = re.compile(r"error|exception|trace")
_SPEAKERS = frozenset({"role", "name", "source"})  # who says the content of a message
_WORD = re.compile(r"\w{1,30}")


def call_in(fields: dict[str, Any]) -> tuple[str, Any] | None:
    """Return tool and arguments if an object calls a tool or holds code that was run."""
    named = next((fields[key] for key in _TOOL if _is_name(fields.get(key))), "unknown")
    arguments = _arguments_in(fields, named)
    if arguments is not None:
        return named, arguments
    for key in _CODE:
        code = fields.get(key)
        if isinstance(code, str) and code.strip() and not (key in ("source", "src") and code.isidentifier()):
            return named, {key: code}  # `source` may name who speaks
        if isinstance(code, list) and code and all(isinstance(part, str) for part in code):
            return named, {key: code}
    action = fields.get("action")
    if isinstance(action, str) and action.strip() and "observation" in fields:
        return "shell", {"command": action}
    return _call_by_content(fields, named)


def _arguments_in(fields: dict[str, Any], named: str) -> dict[str, Any] | None:
    """Return the arguments of a call of the tool `named`: an object, perhaps as JSON, or only the code."""
    runs = runs_by_name(named) in ("python", "shell")
    for key in _ARGUMENTS:
        arguments = fields.get(key)
        if isinstance(arguments, str) and arguments.lstrip()[:1] == "{":
            try:
                arguments = json.loads(arguments)
            except (ValueError, RecursionError):
                continue
        if isinstance(arguments, dict) and (
            named != "unknown" or any(isinstance(arguments.get(c), str) for c in _CODE)
        ):
            return arguments
        if runs and isinstance(arguments, str) and arguments.strip():
            return {"code": arguments}
    given = (unspelled(value) for name, value in fields.items() if name.endswith(_ARGUMENT_ENDINGS))
    return next((value for value in given if isinstance(value, dict) and code_of(value) is not None), None)


def code_of(arguments: Any) -> str | None:
    """Return the code among the arguments of a call, or None."""
    given = (arguments.get(key) for key in _CODE) if isinstance(arguments, dict) else ()
    return next((code for code in given if isinstance(code, str) and code.strip()), None)


def _call_by_content(fields: dict[str, Any], named: str) -> tuple[str, Any] | None:
    """Return tool and arguments where the names of fields say little, and what they hold says it."""
    code = next((v for k, v in fields.items() if isinstance(v, str) and _NAMED_FOR_CODE.search(k) and is_source(v)), "")
    body = fields.get("body")
    if not code and isinstance(body, str) and runs_by_name(named) in ("python", "shell"):
        code = body
    if code.strip():
        return named, {"code": code}
    kind = _CODE_KINDS.get(_kind(fields))
    text = None if kind is None else _text(fields)
    return None if kind is None or text is None else (kind, {"code": text})


def _kind(fields: dict[str, Any]) -> str:
    """Return the word by which an object says what its text is."""
    words = (fields[key].lower() for key in _KINDS if isinstance(fields.get(key), str))
    return next((word for word in words if word in _CODE_KINDS or word in _OUTPUT_KINDS), "")


def _text(fields: dict[str, Any]) -> str | None:
    return next((fields[key] for key in _TEXTS if isinstance(fields.get(key), str) and fields[key].strip()), None)


def result_in(fields: dict[str, Any], key: str) -> dict[str, Any] | None:
    """Return what an object under `key` says of the end of a run, as a payload, or None if it says nothing."""
    if key == "status" and _word(fields.get("code")) in ("2", "status_code_error", "error"):
        return {"success": False, "error": fields.get("message") or ""}
    found: dict[str, Any] = {}
    for name, value in fields.items():
        kind = _result_kind(name)
        if kind is not None and not (value is True or value is False or _is_event_kind(name, value, fields)):
            found[kind] = found[kind] if found.get(kind) else value
    if "content" in fields and answered_id(fields) is not None and "arguments" not in fields:
        found.setdefault("output", fields["content"])
    if not found and _kind(fields) in _OUTPUT_KINDS and (text := _text(fields)) is not None:
        found["output"] = text
    failed = any(_word(fields.get(name)) in _SAYS_ERROR for name in _STATUS_WORDS)
    if not found and not failed:
        return None
    found |= {name: fields[name] for name in _STATUS if isinstance(fields.get(name), str | int)}
    exit_code = _exit_code_below(fields, 2)
    if exit_code is not None:
        found.setdefault("exit_code", exit_code)
    return {**found, "success": False, **_told_error(fields)} if failed else found


def answer_beside(fields: dict[str, Any]) -> Any:
    """Return what may be the answer to the call in the same object, which has no result by its names; else None."""
    return next((fields[key] for key in _ANSWERS if fields.get(key) not in (None, "", [], {})), None)


def traceback_in(fields: dict[str, Any]) -> dict[str, Any] | None:
    """Return a text of any name that is a traceback as a payload, but for what somebody says; else None."""
    for key, text in fields.items():
        if isinstance(text, str) and text[:200].lstrip().startswith(TRACEBACK) and not _EXPLAINS.search(key):
            return None if "role" in fields or request_in(fields) is not None else {"output": text}
    return None


def source_in(fields: dict[str, Any]) -> str | None:
    """Return the Python source under any name in an object that shows a traceback, or None."""
    texts = (value for key, value in fields.items() if isinstance(value, str) and not _EXPLAINS.search(key))
    return next((text for text in texts if len(text) > 1 and TRACEBACK not in text and is_source(text)), None)


def tells_an_error(payload: dict[str, Any]) -> bool:
    """Return whether a result without a call is one all the same: it tells of an error, or shows one."""
    shown = payload.get("stderr")
    return (isinstance(shown, str) and TRACEBACK in shown) or any(_ERROR.search(key) for key in payload)


def ids_in(fields: dict[str, Any]) -> list[str]:
    """Return all ids in an object, those by which it answers something first; no ids of sessions and their like."""
    keys = [*_ANSWERED_IDS, *(key for key in fields if _ID.search(key) and not _SHARED_BY_ALL.search(key))]
    return list(dict.fromkeys(value for key in keys if (value := text_of(fields.get(key)))))


def _word(value: Any) -> str:
    return str(value).lower() if isinstance(value, str | int) else ""


def _result_kind(name: str) -> str | None:
    return _RESULT.get(name) or next((kind for end, kind in _RESULT_ENDINGS.items() if name.endswith(end)), None)


def _is_event_kind(name: str, value: Any, fields: dict[str, Any]) -> bool:
    """Return whether `observation: run` names a kind of event, whose content stands beside it."""
    return name == "observation" and "content" in fields and isinstance(value, str) and bool(_WORD.fullmatch(value))


def _told_error(fields: dict[str, Any]) -> dict[str, Any]:
    """Return the traceback that a failed object holds in a field of any name."""
    text = next((v for v in fields.values() if isinstance(v, str) and TRACEBACK in v), None)
    return {} if text is None else {"traceback": text}


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) < 200 and "\n" not in value


def _exit_code_below(value: Any, depth: int) -> int | None:
    if not isinstance(value, dict):
        return None
    for key in ("exit_code", "returncode"):
        code = whole_of(value.get(key))
        if code is not None:
            return code
    inner = (value.get(key) for key in ("extras", "extra", "metadata")) if depth else ()
    return next((below for item in inner if (below := _exit_code_below(item, depth - 1)) is not None), None)


def own_id(fields: dict[str, Any]) -> str | None:
    """Return the id by which others refer to an object."""
    return session_in(fields, *_OWN_IDS) or None


def answered_id(fields: dict[str, Any]) -> str | None:
    """Return the id of what an object answers."""
    return session_in(fields, *_ANSWERED_IDS) or None


def request_in(fields: dict[str, Any]) -> str | None:
    """Return what the user says in an object, if it is one of theirs."""
    speaker = text_in(fields, "role", "source", "message_type", "type") or text_in(
        object_of(fields.get("info")), "role"
    )
    if speaker.lower() in ("user", "human", "humanmessage", "user-prompt"):
        text = next((fields[k] for k in ("content", "message", "text", "parts", "items") if fields.get(k)), None)
        return plain_text(text) or None
    for key in _REQUESTS:
        value = fields.get(key)
        if isinstance(value, str) and len(value.split()) > 2:
            return value
    return None


def spoken_code(fields: dict[str, Any]) -> tuple[str, dict[str, str]] | None:
    """Return tool and arguments for the last fenced block of a message, which an executor may run."""
    content = fields.get("content")
    if not isinstance(content, str) or "```" not in content or _SPEAKERS.isdisjoint(fields):
        return None
    blocks = _FENCE.findall(content[:200_000])
    if not blocks:
        return None
    language, code = blocks[-1]
    return ("execute_python", {"code": code}) if language.lower() in ("python", "py") else ("shell", {"command": code})


def spoken_result(fields: dict[str, Any]) -> str | None:
    """Return the content of a message that begins with the status of a run."""
    content = fields.get("content")
    if not isinstance(content, str) or _SPEAKERS.isdisjoint(fields):
        return None
    first = content.lstrip().split("\n", 1)[0]
    return content if status_in_text(first).exit_code is not None else None
