"""What is under version control: no place of one machine, no address of a package index, no dead link."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from skills_lint.skills.markdown import read_markdown

ROOT = Path(__file__).parents[2]

FOLDERS = (ROOT, ROOT.parent / "shared", Path.home())
HERE = "|".join(re.escape(str(folder)) for folder in FOLDERS if folder != Path(folder.anchor))
# Neither pattern matches its own text.
OF_ONE_MACHINE = re.compile(rf"(?<![\w.])(?:{HERE}|/(?:root|tmp/bash_jobs[^/]*))/")
OF_AN_INDEX = re.compile(r"\b(?:pypi|pythonhosted|npmjs|deb\.debian|crates)\.(?:org|io)\b")


def tracked(*patterns: str) -> list[str]:
    command = ["git", "ls-files", "-z", "--", *patterns]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return [name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()]


def places(pattern: re.Pattern[str], files: list[str]) -> list[str]:
    return [
        f"{name}:{number}: {found[0]}"
        for name in files
        for number, line in enumerate((ROOT / name).read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if (found := pattern.search(line))
    ]


def test_there_is_a_checkout_to_judge() -> None:
    if not tracked():
        pytest.skip("not a git checkout")


def test_no_file_names_a_place_of_one_machine() -> None:
    assert places(OF_ONE_MACHINE, tracked()) == []


def test_no_file_names_a_package_index() -> None:
    assert places(OF_AN_INDEX, tracked()) == []


def test_the_locks_hold_pins_and_hashes_only() -> None:
    for name in tracked("requirements*.lock"):
        lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
        odd = [
            line for line in lines if line and not re.match(r"[a-z0-9-]+==|    --hash=sha256:|    # via| *#   ", line)
        ]
        assert odd == [], name


PAGES = tracked("*.md", ":!skills", ":!traces", ":!tests")


@pytest.mark.parametrize("page", PAGES)
def test_links_between_pages_lead_somewhere(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    dead = []
    for link in read_markdown(text).links:
        target, _, anchor = link.target.partition("#")
        if re.match(r"[a-z]+:", target):
            continue
        file = (ROOT / page).parent / target if target else ROOT / page
        if not file.exists() or (anchor and anchor.lower() not in anchors(file)):
            dead.append(link.target)
    assert dead == []


def anchors(file: Path) -> frozenset[str]:
    return read_markdown(file.read_text(encoding="utf-8")).anchors
