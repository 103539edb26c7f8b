"""The texts that an agent reads of a skill: its own file, and the Markdown files beside it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from .fences import fenced
from .prose import lines_outside

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    import re2

    from ..skills.skill import CodeBlock, Link
    from .rule import Finding


class Parsed(Protocol):
    """The parts of a Markdown text that rules look at."""

    @property
    def links(self) -> tuple[Link, ...]: ...
    @property
    def code_blocks(self) -> tuple[CodeBlock, ...]: ...
    @property
    def anchors(self) -> frozenset[str]: ...


@dataclass(frozen=True)
class Page:
    """A skill's own text, or that of a file beside it."""

    path: Path
    file: str  # as shown
    text: str
    first_line: int  # of the Markdown; above it stands the frontmatter
    parse: Callable[[], Parsed]  # takes its time for a file beside a skill, which is parsed when a rule asks
    aside: bool

    def holding(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Return findings as ones in this file."""
        return (replace(finding, file=self.file) for finding in findings) if self.aside else iter(findings)

    @cached_property
    def _data(self) -> bytes:
        return self.text.encode("utf-8", "replace")  # RE2 takes no half of a pair

    def has(self, sign: re2._Regexp[bytes]) -> bool:
        """Say whether the text has what RE2 finds, in one pass: without it a rule need not look at its lines."""
        return sign.search(self._data) is not None

    def prose_lines(self) -> Iterator[tuple[int, str]]:
        """Yield number and text of each line of the Markdown that stands in no code block."""
        return lines_outside(self.parse().code_blocks, self.text, self.first_line)

    @cached_property
    def fenced(self) -> tuple[CodeBlock, ...]:
        """The code blocks, as far as lines alone tell; to be asked before a file beside a skill is parsed."""
        return tuple(fenced(self.text)) if self.aside else self.parse().code_blocks
