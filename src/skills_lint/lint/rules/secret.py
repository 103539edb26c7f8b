"""SK502: no secret stands in a skill."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import re2

from ...lines import LineIndex
from ...place import Span
from ..rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...skills.skill import Skill
    from ..repo import Repo

# The detector takes 0.3 s to build, so it is asked only about a text that holds what begins as known tokens do, or a
# run of 20 letters, digits and hyphens with a part of 8 that has letters and digits: `claude-sonnet-4-5` has none.
_KNOWN = (
    r"[A-Z]{16}|\b(?:gh[a-z]_|github_pat_|hf_|npm_|glpat-|sk-|xox[a-z]-|AIza|eyJ)[A-Za-z0-9_-]{10}"
    "|-----BEGIN [A-Z ]*PRIVATE KEY-----"
)
_CHANGE = "(?:[A-Za-z][0-9]|[0-9][A-Za-z])"
_MIXED = "|".join(f"[A-Za-z0-9]{{{before}}}{_CHANGE}[A-Za-z0-9]{{{6 - before}}}" for before in range(7))
_RANDOM = "|".join(f"[A-Za-z0-9_-]{{{before}}}(?:{_MIXED})[A-Za-z0-9_-]{{{12 - before}}}" for before in range(13))
_PERHAPS = re2.compile(f"{_KNOWN}|{_MIXED}".encode())  # is asked first, since it takes a quarter of the time
_TOKEN_LIKE = re2.compile(f"{_KNOWN}|{_RANDOM}".encode())
_MADE_UP = re.compile(r"(?i)a1b2c3|abcdefg|1234567|\.\.\.|…")  # by somebody who counted, or left most of it out
# Some tokens are known only with a space or a quote behind them, and sentences end with other signs.
_END_OF_SENTENCE = re.compile(r"(?<=[A-Za-z0-9_-])[.,;:!?](?=\s|$)")
_PATIENCE = 10.0  # seconds


def _check(skill: Skill, repo: Repo) -> Iterator[Finding]:
    for page in repo.pages(skill):
        if page.has(_PERHAPS) and page.has(_TOKEN_LIKE):
            yield from page.holding(_secrets(page.text))


def _secrets(text: str) -> Iterator[Finding]:
    from ...redaction.search import places_of_tokens

    index, before = LineIndex(text), 0
    for start, end, kind in places_of_tokens(_END_OF_SENTENCE.sub(" ", text), _PATIENCE):
        line, column = index.place(start)
        if line == before or _MADE_UP.search(text, start, end):
            continue
        before = line
        last, last_column = index.place(end)
        width = last_column if last == line else column + 1
        message = f"this looks like a real secret ({kind})"
        way_out = "revoke it, and name the variable that holds it instead; the history of git still has it"
        yield Finding(message, Span(line, column, line, width), way_out)


_SKILL = "---\nname: etf-data\ndescription: Read ETF prices.\n---\nSet the token {} before you start.\n"

RULE = Rule(
    code="SK502",
    name="secret",
    severity="error",
    summary="No secret stands in a skill.",
    explanation="""
A skill is read by every agent and copied into every prompt. Found is what the detector of `redact` takes for a secret
by its shape: keys and tokens of known services and private keys. Placeholders, the examples of manuals, such as
`AKIAIOSFODNN7EXAMPLE`, and what counts up, such as `1234567`, are none. The message never holds the secret. Judged are
a skill and the Markdown files beside it that it names.
""",
    bad={"skills/etf-data/SKILL.md": _SKILL.format("ghp_" + "xY7bQ2mK9vT4wL1nR8sD3fG6hJ5pZ0cA2eUi")},
    good={"skills/etf-data/SKILL.md": _SKILL.format("`$GITHUB_TOKEN`")},
    precision="no finding in 867 public skills",
    check_skill=_check,
    alone=True,
)
