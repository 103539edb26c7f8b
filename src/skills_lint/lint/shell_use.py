"""What commands and inline code name of a repo's own code: modules that Python runs, and files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MODULE = re.compile(
    r"\bpython[\d.]*(?:[ \t]+-[A-Zbu]+)*[ \t]+-m[ \t]+(?P<name>[A-Za-z_]\w*(?:\.\w+)+)(?![\w.<{$/*-])", re.ASCII
)
_BEFORE_PATH = r"(?<![\w./\\~$}\]>*-])(?:\./)?"
_BEHIND_PATH = r"/[\w./-]{1,200}\.(?:py|pyi|ipynb|sh|sql|toml|ya?ml))(?![\w/(*<{-]|\.\w)"
# Words that speak of a file that is yet to be made, or gone on purpose; also in commands.
_NOT_THERE_YET = re.compile(
    r"(?i)\b(?:creat|writ|sav|add|generat|scaffold|mov|renam|delet|remov|produc|emit|output)(?:e|es|ed|ing|s)?\b"
    r"|\b(?:e\.g\.|for example|such as|new|touch|tee|cp|mv|rm|mkdir|git (?:show|log))\b|>|\s-o\s"
)


@dataclass(frozen=True, slots=True)
class Named:
    """A module or a file that a text names, and where its name begins, counted from 0."""

    name: str
    start: int


def modules_run(text: str) -> Iterator[Named]:
    """Yield the modules below a package that `python -m` runs."""
    for found in _MODULE.finditer(text):
        yield Named(found["name"], found.start("name"))


def files_named(text: str, folders: Sequence[str], context: str = "") -> Iterator[Named]:
    """Yield the files of code and configuration below some folders that a text names as being there.

    `context` is the line around it, which may say that a file is to be made.
    """
    if not any(f"{folder}/" in text for folder in folders):
        return
    path = re.compile(f"{_BEFORE_PATH}(?P<name>(?:{'|'.join(map(re.escape, folders))}){_BEHIND_PATH}")
    for found in path.finditer(text):
        start, end = text.rfind("\n", 0, found.start()) + 1, text.find("\n", found.end())
        line = text[start : end if end >= 0 else len(text)]
        if not _NOT_THERE_YET.search(line.replace(found["name"], "")) and not _NOT_THERE_YET.search(context):
            yield Named(found["name"], found.start("name"))
