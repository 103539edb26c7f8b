"""The command line as a process: its exit status and its streams."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import Any

import pytest

COMMAND = [sys.executable, "-m", "skills_lint"]


def test_help_names_every_command(empty_repo: Any) -> None:
    from skills_lint.cli.main import COMMANDS

    shown = empty_repo.run("--help").stdout
    assert all(f"  {command} " in shown for command in COMMANDS)


def test_every_command_has_its_module_and_help(empty_repo: Any) -> None:
    from skills_lint.cli.main import COMMANDS

    for command in COMMANDS:
        assert "Usage: skills-lint" in empty_repo.run(command, "--help").stdout


def test_an_unknown_command_is_a_usage_error(empty_repo: Any) -> None:
    assert "no such command `chekc`; did you mean `check`?" in empty_repo.run("chekc", status=2).stderr
    assert "No such command 'frobnicate'" in empty_repo.run("frobnicate", status=2).stderr


def test_an_option_before_the_command_is_not_dropped_silently(empty_repo: Any) -> None:
    done = empty_repo.run("--output-format", "json", "check", status=2)
    assert "skills-lint check --output-format" in done.stderr


def test_an_unknown_key_in_the_configuration_stops_every_command(repo: Any) -> None:
    repo.write("skills-lint.toml", 'widow = "30d"\n')
    for command in ((), ("check",), ("scan",), ("triage",), ("coverage",)):
        done = repo.run(*command, status=2)
        assert "skills-lint.toml:1: unknown key `widow`" in done.stderr
        assert "did you mean `window`?" in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_an_interrupted_command_exits_with_130(empty_repo: Any) -> None:
    run = subprocess.Popen(
        [*COMMAND, "redact"],
        cwd=empty_repo.root,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # Tests that a shell runs in the background ignore interrupts, and what they start would do so too.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert run.stdin is not None
    assert run.stdout is not None
    run.stdin.write(b'{"text": "x"}\n')
    run.stdin.flush()
    run.stdout.readline()  # it is up and waits for more
    run.send_signal(signal.SIGINT)
    assert run.wait(timeout=60) == 130
    assert b"Traceback" not in run.communicate()[1]


@pytest.mark.skipif(os.name == "nt", reason="pipes of POSIX")
def test_a_reader_that_goes_away_is_no_error(repo: Any) -> None:
    run = subprocess.Popen([*COMMAND, "triage"], cwd=repo.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert run.stdout is not None
    run.stdout.close()
    assert run.wait(timeout=60) in (0, 1)
    assert run.stderr is not None
    assert b"Traceback" not in run.stderr.read()


def test_the_version_is_said(empty_repo: Any) -> None:
    assert empty_repo.run("--version").stdout.startswith("skills-lint ")
