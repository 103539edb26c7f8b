"""SK403: YAML code blocks parse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..blocks.error import block_findings
from ..blocks.yaml import yaml_error
from ..rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...skills.skill import Skill
    from ..repo import Repo


def _check(skill: Skill, repo: Repo) -> Iterator[Finding]:
    return block_findings(skill, repo, ("yaml", "yml"), lambda block: yaml_error(block.text))


_SKILL = """---
name: etf-data
description: Read ETF prices.
---
Declare them so:

```yaml
fund: %s
start: 20240102
```
"""

RULE = Rule(
    code="SK403",
    name="yaml-block",
    severity="error",
    summary="YAML code blocks parse.",
    explanation="""
Agents copy what a skill shows. Found are blocks that do not parse, and keys that their mapping has already, unless a
comment or a blank line makes the two alternatives. Several documents are fine. Blocks with templates (`{{ … }}`,
`{% … %}`), a line of `...`, or values such as `<name>` are sketches and not judged, nor are lines with variables
(`$NAME`); of an example that shows a whole Markdown file only the frontmatter is. Judged are a skill and the Markdown
files beside it that it names; not blocks that are labelled as wrong.
""",
    bad={"skills/etf-data/SKILL.md": _SKILL % '"VTI'},
    good={"skills/etf-data/SKILL.md": _SKILL % '"VTI"'},
    precision="no finding in 867 public skills",
    check_skill=_check,
)
