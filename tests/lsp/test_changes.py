"""A large repo, fast typing, and files that come, go and break while a skill is open."""

from __future__ import annotations

from typing import Any

import pytest

BUCKETS = "routines/trace_failure_triage/buckets.yaml"
SKILL = "skills/robust-frames/SKILL.md"
MANY = 1000
BROKEN = ("schema = 'skill'\nselect = [", "selct = []", "select = ['SK999']", "schema = 'gone.json'", "source = ['x']")


@pytest.fixture
def large_repo(repo: Any) -> Any:
    text = (repo.root / SKILL).read_text()
    for number in range(MANY):
        name = f"skill-{number:04}"
        repo.write(f"skills/{name}/SKILL.md", text.replace("name: robust-frames", f"name: {name}"))
    return repo


def test_questions_are_answered_from_all_of_a_thousand_skills(large_repo: Any, editor: Any) -> None:
    editor.start().open(SKILL)
    editor.open(BUCKETS)
    assert editor.findings(SKILL) == []
    assert len(editor.complete(BUCKETS, editor.place(BUCKETS, "robust-frames]"))) == MANY + 1
    bucket = editor.place(BUCKETS, "text-dates")
    assert len(editor.references(BUCKETS, bucket, declaration=False)) == MANY + 1


def test_of_many_changes_in_a_row_the_last_one_counts_and_questions_are_answered_between(
    large_repo: Any, editor: Any
) -> None:
    editor.start().open(SKILL)
    text = editor.texts[SKILL]
    for number in range(100):
        editor.write(SKILL, text.replace("`text-dates`", f"`text-dat{'e' * number}`"))
        if number % 20 == 0:
            assert editor.hover(SKILL, editor.place(SKILL, "missing-column")) is not None
    (found,) = editor.findings(SKILL)
    assert found.code == "SK203"
    assert found.range.end.character - found.range.start.character == len("text-dat") + 99
    editor.write(SKILL, text)
    assert editor.findings(SKILL) == []


def test_a_thousand_files_that_change_at_once_hold_nothing_up(large_repo: Any, editor: Any) -> None:
    editor.start(watches=True).open(SKILL)
    editor.changed_on_disk(*(f"skills/skill-{number:04}/SKILL.md" for number in range(MANY)))
    assert editor.hover(SKILL, editor.place(SKILL, "missing-column")) is not None
    editor.write(SKILL, editor.texts[SKILL].replace("`text-dates`", "`typed-dates`"))
    assert editor.codes(SKILL) == ["SK203"]


def test_findings_go_with_a_skill_that_is_renamed_and_are_those_of_the_new_place(repo: Any, editor: Any) -> None:
    repo.write("skills/robust-frames/more.md", "# More\n")
    repo.write(SKILL, (repo.root / SKILL).read_text() + "[more](more.md)\n[dead](gone.md)\n")
    editor.start(watches=True).open(SKILL)
    assert editor.codes(SKILL) == ["SK301"]
    new = "skills/frames/SKILL.md"
    editor.rename(SKILL, new)
    assert editor.findings(SKILL, lambda found: not found) == []
    found = editor.findings(new, lambda found: len(found) == 3)
    assert sorted(str(one.code) for one in found) == ["SK104", "SK301", "SK301"]
    name = editor.place(new, "missing-column")
    assert [file for file, *_ in editor.references(new, name, declaration=False)] == [new]


def test_what_a_deleted_file_leaves_behind_is_found(repo: Any, editor: Any) -> None:
    beside, other = "skills/robust-frames/more.md", "skills/other/SKILL.md"
    repo.write(beside, "# More\n")
    text = (repo.root / SKILL).read_text()
    repo.write(other, text.replace("name: robust-frames", "name: other"))
    repo.write(SKILL, text + "[more](more.md)\n")
    repo.write(BUCKETS, (repo.root / BUCKETS).read_text().replace("[robust-frames]", "[robust-frames, other]"))
    editor.start(watches=True).open(SKILL)
    assert editor.findings(SKILL) == []
    editor.delete(beside)
    assert [one.code for one in editor.findings(SKILL, bool)] == ["SK301"]
    editor.delete(other)
    assert [one.code for one in editor.findings(BUCKETS, bool)] == ["SK205"]


def test_an_open_skill_that_is_deleted_is_linted_until_it_is_closed(repo: Any, editor: Any) -> None:
    editor.start(watches=True).open(SKILL)
    assert editor.findings(SKILL) == []
    editor.delete(SKILL)
    editor.write(SKILL, editor.texts[SKILL].replace("`text-dates`", "`typed-dates`"))
    assert [one.code for one in editor.findings(SKILL, bool)] == ["SK203"]
    editor.close(SKILL)
    assert editor.findings(SKILL, lambda found: not found) == []
    assert editor.messages == []


def test_typing_goes_on_while_the_configuration_breaks_and_is_mended(repo: Any, editor: Any) -> None:
    editor.start(watches=True).open(SKILL)
    assert editor.findings(SKILL) == []
    text = editor.texts[SKILL]
    for number, config in enumerate(BROKEN):
        repo.write("skills-lint.toml", config)
        editor.write(SKILL, text.replace("`text-dates`", f"`typed-dates-{number}`"))
        editor.changed_on_disk("skills-lint.toml")
        (found,) = editor.findings(SKILL, bool)
        assert f"`typed-dates-{number}`" in found.message, config
        assert editor.hover(SKILL, editor.place(SKILL, "missing-column")) is not None
        assert editor.findings("skills-lint.toml", bool)
    repo.write("skills-lint.toml", "schema = 'skill'\nignore = ['SK203']\n")
    editor.changed_on_disk("skills-lint.toml")
    assert editor.findings(SKILL, lambda found: not found) == []
    assert editor.findings("skills-lint.toml", lambda found: not found) == []


def test_a_schema_that_was_missing_is_used_when_it_is_there(repo: Any, editor: Any) -> None:
    editor.start().open(SKILL)
    assert editor.findings(SKILL) == []
    repo.write("skills-lint.toml", "schema = 'team.json'\n")
    editor.write(SKILL, editor.texts[SKILL] + "\n")
    editor.message("neither a schema of ours nor a file")
    repo.write("team.json", '{"properties": {"frontmatter": {"required": ["owner"]}}}')
    editor.write(SKILL, editor.texts[SKILL] + "\n")
    assert [one.code for one in editor.findings(SKILL, bool)] == ["SK101"]


def test_what_is_typed_behind_emoji_moves_a_finding_by_the_units_of_the_protocol(repo: Any, editor: Any) -> None:
    editor.start().open(SKILL)
    text = editor.texts[SKILL]
    for before in ("🦜", "🦜🦜", "🦜漢", "👩‍👩‍👧 é"):
        editor.write(SKILL, text.replace("Look before", f"{before} [dead](gone.md) Look before"))
        (found,) = editor.findings(SKILL)
        units = len(f"{before} [dead](".encode("utf-16-le")) // 2
        assert (found.range.start.character, found.range.end.character) == (units, units + len("gone.md"))
