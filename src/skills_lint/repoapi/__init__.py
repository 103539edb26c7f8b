"""The repo's own Python API, read from its source and never run: what exists, and how it is called."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ..place import InputError, shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from ..errors.fault import Fault
    from ..errors.reading import Reading
    from ..place import Place
    from .complaint import Misuse
    from .names import Name, Names
    from .signature import Signature

_NO_API = frozenset({"test", "tests"})


class RepoApi:
    """The classes, functions and modules below the source folders of a repo; each file is read when it is needed."""

    def __init__(self, root: Path, folders: Sequence[Path]) -> None:
        self._root = root
        self.folders = tuple(folders)

    @cached_property
    def _names(self) -> Names:
        from .modules import Modules
        from .names import Names

        return Names(Modules(self._root, self.folders))

    def misuse(self, reading: Reading) -> Misuse | None:
        """Return how a failure misuses the repo's own API; None if it does not, or if that is not certain."""
        from .misuse import is_of_use, misuse_of

        return misuse_of(reading, self._names) if is_of_use(reading) else None  # to know the names takes long

    def resolve(self, path: str) -> Name | None:
        """Return what the source says of a dotted name: there, missing or uncertain; None if it is not the repo's."""
        return self._names.resolve(path)

    def signature(self, path: str) -> Signature | None:
        """Return how the function or class of this dotted name is called; None where that is not certain."""
        from .callables import signature_of

        name = self._names.resolve(path)
        return signature_of(name.definition, self._names) if name and name.definition else None

    def names_in(self, path: str) -> frozenset[str]:
        """Return the public names of the module or class of this dotted name; none where it is not certain."""
        name = self._names.resolve(path)
        if name is None or name.known != "there":
            return frozenset()
        if name.definition is None:
            return frozenset(self._names.names_in(name.path))
        return frozenset(self._names.attributes(name.definition)) if name.definition.is_class else frozenset()

    @property
    def files(self) -> int:
        """The number of files that can be imported."""
        return len(self._names.modules.sources)

    @property
    def unread(self) -> Mapping[str, str]:
        """The files that were needed and could not be read, each with the reason."""
        return self._names.modules.unread


def read_failure(fault: Fault, api: RepoApi | None) -> Reading:
    """Return a failure read step by step, with what the repo's own API says of it."""
    from ..errors.reading import Reading

    reading = Reading(fault)
    misuse = api.misuse(reading) if api else None
    return Reading(fault, misuse.facts, misuse.sentence) if misuse else reading


def open_api(root: Path, source: Sequence[str], place: Place | None = None) -> RepoApi | None:
    """Return the API in the configured source folders; by default in `src`, or in the packages at the root.

    None if there is no such folder. Raises InputError, which names `place`, for a configured one that does not exist.
    """
    for name in source:
        if not (root / name).is_dir():
            way_out = (
                "mend `source` in the configuration: it lists the folders from which the repo's own code is imported"
            )
            message = f"`source` names {name}, which is no folder in {shown(root)}"
            raise InputError(message, place=place, way_out=way_out)
    folders = [root / name for name in source] or _found(root)
    return RepoApi(root, folders) if folders else None


def _found(root: Path) -> list[Path]:
    if (root / "src").is_dir():
        return [root / "src"]
    return sorted(init.parent for init in root.glob("*/__init__.py") if init.parent.name not in _NO_API)
