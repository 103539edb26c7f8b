"""Long texts made short enough to read, without a cut that hides half of a secret from the redactor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from .transcript import Passage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...redaction import Redactor

_MOST: Final = 6_000  # characters that are shown of a text
_MARGIN: Final = 2_000  # characters that are searched for secrets beyond a cut, and not shown
_PAGE: Final = 300_000  # characters of all texts of a session
_LEAST: Final = 400  # characters of a text, however many there are


@dataclass(frozen=True, slots=True)
class Held:
    """What is kept of a text until it is redacted."""

    start: str
    end: str = ""  # "" where `start` is all
    length: int = 0  # characters of the whole

    @property
    def parts(self) -> tuple[str, ...]:
        """What is to be redacted, each by itself."""
        return (self.start, self.end) if self.end else (self.start,)


def held(text: str) -> Held:
    """Return what has to be kept of a text; of a long one the start and the end, each with a margin."""
    if len(text) <= _MOST + 2 * _MARGIN:
        return Held(text, "", len(text))
    head, tail = _shares(_MOST)
    return Held(text[: head + _MARGIN], text[-tail - _MARGIN :], len(text))


def redacted(texts: Sequence[Held], redactor: Redactor) -> list[Passage]:
    """Return texts as they may be shown, so short that all of them fit on a page."""
    clean = iter(redactor.values([part for text in texts for part in text.parts]))
    most = max(_LEAST, min(_MOST, _PAGE // max(len(texts), 1)))
    passages = [_passage(text, next(clean), next(clean) if text.end else "") for text in texts]
    if sum(len(passage.start) + len(passage.end) for passage in passages) <= _PAGE:
        return passages
    return [_shortened(passage, most) for passage in passages]


def _passage(text: Held, start: str, end: str) -> Passage:
    """Return a redacted text without the margins, in which the half of a secret may stand."""
    if not text.end:
        return _shortened(Passage(start), _MOST)
    head, tail = _shares(_MOST)
    start, end = start[:-_MARGIN][:head], end[_MARGIN:][-tail:]
    return Passage(start, text.length - len(start) - len(end), end)


def _shortened(passage: Passage, most: int) -> Passage:
    length = len(passage.start) + len(passage.end)
    if length <= most:
        return passage
    head, tail = _shares(most)
    end = passage.end or passage.start
    start, end = passage.start[:head], end[-tail:]
    return Passage(start, passage.left_out + length - len(start) - len(end), end)


def _shares(most: int) -> tuple[int, int]:
    """Return how much is shown of the start and of the end, where tracebacks and results are."""
    return most * 2 // 5, most - most * 2 // 5
