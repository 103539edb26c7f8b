"""Edits that are the same but for names and values, counted as one."""

from __future__ import annotations

import builtins
import keyword
import re
from collections import Counter
from typing import TYPE_CHECKING

from .result import Pair

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .edit import Edit
    from .result import Assigned

_MOST_PAIRS = 5
_MOST_EXAMPLES = 3
_KNOWN = frozenset({*keyword.kwlist, *vars(builtins)})
_PART = re.compile(
    r"""(?P<text>[rbfuRBFU]{0,2}(?:'''.*?'''|\"\"\".*?\"\"\"|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"))
    |(?P<number>(?<![\w.])\d[\w.]*)
    |(?P<kept>\.\s*[A-Za-z_]\w*|[A-Za-z_]\w*(?=\(|=(?!=)))
    |(?P<name>[A-Za-z_]\w*)""",
    re.VERBOSE | re.DOTALL,
)


def pair_key(edit: Edit) -> tuple[str, str]:
    """Return both sides of an edit with its variables, texts and numbers numbered in the order in which they occur.

    What is called, attributes, names of arguments, imports, builtins and keywords stay: they are what an edit is about.
    """
    numbered: dict[str, str] = {}

    def masked(found: re.Match[str]) -> str:
        kind, part = found.lastgroup, found[0]
        if kind == "kept" or part in _KNOWN or part in edit.imported:
            return part
        return numbered.setdefault(part, f"{(kind or 'name')[0]}{len(numbered)}")

    return _PART.sub(masked, edit.wrong), _PART.sub(masked, edit.right)


def most_frequent(found: Iterable[tuple[Edit, Assigned]]) -> tuple[Pair, ...]:
    """Return the pairs of a bucket, those found most often first, at most five, each with its commonest wording."""
    alike: dict[tuple[str, str], list[tuple[Edit, Assigned]]] = {}
    for edit, item in found:
        alike.setdefault(pair_key(edit), []).append((edit, item))
    pairs = sorted((_pair(group) for group in alike.values()), key=lambda pair: (-pair.count, pair.wrong, pair.right))
    return tuple(pairs[:_MOST_PAIRS])


def _pair(group: Sequence[tuple[Edit, Assigned]]) -> Pair:
    worded = Counter((edit.wrong, edit.right) for edit, _ in group)
    wrong, right = min(worded, key=lambda words: (-worded[words], words))
    return Pair(wrong, right, len(group), tuple(item for _, item in group)[:_MOST_EXAMPLES])
