"""Findings as one types: of skills, of the bucket file, of the repo, and of what cannot be used."""

from __future__ import annotations

from typing import Any

import pytest

BUCKETS = "routines/trace_failure_triage/buckets.yaml"
SKILL = "skills/robust-frames/SKILL.md"


def test_a_skill_without_faults_has_no_findings(repo: Any, editor: Any) -> None:
    editor.start().open(SKILL)
    assert editor.findings(SKILL) == []


def test_findings_follow_what_is_typed_and_not_saved(repo: Any, editor: Any) -> None:
    editor.start().open(SKILL)
    text = editor.texts[SKILL]
    editor.write(SKILL, text.replace("`missing-column`", "`missing-colum`"))
    found = editor.findings(SKILL)
    assert [(one.code, one.source) for one in found] == [("SK203", "skills-lint")]
    assert found[0].range.start == editor.place(SKILL, "missing-colum")
    assert found[0].range.end.character - found[0].range.start.character == len("missing-colum")
    assert "did you mean `missing-column`?" in found[0].message
    editor.write(SKILL, text)
    assert editor.findings(SKILL) == []


def test_a_skill_that_was_never_saved_is_linted(repo: Any, editor: Any) -> None:
    editor.start().open("skills/new/SKILL.md", "no frontmatter\n")
    assert "SK100" in editor.codes("skills/new/SKILL.md")


@pytest.mark.parametrize("folder", ["a b+c", "100%41", "é#?漢🦜", "q&a[1]"])
def test_a_folder_may_have_any_name(folder: str, repo: Any, editor: Any) -> None:
    editor.root = editor.root / folder
    name = "skills/ø #1/SKILL.md"
    repo.write(f"{folder}/skills-lint.toml", 'ignore = ["SK104"]\n')
    repo.write(f"{folder}/{name}", "---\nname: x\ndescription: Read the first file of all.\n---\nOne.\n")
    editor.start().open(name)
    assert editor.findings(name) == []
    editor.write(name, editor.texts[name] + "[dead](gone.md)\n")
    assert editor.codes(name) == ["SK301"]
    editor.save(name)
    editor.close(name)
    assert editor.findings(name, lambda found: not found) == []


def test_a_skill_without_a_folder_of_its_own_is_linted(repo: Any, editor: Any) -> None:
    text = (repo.root / SKILL).read_text().replace("`text-dates`", "`typed-dates`")
    editor.start()
    for name in ("skills/loose.md", "skills/indexed/index.md"):
        repo.write(name, text)
        editor.open(name)
        assert "SK203" in editor.codes(name)


def test_a_file_beside_a_skill_is_linted_with_it_and_its_findings_go_when_it_is_closed(repo: Any, editor: Any) -> None:
    repo.write("skills/robust-frames/more.md", "See [this](gone.md).\n")
    repo.write(SKILL, (repo.root / SKILL).read_text().replace("Look before", "Read [more](more.md). Look before"))
    editor.start().open("skills/robust-frames/more.md")
    beside = "skills/robust-frames/more.md"
    assert [one.code for one in editor.findings(beside)] == ["SK301"]
    editor.close(beside)
    assert editor.findings(beside, lambda found: not found) == []


def test_unsaved_anchors_of_a_file_beside_a_skill_count(repo: Any, editor: Any) -> None:
    beside = "skills/robust-frames/more.md"
    repo.write(beside, "# More\n")
    repo.write(SKILL, (repo.root / SKILL).read_text().replace("Look before", "Read [more](more.md#new). Look before"))
    editor.start().open(SKILL)
    assert editor.codes(SKILL) == ["SK302"]
    editor.open(beside, "# More\n\n## New\n")
    editor.write(SKILL, editor.texts[SKILL] + "\n")
    assert editor.findings(SKILL) == []


def test_text_that_belongs_to_no_skill_has_no_findings(repo: Any, editor: Any) -> None:
    repo.write("notes.md", "[dead](nowhere.md)\n")
    editor.start().open("notes.md")
    editor.open(SKILL)
    assert editor.findings(SKILL) == []
    assert editor.uri("notes.md") not in editor.published


def test_a_text_that_is_no_file_is_left_alone(repo: Any, editor: Any) -> None:
    editor.start()
    editor.uri = lambda name: f"untitled:{name}" if name == "Untitled-1" else (repo.root / name).as_uri()
    editor.open("Untitled-1", "---\nname: x\n")
    assert editor.hover("Untitled-1", editor.place("Untitled-1", "name")) is None
    editor.open(SKILL)
    assert editor.findings(SKILL) == []


def test_errors_of_the_bucket_file_are_findings_at_their_place(repo: Any, editor: Any) -> None:
    editor.start().open(BUCKETS)
    assert editor.findings(BUCKETS) == []
    editor.write(BUCKETS, editor.texts[BUCKETS].replace("    cause: The frame", "    cuase: The frame"))
    (found,) = editor.findings(BUCKETS)
    assert found.code is None
    assert found.range.start.line == editor.place(BUCKETS, "cuase").line
    assert "cuase" in found.message
    editor.write(BUCKETS, "buckets: [\n")
    (found,) = editor.findings(BUCKETS)
    assert "not valid YAML" in found.message
    assert editor.messages == []


def test_saving_the_bucket_file_brings_new_buckets_to_open_skills(repo: Any, editor: Any) -> None:
    editor.start().open(SKILL)
    editor.write(SKILL, editor.texts[SKILL].replace("`text-dates`", "`typed-dates`"))
    assert editor.codes(SKILL) == ["SK203"]
    editor.open(BUCKETS)
    editor.write(BUCKETS, editor.texts[BUCKETS].replace("id: text-dates", "id: typed-dates"))
    assert editor.findings(BUCKETS) == []
    assert editor.codes(SKILL) == ["SK203"]
    editor.save(BUCKETS)
    assert editor.findings(SKILL, lambda found: not found) == []


def test_rules_about_the_repo_run_when_it_is_opened_and_on_save(repo: Any, editor: Any) -> None:
    text = (repo.root / BUCKETS).read_text()
    repo.write(BUCKETS, text.replace("[robust-frames]", "[robust-frame]"))
    editor.start().open(SKILL)
    found = editor.findings(BUCKETS, bool)
    assert [one.code for one in found] == ["SK205"]
    editor.open(BUCKETS, text)
    editor.save(BUCKETS)
    assert editor.findings(BUCKETS, lambda found: not found) == []


def test_files_that_change_on_disk_are_read_again(repo: Any, editor: Any) -> None:
    repo.write(SKILL, (repo.root / SKILL).read_text().replace("`text-dates`", "`typed-dates`"))
    editor.start(watches=True).open(SKILL)
    assert editor.is_watched()
    assert editor.codes(SKILL) == ["SK203"]
    repo.write("skills-lint.toml", 'schema = "skill"\nignore = ["SK203"]\n')
    editor.changed_on_disk("skills-lint.toml")
    assert editor.findings(SKILL, lambda found: not found) == []


def test_a_change_on_disk_is_seen_by_the_next_look_where_nobody_watches(repo: Any, editor: Any) -> None:
    editor.start().open(SKILL)
    assert editor.findings(SKILL) == []
    repo.write("skills-lint.toml", 'schema = "skill"\n[severity]\nSK203 = "info"\n')
    editor.write(SKILL, editor.texts[SKILL].replace("`text-dates`", "`typed-dates`"))
    (found,) = editor.findings(SKILL)
    assert found.severity == 3


def test_what_the_baseline_of_the_repo_has_is_not_shown(repo: Any, editor: Any) -> None:
    text = (repo.root / SKILL).read_text()
    repo.write(SKILL, text.replace("`text-dates`", "`typed-dates`"))
    buckets = (repo.root / BUCKETS).read_text()
    repo.write(BUCKETS, buckets.replace("[robust-frames]", "[robust-frame]"))
    repo.run("check", "--write-baseline", "known.jsonl")
    repo.write("skills-lint.toml", 'schema = "skill"\nbaseline = "known.jsonl"\n')
    editor.start().open(SKILL)
    assert editor.findings(SKILL) == []
    editor.write(SKILL, editor.texts[SKILL] + "[dead](gone.md)\n")
    assert editor.codes(SKILL) == ["SK301"]
    assert editor.uri(BUCKETS) not in editor.published
    repo.write("known.jsonl", "")
    editor.save(SKILL)
    assert [one.code for one in editor.findings(SKILL, lambda found: len(found) == 2)] == ["SK203", "SK301"]
    assert [one.code for one in editor.findings(BUCKETS, bool)] == ["SK205"]


def test_a_baseline_that_cannot_be_used_is_told_and_the_last_one_holds(repo: Any, editor: Any) -> None:
    repo.write(SKILL, (repo.root / SKILL).read_text().replace("`text-dates`", "`typed-dates`"))
    repo.run("check", "--write-baseline", "known.jsonl")
    repo.write("skills-lint.toml", 'schema = "skill"\nbaseline = "known.jsonl"\n')
    editor.start().open(SKILL)
    assert editor.findings(SKILL) == []
    repo.write("known.jsonl", "<<<<<<< ours\n")
    editor.save(SKILL)
    editor.message("this is no line of a baseline")
    assert editor.findings(SKILL) == []


def test_a_broken_configuration_is_a_message_and_the_last_one_holds(repo: Any, editor: Any) -> None:
    editor.start().open(SKILL)
    assert editor.findings(SKILL) == []
    repo.write("skills-lint.toml", "shema = 'skill'\n")
    editor.write(SKILL, editor.texts[SKILL].replace("`text-dates`", "`typed-dates`"))
    assert editor.codes(SKILL) == ["SK203"]
    assert "did you mean `schema`?" in editor.message("unknown key `shema`")
    (found,) = editor.findings("skills-lint.toml", bool)
    assert (found.range.start.line, found.range.start.character) == (0, 0)
    repo.write("skills-lint.toml", "schema = 'skill'\n")
    editor.write(SKILL, editor.texts[SKILL])
    assert editor.findings("skills-lint.toml", lambda found: not found) == []
    assert len(editor.messages) == 1


def test_a_configuration_that_was_never_whole_is_told_once_and_mended_later(repo: Any, editor: Any) -> None:
    repo.write("skills-lint.toml", "= broken\n")
    editor.start().open(SKILL)
    editor.message("not valid TOML")
    assert editor.hover(SKILL, editor.place(SKILL, "missing-column")) is None
    repo.write("skills-lint.toml", "schema = 'skill'\n")
    editor.write(SKILL, editor.texts[SKILL])
    assert editor.findings(SKILL) == []
    assert len(editor.messages) == 1


def test_a_setting_that_names_no_rule_is_told_at_its_place(repo: Any, editor: Any) -> None:
    repo.write("skills-lint.toml", 'schema = "skill"\nselect = ["SK999"]\n')
    editor.start().open(SKILL)
    editor.message("names no rule")
    (found,) = editor.findings("skills-lint.toml", bool)
    assert found.range.start.line == 1


def test_a_broken_bucket_file_is_told_until_it_is_opened_and_mended(repo: Any, editor: Any) -> None:
    whole = (repo.root / BUCKETS).read_text()
    repo.write(BUCKETS, whole.replace("    hint: Convert", "    hnit: Convert"))
    editor.start().open(SKILL)
    editor.message("hnit")
    assert [one.code for one in editor.findings(BUCKETS, bool)] == [None]
    editor.open(BUCKETS, whole)
    assert editor.findings(BUCKETS) == []
    editor.save(BUCKETS)
    assert editor.findings(SKILL) == []


def test_it_works_outside_git_and_without_a_folder(repo: Any, editor: Any) -> None:
    assert not (repo.root / ".git").exists()
    editor.start(folder=False).open(SKILL)
    editor.write(SKILL, editor.texts[SKILL].replace("`text-dates`", "`typed-dates`"))
    assert editor.codes(SKILL) == ["SK203"]


def test_the_configuration_may_be_named(repo: Any, editor: Any) -> None:
    repo.write("other.toml", 'schema = "skill"\nignore = ["SK203"]\n')
    editor.start("--stdio", "--config", "other.toml").open(SKILL)
    editor.write(SKILL, editor.texts[SKILL].replace("`text-dates`", "`typed-dates`"))
    assert editor.findings(SKILL) == []


def test_hostile_text_is_linted_and_shown_inert(repo: Any, editor: Any) -> None:
    text = (repo.root / SKILL).read_text()
    editor.start().open(SKILL, text)
    for strange in ("\ud800", "\u2028", "\x0c", "\x00", "\u202e", "\r", "🦜"):
        editor.write(SKILL, text.replace("`text-dates`", f"{strange}`b\x1bad`: advice\n- `typed-dates`"))
        found = editor.findings(SKILL)
        shown = editor.place(SKILL, "typed-dates").line + (strange == "\r")
        assert [one.range.start.line for one in found if "typed-dates" in one.message] == [shown]
        assert not any(character in one.message for one in found for character in "\x1b\u202e\u2028")


def test_what_only_the_repo_as_a_whole_shows_is_told_once(repo: Any, editor: Any) -> None:
    repo.write("skills-lint.toml", 'schema = "skill"\nskills = ["skills", "gone"]\n')
    editor.start().open(SKILL)
    editor.message("`skills` names gone")
    editor.write(SKILL, editor.texts[SKILL].replace("`text-dates`", "`typed-dates`"))
    assert editor.codes(SKILL) == ["SK203"]
    editor.save(SKILL)
    (found,) = editor.findings("skills-lint.toml", bool)
    assert found.range.start.line == 1
    repo.write("skills-lint.toml", 'schema = "skill"\nskills = ["skills"]\n')
    editor.save(SKILL)
    assert editor.findings("skills-lint.toml", lambda found: not found) == []
    assert len(editor.messages) == 1


def test_the_server_ends_with_its_editor(repo: Any) -> None:
    done = repo.run("lsp", stdin="")
    assert (done.stdout, done.stderr) == ("", "")


def test_the_server_ends_when_it_is_told_to(repo: Any, editor: Any) -> None:
    editor.start().open(SKILL)
    assert editor.stop() == 0
