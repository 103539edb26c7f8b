"""What the precision study found that authors would not mend: no rule finds it any more. See docs/precision.md."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from skills_lint.lint.diagnostic import Diagnostic

    Lint = Callable[[Mapping[str, str | bytes]], list[Diagnostic]]

HEAD = "---\nname: etf\ndescription: Read ETF prices.\n---\n"
FILE = "skills/etf/SKILL.md"
NESTED = "```markdown\n# Page\n\n```python\nprint()\n```\n\n## Checklist\n\n[a](./notes.md#b)\n```\n\n"


@pytest.mark.parametrize(
    "text",
    [
        "```python\n@router.method, @Subroutine\n```",
        '```json\n{"status": "open" | "closed", "retries": 3}\n```',
        '```json\n{"formal": 1-10}\n```',
        '```json\n{\n  "@type": "Person",\n  // further members\n}\n```',
        "```yaml\nmode: <local: or remote>\n```",
        "Fill in all `[TODO: …]` sections; no `[TODO: reason]` may remain.",
        "## Output\n\n### Score: XX/100\n\n### Issues found\n### Recommendations",
        "## Steps\n\n### [Name of the step]",
        "## Report format\n\n### Issues\n\n### Next steps",
    ],
)
def test_a_sketch_is_not_judged(lint: Lint, text: str) -> None:
    assert lint({FILE: f"{HEAD}Text.\n\n{text}\n"}) == []


@pytest.mark.parametrize(
    "line",
    [
        "Run `scripts/detect.py` from that skill directory.",
        "- **Example**: `scripts/rotate.py` turns pages.",
        "The generated checker and `scripts/verify.py` accept these.",
        "A `scripts/rotate.py` script would help here.",
    ],
)
def test_a_script_of_another_skill_or_a_supposed_one_is_not_missing(lint: Lint, line: str) -> None:
    assert lint({FILE: f"{HEAD}{line}\n", "skills/etf/scripts/check.py": ""}) == []


def test_what_leaks_out_of_a_nested_code_block_is_no_section(lint: Lint) -> None:
    text = f"{HEAD}{NESTED}```\n\n## Checklist\n\nAll of it.\n"
    assert "SK206" not in {diagnostic.code for diagnostic in lint({FILE: text})}


def test_a_longer_fence_holds_code_blocks(lint: Lint) -> None:
    nested = NESTED.replace("```markdown", "````markdown").removesuffix("```\n\n") + "````\n\n"
    text = f"{HEAD}{nested}## Dates\n\nText.\n\n## Dates\n\nMore.\n"
    assert [diagnostic.code for diagnostic in lint({FILE: text})] == ["SK206"]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("## Dates\n\n## Output\n\nA table.", "SK202", 7),
        ("## Dates\n\nText.\n\n## Dates\n\nMore.", "SK206", 11),
        ("[TODO: say what the columns are]", "SK504", 7),
        ('```json\n{\n  "a": 1,\n}\n```', "SK402", 9),
        ("```yaml\nmode: local: or remote\n```", "SK403", 8),
    ],
)
def test_what_authors_would_mend_is_still_found(lint: Lint, text: str, code: str, line: int) -> None:
    assert [(d.code, d.line) for d in lint({FILE: f"{HEAD}Text.\n\n{text}\n"})] == [(code, line)]


def test_a_block_that_is_never_closed_is_one_mistake(lint: Lint) -> None:
    text = f"{HEAD}Read.\n\n```python\nprint(1)\n\n## Then write\n\nAll of it.\n"
    assert [(d.code, d.line) for d in lint({FILE: text})] == [("SK404", 7)]


SIDE = "skills/etf/references/dates.md"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<<<<<<< HEAD\nRun.\n\n=======\nStop.\n>>>>>>> main\n", [("SK501", 1), ("SK501", 4), ("SK501", 6)]),
        ("<<<<<<< HEAD\nRun.\n\nStop.\n", [("SK501", 1)]),
        ("Run.\n\nStop.\n>>>>>>> 1f2e3d4 (Say when)\n", [("SK501", 4)]),
        ("Of a conflict git leaves\n\n<<<<<<< HEAD\n", []),
        ("<<<<<<< and >>>>>>> are its marks.\n\n>>>>>>> They say so.\n", []),
        ("```text\n<<<<<<< HEAD\nRun.\n\n=======\nStop.\n>>>>>>> main\n```\n", []),
        ("# Dates\n\n```python\nx = 1\n\n## Later\n", [("SK404", 3)]),
        ("```python\nx = 1\n```python\n\n## Later\n", [("SK404", 1)]),
        ("- One:\n\n  ~~~text\n  ```\n  ~~~\n\n`````\n```\n`````\n", []),
    ],
)
def test_conflicts_and_open_blocks_are_found_beside_the_skill_too(
    lint: Lint, text: str, found: list[tuple[str, int]]
) -> None:
    files = {FILE: f"{HEAD}See [the dates](references/dates.md).\n", SIDE: text}
    assert [(d.file, d.code, d.line) for d in lint(files)] == [(SIDE, code, line) for code, line in found]


def test_a_merge_conflict_in_the_frontmatter_is_found(lint: Lint) -> None:
    text = "---\nname: etf\n<<<<<<< HEAD\ndescription: Read.\n=======\ndescription: Write.\n>>>>>>> main\n---\nText.\n"
    assert [d.line for d in lint({FILE: text}) if d.code == "SK501"] == [3, 5, 7]
