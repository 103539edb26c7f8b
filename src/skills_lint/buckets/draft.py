"""A group of failures as a draft of a bucket: its rule, and the entry to put into the bucket file."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from ..errors.masks import first_line, mask
from .bucket import Bucket, MatchRule
from .match import matches

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from ..errors.reading import Reading

_SPECIAL = re.compile(r"[\\.^$|?*+()\[\]{}]")
_FEWEST_LETTERS = 4  # a fixed piece of a message that is shorter says little


@dataclass(frozen=True, slots=True)
class Draft:
    """A rule for a group, and how it came about."""

    rule: MatchRule
    narrowed_by: tuple[str, ...]  # what was added so that it catches fewer others: "library", "owner-is"


def draft_rule(members: Sequence[Reading], others: Sequence[Reading]) -> Draft:
    """Return a rule for failures of one signature that catches all of them, and of the others as few as can be.

    It names what the signature does: form and parts of a message of CPython, or exception and fixed words. While it
    catches others it is narrowed by facts of the origin, library and full name; if that is not enough, to a pin.
    """
    pin = MatchRule(signature=members[0].signature.key)
    rule = _told_by_signature(members)
    if rule is None:
        return Draft(pin, ("signature",))
    caught = [other for other in others if matches(rule, other)]
    added = []
    for name, narrower in _narrower(members, rule):
        left = [other for other in caught if matches(narrower(rule), other)]
        if len(left) < len(caught) and all(matches(narrower(rule), member) for member in members):
            rule, caught = narrower(rule), left
            added.append(name)
    if sum(matches(pin, other) for other in others) < len(caught):
        return Draft(pin, ("signature",))
    return Draft(rule, tuple(added))


def _told_by_signature(members: Sequence[Reading]) -> MatchRule | None:
    """Return the rule that says what the signature says; None where that is an exception alone."""
    rules = (rule for rule in _candidates(members) if all(matches(rule, member) for member in members))
    return next(rules, None)


def _candidates(members: Sequence[Reading]) -> Iterator[MatchRule]:
    """Yield the rules that say what the signature says, the best first."""
    error, form, library = members[0].thrown, _common(members, _form), _common(members, _library)
    signed = members[0].signature.text
    told = {name: _escaped(text) for name, text in _parts(members).items() if _has_word(signed, text)}
    if form is not None and (told or error.type is None):
        yield MatchRule(form=form, where=told)
    words = _fixed_words(error.message or "")
    if words is not None:
        yield MatchRule(exception=error.type, message=words)
    if library is not None:
        yield MatchRule(exception=error.type, form=form, library=library)


def _has_word(text: str, word: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None


def _parts(members: Sequence[Reading]) -> Mapping[str, str]:
    """Return the parts that all messages have in common."""
    names = members[0].said.parts if members[0].said else {}
    common = {name: _common(members, _part(name)) for name in names}
    return {name: text for name, text in common.items() if text}


def _narrower(members: Sequence[Reading], rule: MatchRule) -> Iterator[tuple[str, Callable[[MatchRule], MatchRule]]]:
    """Yield ways to make a rule narrower by what else all failures have in common, each with its name."""
    first = members[0]
    facts = {name: _common(members, _part(name)) for name in sorted({*first.origin.facts, *first.facts})}
    for name, text in {**facts, **_parts(members)}.items():
        if text is not None and name not in rule.where:
            yield name, _with_part(name, _escaped(text))
    for name, text in (
        ("library", _common(members, _library)),
        ("form", _common(members, _form)),
        ("exception", _common(members, lambda reading: reading.thrown.qualified)),
    ):
        if text is not None:
            yield name, partial(replace, **{name: text})


def _with_part(name: str, pattern: str) -> Callable[[MatchRule], MatchRule]:
    return lambda rule: replace(rule, where={**rule.where, name: pattern})


def _part(name: str) -> Callable[[Reading], str | None]:
    return lambda reading: reading.part(name)


def _form(reading: Reading) -> str | None:
    return reading.said.form if reading.said else None


def _library(reading: Reading) -> str | None:
    return reading.origin.library


def _common(members: Sequence[Reading], ask: Callable[[Reading], str | None]) -> str | None:
    answers = {ask(reading) for reading in members}
    return answers.pop() if len(answers) == 1 else None


def _fixed_words(message: str) -> str | None:
    """Return an expression for what stays in the telling line of a message; None where all of it varies."""
    pieces = [piece.strip(" '\"<>") for piece in mask(first_line(message)).split("*")]
    return ".*".join(_escaped(piece) for piece in pieces if len(piece) >= _FEWEST_LETTERS) or None


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text)


def draft_bucket(reading: Reading, rule: MatchRule, taken: set[str]) -> Bucket:
    """Return a bucket with this rule, under an id that is not taken; what only a person knows is left to say."""
    signed = reading.signature.text
    return Bucket(
        id=_free(slug(signed), taken),
        title=reading.thrown.type or signed,
        match=(rule,),
        cause="TODO: why it happens.",
        fix="TODO: what removes the cause.",
        hint="TODO: one sentence for the agent that has just met it.",
    )


def entry_of(bucket: Bucket) -> str:
    """Return the YAML of a bucket, as an item of `buckets`."""
    import yaml

    entry = {
        "id": bucket.id,
        "title": bucket.title,
        "match": [_given(rule) for rule in bucket.match],
        "cause": bucket.cause,
        "fix": bucket.fix,
        "hint": bucket.hint,
        **({} if bucket.remedy == "skill" else {"remedy": bucket.remedy}),
    }
    text = yaml.safe_dump([entry], sort_keys=False, allow_unicode=True, width=110)
    return "".join(f"  {line}\n" for line in text.splitlines())


def _given(rule: MatchRule) -> dict[str, Any]:
    keys = ("exception", "form", "where", "message", "code", "library", "signature", "bucket")
    return {key: getattr(rule, key) for key in keys if getattr(rule, key)}


def slug(text: str) -> str:
    """Return an id made of the words of a text."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", text)
    return "-".join(re.findall(r"[a-z0-9]+", spaced.lower())[:6]) or "group"


def _free(id_: str, taken: set[str]) -> str:
    number = 2
    free = id_
    while free in taken:
        free, number = f"{id_}-{number}", number + 1
    return free
