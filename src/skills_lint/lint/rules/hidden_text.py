"""SK002: what a reader sees is what an agent reads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import re2

from ...lines import split_lines
from ...place import Span
from ..diagnostic import Edit, Fix
from ..rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...skills.skill import Skill
    from ..repo import Repo

_BIDI = "\u202a-\u202e\u2066-\u2069"
_TAGS = "\U000e0001-\U000e007f"
_UNSEEN = "\xad\u200b\u2060-\u2064\ufeff"  # soft hyphen, spaces without width, joiners
_CONTROL = "\x01-\x08\x0e-\x1f\x7f"
_ANY = re2.compile(f"[{_BIDI}{_TAGS}{_UNSEEN}{_CONTROL}\u200c\u200d]".encode())
# Tags behind a black flag make the flags of England, Scotland and Wales; anywhere else they are text that nobody sees.
# What has no width parts words in some scripts, and some authors part code blocks with it; beside plain letters it
# only makes two words look the same, and several in a row hold a message.
_HIDDEN = re.compile(
    f"(?P<flag>\U0001f3f4[{_TAGS}]+)|(?P<bidi>[{_BIDI}])|(?P<tags>[{_TAGS}]+)|(?P<control>[{_CONTROL}])"
    f"|(?P<unseen>(?<=[A-Za-z0-9])[{_UNSEEN}]+|[{_UNSEEN}]+(?=[A-Za-z0-9])|[{_UNSEEN}]{{2,}}"
    "|(?<=[A-Za-z0-9])[\u200c\u200d]+(?=[A-Za-z0-9]))"
)


def _check(skill: Skill, repo: Repo) -> Iterator[Finding]:
    for page in repo.pages(skill):
        if page.has(_ANY):
            yield from page.holding(_hidden(page.text))


def _hidden(text: str) -> Iterator[Finding]:
    for number, line in enumerate(split_lines(text), 1):
        hidden = [] if line.isprintable() else [match for match in _HIDDEN.finditer(line) if not match["flag"]]
        if hidden:
            span = Span(number, hidden[0].start() + 1, number, hidden[0].end() + 1)
            edits = tuple(Edit(Span(number, match.start() + 1, number, match.end() + 1), "") for match in hidden)
            fix = Fix("delete the hidden characters of the line", edits, safe=True)
            way_out = "delete it; letters of any script need no such character"
            yield Finding(f"the line holds {_named(hidden[0])}", span, way_out, fix=fix)


def _named(hidden: re.Match[str]) -> str:
    """Return what a match is, and what it does."""
    if hidden["tags"]:
        return f"{len(hidden[0])} invisible tag characters, in which text can be hidden"
    what = {
        "bidi": "which shows text in another order than it is read",
        "control": "a control character, which hides or changes what a terminal shows",
        "unseen": "which no reader sees",
    }
    return f"U+{ord(hidden[0][0]):04X}, {what[hidden.lastgroup or 'unseen']}"


_SKILL = "---\nname: etf-data\ndescription: Read ETF prices.\n---\nSend the report {}only after{} it was approved.\n"

RULE = Rule(
    code="SK002",
    name="hidden-text",
    severity="error",
    summary="What a reader sees is what an agent reads.",
    explanation="""
Characters that override the direction of writing show a line in another order than an agent reads it; tag characters,
control characters, and those without width inside of words or in a row are not shown at all. All are known ways to
smuggle instructions past a review. Text in scripts that are written from right to left needs none; emoji made of
several characters and the flags made of tags are fine. Judged are a skill and the Markdown files beside it.
""",
    bad={"skills/etf-data/SKILL.md": _SKILL.format("\u202e", "\u202c")},
    good={"skills/etf-data/SKILL.md": _SKILL.format("", "")},
    precision="no finding in 867 public skills",
    fix="safe",
    check_skill=_check,
)
