"""What is written so that it is not what it was meant to be: links, headings, comments, notes, characters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from skills_lint.lint.diagnostic import Diagnostic

    Lint = Callable[[Mapping[str, str | bytes]], list[Diagnostic]]

HEAD = "---\nname: etf\ndescription: Read ETF prices.\n---\n"
FILE = "skills/etf/SKILL.md"
NOTES = {"skills/etf/notes.md": "# Notes\n"}
COLUMNS = (
    "# Columns\n\n## Dates & times\n\nx\n\n## Dates & times\n\ny\n\n## \U0001f680 Start\n\nz\n\n## What's new?\n\nw\n"
)


def found(lint: Lint, text: str, **more: str) -> list[tuple[str, int, int]]:
    return [(d.code, d.line, d.column) for d in lint({FILE: HEAD + text, **NOTES, **more})]


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("See [the notes] (notes.md) first.\n", 5),
        ("See (the notes)[notes.md] first.\n", 5),
        ("See [the notes](notes.md and read them.\n", 5),
        ("See [the notes]() first.\n", 5),
        ("See [the notes][notes] first.\n", 5),
        ("See [notes][] first.\n", 5),
        ("Dates are numbers[^1].\n", 18),
        ("See [the notes](my notes.md) first.\n", 5),
    ],
)
def test_a_link_that_is_none_is_found(lint: Lint, text: str, column: int) -> None:
    assert found(lint, text) == [("SK305", 5, column)]


@pytest.mark.parametrize(
    "text",
    [
        "See [a][R], [r][] and [r].\n\n[r]: notes.md\n",
        "Take a[0][1], x[i][j] and `[a][b]`.\n",
        "It is so[^1].\n\n[^1]: Note. More.\n",
        "```markdown\n[a] (notes.md) [b][c]\n```\n",
        "- [ ] One (notes)\n- [x] Two [optional] (see below)\n",
        "Write \\[a\\](b.md), [[notes]] and [citation needed].\n",
        "> [!NOTE]\n> Text.\n",
        'See [a](notes.md "of 2026.md") and [b](https://a.example "b.md").\n',
        "It was shown twice [1][2].\n",
    ],
)
def test_brackets_that_are_no_link_are_fine(lint: Lint, text: str) -> None:
    assert found(lint, text) == []


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("##Dates\n\nText.\n", 5),
        ("Text.\n\n###\n\nText.\n", 7),
        ("Text.\n\n##\n", 7),
        ("####### Dates\n", 5),
    ],
)
def test_a_heading_that_is_none_is_found(lint: Lint, text: str, line: int) -> None:
    assert found(lint, text) == [("SK207", line, 1)]


@pytest.mark.parametrize("text", ["#hashtag and #1\n", "```sh\n##no heading\n```\n", "#!/bin/sh\n", "See ##x.\n"])
def test_marks_that_begin_no_heading_are_fine(lint: Lint, text: str) -> None:
    assert found(lint, text) == []


@pytest.mark.parametrize(
    ("text", "line"),
    [("<!-- Later\n\n## Dates\n\nText.\n", 5), ("<!-- a -->\n\nText.\n\n<!-- b\n\nText.\n", 9)],
)
def test_a_comment_that_nothing_closes_is_found(lint: Lint, text: str, line: int) -> None:
    assert ("SK406", line, 1) in found(lint, text)


def test_a_comment_in_the_last_line_hides_no_number_of_lines(lint: Lint) -> None:
    (diagnostic,) = lint({FILE: HEAD + "Text.\n\n<!-- Of 2026"})
    assert diagnostic.message == "the comment is never closed; it hides what follows"


@pytest.mark.parametrize(
    "text", ["Write `<!-- a` to begin one.\n", "```html\n<!-- a\n```\n", "<!-- a\n\nb -->\n\nText.\n"]
)
def test_a_comment_that_is_closed_or_code_is_fine(lint: Lint, text: str) -> None:
    assert found(lint, text) == []


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("| a | b |\n| --- | --- |\n| x | TBD |\n", 7),
        ("The format: TBD.\n", 13),
        ("XXX: write this.\n", 1),
        ("- [Insert a description here]\n", 3),
        ("<your description here>\n", 1),
        ("[//]: # (TODO: write)\n", 10),
        ("_Coming soon._\n", 2),
        ("(To be written)\n", 1),
        ("Lorem ipsum dolor sit amet.\n", 1),
        ("Replace this file with your instructions.\n", 1),
    ],
)
def test_what_is_left_to_be_written_is_found(lint: Lint, text: str, column: int) -> None:
    ((code, _, at),) = found(lint, text)
    assert (code, at) == ("SK504", column)


@pytest.mark.parametrize(
    "description", ["TODO", "'[TODO: say it]'", "Replace with what it is for.", "'{{description}}'"]
)
def test_a_description_that_was_never_written_is_found(lint: Lint, description: str) -> None:
    text = f"---\nname: etf\ndescription: {description}\n---\nText.\n"
    assert [(d.code, d.line) for d in lint({FILE: text})] == [("SK504", 3)]


@pytest.mark.parametrize(
    "text",
    [
        "Say [insert the name] in the mail, and `<your name here>`.\n",
        "Try “[Your Product] vs [Competitor]”, or {{Company}}.\n",
        "Mark it as TBD with an owner; no TODO may remain.\n",
        "Recover a template with [PLACEHOLDER] variables.\n",
        "The page says “coming soon” until then.\n",
        "- Placeholder text\n- `lorem`: makes Lorem Ipsum.\n",
    ],
)
def test_what_an_agent_is_to_fill_in_is_fine(lint: Lint, text: str) -> None:
    assert found(lint, text) == []


def test_a_skill_that_is_a_template_may_be_unwritten(lint: Lint) -> None:
    text = "---\nname: template\ndescription: Replace with a description.\n---\n[Insert the instructions]\n"
    assert lint({"template/SKILL.md": text}) == []


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("Use pan\u200bdas here.\n", 8),
        ("Use pan\u00addas here.\n", 8),
        ("Send\ufeff it.\n", 5),
        ("Go \u2060\u2060\u2060 on.\n", 4),
        ("Use a\u200db here.\n", 6),
        ("A \x1b[8mhidden\x1b[0m word.\n", 3),
    ],
)
def test_characters_that_nobody_sees_are_found(lint: Lint, text: str, column: int) -> None:
    assert found(lint, text) == [("SK002", 5, column)]


@pytest.mark.parametrize(
    "text",
    [
        "\u200b```text\nnested\n\u200b```\n",
        "می\u200cخواهم, क्\u200dष, 10\u00a0km\n",
        "\U0001f469\u200d\U0001f4bb ✅\ufe0f\n",
        "ก\u200bข\n",
    ],
)
def test_characters_that_scripts_and_emoji_need_are_fine(lint: Lint, text: str) -> None:
    assert found(lint, text) == []


@pytest.mark.parametrize(("text", "line"), [("It isnâ€™t.\n", 5), ("R\ufffdsum\ufffd.\n", 5), ("Ã©t\u00e9\n", 5)])
def test_characters_that_were_lost_are_found(lint: Lint, text: str, line: int) -> None:
    assert [(code, at) for code, at, _ in found(lint, text)] == [("SK003", line)]


@pytest.mark.parametrize("text", ["`â€™` shows a wrong encoding.\n", "```text\nâ€™\n```\n", "Été, Ã, “so”\n"])
def test_characters_that_are_meant_are_fine(lint: Lint, text: str) -> None:
    assert found(lint, text) == []


@pytest.mark.parametrize(
    ("anchor", "is_there"),
    [
        ("dates--times-1", True),
        ("-start", True),
        ("whats-new", True),
        ("dates--times-2", False),
        ("dates-times", False),
        ("rocket-start", False),
        ("what's-new", False),
    ],
)
def test_anchors_are_as_github_makes_them(lint: Lint, anchor: str, is_there: bool) -> None:
    text = f"See [it](columns.md#{anchor}).\n"
    assert [code for code, _, _ in found(lint, text, **{"skills/etf/columns.md": COLUMNS})] == ["SK302"] * (
        not is_there
    )


@pytest.mark.parametrize(
    "text",
    [
        "See [a](notes.md:3), [b](notes.md:3-9), [c](notes.md#L3) and [d](notes.md#L3-L9).\n",
        "See [a](my%20notes.md) and [b](<my notes.md>).\n",
        "See [a](//x.example/a), [b](mailto:a@b.example), [c](../etf) and [d](.).\n",
    ],
)
def test_links_that_lead_somewhere_are_fine(lint: Lint, text: str) -> None:
    assert found(lint, text, **{"skills/etf/my notes.md": ""}) == []


@pytest.mark.parametrize("target", ["Notes.md", "no%20file.md", "<no file.md>", "gone/", "gone.md?plain=1#L3"])
def test_links_that_lead_nowhere_are_found(lint: Lint, target: str) -> None:
    assert [code for code, _, _ in found(lint, f"See [it]({target}).\n")] == ["SK301"]


@pytest.mark.parametrize("end", ["\r", "\r\n", "\n"])
def test_lines_end_in_three_ways(lint: Lint, end: str) -> None:
    text = f"{HEAD}Text.\n\n```python\nprint(1\n```\n".replace("\n", end)
    assert [(d.code, d.line, d.column) for d in lint({FILE: text})] == [("SK401", 8, 6)]


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("Call `open_store and read it.\n", 5, 6),
        ("- Call `open_store`.\n- Then `read.\n- And `close`.\n", 6, 8),
        ("| a | b |\n| --- | --- |\n| `x | y |\n| `z` | w |\n", 7, 3),
        ("A `code that\ngoes on` and `more.\n", 6, 14),
    ],
)
def test_inline_code_that_nothing_closes_is_found(lint: Lint, text: str, line: int, column: int) -> None:
    assert found(lint, text) == [("SK407", line, column)]


@pytest.mark.parametrize(
    "text",
    [
        "Use ``a ` b``, `` ` `` and `code that\ngoes on` here.\n",
        "A fenced ```bash block is one.\n",
        "Write \\` for a backtick.\n",
        "```text\na ` b\n```\n",
        "> Use `code that\n> goes on`.\n",
    ],
)
def test_backticks_that_are_closed_or_escaped_are_fine(lint: Lint, text: str) -> None:
    assert found(lint, text) == []


def test_a_description_that_yaml_cuts_is_found_where_it_is_cut(lint: Lint) -> None:
    text = "---\nname: etf  # a comment\ndescription: Use for issues like #12 and more.\n---\nText.\n"
    assert [(d.code, d.line, d.column) for d in lint({FILE: text})] == [("SK107", 3, 34)]


@pytest.mark.parametrize("description", ["Read C# and F# and a#b code.", "'Use for #12.'", ">-\n  Use for #12."])
def test_a_description_with_a_number_sign_may_be_whole(lint: Lint, description: str) -> None:
    assert lint({FILE: f"---\nname: etf\ndescription: {description}\n---\nText.\n"}) == []


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("| a | b |\n| 1 | 2 |\n| 3 | 4 |\n", 5),
        ("Text:\n| a | b |\n| --- |\n| 1 | 2 |\n", 6),
        ("| a | b |\r\n| --- | --- | --- |\r\n| 1 | 2 |\r\n", 5),
        ("| a | b |\n| === | === |\n| 1 | 2 |\n", 5),
        ("| a \\| b | c |\n| - | - | - |\n", 5),
    ],
)
def test_a_table_that_is_none_is_found(lint: Lint, text: str, line: int) -> None:
    assert found(lint, text) == [("SK408", line, 1)]


@pytest.mark.parametrize(
    "text",
    [
        "| a | b |\n| --- | :-: |\n| 1 | 2 |\n| 3 |\n| 4 | 5 | 6 |\n",
        "| a | b \n| --- | ---\n| 1 | 2\n",
        "| a |\n| - |\n\n| a \\| b | c |\n|-|-|\n",
        "a | b\n--- | ---\n| 1 | 2 |\n| 3 | 4 |\n",
        "|x| < 1 and\n|y| < 2\n\n| a single | row |\n",
        "```text\n| a | b |\n| 1 | 2 |\n```\n",
        "|\n|\n\n||\n||\n",
    ],
)
def test_a_table_or_bars_that_begin_none_are_fine(lint: Lint, text: str) -> None:
    assert found(lint, text) == []
