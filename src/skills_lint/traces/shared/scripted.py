"""Scripts by which an agent calls its tools: JavaScript such as `await tools.exec_command({cmd: "python x.py"})`."""

from __future__ import annotations

import re
from typing import Any, Final

_RUNS: Final = re.compile(r"\btools\.\w{0,40}(?:exec|shell|bash|command)\w{0,40}\s{0,9}\(")
_LITERAL: Final = r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`"
_NAMED: Final = re.compile(rf"\b(?:cmd|command)[\"']?\s*[:=]\s*({_LITERAL})", re.DOTALL)
_ANY: Final = re.compile(f"({_LITERAL})", re.DOTALL)
_ESCAPE: Final = re.compile(r"\\(u[0-9a-fA-F]{4}|.)", re.DOTALL)
_MEANT: Final = {"n": "\n", "t": "\t", "r": "\r"}
_LIMIT: Final = 50_000  # characters


def script_arguments(script: str) -> dict[str, Any]:
    """Return the commands that a script runs as the arguments of a shell; else the script, which is none of a shell's.

    Commands that are put together by the script are told by the texts in it.
    """
    if not _RUNS.search(script[:_LIMIT]):
        return {"language": "javascript", "script_text": script}
    found = _NAMED.findall(script[:_LIMIT]) or _ANY.findall(script[:_LIMIT])
    return {"command": "\n".join(_ESCAPE.sub(_letter, literal[1:-1]) for literal in found)}


def _letter(escape: re.Match[str]) -> str:
    spelled = escape[1]
    if len(spelled) > 1:
        return chr(int(spelled[1:], 16))
    return _MEANT.get(spelled, "" if spelled == "\n" else spelled)
