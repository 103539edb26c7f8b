"""Commands that start the same program again, with other arguments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors.limit import shortened
from ..traces.verdicts.programs import kind_of, unwrapped
from ..traces.verdicts.shell import simples
from .statements import shown_python

if TYPE_CHECKING:
    from ..traces.verdicts.shell import Simple

_LONGEST = 2_000  # characters of a command
_CODE = (".py", ".ipynb", ".sh")
_CHANGERS = frozenset({"patch", "tee", "cp", "mv"})
_IN_PLACE = ("-i", "-pi", "--in-place")  # of sed and perl
_QUESTIONS = frozenset({"-h", "--help", "--version"})


def is_command(code: str) -> bool:
    """Return whether code is a command that shows no Python."""
    text, tree = shown_python(code)
    return tree is None and text == code and _started(code) is not None


def rerun(failing: str, succeeding: str) -> tuple[str, str] | None:
    """Return the two programs as they were started, if both run the same file, module or test; None otherwise.

    A success that only asks the program how it is used is none. Where the same command changed a file first, that
    change was the cure as likely as the arguments, and the two programs are told as one.
    """
    one, other = _started(failing), _started(succeeding)
    if one is None or other is None or not _QUESTIONS.isdisjoint(other.words):
        return None
    (module, file), (other_module, other_file) = _target(one), _target(other)
    if module != other_module or (module is None and file is None) or not _same_file(file, other_file):
        return None
    right = " ".join(other.words)
    return (right if _changes_a_file(succeeding) else " ".join(one.words)), right


def _started(command: str) -> Simple | None:
    """Return the program that starts Python, the last of several: what comes before it has succeeded."""
    parts = [part for part in simples(shortened(command, _LONGEST)) if part.words]
    found = [part for part in parts if kind_of(unwrapped(part.words), part.heredoc)[0] in ("python", "script")]
    return found[-1] if found else None


def _changes_a_file(command: str) -> bool:
    """Return whether a command does more than start a program: it writes or edits a file before."""
    parts = [part for part in simples(shortened(command, _LONGEST)) if part.words]
    started = next((at for at, part in enumerate(parts) if part == _started(command)), 0)
    return any(
        part.words[0] in _CHANGERS or part.target or any(word.startswith(_IN_PLACE) for word in part.words[1:])
        for part in parts[:started]
    )


def _target(program: Simple) -> tuple[str | None, str | None]:
    """Return what a program runs: the module after `-m`, and the first file of code that it names."""
    words = unwrapped(program.words)
    module = words[words.index("-m") + 1] if "-m" in words[:-1] else None
    files = (word.partition("::")[0] for word in words[1:] if not word.startswith("-"))
    return module, next((file for file in files if file.endswith(_CODE)), None)


def _same_file(one: str | None, other: str | None) -> bool:
    """Return whether two paths may be of one file, seen from different folders."""
    if one is None or other is None:
        return one is other
    parts, other_parts = (tuple(part for part in path.split("/") if part not in ("", ".")) for path in (one, other))
    fewer = min(len(parts), len(other_parts))
    return parts[-fewer:] == other_parts[-fewer:]
