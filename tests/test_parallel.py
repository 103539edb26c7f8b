"""Work shared among processes comes to what it comes to in one."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from skills_lint.parallel import spread

if TYPE_CHECKING:
    from pathlib import Path

# Forks are for processes without threads, so each of these is one of its own.
SPREAD = """
import os, time
from skills_lint.parallel import spread
numbers = [3 * n for n in range(500)]
def work(n):
    time.sleep(0.001)  # so that one process does not do all before the other begins
    return n + 1, os.getpid()
found = spread(work, numbers)
assert [n for n, _ in found] == [n + 1 for n in numbers]
print(len({pid for _, pid in found} - {os.getpid()}))
"""
FAIL = """
from skills_lint.parallel import spread
from skills_lint.place import InputError, Place
def work(n):
    if n == 333:
        raise InputError("this is wrong", place=Place("a.md", n), way_out="mend it")
try:
    spread(work, range(500))
except InputError as error:
    print(error)
"""
FAIL_EARLY = """
from skills_lint.parallel import in_order, process_pool
def work(data):
    if data[:1] == b"!":
        raise ValueError("a bug")
    return len(data)
with process_pool(2) as pool:
    for _ in in_order(pool, work, [b"!", *[bytes(300_000)] * 100]):
        pass
"""
SERIAL = "import skills_lint.parallel as p; p._may_fork = lambda: False; from skills_lint.cli.main import main; main()"
SKILL = "---\nname: skill-{0}\ndescription: Read {0}.\n---\n[x](gone.md)\n<!-- skills-lint: ignore SK504 -->\n\n# A\n"


def python(code: str, *arguments: str, cwd: Path | None = None) -> str:
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=cwd).stdout


def several_processors() -> bool:
    return sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1


@pytest.mark.skipif(not several_processors(), reason="needs Linux and two processors")
def test_many_items_are_shared_and_come_back_in_order() -> None:
    assert int(python(SPREAD)) > 1


def test_an_error_in_a_process_is_the_same_error() -> None:
    assert python(FAIL) == "a.md:333: this is wrong\n  = help: mend it\n"


def test_an_error_ends_everything_even_while_more_than_a_pipe_holds_waits_for_the_processes() -> None:
    command = [sys.executable, "-c", FAIL_EARLY]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert ended.returncode == 1
    assert ended.stderr.endswith("\nValueError: a bug\n")
    assert "InvalidStateError" not in ended.stderr


def test_beside_a_thread_nothing_is_forked() -> None:
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        assert set(spread(lambda _: os.getpid(), range(500))) == {os.getpid()}
    finally:
        done.set()
        thread.join()


def test_skills_checked_in_many_processes_give_what_they_give_in_one(tmp_path: Path) -> None:
    for number in range(100):
        skill = tmp_path / f"skills/skill-{number}/SKILL.md"
        skill.parent.mkdir(parents=True)
        skill.write_text(SKILL.format(number))
    arguments = ["check", "--no-cache", "--preview", "--output-format", "json"]
    printed = python("from skills_lint.cli.main import main; main()", *arguments, cwd=tmp_path)
    assert printed == python(SERIAL, *arguments, cwd=tmp_path)
    assert printed.count('"SK301"') == printed.count('"SK505"') == 100
