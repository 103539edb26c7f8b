"""The commands in README and docs are run, page by page, and print what the page shows.

A block marked `console` holds commands behind `$ ` and, below each, what it prints; `…` on a line of its own stands for
any lines, within a line for any text. A command ends with status 0 unless a comment says otherwise: `# exits with 1`.
The commands of a page run one after the other in a fresh copy of this repo, or of the folder that the page names in
`<!-- run in: FOLDER -->`.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md"), *ROOT.glob("docs/guide/*.md")]
)
BLOCK = re.compile(r"^(?P<indent> *)```console\n(?P<body>.*?)^ *```$", re.MULTILINE | re.DOTALL)
FOLDER = re.compile(r"<!-- run in: (\S+) -->")


def shown_name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


# What a page may show and this test cannot run: where it is run instead.
RUN_ELSEWHERE = {
    r"make test\b": "by .ci/run; it would start this very test",
    r"(\.venv/bin/)?mkdocs serve\b": "by tests/site; it does not end",
    r"(python -m )?pip install\b": "by tests/package, in a fresh environment",
    r"git clone\b": "by whoever reads this",
}


@dataclass(frozen=True)
class Shown:
    """A command as a page shows it."""

    line: int
    command: str
    status: int
    output: tuple[str, ...]


def shown_commands(page: str) -> list[Shown]:
    commands = []
    for block in BLOCK.finditer(page):
        first = page.count("\n", 0, block.start()) + 2
        lines = [line.removeprefix(block["indent"]) for line in block["body"].splitlines()]
        starts = [number for number, line in enumerate(lines) if line.startswith("$ ")]
        for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
            status = re.search(r"# exits with (\d+)", lines[start])
            output = tuple(lines[start + 1 : end])
            commands.append(Shown(first + start, lines[start][2:], int(status[1]) if status else 0, output))
    return commands


def matches(output: str, expected: tuple[str, ...]) -> bool:
    """Tell whether an output is what a page shows; blank lines at the ends do not count."""
    pieces = []
    for line in expected:
        if line.strip() == "…":
            pieces.append(r"(?:.*\n)*?")
        else:
            pieces.append(".*?".join(re.escape(part.rstrip()) for part in line.split("…")) + r"[ ]*\n")
    return re.fullmatch(r"\s*" + "".join(pieces) + r"\s*", f"{output.rstrip()}\n") is not None


@pytest.mark.parametrize("page", [page for page in PAGES if BLOCK.search(page.read_text("utf-8"))], ids=shown_name)
def test_a_page_shows_what_its_commands_print(page: Path, tmp_path: Path) -> None:
    text = page.read_text(encoding="utf-8")
    folder = FOLDER.search(text)
    copy = tmp_path / "repo"
    copy_repo(ROOT / folder[1] if folder else ROOT, copy)
    if not folder:
        lend_environment(copy)
    for shown in shown_commands(text):
        if any(re.match(pattern, shown.command) for pattern in RUN_ELSEWHERE):
            continue
        done = run(shown.command, copy)
        place = f"{page.relative_to(ROOT)}:{shown.line}: {shown.command}"
        assert done.returncode == shown.status, f"{place}\n{done.stdout}"
        if shown.output:
            assert matches(done.stdout, shown.output), (
                f"{place}\n--- shown\n{chr(10).join(shown.output)}\n--- printed\n{done.stdout}"
            )


def copy_repo(source: Path, target: Path) -> None:
    """Copy what git tracks or would track, and make it a repo with one commit."""
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "."]
    listed = subprocess.run(listing, cwd=source, capture_output=True, text=True, check=True).stdout
    for name in filter(None, listed.split("\0")):
        if (source / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source / name, target / name)
    for command in ("git init --quiet", "git add --all", "git commit --quiet --message All"):
        done = run(command, target)
        assert done.returncode == 0, done.stdout


def lend_environment(copy: Path) -> None:
    """Let make find the environment of this very run, as if it had just been installed."""
    (copy / ".venv").mkdir()
    (copy / ".venv" / "bin").symlink_to(Path(sys.executable).parent, target_is_directory=True)
    (copy / ".venv" / ".installed").touch()


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command line, with what it prints on both streams in `stdout`."""
    identity = {f"GIT_{who}_{what}": "a@b.c" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    return subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        env={**os.environ, **identity, "PATH": path, "NO_COLOR": "1", "COLUMNS": "120"},
        check=False,
    )
