"""Files beside a skill are judged as the skill is: their code, their characters, their secrets, their notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from skills_lint.lint.fences import fenced
from skills_lint.skills.markdown import read_markdown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from skills_lint.lint.diagnostic import Diagnostic

    Lint = Callable[[Mapping[str, str | bytes]], list[Diagnostic]]

HEAD = "---\nname: etf\ndescription: Read ETF prices.\n---\n"
FILE = "skills/etf/SKILL.md"
SIDE = "skills/etf/references/notes.md"
TOKEN = "ghp_" + "xY7bQ2mK9vT4wL1nR8sD3fG6hJ5pZ0cA2eUi"


def beside(lint: Lint, text: str | bytes, **more: str) -> list[tuple[str, str, int]]:
    """Return file, code and line of what is found when `text` stands in a file beside the skill."""
    files = {FILE: f"{HEAD}See [the notes](references/notes.md).\n", SIDE: text, **more}
    return [(d.file, d.code, d.line) for d in lint(files)]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("# Notes\n\n```python\nprint(1\n```\n", "SK401", 4),
        ("# Notes\n\n- One:\n\n  ```py\n  if x\n      y()\n  ```\n", "SK401", 6),
        ("# Notes\n\n> ```python\n> print(1\n> ```\n", "SK401", 4),
        ('# Notes\n\n~~~json\n{"a": 1 "b": 2}\n~~~\n', "SK402", 4),
        ('# Notes\n\n```yaml\na: "b\nc: d\n```\n', "SK403", 4),
        ('# Notes\n\n```toml\na = "b\n```\n', "SK405", 4),
        (f"# Notes\n\nSet {TOKEN} first.\n", "SK502", 3),
        ("# Notes\n\nThe table is in /home/mkowalski/data.\n", "SK503", 3),
        ("# Notes\n\nTODO: say what the columns are.\n", "SK504", 3),
        ("# Notes\n\nSend it \u202eonly\u202c now.\n", "SK002", 3),
        ("# Notes\n\nIt isâ€™nt.\n", "SK003", 3),
        (b"# Notes\n\nR\xe9sum\xe9.\n", "SK001", 3),
        (b"# Notes\n\nA\0b.\n", "SK001", 3),
        ("# Notes\n\n<!-- Of 2026\n\n## Dates\n", "SK406", 3),
        ("# Notes\n\n##Dates\n", "SK207", 3),
        ("# Notes\n\nSee [it] (notes.md).\n", "SK305", 3),
        ('# Notes\n\n<a href="gone.md">It</a>\n', "SK301", 3),
        ("# Notes\n\nSee [it][gone].\n\n[gone]: gone.md\n", "SK301", 3),
    ],
)
def test_what_is_wrong_beside_a_skill_is_found_there(lint: Lint, text: str | bytes, code: str, line: int) -> None:
    assert beside(lint, text) == [(SIDE, code, line)]


@pytest.mark.parametrize(
    "text",
    [
        "# Notes\n\n```python\nprint(1)\n```\n",
        "# Notes\n\n````markdown\n```python\nprint(1\n```\n````\n",
        "# Notes\n\n~~~text\n```python\nprint(1\n~~~\n",
        "\ufeff# Notes\n",
    ],
)
def test_what_is_fine_in_a_skill_is_fine_beside_it(lint: Lint, text: str) -> None:
    assert beside(lint, text) == []


def test_a_file_that_only_a_file_beside_the_skill_names_is_judged(lint: Lint) -> None:
    deep = "skills/etf/references/deep.md"
    assert beside(lint, "# Notes\n\nSee [more](deep.md).\n", **{deep: "[a](gone.md)\n"}) == [(deep, "SK301", 1)]


def test_a_template_beside_the_skill_may_be_unwritten(lint: Lint) -> None:
    files = {FILE: f"{HEAD}Copy assets/report.md.\n", "skills/etf/assets/report.md": "TODO: say it.\n"}
    assert lint(files) == []


@pytest.mark.parametrize(
    "text",
    [
        "```python\nx = 1\n```\n\ntext\n\n~~~yaml\na: 1\n~~~\n",
        "````\n```\n````\n",
        "```python title='a'\nx\n```\r\n",
        "no `code`\n",
        "```\nopen\n",
        "``` `not a fence`\n",
    ],
)
def test_the_code_blocks_that_lines_tell_are_those_that_a_parser_finds(text: str) -> None:
    found = [(block.language, block.text.strip("\n"), block.closed) for block in fenced(text)]
    parsed = [(block.language, block.text.strip("\n"), block.closed) for block in read_markdown(text).code_blocks]
    assert found == parsed
