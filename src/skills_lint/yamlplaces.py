"""YAML read with the place of every value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from .place import InputError, Place

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class YamlFile:
    """A YAML document: its value, and the nodes that tell where each part of it stands."""

    shown: str
    value: Any
    root: yaml.Node | None

    def place(self, path: Sequence[str | int]) -> Place:
        """Return where the value at `path` begins: a key's line for a mapping's entry, the item's for a list's.

        A path that leads to nothing gives the place of the deepest part that is there.
        """
        node, mark = self.root, self.root.start_mark if self.root else None
        for step in path:
            entry = _entry(node, step)
            if entry is None:
                break
            key, node = entry
            mark = key.start_mark
        return Place(self.shown, mark.line + 1, mark.column + 1) if mark else Place(self.shown, 1)


def _entry(node: yaml.Node | None, step: str | int) -> tuple[yaml.Node, yaml.Node] | None:
    """Return the node that marks the entry and the node of its value."""
    if isinstance(node, yaml.MappingNode):
        return next(((key, value) for key, value in node.value if key.value == str(step)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step]
    return None


def read_yaml(path: Path, shown: str) -> YamlFile:
    """Return the YAML document in a file. Raises InputError, with the line, for one that cannot be read."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", place=Place(shown)) from error
    except UnicodeDecodeError as error:
        raise InputError("is not UTF-8 text", place=Place(shown)) from error
    try:
        root = yaml.compose(text, Loader=_Loader)
        value = yaml.load(text, Loader=_Loader)  # noqa: S506  # a safe loader
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(shown, mark.line + 1, mark.column + 1) if mark else Place(shown)
        raise InputError(f"is not valid YAML: {error.problem}", place=place) from error
    except (yaml.YAMLError, ValueError) as error:
        raise InputError(f"is not valid YAML: {error}", place=Place(shown)) from error
    return YamlFile(shown, value, root)
