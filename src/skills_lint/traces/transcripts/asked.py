"""What a call asked for, as a text that people read."""

from __future__ import annotations

import json
from textwrap import indent
from typing import TYPE_CHECKING, Any

from ..verdicts.payload import unspelled
from ..verdicts.tools import read_request

if TYPE_CHECKING:
    from collections.abc import Collection

    from ..event import Call

_LANGUAGES = {"python": "python", "shell": "bash"}


def asked_for(call: Call, python_tools: Collection[str]) -> tuple[str, str]:
    """Return the language and the text of what a call asked for: its code, its command, or all its arguments."""
    request = read_request(call.tool, call.arguments, python_tools)
    language = _LANGUAGES.get(request.runs)
    if language and request.code is not None:
        return language, request.code
    arguments = unspelled(call.arguments)
    if isinstance(arguments, dict):
        return "", "\n".join(_named(str(name), value) for name, value in arguments.items())
    return "", _text(arguments)


def _named(name: str, value: Any) -> str:
    text = _text(value)
    return f"{name}:\n{indent(text, '  ')}" if "\n" in text else f"{name}: {text}"


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    try:
        return json.dumps(value, ensure_ascii=False, indent=2)
    except (ValueError, TypeError, RecursionError):
        return f"[not shown: {type(value).__name__}]"
