"""SK405: TOML code blocks parse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..blocks.error import block_findings
from ..blocks.toml import toml_error
from ..rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...skills.skill import Skill
    from ..repo import Repo


def _check(skill: Skill, repo: Repo) -> Iterator[Finding]:
    return block_findings(skill, repo, ("toml",), lambda block: toml_error(block.text))


_SKILL = """---
name: etf-data
description: Read ETF prices.
---
Declare them so:

```toml
[funds]
first = %s
```
"""

RULE = Rule(
    code="SK405",
    name="toml-block",
    severity="error",
    summary="TOML code blocks parse.",
    explanation="""
Agents copy what a skill shows. A table or a key that is there twice is fine in a block with comments, which shows
alternatives below one another. Blocks with templates (`{{ … }}`), a line of `...` or values such as `<name>` are
sketches and not judged. Judged are a skill and the Markdown files beside it that it names; not blocks that are labelled
as wrong.
""",
    bad={"skills/etf-data/SKILL.md": _SKILL % '"VTI'},
    good={"skills/etf-data/SKILL.md": _SKILL % '"VTI"'},
    precision="no finding in 867 public skills",
    check_skill=_check,
)
