"""Names of modules that are known, as data: packages that can be installed, and modules that are gone."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent


@cache
def packages() -> frozenset[str]:
    """Return the import names of widely used packages."""
    return _words("packages.txt")


@cache
def standard() -> frozenset[str]:
    """Return the top-level modules of the standard library, the same whichever Python runs this."""
    return _words("standard.txt")


@cache
def removed() -> frozenset[str]:
    """Return the modules that are gone from the standard library, or from the package that had them."""
    return _words("removed.txt")


@cache
def of_the_task() -> frozenset[str]:
    """Return names that people give to the modules of a project of their own."""
    return _words("task.txt")


@cache
def library_classes() -> frozenset[str]:
    """Return names of classes of widely used packages that nothing else has."""
    return _words("classes.txt")


def is_standard(module: str) -> bool:
    """Tell whether a module is of the standard library, of today or of earlier days."""
    root = module.partition(".")[0]
    return root in standard() or root in removed()


def _words(file: str) -> frozenset[str]:
    lines = (_FOLDER / file).read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
