"""SK302: anchors in links are there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import re2

from ...lines import split_lines
from ...place import clearly_meant, did_you_mean
from ...skills.anchors import folded
from ..diagnostic import Fix
from ..edits import swapped
from ..rule import Finding, Rule
from ..targets import local_target

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from ...skills.skill import Link, Skill
    from ..repo import Repo

# A text without one has no link with an anchor into the repo; to find that out takes no parser.
_ANCHORED = (
    re.compile(r"\]\(\s*<?(?!https?:)[^)\n]{0,500}#"),
    re.compile(r"\]:\s*<?(?!https?:)\S{0,500}#"),
)
_OF_HTML = re2.compile(rb"(?i)href[\s\v]?=[\s\v]?[\"']?[^\"'\s>]*#")
_NO_HEADING = re.compile(r":~:|L\d+(?:C\d+)?(?:-L\d+(?:C\d+)?)?$")  # a text to look for, lines as hosts name them
_MOST_COMPARED = 100_000  # pairs of a dead anchor and a heading in one file, after which nothing is suggested


def _check(skill: Skill, repo: Repo) -> Iterator[Finding]:
    for page in repo.pages(skill):
        if any(sign.search(page.text) for sign in _ANCHORED) or page.has(_OF_HTML):
            parsed = page.parse()
            yield from page.holding(_dead(parsed.links, parsed.anchors, page.path.parent, split_lines(page.text), repo))


def _dead(
    links: Iterable[Link], own: frozenset[str], folder: Path, lines: Sequence[str], repo: Repo
) -> Iterator[Finding]:
    patience = _MOST_COMPARED
    for link in links:
        target = local_target(link, folder)
        if link.kind == "image" or target is None or not target.anchor or _NO_HEADING.match(target.anchor):
            continue
        known = own if target.path is None else _anchors(target.path, repo)
        anchor = folded(target.anchor)
        if known is None or anchor == "top" or anchor in known or anchor.removeprefix("user-content-") in known:
            continue
        patience -= len(known)
        nearby = known if patience > 0 else ()
        near = did_you_mean(anchor, nearby)
        where = "this file" if target.path is None else link.target.partition("#")[0]
        yield Finding(
            f"the link leads to #{target.anchor}, but {where} has no such heading",
            link.span,
            f"did you mean `#{near}`?" if near else "an anchor is the heading in lower case, with `-` for spaces",
            fix=_fix(lines, link, clearly_meant(anchor, nearby)),
        )


def _fix(lines: Sequence[str], link: Link, near: str | None) -> Fix | None:
    """Return the change of the anchor to the one that is clearly meant, if there is one."""
    target = f"{link.target.partition('#')[0]}#{near}"
    edits = swapped(lines, link.span, link.target, target) if near else ()
    return Fix(f"lead the link to `#{near}`", edits, safe=False) if edits else None


def _anchors(path: Path, repo: Repo) -> frozenset[str] | None:
    """Return the anchors of the file that a link leads to; None if it is not Markdown, or not of the repo."""
    if path.suffix.lower() not in (".md", ".markdown") or not path.is_file() or not repo.holds(path):
        return None
    return repo.document(path).anchors


_SKILL = """---
name: etf-data
description: Read ETF prices.
---
# ETF data

As said [below](#{}), dates are whole numbers.

## Dates and days

`20240102` is a day.
"""

RULE = Rule(
    code="SK302",
    name="dead-anchor",
    severity="error",
    summary="A link to a heading leads to one that exists.",
    explanation="""
Judged are links in the skill and in the Markdown files beside it that it names, to a heading of the same file or of
another Markdown file, by the anchors that GitHub makes: the heading in lower case, without punctuation, spaces as `-`,
the second of the same name with `-1`. The ids of HTML elements and of `{#own-id}` count, capitals do not matter.
""",
    bad={"skills/etf-data/SKILL.md": _SKILL.format("dates-and-day")},
    good={"skills/etf-data/SKILL.md": _SKILL.format("dates-and-days")},
    precision="11 of 11 findings in 867 public skills",
    fix="unsafe",
    check_skill=_check,
)
