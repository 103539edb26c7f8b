"""What a session is before it is played: its turns as plain data, and short ways to write them."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from string import Template
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import datetime

Format = Literal["events", "langchain-messages", "openai-chat", "claude-code"]

OTHER_TOOL = "other-tool"  # the cause of a failure without Python

# Why Python executions of these sessions fail; routines/trace_failure_triage/buckets.yaml declares the first seven.
CAUSES = (
    "store-api-misuse",
    "empty-data-missing-columns",
    "date-dtype-mismatch",
    "duckdb-binder-error",
    "misaligned-arrays",
    "optional-dependency-missing",
    "settings-not-json",
    "api-removed",
    "arguments-of-a-script",
    "division-by-zero",
    "failed-test",
    "file-not-found",
    "invalid-json",
    "syntax-error",
    "timeout",
)


@dataclass(frozen=True, slots=True)
class Ask:
    """The user asks for something."""

    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The agent answers, and calls nothing."""

    text: str


@dataclass(frozen=True, slots=True)
class RunPython:
    """A snippet of Python for a fresh interpreter."""

    say: str
    code: str
    fails: str | None = None  # the cause, if the script means it to fail


@dataclass(frozen=True, slots=True)
class RunShell:
    """A command for bash."""

    say: str
    command: str
    python: bool = False  # whether it starts Python
    fails: str | None = None
    hidden: bool = False  # it fails, but its exit status says that all is well


@dataclass(frozen=True, slots=True)
class ReadFile:
    """The beginning of a file."""

    say: str
    path: str
    fails: str | None = None


@dataclass(frozen=True, slots=True)
class WriteFile:
    """A file, written whole."""

    say: str
    path: str
    content: str
    fails: str | None = None


@dataclass(frozen=True, slots=True)
class LoadSkill:
    """A skill of this repo, read by the agent."""

    say: str
    name: str
    fails: str | None = None

    @property
    def path(self) -> str:
        return f"skills/{self.name}/SKILL.md"


Call = RunPython | RunShell | ReadFile | WriteFile | LoadSkill
Turn = Ask | Answer | Call
Scene = tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class Session:
    """A scripted session: when it began, which program recorded it, and its turns."""

    name: str
    format: Format
    start: datetime.datetime  # UTC
    turns: Scene
    model: str = "scripted"
    offered: tuple[str, ...] | None = None  # skills; None: the trace does not tell
    hint: Literal["given", "withheld"] | None = None

    @property
    def file(self) -> str:
        """The session's trace, relative to the folder of the traces."""
        return f"{self.format}/{self.start:%Y-%m-%d}-{self.name}.jsonl"


def runs_python(call: Call) -> bool:
    """Return whether a call counts as a Python execution."""
    return isinstance(call, RunPython) or (isinstance(call, RunShell) and call.python)


def _filled(text: str, values: dict[str, object]) -> str:
    return Template(textwrap.dedent(text).strip()).substitute(values)


def py(say: str, code: str, /, *, fails: str | None = None, **values: object) -> RunPython:
    """Return a snippet with `$name` filled in from `values`."""
    return RunPython(_filled(say, values), _filled(code, values), fails)


def sh(
    say: str, command: str, /, *, python: bool = False, fails: str | None = None, hidden: bool = False, **values: object
) -> RunShell:
    """Return a shell command with `$name` filled in from `values`."""
    return RunShell(_filled(say, values), _filled(command, values), python, fails, hidden)


def write(say: str, path: str, content: str, /, **values: object) -> WriteFile:
    """Return a file to write, with `$name` filled in from `values`."""
    return WriteFile(say, path, _filled(content, values) + "\n")
