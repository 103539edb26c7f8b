"""SK402: JSON code blocks parse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..blocks.error import block_findings
from ..blocks.json import json_error
from ..rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...skills.skill import Skill
    from ..repo import Repo


def _check(skill: Skill, repo: Repo) -> Iterator[Finding]:
    return block_findings(
        skill,
        repo,
        ("json", "jsonc", "jsonl", "ndjson", "geojson"),
        lambda block: json_error(block.text, trailing_commas=block.language == "jsonc"),
    )


_SKILL = """---
name: etf-data
description: Read ETF prices.
---
Ask for them so:

```json
{
  "fund": "VTI"%s
  "start": 20240102
}
```
"""

RULE = Rule(
    code="SK402",
    name="json-block",
    severity="error",
    summary="JSON code blocks parse.",
    explanation="""
Agents copy what a skill shows. Found are blocks that do not parse, and keys that their object has already. Comments are
fine, and so are several documents, and members or items without the brackets around them; in `jsonc` also a comma
behind the last member. A block with words that JSON does not know, such as `...`, `<id>` or `string`, is a sketch and
not judged; so is one that says what may stand in a place (`"a" | "b"`, `1-10`), or that ends with a comment for the
members that are left out. Judged are a skill and the Markdown files beside it that it names; not blocks that are
labelled as wrong.
""",
    bad={"skills/etf-data/SKILL.md": _SKILL % ""},
    good={"skills/etf-data/SKILL.md": _SKILL % ","},
    precision="no finding in 867 public skills",
    check_skill=_check,
)
