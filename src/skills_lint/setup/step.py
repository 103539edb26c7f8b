"""One file that `init` cares for, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ..place import InputError, Place, shown
from ..shipped import shipped

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Step:
    """What was done with a file; `note` says what is in it, or why it was left."""

    done: Literal["created", "extended", "left", "by hand"]
    file: str  # relative to the working directory
    note: str
    paste: str = ""  # what a person has to put into the file, where `done` is "by hand"


def create(path: Path, text: str, note: str) -> Step:
    """Write a file that is not there yet, and leave one that is. Raises InputError where that cannot be done."""
    if path.exists():
        return Step("left", shown(path), "is there already")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", place=Place(shown(path))) from error
    return Step("created", shown(path), note)


def create_schema(name: str, folder: Path) -> Step:
    """Write a shipped schema into a folder, for editors, which find it there offline and in a clone."""
    path = folder / f"{name}.schema.json"
    text = shipped("schemas", path.name).read_text(encoding="utf-8")
    if path.exists() and read(path).replace("\r\n", "\n") != text:  # git may have turned line ends
        return Step("left", shown(path), "is not that of this version; delete it and run init again to have that")
    return create(path, text, "what editors complete and check by")


def extend(path: Path, text: str, note: str) -> Step:
    """Write a file that was there, with what was added. Raises InputError where that cannot be done."""
    try:
        path.write_bytes(text.encode("utf-8"))
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", place=Place(shown(path))) from error
    return Step("extended", shown(path), note)


def read(path: Path) -> str:
    """Return the text of a file with its line ends as they are. Raises InputError for one that cannot be read."""
    try:
        return path.read_bytes().decode("utf-8")
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", place=Place(shown(path))) from error
    except UnicodeDecodeError as error:
        raise InputError("is not UTF-8 text", place=Place(shown(path))) from error


def newline_of(text: str) -> str:
    """Return the line end that a text uses."""
    return "\r\n" if "\r\n" in text else "\n"
