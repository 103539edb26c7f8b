from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from skills_lint.buckets.bucket import Bucket, MatchRule
from skills_lint.coverage.upgrade import add_pitfalls, new_skill
from skills_lint.place import InputError
from skills_lint.skills.parse import parse_skill

BUCKET = Bucket("bad-dates", "Bad dates", (MatchRule("TypeError"),), "Cause.", "Use one type.", "Convert both sides.")
ITEM = "- `bad-dates`: Use one type. Convert both sides.\n  What goes wrong: Cause."
HEAD = "---\nname: dates\ndescription: Dates in frames.\n---\n"
TITLE = "## Common pitfalls (from traces)"


def upgraded(tmp_path: Path, text: str) -> str:
    path = tmp_path / "dates" / "SKILL.md"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text.encode())
    change = add_pitfalls(parse_skill(path, "dates/SKILL.md"), [BUCKET])
    change.write()
    again = add_pitfalls(parse_skill(path, "dates/SKILL.md"), [BUCKET])
    assert again.before == again.after, "a second run changes something"
    return path.read_bytes().decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("# Dates\n\nText.\n", f"# Dates\n\nText.\n\n{TITLE}\n\n{ITEM}\n"),
        ("# Dates\n\nText.", f"# Dates\n\nText.\n\n{TITLE}\n\n{ITEM}\n"),
        (f"{TITLE}\n\nNone seen yet.\n", f"{TITLE}\n\n{ITEM}\n"),
        (f"{TITLE}\n\nNone seen yet.\n\n## Next\n", f"{TITLE}\n\n{ITEM}\n\n## Next\n"),
        (f"{TITLE}\n", f"{TITLE}\n\n{ITEM}\n"),
        (f"{TITLE}\n## Next\n", f"{TITLE}\n\n{ITEM}\n\n## Next\n"),
        (f"{TITLE}\n\n- `a-b`: x.\n\n## Next\n", f"{TITLE}\n\n- `a-b`: x.\n{ITEM}\n\n## Next\n"),
        (f"{TITLE}\n\n- `a-b`: x.\n\n\n## Next\n", f"{TITLE}\n\n- `a-b`: x.\n{ITEM}\n\n\n## Next\n"),
        (f"{TITLE}\n\n- `a-b`: x.", f"{TITLE}\n\n- `a-b`: x.\n{ITEM}\n"),
        (f"{TITLE}\n\n- `bad-dates`\n\n## Next\n", f"{TITLE}\n\n{ITEM}\n\n## Next\n"),
        (f"{TITLE}\n\n- `a-b`: x\n  y.\n\n  z.\n", f"{TITLE}\n\n- `a-b`: x\n  y.\n\n  z.\n{ITEM}\n"),
        (f"{TITLE}\n\n- `a-b`: x.\n\nProse.\n", f"{TITLE}\n\n- `a-b`: x.\n\nProse.\n\n{ITEM}\n"),
        (f"{TITLE}\n\n<details>\nx\n</details>\n", f"{TITLE}\n\n<details>\nx\n</details>\n\n{ITEM}\n"),
        (f"a\x85b\u2028c\x0cd\n\n{TITLE}\n", f"a\x85b\u2028c\x0cd\n\n{TITLE}\n\n{ITEM}\n"),
        (
            f"{TITLE}\n\n```text\nNone seen yet.\n```\n",
            f"{TITLE}\n\n```text\nNone seen yet.\n```\n\n{ITEM}\n",
        ),
        (f"{TITLE}\n\nSeen in traces:\n", f"{TITLE}\n\nSeen in traces:\n\n{ITEM}\n"),
        (f"{TITLE}\n\n* `a-b`: x.\n", f"{TITLE}\n\n* `a-b`: x.\n*{ITEM[1:]}\n"),
        ("# A\n\n## B\n\n## C\n\n```text\nopen\n", f"# A\n\n{TITLE}\n\n{ITEM}\n\n## B\n\n## C\n\n```text\nopen\n"),
    ],
)
def test_the_pitfall_is_put_where_it_belongs_and_all_else_stays(tmp_path: Path, before: str, after: str) -> None:
    assert upgraded(tmp_path, HEAD + before) == HEAD + after
    for end in ("\r\n", "\r"):
        assert upgraded(tmp_path, (HEAD + before).replace("\n", end)) == (HEAD + after).replace("\n", end)


def test_lines_end_as_most_lines_of_the_file_do(tmp_path: Path) -> None:
    before = f"{HEAD}a\r\n\n{TITLE}\n"
    assert upgraded(tmp_path, before) == f"{before}\n{ITEM}\n"


def test_a_note_that_a_person_left_stays_beside_the_pitfall(tmp_path: Path) -> None:
    text = f"{HEAD}{TITLE}\n\n- `bad-dates`: TODO say why.\n"
    assert upgraded(tmp_path, text) == f"{text}{ITEM}\n"


def test_a_pitfall_that_a_person_wrote_is_left_alone(tmp_path: Path) -> None:
    text = f"{HEAD}{TITLE}\n\n- `bad-dates`: my own words.\n"
    assert upgraded(tmp_path, text) == text


def test_the_diff_shows_what_writing_does(tmp_path: Path) -> None:
    path = tmp_path / "SKILL.md"
    path.write_text(f"{HEAD}{TITLE}\n\n- `a-b`: x.", encoding="utf-8")
    diff = add_pitfalls(parse_skill(path, "SKILL.md"), [BUCKET]).diff()
    assert "".join(f"+{line}\n" for line in ITEM.split("\n")) in diff
    assert "\\ No newline at end of file" in diff


def test_a_new_skill_is_sound_and_has_the_pitfall(tmp_path: Path) -> None:
    new_skill(BUCKET, tmp_path / "skills").write()
    skill = parse_skill(tmp_path / "skills" / "bad-dates" / "SKILL.md", "SKILL.md")
    assert skill.error is None
    assert (skill.name, [item.id for item in skill.pitfalls]) == ("bad-dates", ["bad-dates"])


@pytest.mark.parametrize("open_end", [f"{TITLE}\n\n```text\nnever closed\n", f"{TITLE}\n\n<!-- never closed\n"])
def test_a_section_that_would_swallow_the_pitfall_is_told_and_left(tmp_path: Path, open_end: str) -> None:
    path = tmp_path / "SKILL.md"
    path.write_text(HEAD + open_end, encoding="utf-8")
    with pytest.raises(InputError, match="not closed"):
        add_pitfalls(parse_skill(path, "SKILL.md"), [BUCKET])


def test_a_skill_that_cannot_be_read_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "skills" / "bad-dates" / "SKILL.md"
    path.parent.mkdir(parents=True)
    path.write_text("---\ndescription: a: b\n---\nprecious\n", encoding="utf-8")
    with pytest.raises(InputError, match="exists"):
        new_skill(BUCKET, tmp_path / "skills")
    assert "precious" in path.read_text(encoding="utf-8")


def test_the_diff_can_be_applied_though_the_text_holds_other_separators(tmp_path: Path) -> None:
    path = tmp_path / "SKILL.md"
    path.write_text(f"{HEAD}a\x0cb\x85c\u2028d\n\n{TITLE}\n", encoding="utf-8")
    change = add_pitfalls(parse_skill(path, "SKILL.md"), [BUCKET])
    diff = tmp_path / "a.diff"
    diff.write_bytes(change.diff().encode())
    subprocess.run(["git", "apply", "--unidiff-zero", str(diff)], cwd=tmp_path, check=True, capture_output=True)
    assert path.read_bytes() == change.after
