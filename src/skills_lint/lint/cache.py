"""What a check came to, kept until anything changes that it may have looked at.

An entry belongs to one request: the same paths, from the same folder, under the same configuration. It holds as long as
no file of the repo has changed, no word of git about them, and nothing of the linter and its libraries. So it is never
wrong, and an edit anywhere costs a new check. Entries lie in the user's cache folder: one in the repo could be
committed, and would speak for a repo that it never saw.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..files import lies_in
from ..git import top_folder
from ..home import cache_folder, keep_newest, write_whole
from ..installed import libraries
from ..place import Span
from .diagnostic import Diagnostic, Edit, Fix
from .snapshot import Snapshot, UnstableError, digest_of, take_snapshot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..config import Config

_PACKAGE = Path(__file__).parents[1]
_MOST_ENTRIES = 64
_LONGEST = 4_000_000  # bytes of an entry


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a check came to."""

    files: tuple[str, ...]  # of the skills
    looked: tuple[str, ...]
    unmatched: tuple[str, ...]  # paths of no skill
    diagnostics: tuple[Diagnostic, ...]
    hidden: tuple[str, ...]  # files with findings, as shown, whose lines are not to be read


@dataclass(frozen=True, slots=True)
class Cache:
    """The place of one outcome, and the state that it must be of."""

    file: Path
    top: Path
    asked: tuple[Path, ...]
    snapshot: Snapshot
    linter: str  # what the linter itself is

    def read(self) -> Outcome | None:
        """Return the outcome for this state; None if there is none."""
        try:
            entry = json.loads(self.file.read_bytes())
            if entry["state"] != self._state() or any(digest_of(p) != d for p, d in entry["young"].items()):
                return None
            outcome = _outcome(entry["outcome"])
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return None
        with suppress(OSError):
            os.utime(self.file)  # it is in use
        if entry["young"] and not self.snapshot.young:
            self._put(outcome)  # from now on no content has to be read
        return outcome

    def write(self, outcome: Outcome) -> None:
        """Keep an outcome, unless something has changed meanwhile. What cannot be written is left."""
        top = str(self.top)
        if not all(lies_in(os.path.realpath(Path(file).parent), top) for file in outcome.files):
            return
        with suppress(OSError, UnstableError):
            after = take_snapshot(self.top, self.asked)
            if after.digest == self.snapshot.digest and after.young.items() <= self.snapshot.young.items():
                self._put(outcome)

    def _state(self) -> list[str]:
        return [self.linter, self.snapshot.digest]

    def _put(self, outcome: Outcome) -> None:
        entry = {"state": self._state(), "young": dict(self.snapshot.young), "outcome": asdict(outcome)}
        data = json.dumps(entry).encode()
        if len(data) > _LONGEST:
            return
        with suppress(OSError):
            write_whole(self.file, data)
            keep_newest(self.file.parent, _MOST_ENTRIES)


def open_cache(config: Config, paths: Sequence[Path]) -> Cache | None:
    """Return the place for what a check of some paths comes to; None where its input cannot be told for certain."""
    home = cache_folder()
    top = (top_folder(config.root) or config.root).resolve()
    places = _places(config, paths)
    if home is None or not all(lies_in(os.path.realpath(place), str(top)) for place in places):
        return None
    if (config.schema and (config.root / config.schema).is_file()) or (top / "__init__.py").exists():
        return None  # a schema may refer to files anywhere, and a package be part of one around the repo
    asked = tuple(dict.fromkeys(place.resolve() for place in places if place.is_dir()))
    try:
        snapshot = take_snapshot(top, asked)
        linter = _linter()
    except (OSError, UnstableError):
        return None
    request = repr((os.getcwd(), [str(path) for path in paths], config))  # noqa: PTH109
    name = hashlib.sha256(request.encode("utf-8", "surrogateescape")).hexdigest()
    return Cache(home / "skills-lint" / "check" / f"{name}.json", top, asked, snapshot, linter)


def _places(config: Config, paths: Sequence[Path]) -> list[Path]:
    """Return where a check begins to look."""
    configured = (*config.skills, *config.source, config.buckets, config.evidence)
    source = () if config.source else (config.root / "src",)
    return [config.root, *paths, *(config.root / name for name in configured), *source]


def _linter() -> str:
    """Return what tells this linter from another: its files, its libraries, its Python, and who runs it."""
    shipped = _PACKAGE.parents[1] / "schemas"  # of a checkout
    folders = [_PACKAGE, *([shipped] if shipped.is_dir() else [])]
    stamps = [take_snapshot(folder, ()).digest for folder in folders]
    who = os.getuid() if hasattr(os, "getuid") else ""
    return hashlib.sha256(repr((stamps, libraries(), sys.version, who)).encode()).hexdigest()


def _outcome(values: dict[str, Any]) -> Outcome:
    lists = {key: tuple(values[key]) for key in ("files", "looked", "unmatched", "hidden")}
    return Outcome(diagnostics=tuple(map(_diagnostic, values["diagnostics"])), **lists)


def _diagnostic(values: dict[str, Any]) -> Diagnostic:
    fix = values["fix"]
    if fix is not None:
        edits = tuple(Edit(Span(**edit["span"]), edit["text"]) for edit in fix["edits"])
        fix = Fix(fix["title"], edits, fix["safe"])
    return Diagnostic(**{**values, "fix": fix})
