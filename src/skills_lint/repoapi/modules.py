"""The Python modules below the source folders of a repo: found once, read one at a time when they are asked about."""

from __future__ import annotations

import os
import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from stat import S_ISREG
from typing import TYPE_CHECKING

from ..files import files_below
from ..place import shown
from .module import Module, UnreadableError, read_module

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_MOST_FILES = 20_000
_LARGEST = 1_000_000  # bytes of a file; what is larger was made by a program
_DEFINITION = re.compile(r"^[ \t]*(?:async[ \t]+def|def|class)[ \t]+(\w+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Source:
    """A file that can be imported."""

    name: str  # of its module: "market.store"
    path: Path
    file: str  # as results show it


class Modules:
    """The modules of a repo by name; no file is opened before it is needed."""

    def __init__(self, root: Path, folders: Sequence[Path]) -> None:
        self._root = root.resolve()
        self._folders = tuple(folders)
        self._read: dict[str, Module | None] = {}  # by file
        self.unread: dict[str, str] = {}  # file → why it was not read

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """All files that can be imported, sorted by module and file."""
        found = {source.file: source for folder in self._folders for source in self._below(folder)}
        return tuple(sorted(found.values(), key=lambda source: (source.name, source.file))[:_MOST_FILES])

    def _below(self, folder: Path) -> Iterator[Source]:
        home = folder
        while (home / "__init__.py").is_file() and home.resolve() != self._root:
            home = home.parent  # a folder that is a package is imported by its name
        for path in files_below(folder, ".py"):
            parts = path.relative_to(home).with_suffix("").parts
            parts = parts[:-1] if parts[-1] == "__init__" else parts
            inside = Path(os.path.realpath(path)).is_relative_to(self._root)
            if parts and inside and all(part.isidentifier() for part in parts):
                yield Source(".".join(parts), path, shown(path))

    @cached_property
    def _by_name(self) -> Mapping[str, Source | None]:
        """Sources by module; None where two files have the same name, since which one is imported is not known."""
        often = Counter(source.name for source in self.sources)
        return {source.name: source if often[source.name] == 1 else None for source in self.sources}

    @cached_property
    def packages(self) -> frozenset[str]:
        """The names below which there are modules, each with its parents."""
        names: set[str] = set()
        for source in self.sources:
            parts = source.name.split(".")
            names.update(".".join(parts[:end]) for end in range(1, len(parts)))
        return frozenset(names)

    @cached_property
    def tops(self) -> frozenset[str]:
        """The names with which an import of the repo's own code begins."""
        return frozenset(source.name.partition(".")[0] for source in self.sources)

    def has(self, name: str) -> bool:
        """Tell whether a module, or a package, of this name is there."""
        return name in self._by_name or name in self.packages

    def has_beside(self, package: str, name: str) -> bool:
        """Tell whether a package holds something of this name that is no source: a compiled or an ignored module."""
        source = self._by_name.get(package)
        if source is None or source.path.name != "__init__.py":
            return False
        return any(entry.name.partition(".")[0] == name for entry in source.path.parent.iterdir())

    def children(self, package: str) -> list[str]:
        """Return the last parts of the names of the modules that stand directly in a package."""
        below = (name.removeprefix(f"{package}.") for name in self._by_name if name.startswith(f"{package}."))
        return sorted({name.partition(".")[0] for name in below})

    def module(self, name: str) -> Module | None:
        """Return the module of this name; None where it has no file, has two, or cannot be read."""
        source = self._by_name.get(name)
        return self.read(source) if source else None

    def read(self, source: Source) -> Module | None:
        """Return what a file defines, read once; None if it cannot be read, and `unread` says why."""
        if source.file not in self._read:
            text = self._text(source)
            try:
                self._read[source.file] = None if text is None else read_module(source.name, source.path, text)
            except UnreadableError as error:
                self._read[source.file] = None
                self.unread[source.file] = str(error)
        return self._read[source.file]

    def defining(self, name: str) -> list[Module]:
        """Return the modules that define a class or function of this name, at whatever depth."""
        modules = (self.read(source) for source in self._defining.get(name, ()))
        return [module for module in modules if module is not None]

    @cached_property
    def _defining(self) -> Mapping[str, list[Source]]:
        index: dict[str, list[Source]] = {}
        for source in self.sources:
            for name in set(_DEFINITION.findall(self._text(source) or "")):
                index.setdefault(name, []).append(source)
        return index

    def _text(self, source: Source) -> str | None:
        try:
            status = source.path.stat()
            if not S_ISREG(status.st_mode):
                raise OSError(0, "it is not a file")
            if status.st_size > _LARGEST:
                raise OSError(0, f"it has more than {_LARGEST:,} bytes")
            return source.path.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError:
            self.unread[source.file] = "it is not UTF-8"
        except OSError as error:
            self.unread[source.file] = error.strerror or str(error)
        return None
