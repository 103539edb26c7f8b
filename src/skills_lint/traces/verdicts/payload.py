"""What tools return, in all its shapes: text, JSON, JSON in JSON, Python's `repr`, content blocks."""

from __future__ import annotations

import ast
import json
import warnings
from dataclasses import dataclass, replace
from typing import Any

_DEPTH = 7  # levels of objects and of JSON in strings: three strings deep, each in an object
_TEXT_DEPTH = 20  # levels of content blocks; what lies deeper is not read
_REPR_LIMIT = 200_000  # characters
_STATUS_KEYS = ("success", "ok", "succeeded", "is_error", "isError", "error_occurred")
_EXIT_KEYS = ("exit_code", "exitCode", "returncode", "return_code", "exit_status", "exitcode")
_ERROR_KEYS = ("error", "exception", "traceback", "stderr", "error_message", "errorText", "err")
_OUTPUT_KEYS = ("output", "stdout", "result", "content", "text", "data", "message", "logs", "value", "response")
_KNOWN = frozenset(
    {*_STATUS_KEYS, *_EXIT_KEYS, *_ERROR_KEYS, *_OUTPUT_KEYS, "status", "metadata", "timed_out", "killed", "ename"}
)
_FAILED_WORDS = frozenset(
    {"error", "failed", "failure", "timeout", "timed_out", "timed out", "killed", "crashed", "exception"}
)
_OK_WORDS = frozenset({"ok", "success", "succeeded", "completed", "complete", "done", "finished"})


@dataclass(frozen=True, slots=True)
class Payload:
    """A tool's answer with status and texts told apart."""

    ok: bool | None = None  # None where the payload does not say
    exit_code: int | None = None
    error: tuple[str, str] | None = None  # type and message, where the error is structured
    stdout: str = ""
    stderr: str = ""  # the error text

    @property
    def text(self) -> str:
        """All that was printed."""
        return f"{self.stdout}\n{self.stderr}" if self.stdout and self.stderr else self.stdout or self.stderr


def read_payload(content: Any, depth: int = 0) -> Payload:
    """Return what a tool's answer says."""
    if isinstance(content, str):
        inner = decoded(content) if depth < _DEPTH else None
        if isinstance(inner, dict) and not _KNOWN.isdisjoint(inner):
            return read_payload(inner, depth + 1)
        if isinstance(inner, str) or _are_texts(inner):
            return read_payload(inner, depth + 1)
        return Payload(stdout=content)
    if isinstance(content, dict):
        return _read_object(content, depth)
    if isinstance(content, list):
        return _read_list(content, depth)
    return Payload() if content is None else Payload(stdout=json.dumps(content))


def plain_text(content: Any, depth: int = 0) -> str:
    """Return the text of a message: a string, or content blocks with text in them."""
    if isinstance(content, str):
        return content
    if depth >= _TEXT_DEPTH:
        return ""
    if isinstance(content, list):
        parts = [plain_text(part, depth + 1) for part in content]
        return "\n".join(part for part in parts if part)
    if isinstance(content, dict):
        text = content.get("text", content.get("content"))
        return plain_text(text, depth + 1) if isinstance(text, str | list) else ""
    return ""


def decoded(text: str) -> Any:
    """Return the value that a string spells as JSON or as Python's `repr`, or None."""
    stripped = text.strip()
    if stripped[:1] + stripped[-1:] not in ("{}", "[]", '""') or len(stripped) < 2:
        return None
    try:
        return json.loads(stripped)
    except (ValueError, RecursionError):
        pass
    if len(stripped) > _REPR_LIMIT or stripped[:2] not in ("{'", '{"'):
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.literal_eval(stripped)
    except (ValueError, SyntaxError, RecursionError, MemoryError, TypeError):
        return None


def unspelled(value: Any) -> Any:
    """Return what a text spells, as `decoded` reads it; any other value, and a text that spells none, as it is."""
    inner = decoded(value) if isinstance(value, str) else None
    return value if inner is None else inner


def _are_texts(value: Any) -> bool:
    """Return whether a value is a list of content blocks that hold text, as tools of MCP return them."""
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(item, dict) and item.get("type") == "text" and "text" in item for item in value)
    )


def _read_list(content: list[Any], depth: int) -> Payload:
    if content and all(isinstance(block, dict) and "type" in block for block in content):
        text = "\n".join(str(block["text"]) for block in content if isinstance(block.get("text"), str))
        return read_payload(text, depth)
    if len(content) == 1:
        return read_payload(content[0], depth + 1) if depth < _DEPTH else Payload(stdout=_dumped(content))
    if depth < _DEPTH and content and all(isinstance(item, dict) and not _KNOWN.isdisjoint(item) for item in content):
        return _joined([read_payload(item, depth + 1) for item in content])
    if all(isinstance(item, str) for item in content):
        return Payload(stdout="\n".join(content))
    return Payload(stdout=_dumped(content))


def _joined(parts: list[Payload]) -> Payload:
    """Return one payload of several; it failed if one of them did."""
    codes = [part.exit_code for part in parts if part.exit_code is not None]
    said = [part.ok for part in parts if part.ok is not None]
    return Payload(
        ok=all(said) if said else None,
        exit_code=max(codes, key=abs, default=None),
        error=next((part.error for part in parts if part.error is not None), None),
        stdout="\n".join(part.stdout for part in parts if part.stdout),
        stderr="\n".join(part.stderr for part in parts if part.stderr),
    )


def _read_object(content: dict[str, Any], depth: int) -> Payload:
    payload = Payload(_status(content), _exit_code(content), _structured(content))
    stderr = "\n".join(filter(None, (_text(content.get(key)) for key in _ERROR_KEYS)))
    stdout = ""
    for key in _OUTPUT_KEYS:
        value = content.get(key)
        if value in (None, "", [], {}):
            continue
        if payload.ok is None and payload.exit_code is None and depth < _DEPTH:
            inner = read_payload(value, depth + 1)
            payload = replace(payload, ok=inner.ok, exit_code=inner.exit_code, error=payload.error or inner.error)
            stdout, stderr = _both(stdout, inner.stdout), _both(stderr, inner.stderr)
        else:
            stdout = _both(stdout, _text(value))
    if not stdout and not stderr and _KNOWN.isdisjoint(content):
        stdout = _dumped(content)
    ok = payload.ok
    if ok is None and payload.exit_code is not None:
        ok = payload.exit_code == 0
    if ok is None and _has_error(content):
        ok = False
    return replace(payload, ok=ok, stdout=stdout, stderr=stderr)


def _both(first: str, second: str) -> str:
    return f"{first}\n{second}" if first and second else first or second


def _text(value: Any) -> str:
    """Return the text of an output or an error; of a structured error its traceback, or `Type: message`."""
    if isinstance(value, str):
        return value
    if value in (None, False, True, [], {}):
        return ""
    if isinstance(value, dict):
        for key in ("traceback", "stacktrace", "stack"):
            trace = value.get(key)
            if isinstance(trace, list) and all(isinstance(line, str) for line in trace):
                trace = "\n".join(trace)
            if isinstance(trace, str) and trace:
                return trace
        named = _structured({"error": value})
        if named is not None:
            return f"{named[0]}: {named[1]}" if named[1] else named[0]
    text = plain_text(value)
    return text if text else _dumped(value)


def _dumped(value: Any) -> str:
    try:
        return json.dumps(value, ensure_ascii=False)
    except (ValueError, TypeError, RecursionError):
        return str(type(value).__name__)


def _status(content: dict[str, Any]) -> bool | None:
    for key in _STATUS_KEYS:
        value = content.get(key)
        if isinstance(value, bool):
            return value is not ("rror" in key)
    if any(content.get(key) is True for key in ("timed_out", "timedOut", "timeout", "killed")):
        return False
    status = content.get("status")
    if isinstance(status, str):
        word = status.strip().lower()
        return False if word in _FAILED_WORDS else True if word in _OK_WORDS else None
    return None


def _exit_code(content: dict[str, Any]) -> int | None:
    for holder in (content, content.get("metadata"), content.get("outcome")):
        if isinstance(holder, dict):
            for key in _EXIT_KEYS:
                value = holder.get(key)
                if isinstance(value, int) and not isinstance(value, bool):
                    return value
                if isinstance(value, str) and value.strip().lstrip("-").isdigit() and len(value) < 10:
                    return int(value)
    return None


def _structured(content: dict[str, Any]) -> tuple[str, str] | None:
    """Return type and message of an error that the payload tells in fields."""
    error = content.get("error")
    for holder, names, messages in (
        (error, ("type", "name", "ename", "exception_type", "class", "kind"), ("message", "value", "evalue", "msg")),
        (
            content,
            ("exception_type", "error_type", "exc_type", "ename"),
            ("exception_message", "error_message", "exc_msg", "evalue", "message"),
        ),
    ):
        if isinstance(holder, dict):
            name = next((holder[key] for key in names if isinstance(holder.get(key), str) and holder[key]), None)
            message = next((holder[key] for key in messages if isinstance(holder.get(key), str)), "")
            if name is not None:
                return name, message
    return None


def _has_error(content: dict[str, Any]) -> bool:
    """Return whether a field that only failures have is filled; `stderr` is not one."""
    return any(
        content.get(key) not in (None, "", False, [], {})
        for key in ("error", "exception", "traceback", "errorText", "exc_type")
    )
