"""Scripts and reference files that a skill names without a link are there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from skills_lint.lint.diagnostic import Diagnostic

    Lint = Callable[[Mapping[str, str | bytes]], list[Diagnostic]]

HEAD = "---\nname: etf\ndescription: Read ETF prices.\n---\n"
FILE = "skills/etf/SKILL.md"
SCRIPT = {"skills/etf/scripts/check_dates.py": ""}
REFERENCE = {"skills/etf/references/columns.md": "# Columns\n"}


def found(lint: Lint, text: str, **more: str) -> list[tuple[str, int, int]]:
    return [(d.code, d.line, d.column) for d in lint({FILE: HEAD + text, **more})]


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("Run `python scripts/check_data.py`.\n", 13),
        ("Run scripts/deep/check_data.py.\n", 5),
        ("Run `{baseDir}/scripts/check_data.py`.\n", 16),
        ("Run `${CLAUDE_SKILL_DIR}/scripts/check_data.py`.\n", 26),
        ("Run `python scripts/Check_Dates.py`.\n", 13),
        ("Run `bash scripts/check_dates.sh`.\n", 11),
    ],
)
def test_a_script_that_the_folder_lacks_is_found(lint: Lint, text: str, column: int) -> None:
    assert found(lint, text, **SCRIPT) == [("SK303", 5, column)]


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("Run `python scripts/check_data.py` first.\n", 5, 13),
        ("```bash\nuv run scripts/check_data.py --all\n```\n", 6, 8),
        ("Run `{baseDir}/scripts/check_data.py`.\n", 5, 16),
    ],
)
def test_a_script_that_is_run_is_missing_even_without_its_folder(lint: Lint, text: str, line: int, column: int) -> None:
    assert found(lint, text) == [("SK303", line, column)]


@pytest.mark.parametrize(
    "text",
    [
        "Put `scripts/deploy.sh` into your project.\n",
        "Its CI calls `./scripts/miri.sh`.\n",
        "Create `scripts/check_data.py`.\n\nThen run `python scripts/check_data.py`.\n",
        "Keep it as\n`scripts/check_data.py`, and run `python scripts/check_data.py`.\n",
        "Run `python scripts/<name>.py`, or `python scripts/your_script.py`.\n",
    ],
)
def test_a_script_of_the_project_or_one_to_be_made_is_fine_without_the_folder(lint: Lint, text: str) -> None:
    assert found(lint, text) == []


def test_a_name_that_stands_for_any_script_excuses_no_other_where_there_are_scripts(lint: Lint) -> None:
    text = "Run `python scripts/check_data.py`; for help `python scripts/script_name.py --help`.\n"
    assert found(lint, text, **SCRIPT) == [("SK303", 5, 13)]


def test_a_script_in_a_folder_above_the_skill_is_there(lint: Lint) -> None:
    files = {"plugin/skills/etf/SKILL.md": f"{HEAD}Run `python scripts/a.py`.\n", "plugin/scripts/a.py": ""}
    assert lint(files) == []


@pytest.mark.parametrize(
    ("text", "column"),
    [("Read `references/colums.md` first.\n", 7), ("Read references/colums.md first.\n", 6)],
)
def test_a_reference_file_that_the_folder_lacks_is_found(lint: Lint, text: str, column: int) -> None:
    assert found(lint, text, **REFERENCE) == [("SK304", 5, column)]


def test_a_reference_file_without_its_folder_is_found_in_inline_code(lint: Lint) -> None:
    assert found(lint, "Read `references/columns.md` first, not references/dates.md.\n") == [("SK304", 5, 7)]


def test_many_files_of_one_folder_are_one_finding(lint: Lint) -> None:
    text = "Read `references/a.md`, `references/b.md`, `references/c.md`.\n"
    (diagnostic,) = lint({FILE: HEAD + text})
    assert diagnostic.message == "the skill has none of 3 files of references/, of which this is the first"
    assert diagnostic.help is not None
    assert "b.md, c.md" in diagnostic.help


@pytest.mark.parametrize(
    "text",
    [
        "Read `references/columns.md`.\n",
        "Create `references/dates.md`; list them in `references/days.md`.\n",
        "Read `references/<topic>.md`, `references/*.md`, `references/{topic}.md`.\n",
        "See the `pdf` skill's `references/forms.md`.\n",
        "A local copy may also contain `references/source.md`.\n",
        "```text\nreferences/dates.md\n```\n",
    ],
)
def test_a_reference_file_that_is_there_or_meant_elsewhere_is_fine(lint: Lint, text: str) -> None:
    assert found(lint, text, **REFERENCE) == []


def test_a_dead_link_to_a_reference_file_is_told_once(lint: Lint) -> None:
    text = "See [references/dates.md](references/dates.md).\n"
    assert [code for code, _, _ in found(lint, text, **REFERENCE)] == ["SK301"]


def test_a_skill_about_skills_names_files_of_skills_to_come(lint: Lint) -> None:
    text = HEAD.replace("etf", "skill-maker") + "See `references/a.md` and `python scripts/a.py`.\n"
    assert lint({"skills/skill-maker/SKILL.md": text}) == []


def test_a_reference_file_of_another_skill_that_is_named_is_fine(lint: Lint) -> None:
    other = {"skills/fund-data/SKILL.md": HEAD.replace("etf", "fund-data") + "Text.\n"}
    assert found(lint, "The fund-data skill has `references/dates.md`.\n", **REFERENCE, **other) == []
