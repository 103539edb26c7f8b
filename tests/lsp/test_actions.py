"""Quick fixes: safe ones are preferred, others say that they are not, and all fit the text as it is now."""

from __future__ import annotations

from typing import Any

from lsprotocol import types

SKILL = "skills/robust-frames/SKILL.md"
EVERYWHERE = types.Range(types.Position(0, 0), types.Position(999, 0))


def applied(editor: Any, name: str, action: types.CodeAction) -> str:
    """Return the text of a document after an action, for documents in which all characters count as one."""
    lines = editor.texts[name].split("\n")
    assert action.edit is not None
    for edit in sorted(action.edit.changes[editor.uri(name)], key=lambda edit: -edit.range.start.line):
        start, end = edit.range.start, edit.range.end
        assert start.line == end.line
        line = lines[start.line]
        lines[start.line] = line[: start.character] + edit.new_text + line[end.character :]
    return "\n".join(lines)


def test_a_safe_fix_is_preferred_and_mends_what_it_says(repo: Any, editor: Any) -> None:
    text = (repo.root / SKILL).read_text()
    editor.start().open(SKILL, text.replace("description:", "descripton:"))
    (action,) = editor.actions(SKILL, EVERYWHERE)
    assert (action.title, action.kind, action.is_preferred) == ("Rename the key to `description`", "quickfix", True)
    assert [found.code for found in action.diagnostics] == ["SK103"]
    assert applied(editor, SKILL, action) == text


def test_a_fix_that_may_not_be_meant_says_so_and_is_not_preferred(repo: Any, editor: Any) -> None:
    text = (repo.root / SKILL).read_text()
    editor.start().open(SKILL, text.replace("`missing-column`", "`missing-colum`"))
    (action,) = editor.actions(SKILL, EVERYWHERE)
    assert action.title == "Name the bucket `missing-column` (unsafe)"
    assert (action.kind, action.is_preferred) == ("quickfix.unsafe", False)
    assert applied(editor, SKILL, action) == text


def test_fixes_fit_the_text_as_it_is_the_moment_they_are_asked_for(repo: Any, editor: Any) -> None:
    text = (repo.root / SKILL).read_text().replace("`missing-column`", "`missing-colum`")
    editor.start().open(SKILL, text)
    editor.write(SKILL, text.replace("Look before", "First of all.\n\nLook before"))
    (action,) = editor.actions(SKILL, EVERYWHERE)
    assert applied(editor, SKILL, action) == editor.texts[SKILL].replace("`missing-colum`", "`missing-column`")
    editor.write(SKILL, text.replace("`missing-colum`", "`missing-column`"))
    assert editor.actions(SKILL, EVERYWHERE) == []


def test_fixes_are_those_of_the_place_and_of_the_kind_that_is_asked_for(repo: Any, editor: Any) -> None:
    text = (repo.root / SKILL).read_text().replace("`missing-column`", "`missing-colum`")
    editor.start().open(SKILL, text.replace("description:", "descripton:"))
    assert len(editor.actions(SKILL, EVERYWHERE)) == 2
    place = editor.place(SKILL, "missing-colum")
    here = types.Range(place, place)
    assert [action.kind for action in editor.actions(SKILL, here)] == ["quickfix.unsafe"]
    assert len(editor.actions(SKILL, EVERYWHERE, only=[types.CodeActionKind.QuickFix])) == 2
    assert len(editor.actions(SKILL, EVERYWHERE, only=["quickfix.unsafe"])) == 1
    assert editor.actions(SKILL, EVERYWHERE, only=[types.CodeActionKind.Refactor]) == []


def test_an_edit_behind_emoji_is_in_the_units_of_the_protocol(repo: Any, editor: Any) -> None:
    repo.write("skills/robust-frames/more.md", "# More\n")
    text = (repo.root / SKILL).read_text().replace("Look before", "🦜 漢 [more](mor.md) Look before")
    editor.start().open(SKILL, text)
    (action,) = editor.actions(SKILL, EVERYWHERE)
    (edit,) = action.edit.changes[editor.uri(SKILL)]
    line = text.split("\n")[edit.range.start.line].encode("utf-16-le")
    old = line[2 * edit.range.start.character : 2 * edit.range.end.character].decode("utf-16-le")
    assert (old, edit.new_text) == ("mor.md", "more.md")


def test_a_byte_order_mark_that_the_editor_hides_makes_no_edit(repo: Any, editor: Any) -> None:
    repo.write(SKILL, "\ufeff" + (repo.root / SKILL).read_text())
    editor.start().open(SKILL, (repo.root / SKILL).read_text(encoding="utf-8-sig"))
    assert [found.message.split(",")[0] for found in editor.findings(SKILL)] == [
        "the file begins with a byte order mark"
    ]
    assert editor.actions(SKILL, EVERYWHERE) == []
