"""The law of `upgrade --write`, held against the skills that others published."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from skills_lint.skills.find import find_skills
from skills_lint.skills.parse import parse_skill
from skills_lint.skills.skill import PITFALLS_TITLE, Skill

PUBLIC = Path(__file__).parents[3] / "shared" / "corpus" / "skills"
REPOS = sorted(PUBLIC.iterdir()) if PUBLIC.is_dir() else []
COUNT = 241
BUCKET = """\
buckets:
  - id: text-dates
    title: Dates as text
    match:
      - exception: TypeError
        message: "not supported between instances of 'str' and 'int'"
    cause: Dates are stored as text and compared with numbers.
    fix: Turn the dates into one type before comparing.
    hint: Convert both sides to int, or compare text with text.
    instead:
      - wrong: frame["day"] >= 20260901
        right: frame["day"] >= "20260901"
    unless: the column holds numbers
"""
ITEM = """\
- `text-dates`: Turn the dates into one type before comparing. Convert both sides to int, or compare text with text.
  What goes wrong: Dates are stored as text and compared with numbers.
  `frame["day"] >= 20260901` → `frame["day"] >= "20260901"`.
  Does not apply if the column holds numbers.
"""


def findings(repo: Any) -> Counter[tuple[str, str, str]]:
    found = json.loads(repo.run("check", "--output-format", "json", status=None).stdout)["diagnostics"]
    return Counter((item["file"], item["code"], item["message"]) for item in found)


def skills_in(folder: Path) -> list[Skill]:
    return [parse_skill(path, path.relative_to(folder).as_posix()) for path in find_skills(folder, ()).files]


def put_in(before: bytes, after: bytes) -> bytes:
    """Return the lines that were put in, all in one place; fail if anything else is different."""
    old, new = ((data + b"\n" * (not data.endswith(b"\n"))).splitlines(keepends=True) for data in (before, after))
    start = next((n for n, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), len(old))
    end = start + len(new) - len(old)
    assert [*new[:start], *new[end:]] == old
    return b"".join(new[start:end])


@pytest.mark.skipif(not REPOS, reason="the public skills are not beside this repo")
def test_these_are_all_public_skills() -> None:
    assert sum(len(find_skills(source, ()).files) for source in REPOS) == COUNT


@pytest.mark.skipif(not REPOS, reason="the public skills are not beside this repo")
@pytest.mark.parametrize("source", REPOS, ids=lambda source: source.name)
def test_a_pitfall_is_put_into_each_skill_and_nothing_else_changes(source: Path, empty_repo: Any) -> None:
    shutil.copytree(source, empty_repo.root / source.name)
    before = {skill.path: (skill, skill.path.read_bytes()) for skill in skills_in(empty_repo.root)}
    names = json.dumps(sorted({skill.name for skill, _ in before.values()}))
    empty_repo.write("routines/trace_failure_triage/buckets.yaml", f"{BUCKET}    skills: {names}\n")
    found = findings(empty_repo)
    written = empty_repo.run("upgrade", "text-dates", "--write").stdout.splitlines()
    assert len(written) == len(before)
    for skill in skills_in(empty_repo.root):
        old, data = before[skill.path]
        text = put_in(data, skill.path.read_bytes()).decode().replace("\r\n", "\n")
        assert text.strip("\n") == f"## {PITFALLS_TITLE}\n\n{ITEM}".strip("\n")
        assert [item.id for item in skill.pitfalls] == ["text-dates"]
        titles = [section.title for section in skill.sections]
        titles.remove(PITFALLS_TITLE)
        assert titles == [section.title for section in old.sections]
        assert [block.text for block in skill.code_blocks] == [block.text for block in old.code_blocks]
        assert [link.target for link in skill.links] == [link.target for link in old.links]
        assert skill.frontmatter == old.frontmatter
    assert not findings(empty_repo) - found
    again = empty_repo.run("upgrade", "text-dates", "--write")
    assert not again.stdout
    assert "nothing to add" in again.stderr
