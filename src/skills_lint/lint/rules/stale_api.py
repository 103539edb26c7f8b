"""SK602: a skill uses the repo's own API as it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...lines import LineIndex, split_lines
from ...place import Span
from ..api_use import python_uses
from ..rule import Finding, Rule
from ..shell_use import files_named, modules_run
from ..shown_wrong import shown_wrong

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from ...skills.skill import CodeBlock, Skill
    from ..own_api import Absent, OwnApi
    from ..page import Page
    from ..repo import Repo
    from ..shell_use import Named

_PYTHON = frozenset({"python", "python3", "py", "ipython", "pycon"})
_SHELL = frozenset({"", "bash", "sh", "shell", "console", "zsh", "text"})
_INLINE = re.compile(r"(?<!`)(`{1,2})(?!`)(?P<code>[^`\n]{1,500})\1(?!`)")


def _check(skill: Skill, repo: Repo) -> Iterator[Finding]:
    own = repo.own_api
    if own is None:
        return
    for page in repo.pages(skill):
        if own.is_named_in(page.text):
            lines = split_lines(page.text)
            yield from page.holding(_in_blocks(page.parse().code_blocks, lines, own, page.path.parent))
            if not page.aside:
                yield from _in_prose(page, own)


def _in_blocks(blocks: Iterable[CodeBlock], lines: Sequence[str], own: OwnApi, folder: Path) -> Iterator[Finding]:
    for block in blocks:
        if block.language in _PYTHON:
            yield from _in_python(block, lines, own)
        elif block.language in _SHELL:
            yield from _in_shell(block, lines, own, folder)


def _in_prose(page: Page, own: OwnApi) -> Iterator[Finding]:
    for number, line in page.prose_lines():
        for code in _INLINE.finditer(line) if "`" in line else ():
            for named, absent in _absent(code["code"], line.replace(code["code"], ""), own, page.path.parent):
                yield _finding(absent, number, code.start("code") + named.start + 1, len(named.name))


def _in_python(block: CodeBlock, lines: Sequence[str], own: OwnApi) -> Iterator[Finding]:
    if not own.is_named_in(block.text):
        return
    for use in python_uses(block.text):
        absent = own.absent(use)
        if absent and not shown_wrong(block, lines, use.line):
            width = use.end_column - use.column
            yield _finding(absent, block.line + use.line, block.indent + use.column, width)


def _in_shell(block: CodeBlock, lines: Sequence[str], own: OwnApi, folder: Path) -> Iterator[Finding]:
    index = LineIndex(block.text)
    for named, absent in _absent(block.text, "", own, folder):
        row, column = index.place(named.start)
        if not shown_wrong(block, lines, row):
            yield _finding(absent, block.line + row, block.indent + column, len(named.name))


def _absent(text: str, context: str, own: OwnApi, folder: Path) -> Iterator[tuple[Named, Absent]]:
    """Yield the modules and files that a text in `folder` names and the source does not have."""
    for module in modules_run(text):
        if absent := own.absent_name(module.name):
            yield module, absent
    for file in files_named(text, own.folders, context):
        absent = own.absent_file(file.name)
        if absent and not (folder / file.name).exists():
            yield file, absent


def _finding(absent: Absent, line: int, column: int, width: int) -> Finding:
    help_ = f"did you mean `{absent.near}`?" if absent.near else "mend the skill: agents copy what it shows"
    return Finding(absent.message, Span(line, column, line, column + width), help_)


_STORE = '''"""Prices."""


class Store:
    """The store."""

    def daily(self, code: str, start: str) -> list[str]:
        """Return the prices of each day."""
        return [code, start]
'''
_SKILL = """---
name: etf-data
description: Read ETF prices.
---
Read the days of a year:

```python
from market.store import Store

days = Store().{}
```
"""

RULE = Rule(
    code="SK602",
    name="stale-api",
    severity="error",
    summary="A skill uses the repo's own API as it is.",
    explanation="""
Code moves on, and the skill that shows it stays. An agent copies the call, fails, and searches. Held against the
configured `source` (by default `src`, or the packages at the root of the repo) are imports, attributes and keywords in
Python blocks, and what `python -m` runs and files below a source folder in shell blocks and inline code; of Markdown
files beside a skill that it names, the blocks. The source is read and never run. Found is only what is certain: no name
of a class with a base from elsewhere, of a module that adds names while it runs, or of an object whose class the block
does not show; no file in a folder that is not there, or that the line says is to be made. Not judged is what a comment
or the line above a block says is wrong, old or removed.
""",
    bad={
        "src/market/store.py": _STORE,
        "src/market/__init__.py": "",
        "skills/etf-data/SKILL.md": _SKILL.format('daily("VTI", begin="2026-01-02")'),
    },
    good={
        "src/market/store.py": _STORE,
        "src/market/__init__.py": "",
        "skills/etf-data/SKILL.md": _SKILL.format('daily("VTI", start="2026-01-02")'),
    },
    precision="50 of 50 findings in 25 public skills, held against the libraries that they are about",
    check_skill=_check,
)
