"""Pages of the docs as steps: files to write, and commands with what they print."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]

_BLOCK = re.compile(
    r"^(?P<indent> *)```(?P<language>\w+)(?: title=\"(?P<title>[^\"]+)\")?\n(?P<body>.*?)^ *```$",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True)
class Block:
    """A fenced block of a page."""

    line: int  # of its first line of text
    language: str
    title: str | None  # the file that it is the text of
    text: str


@dataclass(frozen=True)
class Shown:
    """A command as a page shows it."""

    line: int
    command: str
    status: int
    output: tuple[str, ...]


def pages() -> list[Path]:
    """Return the pages that people read."""
    top = [page for page in (ROOT / "README.md", ROOT / "CONTRIBUTING.md") if page.exists()]
    return [*top, *sorted((ROOT / "docs").glob("*.md")), *sorted((ROOT / "docs/guide").glob("*.md"))]


def name_of(page: Path) -> str:
    """Return a page's path from the root of the repo."""
    return page.relative_to(ROOT).as_posix()


def blocks(page: Path) -> list[Block]:
    """Return the fenced blocks of a page."""
    text = page.read_text(encoding="utf-8")
    return [
        Block(
            text.count("\n", 0, found.start()) + 2,
            found["language"],
            found["title"],
            "".join(line.removeprefix(found["indent"]) for line in found["body"].splitlines(keepends=True)),
        )
        for found in _BLOCK.finditer(text)
    ]


def shown_commands(block: Block) -> list[Shown]:
    """Return the commands of a `console` block, each with what the page says that it prints."""
    lines = block.text.splitlines()
    starts = [number for number, line in enumerate(lines) if line.startswith("$ ")]
    commands = []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        status = re.search(r"# exits with (\d+)", lines[start])
        output = tuple(lines[start + 1 : end])
        commands.append(Shown(block.line + start, lines[start][2:], int(status[1]) if status else 0, output))
    return commands
