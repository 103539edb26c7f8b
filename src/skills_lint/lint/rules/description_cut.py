"""SK107: the description is read to its end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...lines import split_lines
from ...place import Span
from ..diagnostic import Edit, Fix
from ..quoting import quote_for
from ..rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...skills.skill import Skill
    from ..repo import Repo

_CUT = re.compile(r"description:[ \t]+(?P<text>[^\s\"'|>\[{].*?)(?P<rest>[ \t]+#.*\S)[ \t]*$")

_LONGEST = 5000  # characters of a line that are looked at


def _check(skill: Skill, repo: Repo) -> Iterator[Finding]:
    key = skill.marks.keys.get(("description",))
    if key is None or not isinstance((skill.frontmatter or {}).get("description"), str):
        return
    cut = _CUT.match(split_lines(skill.text)[key.line - 1][:_LONGEST])
    if cut is not None and "skills-lint:" not in cut["rest"]:
        mark = cut.end("rest") - len(cut["rest"].lstrip())
        message = "YAML takes the rest of the description for a comment, and agents do not see it"
        span = Span(key.line, mark + 1, key.line, cut.end("rest") + 1)
        yield Finding(message, span, "put the whole description in quotes", fix=_fix(cut, key.line))


def _fix(cut: re.Match[str], line: int) -> Fix | None:
    quote = quote_for(cut["text"] + cut["rest"])
    if quote in cut["text"] + cut["rest"]:
        return None
    places = (cut.start("text") + 1, cut.end("rest") + 1)
    return Fix("put it in quotes", tuple(Edit(Span(line, at, line, at), quote) for at in places), safe=False)


_SKILL = "---\nname: etf-data\ndescription: {}\n---\nRead the issue first.\n"

RULE = Rule(
    code="SK107",
    name="description-cut",
    severity="error",
    summary="The description is read to its end.",
    explanation="""
In a value without quotes, a `#` behind a space begins a comment: of `Use for issues like #12 and prices` agents see
`Use for issues like`. Found are descriptions on one line without quotes that go on behind such a `#`.
""",
    bad={"skills/etf-data/SKILL.md": _SKILL.format("Read ETF prices. Use for issues like #12.")},
    good={"skills/etf-data/SKILL.md": _SKILL.format('"Read ETF prices. Use for issues like #12."')},
    precision="no finding in 867 public skills",
    fix="unsafe",
    check_skill=_check,
)
