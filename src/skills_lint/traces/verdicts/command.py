"""Shell commands as traces show them: whether they start Python, and whether their status speaks for it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from .programs import Kind, kind_of, unwrapped
from .shell import simples

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .shell import Simple

_DOCUMENT = re.compile(r"<<-?[ \t]*['\"]?([A-Za-z_]\w*)['\"]?")
_SHORT = 400  # characters of commands that are remembered
_READ_LIMIT = 50_000  # characters; longer commands are cut there
_DEPTH = 3  # shells in shells
_NEARNESS: dict[Kind, int] = {"other": 0, "unknown": 1, "script": 2, "python": 3}  # to Python
_EDITORS = frozenset({"edit", "insert", "create", "str_replace_editor"})  # of agents; what follows is text
_CUTTERS = frozenset({"tail", "head", "grep", "rg", "sed", "awk", "cut"})
_VIEWERS = frozenset({"cat", "tail", "head", "grep", "rg", "sed", "awk", "less", "more", "git", "journalctl", "docker"})


_DOCUMENTS = (".log", ".md", ".rst", ".html")  # in which tracebacks stand
_WILD = re.compile(r"\*|\$\w+|\$\{\w+\}")  # stands for a part of a name
_QUIET = frozenset({(), ("true",), (":",), ("exit",)})


@dataclass(frozen=True, slots=True)
class Command:
    """What is known of a command before it runs."""

    kind: Kind  # of the program in it that is nearest to Python
    masked: bool = False  # the status is not that of the Python in it
    followed: bool = False  # further programs run after Python, and may print anything
    echoes: tuple[str, ...] = ()  # what the command itself prints after Python
    cut: bool = False  # its output goes through `tail` and its like
    first: tuple[str, ...] = ()  # programs that must succeed before Python starts
    starters: tuple[str, ...] = ()  # the program that starts Python, and what starts that
    source: str | None = None  # Python that the command itself shows
    reports: bool = False  # it ends with printing `$?`
    shows_log: bool = False  # it prints a file, or what is said of tracebacks in files, beside running Python


def read_command(text: str, depth: int = 0) -> Command:
    """Return what a shell command runs. Never fails: what is no shell is taken apart at its operators."""
    if text.lstrip().split(" ", 1)[0] in _EDITORS:
        return Command("other")
    parts = list(simples(text[:_READ_LIMIT]))
    read = [_classify(part, depth) for part in parts]
    best: Kind = max((command.kind for command in read), key=_NEARNESS.__getitem__, default="other")
    if best == "other":
        return Command("other")
    at = next(i for i, command in enumerate(read) if command.kind == best)
    return replace(
        read[at],
        masked=best == "script" or any(c.masked for c in read if c.kind == best) or _masked(text, parts, read, best),
        followed=best == "script" or read[at].followed or _followed(parts[at + 1 :]),
        echoes=tuple(said for part in parts[at + 1 :] if (said := _echo(part)) is not None),
        cut=read[at].cut or any(part.joint == "|" and part.words[:1] and part.words[0] in _CUTTERS for part in parts),
        first=_before(parts, at),
        starters=tuple({parts[at].words[0], *unwrapped(parts[at].words)[:1]}) if parts[at].words else (),
        source=next((command.source for command in read if command.source), None) or _written(parts[:at], parts[at]),
        reports=len(parts) > 1 and parts[-1].words[:1] in (("echo",), ("printf",)) and _asks_status(parts[-1]),
        shows_log=any(_shows_log(part, parts) for part in parts),
    )


def glimpse(text: str) -> Command:
    """Return what a command runs, known from earlier ones that differ in a here-document only; without its `source`."""
    short = text if len(text) <= _SHORT else _without_document(text)
    return _known(short) if len(short) <= _SHORT else read_command(text)


@lru_cache(maxsize=2048)
def _known(text: str) -> Command:
    return read_command(text)


def _without_document(text: str) -> str:
    """Return a command without the here-document that it begins and ends with, if a shell cannot read it."""
    first, _, rest = text.partition("\n")
    found = _DOCUMENT.search(first)
    if found is None or first.count("<<") > 1 or "sh" in first or "set -" in text or "pipefail" in text:
        return text
    body, _, last = rest.rpartition("\n")
    return (
        text if last.strip() != found[1] or found[1] in body else f"{first[: found.start()]}<<< x{first[found.end() :]}"
    )


def _classify(part: Simple, depth: int) -> Command:
    kind, inner, source = kind_of(unwrapped(part.words), part.heredoc)
    if inner is None:
        return Command(kind, masked=part.words[:1] == ("find",), source=source)  # find does not pass a status on
    return read_command(inner, depth + 1) if depth < _DEPTH else Command("script", masked=True)


def _masked(text: str, parts: Sequence[Simple], read: Sequence[Command], kind: Kind) -> bool:
    """Return whether a later part of the command, and not Python, decides its status."""
    strict = "set -e" in text or "set -o errexit" in text
    pipefail = "pipefail" in text
    if any(part.words[:1] in (("for",), ("while",), ("until",), ("if",), ("!",)) for part in parts):
        return True
    first = next(at for at, command in enumerate(read) if command.kind == kind)
    return any(
        (later.joint == "|" and not pipefail) or later.joint in ("||", "&") or (later.joint == ";" and not strict)
        for later in parts[first + 1 :]
    )


def _followed(later: Sequence[Simple]) -> bool:
    """Return whether programs that come later print something that the command does not show."""
    return any(part.joint != "|" and part.words[:1] not in _QUIET and _echo(part) is None for part in later)


def _echo(part: Simple) -> str | None:
    """Return the text that a part prints, if it can be seen in the command."""
    if part.words[:1] != ("echo",) or any("$" in word or "`" in word for word in part.words):
        return None
    return " ".join(word for word in part.words[1:] if word not in ("-e", "-n")).strip()


def _before(parts: Sequence[Simple], at: int) -> tuple[str, ...]:
    """Return the programs before the one at `at` that it depends on by `&&`."""
    names: list[str] = []
    for index in range(at, 0, -1):
        joint = parts[index].joint
        if joint == "&&" and parts[index - 1].words:
            words = parts[index - 1].words
            names += [word.rpartition("/")[2] for word in (words[0], *unwrapped(words)[:1])]
        elif joint != "|":
            break
    return tuple(dict.fromkeys(names))


def _written(earlier: Sequence[Simple], program: Simple) -> str | None:
    """Return the text of a file that the command wrote before it ran it."""
    files = {word.removeprefix("./") for word in program.words}
    return next((p.heredoc for p in earlier if p.heredoc and p.target and p.target.removeprefix("./") in files), None)


def _asks_status(part: Simple) -> bool:
    return any("$?" in word or "PIPESTATUS" in word for word in part.words)


def _shows_log(part: Simple, parts: Sequence[Simple]) -> bool:
    """Return whether a part prints a document that no other part names, or looks for tracebacks in files."""
    if not part.words or part.words[0] not in _VIEWERS or part.joint == "|":
        return False
    named = {word for other in parts if other.words[:1] != part.words[:1] for word in (other.target, *other.words)}
    named |= {_WILD.sub("*", word) for word in named if word is not None and _WILD.search(word)}
    names = [_WILD.sub("*", word) for word in part.words[1:] if not word.startswith("-")]
    return named.isdisjoint(names) and any(n.endswith(_DOCUMENTS) or "Traceback" in n for n in names)
