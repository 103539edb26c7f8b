"""The validation command is really run."""

from __future__ import annotations

from skills_lint.redaction import open_redactor
from skills_lint.report.figures import Validation
from skills_lint.report.validation import run_validation


def test_the_exit_status_and_the_last_line_are_the_commands_own(tmp_path):
    ran = run_validation("echo one; printf '\\033[31mtwo\\033[0m\\n\\n'; exit 3", tmp_path, open_redactor(tmp_path))
    assert ran.exit_status == 3
    assert ran.last_line == "two"


def test_a_command_that_prints_nothing_has_no_last_line(tmp_path):
    assert run_validation("true", tmp_path, open_redactor(tmp_path)) == Validation("true", 0, "")


def test_the_command_runs_in_the_folder_of_the_repo(tmp_path):
    (tmp_path / "here").touch()
    assert run_validation("ls", tmp_path, open_redactor(tmp_path)).last_line == "here"
