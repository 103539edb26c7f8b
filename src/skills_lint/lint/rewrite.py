"""Fixes as changes to files: regular ones of the repo itself, reached by no link, and in UTF-8."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..change import Change
from .fixes import fix_all

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from .diagnostic import Diagnostic


@dataclass(frozen=True, slots=True)
class Rewrite:
    """What fixing would do, and what would remain."""

    changes: tuple[Change, ...]
    texts: Mapping[str, str]  # by file as shown: what each of them would hold
    diagnostics: tuple[Diagnostic, ...]  # what would remain
    count: int  # findings that would be fixed
    untouched: tuple[tuple[str, str], ...]  # files that have fixes and must not be changed, and why


def rewrite(
    diagnostics: Sequence[Diagnostic],
    lint: Callable[[Mapping[str, str]], Sequence[Diagnostic]],
    top: Path,
    *,
    unsafe: bool,
) -> Rewrite:
    """Return the changes that fix what can be fixed in the repo in folder `top`; nothing is written.

    `lint` gives the diagnostics of the repo with some of its texts replaced.
    """
    before: dict[str, bytes] = {}
    untouched: dict[str, str] = {}

    def read(file: str) -> str | None:
        path = Path(file)
        try:
            why = why_untouched(path, top)
            before[file] = path.read_bytes() if why is None else b""
            text = before[file].decode("utf-8") if why is None else None
        except OSError as error:
            why, text = f"it cannot be read: {error.strerror}", None
        except UnicodeDecodeError:
            why, text = "it is not UTF-8", None
        if why is not None:
            untouched[file] = why
        return text

    fixed = fix_all(diagnostics, lint, read, unsafe=unsafe)
    after = {file: text for file, text in sorted(fixed.texts.items()) if text.encode("utf-8") != before[file]}
    changes = tuple(Change(Path(file), file, before[file], text.encode("utf-8")) for file, text in after.items())
    return Rewrite(changes, after, fixed.diagnostics, fixed.count, tuple(sorted(untouched.items())))


def why_untouched(path: Path, top: Path) -> str | None:
    """Return why a file must not be written to; None if it may be. Raises OSError if it cannot be looked at."""
    top = top.resolve()
    if not Path(os.path.realpath(path)).is_relative_to(top):
        return "it lies outside of the repo"
    absolute = Path(os.path.abspath(path))  # noqa: PTH100  # `Path.resolve` would follow the links that are sought
    for step in (absolute, *absolute.parents):
        if os.path.realpath(step) == str(top):
            break
        if step.is_symlink():
            return "a link leads to it"
    return "it has another name, by a hard link" if path.stat().st_nlink > 1 else None
