"""SK305: links are written so that they are links."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import re2

from ...place import Span
from ..prose import without_inline_code
from ..rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from ...skills.skill import Skill
    from ..page import Page
    from ..repo import Repo

_LABEL = r"(?<![\]\w\\])!?\[[^\[\]\n]{1,80}\]"
_SUFFIX = r"(?:md|py|sh|png|svg|jpe?g|html|json|ya?ml|txt)"
_TARGET = rf"(?:https?://[^\s()\[\]]{{1,300}}|(?:\.{{1,2}}/)*[\w-]{{1,80}}(?:/[\w.-]{{1,80}}){{0,5}}\.{_SUFFIX})"
_MALFORMED = (
    (re.compile(rf"{_LABEL} \({_TARGET}\)"), "a space parts the text of the link from its target", "remove the space"),
    (
        re.compile(rf"(?<!\w)\([^()\n]{{1,80}}\)\[{_TARGET}\]"),
        "the brackets of the link are the wrong way round",
        "write `[text](target)`",
    ),
    (
        re.compile(rf"{_LABEL}\((?:{_TARGET}|#[\w-]+)(?![^\n]{{0,300}}\))"),
        "the link is never closed",
        "close it with `)`",
    ),
    (re.compile(rf"{_LABEL}\(\s?\)"), "the link has no target", "name the target, or write plain text"),
    (
        re.compile(rf"{_LABEL}\((?!https?:)[^\s()<>\[\]\"']{{1,200}} [^()<>\[\]\"'\n]{{0,200}}\.{_SUFFIX}\)"),
        "the link has a space in its target",
        "write `%20` for it, or put the target in `<` and `>`",
    ),
)
_REFERENCE = re.compile(  # `[1][2]` are two sources
    r"(?<![\w\])!\\])!?\[(?P<text>(?!\d+\]\[\d)[^\[\]\n]{1,80})\]\[(?P<label>[^\[\]\n]{0,80})\](?![\[(:])"
)
_FOOTNOTE = re.compile(r"(?<=\w)\[(?P<label>\^[\w-]{1,40})\](?!:)")
_DEFINITION = re.compile(r"^[ \t>]*\[(?P<label>[^\]\n]+)\]:", re.MULTILINE)
# Most texts have none of these: what is malformed, what may be a reference, what may not be closed on its line, what
# has a space and no title.
_PERHAPS = re2.compile(
    rb"\] \(|\)\[|\]\[|\[\^|\]\([^)]?\)|\]\([^)\r\n]*(?:[\r\n]|\z)|\]\([^)\r\n]{300}|\]\([^)\s\"']+ [^)\r\n]*\.\w+\)"
)
_SIGN = re.compile(r"\] ?\(|\)\[|\]\[|\[\^")


def _check(skill: Skill, repo: Repo) -> Iterator[Finding]:
    for page in repo.pages(skill):
        if page.has(_PERHAPS) and (not page.aside or _is_malformed_somewhere(page.text)):
            yield from page.holding(_malformed(page))


def _is_malformed_somewhere(text: str) -> bool:
    """Say whether a text may have such a link, by its lines alone: parsing it takes its time."""
    text = f"{text}\n"
    starts = sorted({text.rfind("\n", 0, sign.start()) + 1 for sign in _SIGN.finditer(text)})
    lines = "\n".join(text[start : text.find("\n", start)] for start in starts)
    return any(pattern.search(lines) for pattern, _, _ in _MALFORMED) or any(_undefined(lines, _labels(text)))


def _malformed(page: Page) -> Iterator[Finding]:
    labels = _labels(page.text)
    for number, line in page.prose_lines():
        if not _SIGN.search(line):
            continue
        plain = without_inline_code(line)
        for pattern, message, way_out in _MALFORMED:
            for found in pattern.finditer(plain):
                yield Finding(message, Span(number, found.start() + 1, number, found.end() + 1), way_out)
        for found in _undefined(plain, labels):
            message = f"the link refers to `{_label(found)}`, which is not defined"
            span = Span(number, found.start() + 1, number, found.end() + 1)
            yield Finding(message, span, f"define it on a line of its own: `[{_label(found)}]: …`")


def _undefined(text: str, labels: Collection[str]) -> Iterator[re.Match[str]]:
    """Yield the links and footnotes whose label is defined nowhere."""
    for found in (*_REFERENCE.finditer(text), *_FOOTNOTE.finditer(text)):
        if _label(found).casefold() not in labels:
            yield found


def _label(found: re.Match[str]) -> str:
    return found["label"] or found["text"]


def _labels(text: str) -> frozenset[str]:
    return frozenset(found["label"].casefold() for found in _DEFINITION.finditer(text))


_SKILL = "---\nname: etf-data\ndescription: Read ETF prices.\n---\nSee [the manual]{}(https://prices.example/manual).\n"

RULE = Rule(
    code="SK305",
    name="malformed-link",
    severity="warning",
    summary="Links are written so that they are links.",
    explanation="""
What is meant as a link and is none leads nobody on, and no other rule can tell whether its target exists. Found are a
space between text and target, brackets the wrong way round, a link that is never closed, has no target or one with a
space in it, and `[text][label]` or a footnote whose label is defined nowhere. Judged are a skill and the Markdown files
beside it that it names, outside of code.
""",
    bad={"skills/etf-data/SKILL.md": _SKILL.format(" ")},
    good={"skills/etf-data/SKILL.md": _SKILL.format("")},
    precision="no finding in 867 public skills",
    check_skill=_check,
)
