"""What is read of a skill, and where it stands."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import frontmatter
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skills_lint.place import Span
from skills_lint.skills.parse import parse_skill, parse_skill_text
from skills_lint.skills.skill import CodeBlock, Link, PitfallItem, Section

if TYPE_CHECKING:
    from pathlib import Path

    from skills_lint.skills.skill import Skill

HEAD = "---\nname: etf\ndescription: d\n---\n"


def parse(tmp_path: Path, content: str | bytes, file: str = "SKILL.md") -> Skill:
    path = tmp_path / "etf" / file
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return parse_skill(path, file)


def test_frontmatter_values_and_their_places(tmp_path: Path) -> None:
    skill = parse(tmp_path, "---\nname: etf\ntags:\n  - dates\n  - [joins]\n---\n# Title\n")
    assert skill.frontmatter == {"name": "etf", "tags": ["dates", ["joins"]]}
    assert skill.marks.keys["name",] == Span(2, 1, 2, 5)
    assert skill.marks.keys["tags",] == Span(3, 1, 3, 5)
    assert skill.body_line == 7
    assert skill.marks.values["tags", 1, 0] == Span(5, 6, 5, 11)
    assert skill.marks.values["name",] == Span(2, 7, 2, 10)


def test_a_key_that_yaml_takes_for_a_truth_value_stays_a_word(tmp_path: Path) -> None:
    assert parse(tmp_path, "---\non: push\n---\n").frontmatter == {"on": "push"}


def test_a_skill_is_named_by_its_frontmatter_and_else_by_its_folder(tmp_path: Path) -> None:
    assert parse(tmp_path, "---\nname: funds\n---\n").name == "funds"
    assert parse(tmp_path, "# No frontmatter\n").name == "etf"


def test_a_skill_file_in_the_folder_of_skills_is_named_by_itself(tmp_path: Path) -> None:
    (tmp_path / "skills").mkdir()
    (tmp_path / "skills/etf.md").write_text(HEAD)
    assert parse_skill(tmp_path / "skills/etf.md", "skills/etf.md").folder == "etf"


def test_the_second_of_two_equal_keys_is_found(tmp_path: Path) -> None:
    skill = parse(tmp_path, "---\nname: a\ndescription: d\nname: b\n---\n")
    assert [(d.key, d.span.line, d.first.line) for d in skill.marks.duplicates] == [("name", 4, 2)]


def test_sections_reach_to_the_next_heading_of_their_level(tmp_path: Path) -> None:
    skill = parse(tmp_path, HEAD + "# A\n\n## B `c`\ntext\n\n## B `c`\n\nEnd\n===\n")
    assert skill.sections == (
        Section("A", 1, 5, 11, "a"),
        Section("B c", 2, 7, 9, "b-c"),
        Section("B c", 2, 10, 11, "b-c-1"),
        Section("End", 1, 12, 13, "end"),
    )


def test_a_heading_in_a_code_block_or_a_quote_opens_no_section(tmp_path: Path) -> None:
    assert parse(tmp_path, HEAD + "```\n# A\n```\n> # B\n").sections == ()


@pytest.mark.parametrize(
    ("line", "link"),
    [
        ("See [a](x.md).", Link("x.md", "link", 6, 9, 13)),
        ("- ![a *b*](x.png)", Link("x.png", "image", 6, 12, 17)),
        ("> - [a](<x y.md> 'x y.md')", Link("x y.md", "link", 6, 10, 16)),
        ("| [b](b.md) | [a](x.md) |\n|---|---|", Link("x.md", "link", 6, 19, 23)),
        ("two\nlines [a\n  b](x.md)", Link("x.md", "link", 8, 6, 10)),
        ("[a][r]\n\n[r]: x.md", Link("x.md", "link", 6, 1, 7)),
        ("[![i](i.png)](x.md)", Link("x.md", "link", 6, 15, 19)),
        ("# Title [a](x.md) #", Link("x.md", "link", 6, 13, 17)),
        ("<https://a.example>", Link("https://a.example", "link", 6, 1, 20)),
        ("<img width='3' src='x.png'>", Link("x.png", "image", 6, 21, 26)),
        ('<p>\n<a href="x.md">x</a>\n</p>', Link("x.md", "link", 7, 10, 14)),
        ("text <a href='x.md'>x</a>", Link("x.md", "link", 6, 15, 19)),
        ("<p>x.md <a href='x.md'>x</a></p>", Link("x.md", "link", 6, 18, 22)),
        ("é [ü](ö.md) [a](ä x.md) [a](é.md)", Link("é.md", "link", 6, 29, 33)),
        ("<a@b.example>", Link("mailto:a@b.example", "link", 6, 1, 14)),
        ("- > [a\n  > b](x.md)", Link("x.md", "link", 7, 8, 12)),
    ],
)
def test_links_and_their_places(tmp_path: Path, line: str, link: Link) -> None:
    assert link in parse(tmp_path, f"{HEAD}\n{line}\n").links


def test_a_form_feed_before_a_paragraph_moves_no_link(tmp_path: Path) -> None:
    skill = parse(tmp_path, "---\nname: a\n---\n\x0c\n[a](b.md)\n[a](b.md)\n")
    assert [(link.line, link.column) for link in skill.links] == [(5, 5), (6, 5)]


def test_a_link_in_code_is_no_link(tmp_path: Path) -> None:
    assert parse(tmp_path, HEAD + "`[a](x.md)`\n\n```\n[a](x.md)\n```\n").links == ()


def test_what_stands_in_the_description_of_an_image_is_no_link(tmp_path: Path) -> None:
    skill = parse(tmp_path, HEAD + "# ![a [b](c.md)](x.png) T\n")
    assert [(link.kind, link.target) for link in skill.links] == [("image", "x.png")]
    assert [section.title for section in skill.sections] == ["T"]


@pytest.mark.parametrize("end", ["```", "   ````", "> ```", "```  "])
@pytest.mark.parametrize("code", ["", "a\n", "\n"])
def test_marks_close_a_code_block(tmp_path: Path, code: str, end: str) -> None:
    quote = "> " if end.startswith(">") else ""
    quoted = "".join(f"{quote}{line}\n" for line in code.split("\n")[:-1])
    (block,) = parse(tmp_path, f"{HEAD}{quote}```\n{quoted}{end}").code_blocks
    assert (block.text, block.closed) == (code, True)


@pytest.mark.parametrize(
    "text", ["```", "```\n", "```\na\n\n", "```\n    ```", "````\n```", "> ```\n> a\n> \n", "- ```\n  a\n\nb"]
)
def test_a_code_block_that_nothing_closes_is_open(tmp_path: Path, text: str) -> None:
    (block,) = parse(tmp_path, HEAD + text).code_blocks
    assert not block.closed


def test_half_a_character_is_read(tmp_path: Path) -> None:
    skill = parse_skill_text(tmp_path / "SKILL.md", "SKILL.md", HEAD + "\ud83d [a](x.md)\n")
    assert skill.links == (Link("x.md", "link", 5, 7, 11),)


def test_code_blocks_and_their_places(tmp_path: Path) -> None:
    skill = parse(tmp_path, HEAD + "```Python title=x\na\n```\n- item\n\n  ~~~ {.json}\n  {}\n  ~~~\n")
    assert skill.code_blocks == (CodeBlock("python", "a\n", 5, 0), CodeBlock("json", "{}\n", 10, 2))


def test_anchors_are_those_of_github(tmp_path: Path) -> None:
    text = "# What's new? v1.2\n# Über_uns\n# A\n# A\n<a id='Own'></a>\n# B {#mine}\n"
    assert parse(tmp_path, HEAD + text).anchors == {"whats-new-v12", "über_uns", "a", "a-1", "own", "mine", "b"}


def test_pitfalls_are_the_items_of_their_section(tmp_path: Path) -> None:
    text = """# T

## Common pitfalls (from traces)

- `date-dtype-mismatch`: compare dates as one type,
  never as text.
  - wrong: `a < "b"`
- **store-api-misuse** \u2014 read the API first
- `lonely`
- Read this.

## After

- `not-here`: really
"""
    skill = parse(tmp_path, HEAD + text)
    assert skill.pitfalls_section == Section("Common pitfalls (from traces)", 2, 7, 15, "common-pitfalls-from-traces")
    advice = 'compare dates as one type,\nnever as text.\n- wrong: `a < "b"`'
    assert skill.pitfalls == (
        PitfallItem("date-dtype-mismatch", advice, 9, 4, 23),
        PitfallItem("store-api-misuse", "read the API first", 12, 5, 21),
        PitfallItem("lonely", "", 13, 4, 10),
        PitfallItem(None, "Read this.", 14, 3, 13),
    )


def test_none_seen_yet_is_a_section_without_pitfalls(tmp_path: Path) -> None:
    skill = parse(tmp_path, HEAD + "## Common pitfalls (from traces)\n\nNone seen yet.\n")
    assert skill.pitfalls_section
    assert skill.pitfalls == ()


def test_windows_line_ends_change_no_place(tmp_path: Path) -> None:
    text = HEAD + "# A\n\n[a](x.md)\n\n```json\n{}\n```\n\n## Common pitfalls (from traces)\n\n- `a-b`: c\n  d\n"
    plain, windows = parse(tmp_path, text), parse(tmp_path, text.replace("\n", "\r\n"))
    for part in ("frontmatter", "sections", "links", "code_blocks", "pitfalls", "marks", "error"):
        assert getattr(windows, part) == getattr(plain, part)


@pytest.mark.parametrize(
    ("content", "line", "column", "message"),
    [
        ("", 1, 1, "the file is empty"),
        ("\n \n", 1, 1, "the file is empty"),
        ("# Title\n", 1, 1, "there is no frontmatter"),
        ("\n---\nname: a\n---\n", 2, 1, "the frontmatter begins on line 2"),
        ("---\nname: a\n# Title\n", 1, 1, "never closed"),
        ("---\nname: a\nmetadata:\n\tauthor: b\n---\n", 4, 1, "tab"),
        ('---\nname: a\ndescription: "b\nlicense: c\n---\n', 3, 14, "quote that opens here"),
        ('---\ndescription: "b\nlicense: "MIT"\n---\n', 2, 14, "quote that opens here"),
        ("---\ndescription: Use when: b\n---\n", 2, 22, "must be quoted"),
        ("---\n- a\n---\n", 2, 1, "the frontmatter is a list"),
        ("---\ntext\n---\n", 2, 1, "the frontmatter is a text"),
        ("---\na: \x07\n---\n", 2, 4, "U+0007"),
        ("---\na: !!int b\n---\n", 2, 4, "invalid literal"),
        ("---\na: 2024-13-45\n---\n", 2, 4, "month must be in 1..12"),
        ("---\na: " + "[" * 5000 + "\n---\n", 2, 1, "cannot be read"),
        ("\ufeff---\nname: a\n---\n", 1, 1, "byte order mark"),
        (b"---\nname: a\n---\nr\xe9sum\xe9\n", 4, 2, "not UTF-8: found the byte 0xE9"),
        ("---\nname: a\n---\na\0b\n", 4, 2, "NUL byte"),
        ("a" * 1_000_001, 1, 1, "the file has 1,000,001 characters"),
        (b"\x89PNG\r\n\0\0\xff", 1, 1, "binary"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(
    tmp_path: Path, content: str | bytes, line: int, column: int, message: str
) -> None:
    error = parse(tmp_path, content).error
    assert error is not None
    assert message in error.message
    assert (error.line, error.column) == (line, column)


def test_a_file_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    error = parse_skill(tmp_path / "none/SKILL.md", "none/SKILL.md").error
    assert error is not None
    assert error.message == "the file cannot be read: No such file or directory"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_told(tmp_path: Path) -> None:
    path = tmp_path / "SKILL.md"
    path.write_text(HEAD)
    path.chmod(0)
    error = parse_skill(path, "SKILL.md").error
    assert error is not None
    assert error.message == "the file cannot be read: Permission denied"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.binary(), st.text().map(str.encode), st.text().map(lambda t: f"---\n{t}\n---\n{t}".encode())))
def test_no_bytes_crash_the_parser(tmp_path: Path, content: bytes) -> None:
    skill = parse(tmp_path, content)
    assert skill.error is not None or skill.frontmatter is not None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.from_regex(r"[a-z][a-z-]{0,8}", fullmatch=True).filter(
            lambda k: k not in ("on", "off", "yes", "no", "y", "n")
        ),
        st.from_regex(r"[a-z ]{0,20}", fullmatch=True),
        min_size=1,
    )
)
def test_values_are_those_of_python_frontmatter(tmp_path: Path, values: dict[str, str]) -> None:
    text = "---\n" + "".join(f"{key}: {value}\n" for key, value in values.items()) + "---\nText\n"
    assert parse(tmp_path, text).frontmatter == frontmatter.loads(text).metadata


@pytest.mark.parametrize("value", ["@store reads", "`store` reads", "[issue] [more]", "*all of it", "%d rows"])
def test_a_text_that_begins_with_a_mark_of_yaml_is_to_be_quoted(tmp_path: Path, value: str) -> None:
    error = parse(tmp_path, f"---\nname: etf\ndescription: {value}\n---\nText.\n").error
    assert error is not None
    assert (error.line, error.way_out) == (
        3,
        "if the value is a text, put it in quotes: YAML gives its first character a meaning",
    )
