"""SK106: what skills cost in the window of a model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...lines import split_lines
from ...place import Span
from ...words import counted
from ..rule import Finding, Rule
from ..tokens import MOST_LINES_OF_A_BODY, MOST_OF_A_BODY, MOST_OF_ALL_DESCRIPTIONS, body_cost

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...skills.skill import Skill
    from ..repo import Repo


def _check(skill: Skill, repo: Repo) -> Iterator[Finding]:
    cost = repo.listing
    total = sum(cost.values())
    longest = max(cost, key=lambda file: (cost[file], file), default=None)
    if total > MOST_OF_ALL_DESCRIPTIONS and skill.file == longest and ("description",) in skill.marks.values:
        yield Finding(
            f"the descriptions of all {counted(len(cost), 'skill')} cost about {total:,} tokens at the start of each "
            f"session, more than {MOST_OF_ALL_DESCRIPTIONS:,}; this one is the longest, with {cost[skill.file]:,}",
            skill.marks.values["description",],
            "shorten descriptions, or give those that only people start `disable-model-invocation: true`",
        )
    length, tokens = body_cost(skill)
    if tokens > MOST_OF_A_BODY or length > MOST_LINES_OF_A_BODY:
        lines = split_lines(skill.text)[skill.body_line - 1 :] or [""]
        at = skill.body_line + next((i for i, line in enumerate(lines) if line.strip()), 0)
        yield Finding(
            f"the body has {counted(length, 'line')} and costs about {tokens:,} tokens when the skill is loaded; "
            f"recommended are at most {MOST_LINES_OF_A_BODY} and {MOST_OF_A_BODY:,}",
            Span(at, 1, at, len(lines[at - skill.body_line]) + 1),
            "move what is not always needed to files beside the skill, and say when to read each",
        )


_SKILL = "---\nname: etf-data\ndescription: Read ETF prices.\n---\n# ETF data\n\n{}"

RULE = Rule(
    code="SK106",
    name="budget",
    severity="info",
    summary="What skills cost in the window of a model stays within what is recommended.",
    explanation="""
All descriptions are read at the start of every session, and a body is read whole when its skill is loaded. Told are the
descriptions of all skills of the repo together when they cost more than 2,000 tokens (one per cent of a window of
200,000, beyond which Claude Code leaves descriptions out), at the longest one; and each body of more than 500 lines or
5,000 tokens, which is what the [specification](https://agentskills.io/specification) recommends. A token is estimated
as four characters; the tokenizer of a model may differ by a quarter, and by more for other languages than English.
""",
    bad={"skills/etf-data/SKILL.md": _SKILL.format("Dates are whole numbers.\n" * 501)},
    good={"skills/etf-data/SKILL.md": _SKILL.format("Dates are whole numbers.\n\nSee the files beside this one.\n")},
    preview=True,
    precision="not studied: it tells figures",
    check_skill=_check,
)
