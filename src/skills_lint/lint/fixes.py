"""Fixes put into texts, as often as it takes until none is left."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from ..lines import BOM, LineIndex

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from ..place import Span
    from .diagnostic import Diagnostic, Fix

_MOST_ROUNDS = 10  # one fix may make room for the next; two that undo each other must end


@dataclass(frozen=True, slots=True)
class Fixed:
    """What fixing comes to."""

    texts: Mapping[str, str]  # by file as shown: what each file that changes would hold, a byte order mark included
    diagnostics: tuple[Diagnostic, ...]  # what remains
    count: int  # fixes that were put in


def fix_all(
    diagnostics: Sequence[Diagnostic],
    lint: Callable[[Mapping[str, str]], Sequence[Diagnostic]],
    read: Callable[[str], str | None],
    *,
    unsafe: bool,
) -> Fixed:
    """Return the texts with all fixes put in that may be, and what remains.

    `lint` gives the diagnostics of the repo with some of its texts replaced; `read` the text of a file, None for one
    that must not be changed. Where fixes overlap, the first is put in, and the others are when they still apply.
    """
    texts: dict[str, str] = {}
    count = 0
    for _ in range(_MOST_ROUNDS):
        before = count
        for file, fixes in _by_file(diagnostics, unsafe=unsafe).items():
            text = texts[file] if file in texts else read(file)
            if text is not None:
                texts[file], put_in = put_fixes(text, fixes)
                count += put_in
        if count == before:
            break
        diagnostics = lint(texts)
    return Fixed(texts, tuple(diagnostics), count)


def _by_file(diagnostics: Iterable[Diagnostic], *, unsafe: bool) -> dict[str, list[Fix]]:
    by_file: dict[str, list[Fix]] = defaultdict(list)
    for diagnostic in diagnostics:
        if diagnostic.fix is not None and (diagnostic.fix.safe or unsafe):
            by_file[diagnostic.file].append(diagnostic.fix)
    return by_file


def put_fixes(text: str, fixes: Iterable[Fix]) -> tuple[str, int]:
    """Return a file's text with fixes put in, and how many were; one that touches an earlier one is left out whole.

    Lines and columns are those of the text without its byte order mark.
    """
    index, mark = LineIndex(text.removeprefix(BOM)), len(text) - len(text.removeprefix(BOM))
    taken: list[tuple[int, int, str]] = []
    count = 0
    for fix in fixes:
        edits = [(*_offsets(edit.span, index, mark), edit.text) for edit in fix.edits]
        together = sorted([*taken, *edits])
        if edits and all(_apart(one, other) for one, other in pairwise(together)):
            taken = together
            count += 1
    parts, at = [], 0
    for start, end, put in taken:
        parts += [text[at:start], put]
        at = end
    return "".join([*parts, text[at:]]), count


def _offsets(span: Span, index: LineIndex, mark: int) -> tuple[int, int]:
    start = mark + index.offset(span.line) + span.column - 1
    return start, mark + index.offset(span.end_line) + span.end_column - 1


def _apart(one: tuple[int, int, str], other: tuple[int, int, str]) -> bool:
    """Say whether two edits, the first of which begins first, can both be made, in one order only."""
    return one[1] <= other[0] and one[0] < other[0]
