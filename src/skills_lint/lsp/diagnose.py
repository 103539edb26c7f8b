"""What is to be said of files that are open in an editor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..buckets.load import read_buckets
from ..lines import split_lines
from ..lint.diagnostic import Diagnostic
from ..place import InputError, shown
from .view import View

if TYPE_CHECKING:
    from pathlib import Path

    from .folder import Folder
    from .texts import Texts


@dataclass(frozen=True, slots=True)
class Assessment:
    """What was found, in which skill or file, and what keeps the project from being used as it is."""

    about: Path | None = None  # None: the document is none of ours
    diagnostics: tuple[Diagnostic, ...] = ()
    trouble: InputError | None = None


def assess_document(folder: Folder, path: Path, texts: Texts) -> Assessment:
    """Return what is to be said of a document: of the skill that it is or lies beside, or of the bucket file."""
    about = None
    try:
        view = View(folder.project(), texts)
        if view.is_bucket_file(path):
            return Assessment(path, _in_buckets(view), folder.trouble)
        about = view.owner(path)
        found = view.lint_skill(about) if about else ()
        return Assessment(about, found, folder.trouble)
    except InputError as error:
        return Assessment(about, trouble=error)


def assess_repo(folder: Folder, texts: Texts) -> Assessment:
    """Return what the rules about the repo as a whole find."""
    try:
        view = View(folder.project(), texts)
        return Assessment(view.project.root, view.lint_repo(), folder.trouble)
    except InputError as error:
        return Assessment(trouble=error)


def _in_buckets(view: View) -> tuple[Diagnostic, ...]:
    """Return why the bucket file, as it is in the editor, cannot be used: the first reason, or none."""
    file = shown(view.project.bucket_file)
    text = view.text(view.project.bucket_file)
    try:
        read_buckets(text, file)
    except InputError as error:
        return (error_as_diagnostic(error, file, text),)
    return ()


def error_as_diagnostic(error: InputError, file: str, text: str) -> Diagnostic:
    """Return an error about a file with this text; it reaches from its place to the end of the line."""
    line = (error.place and error.place.line) or 1
    column = (error.place and error.place.column) or 1
    lines = split_lines(text)
    end = max(len(lines[line - 1]) + 1 if line <= len(lines) else 1, column)
    return Diagnostic(
        file,
        line,
        column,
        line,
        end,
        code="",  # no rule has found it
        name="",
        severity="error",
        message=error.message,
        help=error.way_out,
    )
