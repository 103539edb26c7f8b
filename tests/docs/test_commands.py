"""The commands in README and docs are run, page by page, and print what the page shows.

A block marked `console` holds commands behind `$ ` and, below each, what it prints; `…` on a line of its own stands for
any lines, within a line for any text. A command ends with status 0 unless a comment says otherwise: `# exits with 1`.
The steps of a page happen one after the other, as in one shell, in a fresh copy of this repo: a command is run, a block
with `title="FILE"` is written to that file.
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
from docpages import ROOT, Shown, blocks, name_of, pages, shown_commands

# What a page may show and this test cannot run: where it is run instead.
RUN_ELSEWHERE = {
    r"make test\b": "by .ci/run; it would start this very test",
    r"(\.venv/bin/)?mkdocs serve\b": "by tests/site; it does not end",
    r"pip install\b": "by tests/package, in a fresh environment",
    r"git clone\b": "by whoever reads this",
}
WITH_COMMANDS = [page for page in pages() if any(block.language == "console" for block in blocks(page))]


@dataclass
class Shell:
    """A shell that remembers its folder from one command to the next."""

    folder: Path
    note: Path  # where a command leaves the folder that it ends in

    def run(self, command: str) -> tuple[int, str]:
        """Return the exit status of a command line, and what it printed on both streams."""
        identity = {f"GIT_{who}_{what}": "a@b.c" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
        # The make that runs the tests would let make in a page say which folder it enters.
        outer = {key: value for key, value in os.environ.items() if not key.startswith(("MAKE", "MFLAGS"))}
        done = subprocess.run(
            ["bash", "-c", f'{command}\nstatus=$?\npwd > "$FOLDER_NOTE"\nexit $status'],
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            env={**outer, **identity, "PATH": path, "NO_COLOR": "1", "FOLDER_NOTE": str(self.note)},
            check=False,
        )
        if self.note.exists():
            self.folder = Path(self.note.read_text(encoding="utf-8").strip())
        return done.returncode, done.stdout


@pytest.mark.parametrize("page", WITH_COMMANDS, ids=name_of)
def test_a_page_shows_what_its_commands_print(page: Path, tmp_path: Path) -> None:
    shell = Shell(tmp_path / "skills-lint", tmp_path / "folder")
    copy_of_this_repo(shell)
    for block in blocks(page):
        if block.title:
            file = shell.folder / block.title
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(block.text, encoding="utf-8")
        elif block.language == "console":
            for shown in shown_commands(block):
                follow(shown, shell, page)


def follow(shown: Shown, shell: Shell, page: Path) -> None:
    if any(re.match(pattern, shown.command) for pattern in RUN_ELSEWHERE):
        return
    status, printed = shell.run(shown.command)
    place = f"{name_of(page)}:{shown.line}: {shown.command}"
    assert status == shown.status, f"{place}\n{printed}"
    if not is_shown(printed, shown.output):
        expected = "\n".join(shown.output)
        pytest.fail(f"{place}\n--- the page shows\n{expected}\n--- it prints\n{printed}")


def is_shown(printed: str, output: tuple[str, ...]) -> bool:
    """Tell whether a page shows what was printed; a page that shows nothing leaves it out."""
    pieces = [
        r"(?:.*\n)*?" if line.strip() == "…" else ".*?".join(re.escape(part) for part in line.split("…")) + r" *\n"
        for line in output
    ]
    return not output or re.fullmatch(rf"\s*{''.join(pieces)}\s*", f"{printed.rstrip()}\n") is not None


def copy_of_this_repo(shell: Shell) -> None:
    """Copy what git tracks or would track, make it a repo with one commit, and lend it this run's environment."""
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (shell.folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, shell.folder / name)
    (shell.folder / ".venv").mkdir()
    (shell.folder / ".venv" / "bin").symlink_to(Path(sys.executable).parent, target_is_directory=True)
    (shell.folder / ".venv" / ".installed").touch()  # newer than the lock, so that make installs nothing
    status, printed = shell.run("git init --quiet && git add --all && git commit --quiet --message All")
    assert status == 0, printed
