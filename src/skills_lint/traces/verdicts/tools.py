"""Tools by name and arguments: which run Python, which run a shell, which only read or write files."""

from __future__ import annotations

import ast
import json
import re
import shlex
import warnings
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from ..sources.fields import UNREADABLE, decoder, plain
from .programs import kind_of, unwrapped

if TYPE_CHECKING:
    from collections.abc import Collection

Runs: TypeAlias = Literal["python", "shell", "files", "other"]

_PYTHON = re.compile(
    r"python|jupyter|notebook|code_?interpreter|code_?exec|exec(?:ute)?_?code|run_?code|(?:run|exec(?:ute)?)_?cell|repl\b"
)
_NOT_PYTHON = re.compile(
    r"read|edit|write|create|open|view|list|search|lint|format|install|doc|find|explain|review|save|delete"
    r"|\bjs|javascript|node|sql|ruby|bash|shell|rust|java\b|_r\b"
)
_SHELL = re.compile(r"bash|shell|terminal|command|\bcmd\b|^sh$|^run$|^exec$|_exec\b|subprocess|powershell")
_FILES = re.compile(
    r"read|edit|write|create|open|view|list|search|grep|glob|find|\bls\b|cat\b|file|fetch|patch|replace|scroll|goto"
)
_CODE_KEYS = (
    "code",
    "code_action",
    "source",
    "source_code",
    "python",
    "python_code",
    "script",
    "cell",
    "snippet",
    "program",
    "query_code",
)
_COMMAND_KEYS = ("command", "cmd", "commands", "bash_command", "shell_command")


@dataclass(frozen=True, slots=True)
class Request:
    """What a call asks to run."""

    runs: Runs
    code: str | None  # Python source or shell command


def runs_by_name(tool: str, python_tools: Collection[str] = ()) -> Runs | None:
    """Return what a tool runs, or None where its name does not say."""
    return "python" if tool in python_tools else _runs(tool)


@lru_cache(maxsize=1024)
def _runs(tool: str) -> Runs | None:
    name = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", tool).lower().replace("-", "_")
    if _PYTHON.search(name) and not _NOT_PYTHON.search(name):
        return "python"
    if _SHELL.search(name):
        return "shell"
    return "files" if _FILES.search(name) else None


def read_request(tool: str, arguments: Any, python_tools: Collection[str] = ()) -> Request:
    """Return what a call runs, judged by the tool's name first and by its arguments where the name does not say."""
    arguments = _decoded(plain(arguments))
    runs = runs_by_name(tool, python_tools)
    command = _first(arguments, _COMMAND_KEYS) if runs != "python" else None
    if runs == "shell" and command is not None:
        return Request("shell", command)
    code = arguments if isinstance(arguments, str) else _first(arguments, _CODE_KEYS)
    if runs == "python":
        if code is None:
            code = _first(arguments, _COMMAND_KEYS) or _only_text(arguments)
        return Request("python", code)
    if runs == "shell":
        return Request("shell", code if code is not None else _only_text(arguments))
    if runs == "files":
        return Request("files", code if code is not None else command)
    if command is not None:
        return Request("shell", command)
    if code is not None:
        return Request(_guess(code), code)
    return Request("other", None)


def _decoded(arguments: Any) -> Any:
    if isinstance(arguments, str) and arguments.lstrip()[:1] == "{":
        try:
            return decoder(Any).decode(arguments)
        except UNREADABLE:
            pass
        try:
            return json.loads(arguments)
        except (ValueError, RecursionError):
            return arguments
    return arguments


def _first(arguments: Any, keys: tuple[str, ...]) -> str | None:
    for holder in (arguments, arguments.get("kwargs"), arguments.get("input")) if isinstance(arguments, dict) else ():
        if isinstance(holder, dict):
            for key in keys:
                value = holder.get(key)
                if isinstance(value, list) and value and all(isinstance(part, str) for part in value):
                    return "".join(value) if keys is _CODE_KEYS else _joined(value)
                if isinstance(value, str) and value:
                    return value
    return None


def _joined(words: list[str]) -> str:
    """Return the command of a list of words; of `["bash", "-lc", "…"]` what the shell is given."""
    if len(words) == 3 and words[1].startswith("-") and words[1].endswith("c"):
        return words[2]
    return shlex.join(words)


def _only_text(arguments: Any) -> str | None:
    texts = [value for value in arguments.values() if isinstance(value, str)] if isinstance(arguments, dict) else []
    return texts[0] if len(texts) == 1 else None


def _guess(code: str) -> Runs:
    """Return what an argument named `code` is, given to a tool that is named for nothing."""
    words = code.split(None, 40)[:40]
    program = unwrapped(words)
    kind, inner, _ = kind_of(program, None)
    python = _is_python(code, words)
    if (kind in ("python", "other") or inner is not None) and program:
        return "python" if python and (words[0] in ("import", "from") or words[1:2] == ["="]) else "shell"
    return "python" if python else "other"


def is_source(text: str) -> bool:
    """Return whether a text is Python source."""
    return _is_python(text, text.split(None, 40)[:40])


def _is_python(code: str, words: list[str]) -> bool:
    """Return whether a text is Python source, and more than a lone name or path."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(code[:200_000])
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return "\n" in code and not {"import", "def", "class", "for", "=", "from"}.isdisjoint(words)
    lone = (ast.Name, ast.BinOp, ast.Constant, ast.Attribute)
    return bool(tree.body) and not all(isinstance(n, ast.Expr) and isinstance(n.value, lone) for n in tree.body)
