"""A discovered group as a draft of a bucket: the entry to put into the bucket file and to finish by hand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .bucket import MatchRule

if TYPE_CHECKING:
    from ..errors.fault import Fault

_SPECIAL = re.compile(r"[\\.^$|?*+()\[\]{}]")
_FEWEST_LETTERS = 4  # a fixed piece of a message that is shorter says little


def draft_rule(fault: Fault, signature: str) -> MatchRule:
    """Return a rule for failures with this signature: the exception's type and the fixed parts of the message."""
    masked = signature.partition(": ")[2]
    pieces = [piece.strip(" '\"<>") for piece in masked.split("*")]
    said = [_SPECIAL.sub(r"\\\g<0>", piece) for piece in pieces if len(piece) >= _FEWEST_LETTERS]
    return MatchRule(exception=fault.type, message=".*".join(said) or None)


def draft_entry(id_: str, title: str, rule: MatchRule) -> str:
    """Return the YAML of a bucket, as an item of `buckets`; what only a person knows is left to say."""
    import yaml

    match = {key: value for key, value in (("exception", rule.exception), ("message", rule.message)) if value}
    entry = {
        "id": id_,
        "title": title,
        "match": [match],
        "cause": "TODO: why it happens.",
        "fix": "TODO: what removes the cause.",
        "hint": "TODO: one sentence for the agent that has just met it.",
    }
    text = yaml.safe_dump([entry], sort_keys=False, allow_unicode=True, width=110)
    return "".join(f"  {line}\n" for line in text.splitlines())


def slug(text: str) -> str:
    """Return an id made of the words of a text."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", text)
    return "-".join(re.findall(r"[a-z0-9]+", spaced.lower())[:6]) or "group"
