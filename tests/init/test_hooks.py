"""Hook entries put into pre-commit configurations as people write them."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

import pytest
import yaml

from skills_lint.setup.hooks import FILE, write_hooks

if TYPE_CHECKING:
    from pathlib import Path

OTHER = """\
# Our hooks
default_stages: [pre-commit]
repos:
-   repo: https://x.test/y
    rev: v1  # pinned
    hooks:
    -   id: one
        args:
        - --long
        # - --short
"""

SEVERAL_LINES = """\
        description: |
          Two

          lines.


ci:
  a: b
"""

CASES = {
    "items at the column of their key": OTHER,
    "items further in": "repos:\n  - repo: local\n    hooks:\n      - {id: one, name: one, entry: one}\n",
    "no line end at the end": OTHER.rstrip("\n"),
    "blank lines and a comment at the end": f"{OTHER}\n\n# the end\n",
    "another key behind": f"{OTHER}\nexclude: ^docs/\n",
    "a text of several lines as the last value": OTHER + SEVERAL_LINES,
    "a folded list inside": "repos:\n- repo: local\n  hooks: [\n    {id: one,\n     name: one}\n  ]\n",
}


def ids(text: str) -> list[list[str]]:
    return [[hook["id"] for hook in repo["hooks"]] for repo in yaml.safe_load(text)["repos"]]


@pytest.mark.parametrize("text", CASES.values(), ids=CASES.keys())
def test_the_entry_is_added_and_all_else_stays(text: str, tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    assert write_hooks(tmp_path, ["skills-lint"]).done == "extended"
    added = (tmp_path / FILE).read_text(encoding="utf-8")
    assert ids(added) == [["one"], ["skills-lint"]]
    changes = difflib.ndiff(text.splitlines(), added.splitlines())
    assert [line for line in changes if line.startswith("- ")] == []


def test_a_comment_stays_with_the_item_that_it_is_about(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(OTHER, encoding="utf-8")
    write_hooks(tmp_path, ["skills-lint"])
    assert (tmp_path / FILE).read_text(encoding="utf-8").startswith(OTHER)


def test_a_further_hook_goes_beside_the_first(tmp_path: Path) -> None:
    write_hooks(tmp_path, ["skills-lint"])
    assert write_hooks(tmp_path, ["skills-lint", "skills-coverage"]).note == "hook skills-coverage"
    text = (tmp_path / FILE).read_text(encoding="utf-8")
    assert ids(text) == [["skills-lint", "skills-coverage"]]
    assert write_hooks(tmp_path, ["skills-lint", "skills-coverage"]).done == "left"


def test_beside_a_hook_of_the_published_repo_the_name_is_enough(tmp_path: Path) -> None:
    text = "repos:\n  - repo: https://x.test/skills-lint\n    rev: v1\n    hooks:\n      - id: skills-lint\n"
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    write_hooks(tmp_path, ["skills-lint", "skills-coverage"])
    assert (tmp_path / FILE).read_text(encoding="utf-8") == f"{text}      - id: skills-coverage\n"


@pytest.mark.parametrize(
    "text",
    ["repos: []\n", "repos: [{repo: local, hooks: []}]\n", "", "- a\n", "repos: {\n", "repos:\n- &a {x: 1}\n- *b\n"],
)
def test_what_cannot_be_extended_safely_is_left_with_the_lines_to_paste(text: str, tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    step = write_hooks(tmp_path, ["skills-lint"])
    assert step.done == "by hand"
    assert yaml.safe_load(f"repos:\n{step.paste}")["repos"][0]["hooks"][0]["id"] == "skills-lint"
    assert (tmp_path / FILE).read_text(encoding="utf-8") == text


def test_a_configuration_elsewhere_is_named_in_the_entry(tmp_path: Path) -> None:
    write_hooks(tmp_path, ["skills-lint"], "packages/a/skills-lint.toml")
    assert "entry: skills-lint check --config packages/a/skills-lint.toml\n" in (tmp_path / FILE).read_text("utf-8")
