"""Fenced blocks in what an agent says, where an executor runs them."""

from __future__ import annotations

import re
from typing import Any

_FENCE = re.compile(r"```[ \t]{0,9}([\w+-]{0,40})[ \t]{0,40}\r?\n(.*?)```", re.DOTALL)
_PYTHON = frozenset({"python", "py", "python3", "ipython"})
_SHELL = frozenset({"sh", "bash", "shell", "console", "zsh"})
_SHELL_WORDS = ("python ", "python3 ", "pip ", "pip3 ")  # with which an unnamed block of shell begins
_LIMIT = 200_000  # characters


def blocks_in(text: str) -> list[tuple[str, str]]:
    """Return language, in lower case, and code of each closed block."""
    found = _FENCE.findall(text[:_LIMIT]) if "```" in text else []
    return [(language.lower(), code.rstrip()) for language, code in found]


def call_of_blocks(text: str) -> tuple[str, Any] | None:
    """Return tool and arguments for the blocks that an executor runs: all of Python, else all of the shell.

    A block without a language is Python unless it begins like a command; it counts where no other block does.
    """
    blocks = blocks_in(text)
    for languages in (_PYTHON, _SHELL):
        named = [code for language, code in blocks if language in languages]
        if named:
            return _call("\n".join(named), python=languages is _PYTHON)
    unnamed = [code for language, code in blocks if not language]
    if not unnamed:
        return None
    code = "\n".join(unnamed)
    return _call(code, python=not code.lstrip().startswith(_SHELL_WORDS))


def _call(code: str, *, python: bool) -> tuple[str, Any]:
    return ("execute_python", {"code": code}) if python else ("shell", {"command": code})
