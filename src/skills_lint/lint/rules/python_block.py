"""SK401: Python code blocks parse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..blocks.error import block_findings
from ..blocks.python import python_error
from ..rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...skills.skill import Skill
    from ..repo import Repo


def _check(skill: Skill, repo: Repo) -> Iterator[Finding]:
    return block_findings(skill, repo, ("python", "python3", "py"), lambda block: python_error(block.text))


_SKILL = """---
name: etf-data
description: Read ETF prices.
---
Read them so:

```python
prices = store.daily("VTI"%s
print(prices)
```
"""

RULE = Rule(
    code="SK401",
    name="python-block",
    severity="error",
    summary="Python code blocks parse.",
    explanation="""
Agents copy what a skill shows. Reported is only what is certain: magics, prompts, top-level `await`, `...` and `<name>`
in place of something, signatures without a body, bodies that are only a comment, and indented excerpts are all fine.
Judged are a skill and the Markdown files beside it that it names; not blocks that are labelled as wrong (`Wrong:`,
`Don't`, ❌) in the line above or in a comment.
""",
    bad={"skills/etf-data/SKILL.md": _SKILL % ""},
    good={"skills/etf-data/SKILL.md": _SKILL % ")"},
    precision="22 of 23 findings in 867 public skills",
    check_skill=_check,
)
