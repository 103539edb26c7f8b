"""Shell commands taken apart into programs: words, operators, redirections, here-documents."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEREDOC = re.compile(r"<<-?[ \t]*(?:'([^'\n]+)'|\"([^\"\n]+)\"|\\?([A-Za-z_][\w.]*))")
_TOKEN = re.compile(
    r"""(?P<operator>\|\||&&|;;|\|&|&>>|&>|>>|<<<|>&|<&|[;&|()<>`\n])
    |(?P<comment>(?<![^\s;&|()])\#[^\n]*)
    |(?P<word>(?:[^\s;&|()<>`'"\\]|\\.|'[^']*'|"(?:[^"\\]|\\.)*"|['"\\])+)""",
    re.VERBOSE | re.DOTALL,
)
_QUOTED = re.compile(r"""'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)""", re.DOTALL)
_ESCAPED = re.compile(r"\\([\"\\$`\n])")
_SUBSTITUTED = re.compile(r"\$\(((?:[^()]|\([^()]*\))*)\)")
_DEPTH = 3  # commands in commands
_CONTINUED = re.compile(r"\\\r?\n")
Joint = Literal["", ";", "&&", "||", "|", "&"]


@dataclass(frozen=True, slots=True)
class Operator:
    """What stands between programs, or before the file of a redirection."""

    text: str


@dataclass(frozen=True, slots=True)
class Substituted:
    """A command whose output stands in a quoted word: `"$(date)"`."""

    text: str


Token: TypeAlias = str | Operator | Substituted


@dataclass(frozen=True, slots=True)
class Simple:
    """One program with its arguments, and the operator in front of it."""

    joint: Joint
    words: tuple[str, ...]
    heredoc: str | None = None
    target: str | None = None  # the file that its output goes to


def simples(text: str) -> Iterator[Simple]:
    """Yield the programs that a command starts. Never fails: what is no shell is split at its operators."""
    text, bodies = _without_heredocs(_CONTINUED.sub(" ", text))
    yield from _simples(text, bodies, "", 0)


def _simples(text: str, bodies: dict[str, str], joint: Joint, depth: int) -> Iterator[Simple]:
    for between, group in _groups(text, joint):
        for token in group:
            if isinstance(token, Substituted) and depth < _DEPTH:  # it runs before the program in whose words it stands
                yield from _simples(token.text, bodies, between, depth + 1)
                between = ";"
        program = _simple(between, group, bodies)
        if program.words or not group:
            yield program
        elif program.target is not None:  # `(…) > file`
            yield Simple("", (), None, program.target)


def _groups(text: str, joint: Joint) -> Iterator[tuple[Joint, list[Token]]]:
    """Yield what stands between operators, each with the operator before it; nothing after a last `&` too."""
    group: list[Token] = []
    for token in _tokens(text):
        if not isinstance(token, Operator) or "<" in token.text or ">" in token.text:
            group.append(token)
            continue
        if group:
            yield joint, group
        if group or token.text in ("||", "&&", "|"):
            joint = _joint(token.text)
        group = []
    if group or joint == "&":
        yield joint, group


def _simple(joint: Joint, group: list[Token], bodies: dict[str, str]) -> Simple:
    words: list[str] = []
    body: str | None = None
    target: str | None = None
    redirected = ""
    for token in group:
        if isinstance(token, Operator):
            redirected = token.text
            if words and words[-1].isdigit():
                words.pop()
        elif isinstance(token, str) and redirected:
            body = bodies.get(token, body)
            target = token if redirected in (">", ">>", "&>", "&>>") else target
            redirected = ""
        elif isinstance(token, str):
            words.append(token)
    return Simple(joint, tuple(words), body, target)


def _joint(token: str) -> Joint:
    known: dict[str, Joint] = {"&&": "&&", "||": "||", "|": "|", "|&": "|", "&": "&"}
    return known.get(token, ";")


def _tokens(text: str) -> Iterator[Token]:
    """Yield words without their quotes, the commands in them, and operators.

    A quote that never closes is a character like others.
    """
    for found in _TOKEN.finditer(text):
        if found["operator"]:
            yield Operator(found["operator"])
        elif found["word"]:
            if "$(" in found["word"]:
                expanded = _QUOTED.sub(lambda quoted: quoted[2] or "", found["word"])
                yield from (Substituted(inner[1]) for inner in _SUBSTITUTED.finditer(expanded))
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
