"""Shell commands as traces show them: whether they start Python, and whether their status speaks for it."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from .programs import Kind, kind_of, unwrapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_HEREDOC = re.compile(r"<<-?[ \t]*(?:'([^'\n]+)'|\"([^\"\n]+)\"|\\?([A-Za-z_][\w.]*))")
_TOKEN = re.compile(
    r"""(?P<operator>\|\||&&|;;|\|&|&>>|&>|>>|<<<|>&|<&|[;&|()<>\n])
    |(?P<comment>(?<![^\s;&|()])\#[^\n]*)
    |(?P<word>(?:[^\s;&|()<>'"\\]|\\.|'[^']*'|"(?:[^"\\]|\\.)*"|['"\\])+)""",
    re.VERBOSE | re.DOTALL,
)
_QUOTED = re.compile(r"""'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)""", re.DOTALL)
_ESCAPED = re.compile(r"\\([\"\\$`\n])")
_CONTINUED = re.compile(r"\\\r?\n")
_READ_LIMIT = 50_000  # characters; longer commands are cut there
_DEPTH = 3  # shells in shells
_CUTTERS = frozenset({"tail", "head", "grep", "rg", "sed", "awk", "cut"})
_NEARNESS: dict[Kind, int] = {"other": 0, "unknown": 1, "script": 2, "python": 3}  # to Python
_EDITORS = frozenset({"edit", "insert", "create", "str_replace_editor"})  # of agents; what follows is text
Joint = Literal["", ";", "&&", "||", "|", "&"]


@dataclass(frozen=True, slots=True)
class Operator:
    """What stands between programs, or before the file of a redirection."""

    text: str


@dataclass(frozen=True, slots=True)
class Simple:
    """One program with its arguments, and the operator in front of it."""

    joint: Joint
    words: tuple[str, ...]
    heredoc: str | None = None


@dataclass(frozen=True, slots=True)
class Command:
    """What is known of a command before it runs."""

    kind: Kind  # of the program in it that is nearest to Python
    masked: bool = False  # the status is not that of the Python in it
    followed: bool = False  # further programs run after Python, and may print
    cut: bool = False  # its output goes through `tail` and its like
    first: tuple[str, ...] = field(default=())  # programs that must succeed before Python starts
    source: str | None = None  # Python that the command itself shows


def read_command(text: str, depth: int = 0) -> Command:
    """Return what a shell command runs. Never fails: what is no shell is split at its operators."""
    if text.lstrip().split(" ", 1)[0] in _EDITORS:
        return Command("other")
    simples = list(_simples(text[:_READ_LIMIT]))
    read = [_classify(simple, depth) for simple in simples]
    best: Kind = max((command.kind for command in read), key=_NEARNESS.__getitem__, default="other")
    if best == "other":
        return Command("other")
    at = next(i for i, command in enumerate(read) if command.kind == best)
    return Command(
        kind=best,
        masked=best == "script" or any(c.masked for c in read if c.kind == best) or _masked(text, simples, read, best),
        followed=best == "script" or _followed(simples, at, read),
        cut=any(s.joint == "|" and s.words and s.words[0] in _CUTTERS for s in simples),
        first=_before(simples, at),
        source=next((command.source for command in read if command.source), None),
    )


def _classify(simple: Simple, depth: int) -> Command:
    words = unwrapped(simple.words)
    kind, inner, source = kind_of(words, simple.heredoc)
    if inner is not None:
        if depth >= _DEPTH:
            return Command("script", masked=True)
        return read_command(inner, depth + 1)
    return Command(kind, source=source)


def _masked(text: str, simples: Sequence[Simple], read: Sequence[Command], kind: Kind) -> bool:
    """Return whether a later part of the command, and not Python, decides its status."""
    strict = "set -e" in text or "set -o errexit" in text
    pipefail = "pipefail" in text
    looped = any(s.words and s.words[0] in ("for", "while", "until", "if", "!") for s in simples)
    for at, command in enumerate(read):
        if command.kind != kind:
            continue
        if looped:
            return True
        for later in simples[at + 1 :]:
            if later.joint == "|" and not pipefail:
                return True
            if later.joint in ("||", "&") or (later.joint == ";" and not strict):
                return True
    return False


def _followed(simples: Sequence[Simple], at: int, read: Sequence[Command]) -> bool:
    later = range(at + 1, len(simples))
    return any(
        simples[i].joint in (";", "&&", "||", "&") and simples[i].words and read[i].kind != "other" for i in later
    ) or any(
        simples[i].joint in (";", "||", "&") and simples[i].words[:1] not in ((), ("true",), (":",)) for i in later
    )


def _before(simples: Sequence[Simple], at: int) -> tuple[str, ...]:
    """Return the programs before the one at `at` that it depends on by `&&`."""
    names: list[str] = []
    for index in range(at, 0, -1):
        joint = simples[index].joint
        if joint == "&&" and simples[index - 1].words:
            names.append(simples[index - 1].words[0].rpartition("/")[2])
        elif joint != "|":
            break
    return tuple(names)


def _simples(text: str) -> Iterator[Simple]:
    text, bodies = _without_heredocs(_CONTINUED.sub(" ", text))
    joint: Joint = ""
    words: list[str] = []
    body: str | None = None
    redirected = False
    for token in _tokens(text):
        if isinstance(token, Operator):
            if "<" in token.text or ">" in token.text:
                redirected = True
                if words and words[-1].isdigit():
                    words.pop()
                continue
            if words:
                yield Simple(joint, tuple(words), body)
            if words or token.text in ("||", "&&", "|"):
                joint = _joint(token.text)
            words, body = [], None
        elif redirected:
            body = bodies.get(token, body)
        else:
            words.append(token)
        redirected = False
    if words:
        yield Simple(joint, tuple(words), body)
    elif joint == "&":
        yield Simple(joint, ())


def _joint(token: str) -> Joint:
    known: dict[str, Joint] = {"&&": "&&", "||": "||", "|": "|", "|&": "|", "&": "&"}
    return known.get(token, ";")


def _tokens(text: str) -> Iterator[str | Operator]:
    """Yield words without their quotes, and operators. A quote that never closes is a character like others."""
    for found in _TOKEN.finditer(text):
        if found["operator"]:
            yield Operator(found["operator"])
        elif found["word"]:
            yield _QUOTED.sub(_unquoted, found["word"])


def _unquoted(found: re.Match[str]) -> str:
    if found[1] is not None:
        return found[1]
    return _ESCAPED.sub(r"\1", found[2]) if found[2] is not None else found[3]


def _without_heredocs(text: str) -> tuple[str, dict[str, str]]:
    """Return the text with a name in place of each here-document, and the documents by these names."""
    if "<<" not in text:
        return text, {}
    kept: list[str] = []
    bodies: dict[str, str] = {}
    lines = text.split("\n")
    ends: dict[str, list[int]] = {}  # where a line stands that may end a document
    for index, line in enumerate(lines):
        ends.setdefault(line.strip(), []).append(index)
    at = 0
    while at < len(lines):
        line = lines[at]
        at += 1
        for found in list(_HEREDOC.finditer(line)):
            delimiter = found[1] or found[2] or found[3]
            found_at = ends.get(delimiter, [])
            later = bisect_left(found_at, at)
            if later == len(found_at):
                continue  # a shift, or a text that was cut off
            end = found_at[later]
            name = f"HEREDOC{len(bodies)}"
            bodies[name] = "\n".join(lines[at:end])
            line = line.replace(found[0], f"<<< {name} ", 1)
            at = end + 1
        kept.append(line)
    return "\n".join(kept), bodies
