"""SK105: an agent can tell by the descriptions which skill to choose."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...words import percent
from ..overlap import overlaps, words_of
from ..rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...skills.skill import Skill
    from ..repo import Repo

_SO_MUCH = 0.5  # of the weight of all words of both
_SO_MUCH_THOUGH_NAMED = 0.75  # where a description has words of its own name that the other has not
_FEWEST_WORDS = 4  # that both have; two short descriptions share three words by chance
_LONGEST_SENTENCE = 160  # characters that are shown


def _check(repo: Repo) -> Iterator[Finding]:
    chosen = {(skill.name, text): skill for skill in repo.skills if (text := _description(skill)) is not None}
    skills, texts = list(chosen.values()), [text for _, text in chosen]  # a copy under its own name counts once
    for pair in overlaps(texts, _SO_MUCH):
        one, other = skills[pair.one], skills[pair.other]
        mine, theirs = texts[pair.other], texts[pair.one]
        if pair.shared_words < _FEWEST_WORDS or _names(theirs, other) or _names(mine, one):
            continue
        told_apart = _has_own_words(other, mine, theirs) or _has_own_words(one, theirs, mine)
        if told_apart and pair.share < _SO_MUCH_THOUGH_NAMED:
            continue
        first, second = (_shown(sentence) for sentence in pair.sentences)
        yield Finding(
            f"the description says {percent(pair.share)} the same as that of `{one.name}`: “{second}” and “{first}”",
            other.marks.values["description",],
            f"say in each when to use it and not the other, or make one skill of the two; the other is {one.file}",
            file=other.file,
        )


def _description(skill: Skill) -> str | None:
    """Return the description by which agents choose a skill; None if they do not."""
    values = skill.frontmatter or {}
    text = values.get("description")
    chosen = values.get("disable-model-invocation") is not True and ("description",) in skill.marks.values
    return text if isinstance(text, str) and text.strip() and chosen else None


def _names(text: str, other: Skill) -> bool:
    """Say whether a description tells the other skill apart by its name."""
    return re.search(rf"(?<![\w-]){re.escape(other.name)}(?![\w-])", text, re.IGNORECASE) is not None


def _has_own_words(skill: Skill, own: str, other: str) -> bool:
    """Say whether a description has words of its skill's name that another description has not."""
    return bool(words_of(skill.name.replace("_", "-").replace("-", " ")) & words_of(own) - words_of(other))


def _shown(sentence: str) -> str:
    return sentence if len(sentence) <= _LONGEST_SENTENCE else f"{sentence[: _LONGEST_SENTENCE - 1].rstrip()}…"


_SKILL = "---\nname: {}\ndescription: {}\n---\nOpen the store.\n"
_PRICES = _SKILL.format(
    "etf-prices", "Read daily prices of exchange traded funds from the store and compare their dates."
)

RULE = Rule(
    code="SK105",
    name="descriptions-overlap",
    severity="warning",
    summary="The descriptions of any two skills tell an agent which of them to choose.",
    explanation="""
An agent chooses a skill by its description alone. Of two that say the same it takes either, or both. Measured are the
words that both descriptions have, by all words that either has, each weighted by how rare it is among the skills of
the repo (the logarithm of 1 + the number of skills by those that have the word); endings and words that all
descriptions have (`use`, `when`, `the`) do not count. Found are pairs that share half of the weight and at least four
words, or three quarters where a description has a word of its own name that the other has not, such as `theme` and
`plugin` in two guides of one kind; with the two sentences that are most alike. Not found are pairs of which one names
the other, copies of a skill under its own name, and skills that no agent chooses by itself
(`disable-model-invocation: true`).
""",
    bad={
        "skills/etf-prices/SKILL.md": _PRICES,
        "skills/fund-prices/SKILL.md": _SKILL.format(
            "fund-prices", "Reads the daily prices of exchange traded funds in the store, and compares dates."
        ),
    },
    good={
        "skills/etf-prices/SKILL.md": _PRICES,
        "skills/fund-prices/SKILL.md": _SKILL.format(
            "fund-prices",
            "Read what a mutual fund is worth each day; for those on an exchange use etf-prices.",
        ),
    },
    preview=True,
    precision="2 of 2 findings in 867 public skills, too few to judge",
    check_repo=_check,
)
