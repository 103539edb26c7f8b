"""A build reads every file of the repo once."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

WATCHED = """
import os, sys
log = os.open(sys.argv.pop(1), os.O_WRONLY | os.O_CREAT | os.O_APPEND)
def tell(event, args):
    if event == "open" and isinstance(args[0], str):
        os.write(log, (args[0] + "\\n").encode("utf-8", "replace"))
sys.addaudithook(tell)
from mkdocs.__main__ import cli
cli()
"""


@pytest.fixture
def opened(tmp_path, repo):
    """A function that builds a repo and tells how often each of its files was opened, in all processes together."""
    folder = repo(tmp_path / "repo", {f"traces/more/{n}.txt": "no trace\n" for n in range(2)})

    def build() -> Counter[str]:
        log = tmp_path / "opened"
        log.unlink(missing_ok=True)
        environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "XDG_CACHE_HOME": str(tmp_path / "cache")}
        command = [sys.executable, "-c", WATCHED, str(log), "build", "--quiet"]
        subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
        names = (Path(line) for line in log.read_text(encoding="utf-8").splitlines())
        inside = (name for name in names if name.is_relative_to(folder) and not name.is_relative_to(folder / "site"))
        return Counter(name.relative_to(folder).as_posix() for name in inside)

    return build


def test_no_trace_no_skill_and_no_bucket_file_is_read_twice_in_one_build(opened):
    for found in (opened(), opened()):  # the second finds what the first one kept
        ours = {name: count for name, count in found.items() if name.startswith(("traces/", "skills/", "buckets"))}
        assert {"skills/dates/SKILL.md", "buckets.yaml"} <= ours.keys()
        assert {name: count for name, count in ours.items() if count > 1} == {}


def test_a_first_build_reads_each_trace(opened):
    assert {f"traces/{number}.jsonl" for number in range(3)} <= opened().keys()
