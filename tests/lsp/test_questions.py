"""What an editor shows, proposes and leads to."""

from __future__ import annotations

import random
from typing import Any

from lsprotocol import types

from skills_lint.buckets.catalogue import load_catalogue

BUCKETS = "routines/trace_failure_triage/buckets.yaml"
SKILL = "skills/robust-frames/SKILL.md"
PIECES = (
    *("---\n", "name: x\n", "## Common pitfalls (from traces)\n", "- `", "missing-column`: a\n", "```\n", "[a](b.md)"),
    *("buckets:\n", "  - id: x\n", "    skills: [", "&a [*a]\n", "🦜", "漢", "\r", "\t", "\ufeff", "\x00", "\u2028"),
)
MARKDOWN = [types.MarkupKind.Markdown, types.MarkupKind.PlainText]


def hovered(found: types.Hover | None) -> str:
    assert found is not None
    assert isinstance(found.contents, types.MarkupContent)
    return found.contents.value


def test_a_pitfall_says_what_its_bucket_is_about_and_how_often_it_was_seen(repo: Any, editor: Any) -> None:
    editor.start(hover=MARKDOWN).open(SKILL)
    found = editor.hover(SKILL, editor.place(SKILL, "missing-column"))
    assert found.contents == types.MarkupContent(
        types.MarkupKind.Markdown,
        "**Missing column** (`missing-column`)\n\n"
        "Cause: The frame lacks the column.\n\n"
        "Fix: Check the columns before selecting.\n\n"
        "Seen 4 times in 3 sessions, last on 2026-11-05.",
    )
    assert found.range.start == editor.place(SKILL, "missing-column")
    assert editor.hover(SKILL, editor.place(SKILL, "Look before")) is None


def test_an_editor_that_takes_no_markdown_is_given_none(repo: Any, editor: Any) -> None:
    editor.start().open(BUCKETS)
    found = editor.hover(BUCKETS, editor.place(BUCKETS, "text-dates"))
    assert found.contents.kind == "plaintext"
    assert hovered(found).startswith("Dates as text (`text-dates`)\n\nCause: Dates are stored as text and")


def test_a_bucket_of_the_catalogue_is_known_too(repo: Any, editor: Any) -> None:
    bucket = next(bucket.id for bucket in load_catalogue() if bucket.remedy == "environment")
    repo.write(SKILL, (repo.root / SKILL).read_text().replace("`text-dates`", f"`{bucket}`"))
    editor.start().open(SKILL)
    place = editor.place(SKILL, bucket)
    assert hovered(editor.hover(SKILL, place)).endswith(
        "\n\nNot seen in the evidence. From the built-in catalogue. Remedy: environment, not a skill."
    )
    assert editor.definition(SKILL, place) == []


def test_what_a_bucket_says_is_shown_and_does_nothing(repo: Any, editor: Any) -> None:
    hostile = "![x](http://e.com/a) <b>**bold**</b> [l](command:x) www.e.com a@b.c `co[d]e` \\u202e # h"
    text = (
        (repo.root / BUCKETS)
        .read_text()
        .replace("cause: Dates", f'cause: "{hostile} Dates')
        .replace("with numbers.\n", 'with numbers."\n')
    )
    repo.write(BUCKETS, text)
    editor.start(hover=MARKDOWN).open(SKILL)
    shown = hovered(editor.hover(SKILL, editor.place(SKILL, "text-dates")))
    assert (
        r"Cause: \!\[x\](http\://e.com/a) \<b\>\*\*bold\*\*\</b\> \[l\](command:x) www\.e.com a\@b.c `co[d]e`" in shown
    )
    assert "\u202e" not in shown


def test_bucket_ids_are_proposed_behind_the_backtick_of_a_pitfall(repo: Any, editor: Any) -> None:
    editor.start().open(SKILL)
    editor.write(SKILL, editor.texts[SKILL] + "- `mis")
    end = types.Position(editor.texts[SKILL].count("\n"), len("- `mis"))
    items = editor.complete(SKILL, end)
    assert [item.label for item in items][:2] == ["missing-column", "text-dates"]
    assert len(items) > 20
    assert sorted(items, key=lambda item: item.sort_text) == items
    edit = items[0].text_edit
    assert (edit.new_text, edit.range.start.character, edit.range.end) == ("missing-column`: ", len("- `"), end)


def test_a_proposal_takes_the_place_of_the_whole_id_and_keeps_what_follows(repo: Any, editor: Any) -> None:
    editor.start().open(SKILL)
    start = editor.place(SKILL, "missing-column")
    inside = types.Position(start.line, start.character + 3)
    edit = editor.complete(SKILL, inside)[0].text_edit
    assert edit.new_text == "missing-column"
    assert edit.range == types.Range(start, types.Position(start.line, start.character + len("missing-column")))


def test_nothing_is_proposed_where_no_pitfall_begins(repo: Any, editor: Any) -> None:
    editor.start().open(SKILL)
    text = editor.texts[SKILL]
    for line in ("`", "text `", "- text `", "- `id` `", "- "):
        editor.write(SKILL, text + line)
        assert editor.complete(SKILL, types.Position(text.count("\n"), len(line))) == [], line


def test_nothing_is_proposed_outside_the_pitfalls_section(repo: Any, editor: Any) -> None:
    editor.start().open(SKILL)
    editor.write(SKILL, editor.texts[SKILL].replace("Look before", "- `\n\nLook before"))
    position = editor.place(SKILL, "- `\n")
    assert editor.complete(SKILL, types.Position(position.line, 3)) == []


def written(editor: Any, instead: str) -> types.Position:
    """Put something in the place of the skills of a bucket; return where its `|` was, which is taken out."""
    text = (editor.root / BUCKETS).read_text().replace("    skills: [robust-frames]", instead)
    before = text[: text.index("|")]
    editor.write(BUCKETS, text.replace("|", "", 1))
    return types.Position(before.count("\n"), len(before.rpartition("\n")[2]))


def test_skill_names_are_proposed_for_a_bucket_though_the_file_is_broken(repo: Any, editor: Any) -> None:
    editor.start().open(BUCKETS)
    for instead, word in (
        ("    skills: [ro|", "ro"),
        ("    skills: [|]", ""),
        ("    skills: [other, ro|]", "ro"),
        ("    skills:\n      - ro|", "ro"),
        ("    skills:  # which\n      - other\n\n      - |", ""),
        ("    skills:\n    - |", ""),
    ):
        position = written(editor, instead)
        (item,) = editor.complete(BUCKETS, position)
        assert (item.label, item.detail) == ("robust-frames", SKILL)
        start = types.Position(position.line, position.character - len(word))
        assert item.text_edit.range == types.Range(start, position), instead


def test_no_skill_is_proposed_elsewhere_in_the_bucket_file(repo: Any, editor: Any) -> None:
    editor.start().open(BUCKETS)
    for instead in ("    match:\n      - |", "    title: |", "    skills: [a] |"):
        assert editor.complete(BUCKETS, written(editor, instead)) == [], instead


def test_a_pitfall_leads_to_its_bucket_and_a_bucket_to_its_pitfalls(repo: Any, editor: Any) -> None:
    repo.write("skills/other/SKILL.md", (repo.root / SKILL).read_text().replace("name: robust-frames", "name: other"))
    editor.start().open(SKILL)
    editor.open(BUCKETS)
    pitfall, bucket = editor.place(SKILL, "text-dates"), editor.place(BUCKETS, "text-dates")
    assert editor.definition(SKILL, pitfall) == [(BUCKETS, bucket.line, bucket.character)]
    assert editor.definition(BUCKETS, bucket) == [
        ("skills/other/SKILL.md", pitfall.line, pitfall.character),
        (SKILL, pitfall.line, pitfall.character),
    ]


def test_unsaved_pitfalls_and_buckets_are_led_to_as_well(repo: Any, editor: Any) -> None:
    editor.start().open(SKILL)
    editor.open(BUCKETS)
    editor.write(SKILL, editor.texts[SKILL].replace("Look before", "Look twice.\n\nLook before"))
    editor.write(BUCKETS, "# first line\n" + editor.texts[BUCKETS])
    pitfall, bucket = editor.place(SKILL, "missing-column"), editor.place(BUCKETS, "missing-column")
    assert editor.definition(SKILL, pitfall) == [(BUCKETS, bucket.line, bucket.character)]
    assert editor.definition(BUCKETS, bucket) == [(SKILL, pitfall.line, pitfall.character)]


def test_references_are_the_pitfalls_and_if_asked_for_the_bucket(repo: Any, editor: Any) -> None:
    editor.start().open(SKILL)
    editor.open(BUCKETS)
    pitfall, bucket = editor.place(SKILL, "text-dates"), editor.place(BUCKETS, "text-dates")
    pitfalls = [(SKILL, pitfall.line, pitfall.character)]
    declared = [(BUCKETS, bucket.line, bucket.character)]
    assert editor.references(SKILL, pitfall, declaration=False) == pitfalls
    assert editor.references(BUCKETS, bucket, declaration=True) == declared + pitfalls


def test_a_skill_of_a_bucket_leads_to_the_skill_and_is_found_by_its_buckets(repo: Any, editor: Any) -> None:
    editor.start().open(BUCKETS)
    name = editor.place(BUCKETS, "robust-frames")
    assert editor.definition(BUCKETS, name) == [(SKILL, 0, 0)]
    assert editor.references(BUCKETS, name, declaration=False) == [(BUCKETS, name.line, name.character)]
    assert editor.hover(BUCKETS, name) is None


def test_no_text_and_no_question_brings_the_server_down(repo: Any, editor: Any) -> None:
    chance = random.Random(5)  # noqa: S311 - no secret
    editor.start(hover=MARKDOWN).open(SKILL)
    editor.open(BUCKETS)
    for _ in range(40):
        name = chance.choice([SKILL, BUCKETS])
        editor.write(name, "".join(chance.choices(PIECES, k=chance.randrange(12))))
        position = types.Position(chance.randrange(8), chance.randrange(20))
        editor.hover(name, position)
        editor.complete(name, position)
        editor.references(name, position, declaration=True)
        editor.definition(name, position)
        editor.actions(name, types.Range(types.Position(0, 0), position))
    editor.findings(SKILL)
    editor.findings(BUCKETS)
    assert editor.messages == []
