"""Discovered groups that look alike: suggestions for a person, who alone joins them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .result import Alike

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .result import BucketCount

_ALIKE = 0.6  # the share of words that any two groups of a suggestion have in common
_MOST_GROUPS = 300  # compared, the most important first: each with each
_FEWEST_WORDS = 3  # a message with fewer says too little to be compared
_WORD = re.compile(r"[^\W\d_]{4,}")  # shorter ones stand in any message


def alike(ranked: Sequence[BucketCount]) -> tuple[Alike, ...]:
    """Return the discovered groups that may be one cause, the most alike first; no group is in two suggestions.

    Two groups are compared by the words of their signatures (Jaccard index), if the type of the exception is the same.
    In a suggestion every group is like every other one, so that a chain of likenesses joins no strangers.
    """
    words = _words(ranked)
    pairs = sorted(
        ((_score(words[a], words[b]), a, b) for a in words for b in words if a < b),
        key=lambda pair: (-pair[0], *pair[1:]),
    )
    scores = {(a, b): score for score, a, b in pairs if score >= _ALIKE}
    cluster = {id_: frozenset((id_,)) for id_ in words}
    for a, b in scores:
        joined = cluster[a] | cluster[b]
        if cluster[a] != cluster[b] and all((min(x, y), max(x, y)) in scores for x in cluster[a] for y in cluster[b]):
            cluster.update(dict.fromkeys(joined, joined))
    found = [_suggestion(sorted(group), scores, words) for group in set(cluster.values()) if len(group) > 1]
    return tuple(sorted(found, key=lambda item: (-item.score, item.groups)))


def _words(ranked: Sequence[BucketCount]) -> dict[str, tuple[str, frozenset[str]]]:
    """Return type and words of each group that can be compared; of groups known from evidence alone none can."""
    found: dict[str, tuple[str, frozenset[str]]] = {}
    for bucket in ranked:
        if bucket.source == "discovered" and bucket.signature and len(found) < _MOST_GROUPS:
            kind, _, message = bucket.signature.partition(": ")
            said = frozenset(word.lower() for word in _WORD.findall(message))
            if len(said) >= _FEWEST_WORDS:
                found[bucket.id] = (kind, said)
    return found


def _score(one: tuple[str, frozenset[str]], other: tuple[str, frozenset[str]]) -> float:
    if one[0] != other[0]:
        return 0.0
    return len(one[1] & other[1]) / len(one[1] | other[1])


def _suggestion(
    groups: list[str], scores: Mapping[tuple[str, str], float], words: Mapping[str, tuple[str, frozenset[str]]]
) -> Alike:
    lowest = min(scores[a, b] for a in groups for b in groups if a < b)
    common = frozenset.intersection(*(words[id_][1] for id_ in groups))
    kind = words[groups[0]][0]
    return Alike(tuple(groups), round(lowest, 2), f"all are {kind} and say {', '.join(sorted(common))}")
