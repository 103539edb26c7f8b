"""What kind of module a missing one is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .names import of_the_task, packages, removed, standard

if TYPE_CHECKING:
    from collections.abc import Iterable

_PLACEHOLDER = re.compile(
    r"(?:your|my|some|dummy|fake|example|sample|placeholder|nonexist\w*|non_exist\w*|no_such)(?:_?[a-z]\w*)?|foo|bar|baz|spam|xxx+"
    r"|(?:module|package|app|project|script|file|library|lib)_?name|path_to\w*|[a-z_]*_(?:here|placeholder)"
)
_NOT_PLACEHOLDERS = frozenset({"mypy", "mysql", "myst_parser", "mygene", "samplerate", "mypy_extensions"})
_NAMESPACES = frozenset(  # packages that several distributions fill
    {"google", "azure", "opentelemetry", "sphinxcontrib", "zope", "backports", "ruamel", "databricks", "snowflake"}
)
_NEWER = frozenset({"tomllib", "zoneinfo", "graphlib", "dataclasses", "contextvars", "annotationlib", "compression"})


def module_is(module: str, code: str | None, files: Iterable[str]) -> str | None:
    """Return what a missing module is, None where that is not certain.

    "placeholder": a made-up name; "removed": gone from the standard library or its package; "broken": a part of what is
    installed; "optional": a package to install; "task": a file or folder of the task, by its name, by the code that was
    run or by the files that the traceback shows.
    """
    root, _, rest = module.partition(".")
    last = module.rpartition(".")[2]
    known = root in packages()
    if not known and root not in _NOT_PLACEHOLDERS and _is_placeholder(module, root):
        return "placeholder"
    if any(module == name or module.startswith(f"{name}.") for name in _prefixes(module) if name in removed()):
        return "removed"
    if root in _NEWER:
        return None
    if root in standard() or (known and rest and last.startswith("_") and not last.startswith("__")):
        return "broken"
    if known and (not rest or root in _NAMESPACES):
        return "optional"
    if not known and (not root or root in of_the_task() or _is_shown(root, code, files)):
        return "task"
    return None


def _is_placeholder(module: str, root: str) -> bool:
    return _PLACEHOLDER.fullmatch(root.lower()) is not None or module.startswith("path.to")


def _prefixes(module: str) -> list[str]:
    parts = module.split(".")[:10]
    return [".".join(parts[:count]) for count in range(1, len(parts) + 1)]


def _is_shown(root: str, code: str | None, files: Iterable[str]) -> bool:
    """Tell whether the code, or the traceback's own files, show a file or a folder of that name."""
    shown = re.compile(rf"(?<![\w-]){re.escape(root)}(?:\.py\b|[\\/])")
    return any(shown.search(text) is not None for text in (code or "", *files))
