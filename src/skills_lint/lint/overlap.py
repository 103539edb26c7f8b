"""How much two descriptions say the same, by the words that they share and how rare those are."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_WORD = re.compile(r"[^\W_]+(?:['’.+#-][^\W_]+)*[+#]*")
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n\s*\n|\n\s*[-*]\s+")
_ENDING = re.compile(r"(?:'s|’s|ing|ed|es|e|s)$")
# Words that every description has, whatever it is about: small ones, and those that tell an agent when to choose.
_SAID_BY_ALL = frozenset(
    _WORD.findall("""
    a about all also an and any are as at be been before but by can do does each etc for from has have how i if in into
    is it its like may more most need needs not of on only or other should so such than that the their them then there
    these they this to trigger up use used user users using want wants was were what when where whether which who will
    with within work working works you your agent claude skill task tasks ask asks asked mention mentions include
    includes including help helps based provide provides support supports
    """)
)
_SHORTEST_STEM = 3  # letters


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two descriptions that say much the same, by their places in the list, and how much."""

    one: int
    other: int
    share: float  # of the weight of their words, 0 to 1
    shared_words: int
    sentences: tuple[str, str]  # of each the one that is most like one of the other


def overlaps(texts: Sequence[str], least: float) -> Iterator[Overlap]:
    """Yield the pairs of descriptions that overlap by `least` or more.

    The overlap is the weight of the words that both have by the weight of the words that either has (the weighted
    index of Jaccard); the weight of a word is the logarithm of 1 + the number of descriptions by those that have it.
    """
    words = [words_of(text) for text in texts]
    often = Counter(word for of_one in words for word in of_one)
    weight = {word: math.log(1 + len(texts) / count) for word, count in often.items()}
    whole = [sum(weight[word] for word in of_one) for of_one in words]
    for one, other in combinations(range(len(texts)), 2):
        smaller, larger = sorted((whole[one], whole[other]))
        if not larger or smaller < least * larger:
            continue
        both = words[one] & words[other]
        shared = sum(weight[word] for word in both)
        share = shared / (smaller + larger - shared)
        if share >= least:
            yield Overlap(one, other, share, len(both), _nearest_sentences(texts[one], texts[other], weight))


def words_of(text: str) -> frozenset[str]:
    """Return the words of a text that say what it is about, without endings."""
    found = (word.lower() for word in _WORD.findall(text))
    return frozenset(_stem(word) for word in found if word not in _SAID_BY_ALL)


def _stem(word: str) -> str:
    stem = _ENDING.sub("", word)
    return stem if len(stem) >= _SHORTEST_STEM else word


def _nearest_sentences(one: str, other: str, weight: Mapping[str, float]) -> tuple[str, str]:
    """Return the sentence of each description that has most in common with one of the other."""
    *_, first, second = max(
        (_alike(words_of(a), words_of(b), weight), -i, -j, a, b)
        for i, a in enumerate(_sentences(one))
        for j, b in enumerate(_sentences(other))
    )
    return first, second


def _alike(one: frozenset[str], other: frozenset[str], weight: Mapping[str, float]) -> float:
    whole = sum(weight[word] for word in one | other)
    return sum(weight[word] for word in one & other) / whole if whole else 0.0


def _sentences(text: str) -> Sequence[str]:
    found = [" ".join(sentence.split()) for sentence in _SENTENCE.split(text)]
    return [sentence for sentence in found if sentence] or [text]
