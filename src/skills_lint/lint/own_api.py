"""The repo's own Python API as the linter asks it: only where a text names it, and only what is certain."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ..files import files_below
from ..place import did_you_mean
from ..repoapi import open_api

if TYPE_CHECKING:
    from pathlib import Path

    from ..config import Config
    from ..repoapi import RepoApi
    from .api_use import Use

_STANDS_FOR_ANY = re.compile(
    r"(?i)(?:my|your|new|some|example|foo|bar|baz|x{2,}|template)(?:_.*)?|.*_(?:example|template)"
)

_SETS_ON_MODULE = re.compile(r"\bsetattr\(\s*\w*mod(?:ule)?\w*\s*,")


@dataclass(frozen=True, slots=True)
class Absent:
    """Something that the source does not have."""

    message: str
    near: str | None  # what is there


@dataclass(frozen=True)
class OwnApi:
    """What the configured source has. Its files are read when a text names one of its packages, and not before."""

    api: RepoApi
    root: Path

    @cached_property
    def _tops(self) -> dict[str, Path]:
        """The names with which an import of the repo's own code may begin, each with the folder that it stands in."""
        tops: dict[str, Path] = {}
        for folder in self.api.folders:
            if (folder / "__init__.py").is_file():
                home = folder
                while (home.parent / "__init__.py").is_file() and home.parent != home:
                    home = home.parent
                tops[home.name] = home.parent
            else:
                tops |= {entry.name.partition(".")[0]: folder for entry in folder.iterdir()}
        return tops

    @cached_property
    def _names_own(self) -> re.Pattern[str] | None:
        """What finds these names in a text; None where there are none."""
        known = sorted(name for name in self._tops if name.isidentifier() and not name.startswith("_"))
        return re.compile(rf"(?<![\w.])(?:{'|'.join(known)})\b") if known else None

    @cached_property
    def folders(self) -> tuple[str, ...]:
        """The source folders as texts name them, from the root of the repo: `src`."""
        shown = (os.path.relpath(folder, self.root).replace(os.sep, "/") for folder in self.api.folders)
        return tuple(name for name in shown if not name.startswith("."))

    def is_named_in(self, text: str) -> bool:
        """Say whether a text may be about the repo's own code."""
        return self._names_own is not None and self._names_own.search(text) is not None

    def absent(self, use: Use) -> Absent | None:
        """Return what the source does not have of a use; None if it has it all, or if that is not certain."""
        if use.keyword is None:
            return self.absent_name(use.path)
        signature = self.api.signature(use.path)
        if signature is None or signature.takes_keyword(use.keyword):
            return None
        near = did_you_mean(use.keyword, signature.keywords)
        return Absent(f"`{signature}` takes no keyword `{use.keyword}`", near)

    def absent_name(self, path: str) -> Absent | None:
        """Return that the source has no such name; None if it has, or if that is not certain."""
        found = self.api.resolve(path)
        owner, _, name = path.rpartition(".")
        if found is None or found.known != "missing" or _STANDS_FOR_ANY.fullmatch(name):
            return None
        home = self.api.resolve(owner)
        kind = "class" if home and home.definition else "module"
        if kind == "module" and self._is_given_names(owner):
            return None
        near = did_you_mean(name, self.api.names_in(owner))
        return Absent(f"the {kind} `{owner}` has no `{name}`", near)

    def _is_given_names(self, module: str) -> bool:
        """Say whether a module uses code beside it that sets names on a module: no text of its own shows those."""
        top, *below = module.split(".")
        if top not in self._tops:
            return False
        place = self._tops[top].joinpath(top, *below)
        file = place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
        used = set(re.findall(r"\w+", _read(file)))
        beside = (other for other in file.parent.glob("*.py") if other.stem in used)
        return any(_SETS_ON_MODULE.search(_read(other)) for other in beside)

    def absent_file(self, path: str) -> Absent | None:
        """Return that there is no such file, though there is a folder of the source for it; else None."""
        if ".." in path:
            return None
        file = self.root / path
        below = next(self.root / folder for folder in self.folders if path.startswith(f"{folder}/"))
        first = file.relative_to(below).parts[0]
        if file.exists() or not (below / first).exists() or _STANDS_FOR_ANY.fullmatch(file.stem):
            return None
        return Absent(f"there is no {path}", _nearest(path, below, self.root))


def _read(file: Path) -> str:
    """Return the text of a file; "" where it cannot be read."""
    try:
        return file.read_text("utf-8", "replace") if file.is_file() else ""
    except OSError:
        return ""


def _nearest(path: str, folder: Path, root: Path) -> str | None:
    """Return the file below a folder that is meant: one of the same name elsewhere, or of nearly the same path."""
    suffix = path[path.rindex(".") :]
    files = [os.path.relpath(file, root).replace(os.sep, "/") for file in files_below(folder, suffix)]
    same_name = [file for file in files if file.rpartition("/")[2] == path.rpartition("/")[2]]
    return same_name[0] if len(same_name) == 1 else did_you_mean(path, files)


def open_own_api(config: Config) -> OwnApi | None:
    """Return the API in the configured source; None if there is none. Raises InputError as `open_api` does."""
    api = open_api(config.root, config.source, config.place("source"))
    return OwnApi(api, config.root) if api else None
