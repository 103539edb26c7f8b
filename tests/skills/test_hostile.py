"""Skills that are made to keep a reader busy. Each of them took minutes or forever, so none of these tests is timed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from skills_lint.skills.anchors import Anchors
from skills_lint.skills.find import find_skills
from skills_lint.skills.markdown import read_markdown
from skills_lint.skills.parse import parse_skill

if TYPE_CHECKING:
    from skills_lint.skills.skill import Skill

HEAD = "---\nname: etf\ndescription: d\n---\n# Common pitfalls (from traces)\n"


def parse(tmp_path: Path, content: str) -> Skill:
    path = tmp_path / "SKILL.md"
    path.write_text(content, encoding="utf-8")
    return parse_skill(path, "SKILL.md")


@pytest.mark.parametrize("word", ["a_" * 60 + "a", "a" + "_" * 2000, "a-_" * 60 + "a", "_" * 2000])
def test_a_bold_word_of_many_parts_that_does_not_end_is_read(tmp_path: Path, word: str) -> None:
    (item,) = parse(tmp_path, f"{HEAD}- **{word}!**: advice\n").pitfalls
    assert item.id is None


@pytest.mark.parametrize("word", ["text-dates", "text_dates", "pandas.text__dates", "größe-2"])
def test_a_bold_word_of_several_parts_is_an_id(tmp_path: Path, word: str) -> None:
    (item,) = parse(tmp_path, f"{HEAD}- **{word}:** advice\n").pitfalls
    assert (item.id, item.text) == (word, "advice")


@pytest.mark.parametrize("title", ["{#a" * 300_000, "a" + " " * 900_000 + "b", "{#a" * 200_000 + "}x}", "{ " * 400_000])
def test_a_heading_that_seems_to_bring_its_own_id_is_read(title: str) -> None:
    assert Anchors().add_heading(title)


@pytest.mark.parametrize("title", ["B {#mine}", "B { #mine .class }", "B {#mine} ", "B {x} {#mine}"])
def test_a_heading_may_bring_its_own_id(title: str) -> None:
    assert Anchors().add_heading(title) == "mine"


def nested(inner: str, outer: str) -> str:
    """Return a frontmatter whose values hold one another nine times each, ten levels deep."""
    rows = [f"a0: &a0 {inner}"]
    for n in range(1, 10):
        rows.append(f"a{n}: &a{n} " + outer.format(", ".join([f"*a{n - 1}"] * 9)))
    return "---\n" + "\n".join(rows) + "\n---\n"


@pytest.mark.parametrize(
    "front",
    [nested("[x, x]", "[{}]"), nested("{x: y}", "{{<<: [{}]}}"), nested("{x: y}", "{{k: [{}], <<: {{}}}}")],
    ids=["lists", "merged mappings", "both"],
)
def test_a_bomb_of_aliases_is_refused_where_it_goes_off(tmp_path: Path, front: str) -> None:
    error = parse(tmp_path, front).error
    assert error is not None
    assert error.message == (
        "the frontmatter is not YAML: with its aliases written out it holds more than 100,000 values"
    )
    assert (error.kind, error.line in (6, 7)) == ("frontmatter", True)


@pytest.mark.parametrize("front", ["a: &a [*a]", "a: &a {<<: *a}", "a: &a {x: &b {<<: [*a, *a]}, <<: *b}"])
def test_a_value_that_contains_itself_is_refused(tmp_path: Path, front: str) -> None:
    error = parse(tmp_path, f"---\n{front}\n---\n").error
    assert error is not None
    assert error.message.startswith("the frontmatter is not YAML: a value contains itself")
    assert error.line == 2


def test_a_few_aliases_and_merged_mappings_are_read(tmp_path: Path) -> None:
    skill = parse(tmp_path, "---\na: &a {x: 1}\nb: {<<: *a, y: 2}\nc: [*a, *a]\n---\n")
    assert skill.frontmatter == {"a": {"x": 1}, "b": {"x": 1, "y": 2}, "c": [{"x": 1}, {"x": 1}]}


def test_a_long_list_of_pitfalls_is_read(tmp_path: Path) -> None:
    assert len(parse(tmp_path, HEAD + "- `a-b` c\n" * 20_000).pitfalls) == 20_000


def test_a_pipe_is_told_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "SKILL.md")
    error = parse_skill(tmp_path / "SKILL.md", "SKILL.md").error
    assert error is not None
    assert error.message == "the file is a named pipe; expected a regular file"


def test_a_pipe_that_is_called_like_a_readme_is_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "skills/a").mkdir(parents=True)
    os.mkfifo(tmp_path / "skills/a/README.md")
    assert find_skills(tmp_path, ()).files == ()


@pytest.mark.skipif(not Path("/dev/zero").is_char_device(), reason="there is no /dev/zero")
def test_a_link_to_a_device_is_told_and_not_read(tmp_path: Path) -> None:
    (tmp_path / "SKILL.md").symlink_to("/dev/zero")
    error = parse_skill(tmp_path / "SKILL.md", "SKILL.md").error
    assert error is not None
    assert error.message == "the file is a device; expected a regular file"


def test_a_huge_file_is_read_no_further_than_a_skill_may_be_long(tmp_path: Path) -> None:
    with (tmp_path / "SKILL.md").open("wb") as file:
        file.truncate(1 << 40)  # a hole of a terabyte
    error = parse_skill(tmp_path / "SKILL.md", "SKILL.md").error
    assert error is not None
    assert error.message == "the file has more than 4,000,000 bytes; a skill has at most 1,000,000 characters"


@pytest.mark.parametrize("blank", ["\x1c", "\x1f", "\x85"])
def test_a_paragraph_of_what_is_blank_to_python_alone_is_read(tmp_path: Path, blank: str) -> None:
    (link,) = parse(tmp_path, f"{blank}\n[a](b.md)\n\n{blank}").links
    assert (link.line, link.column) == (2, 5)


@pytest.mark.parametrize(
    "text",
    [
        "# a\n" * 150_000,
        "[a](#b)\n" * 100_000,
        "é [a](b.md)" * 80_000,
        "<a href='x' id='y'> b " * 40_000,
        "![" * 200_000 + "](a)" * 100_000,
        "> " * 400_000 + "a",
        "- " * 400_000 + "a",
        "[a]: b\n" * 60_000 + "[a] " * 60_000,
        "|a" * 100_000 + "|\n" + "|-" * 100_000 + "|\n" + "|[x](y)" * 50_000,
    ],
    ids=["titles", "links", "links on a line", "tags", "images", "quotes", "lists", "references", "cells"],
)
def test_a_text_of_very_many_parts_is_read(text: str) -> None:
    assert read_markdown(text).lines[0] == text.partition("\n")[0]
