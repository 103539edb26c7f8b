"""What each command imports, told by the interpreter itself: start-up is paid by every call."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Repo

# What takes more than some milliseconds to import: libraries, and our own rooms that hold much or import such.
HEAVY = {
    *("attr", "frontmatter", "griffe", "jinja2", "jsonschema", "kingfisher_sdk", "lsprotocol", "markdown_it", "mkdocs"),
    *("msgspec", "multiprocessing", "numpy", "orjson", "packaging", "pygls", "pygments", "pyromark", "re2"),
    *("referencing", "rich", "sqlite3", "yaml", "asyncio", "importlib.metadata", "unittest"),
    *(f"skills_lint.{room}" for room in ("buckets", "coverage", "errors", "lint", "lsp", "redaction", "repoapi")),
    *(f"skills_lint.{room}" for room in ("report", "setup", "site", "skills", "traces", "triage")),
}
BUCKET_FILE = {"skills_lint.buckets", "yaml", "re2", "jsonschema", "referencing", "attr", "skills_lint.errors"}
READ_TRACES = {"skills_lint.traces", "skills_lint.errors", "skills_lint.redaction", "msgspec", "re2"}
CACHE = {"sqlite3"}
ASK_TRACES = {*READ_TRACES, *CACHE, *BUCKET_FILE, "skills_lint.triage", "skills_lint.repoapi", "kingfisher_sdk"}
LINT = {"skills_lint.lint", "skills_lint.skills", "pyromark", "frontmatter", *BUCKET_FILE, "skills_lint.repoapi"}

MAY_IMPORT = {  # the command in a repo with skills, buckets, a trace with a failure, and evidence
    "--version": {"importlib.metadata"},
    "--help": set(),
    "check --help": {"skills_lint.lint"},
    "scan --help": set(),
    "check": LINT | {"skills_lint.redaction"},
    "explain SK101": LINT - {"jsonschema", "referencing", "attr"} | {"skills_lint.triage"},
    "scan": READ_TRACES | CACHE | {"kingfisher_sdk"},
    "scan --no-cache": READ_TRACES | {"kingfisher_sdk"},
    "triage": ASK_TRACES,
    "group": ASK_TRACES - {"skills_lint.traces", "msgspec"} - CACHE,
    "coverage": ASK_TRACES | {"skills_lint.coverage", "skills_lint.skills", "pyromark", "frontmatter"},
}
CALL = '{"run_id": "r", "tool": "execute_python", "event": "tool_start", "args": {"code": "1 / 0"}}\n'
FAILED = (
    '{"run_id": "r", "tool": "execute_python", "event": "tool_end", "success": false, "error": "KeyError: \'a\'"}\n'
)


@pytest.mark.parametrize("command", MAY_IMPORT)
def test_a_command_imports_only_what_it_needs(repo: Repo, command: str) -> None:
    repo.write("traces/failed.jsonl", CALL + FAILED)
    unneeded = (imported_by(repo, *command.split()) & HEAVY) - MAY_IMPORT[command]
    assert not unneeded


def imported_by(repo: Repo, *arguments: str) -> set[str]:
    """Return the modules that a command imports, and the packages that they are in."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "skills_lint", *arguments],
        cwd=repo.root,
        input="",
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    assert done.returncode in (0, 1), done.stderr[-1000:]
    names = [line.rpartition("|")[2].strip() for line in done.stderr.splitlines() if line.startswith("import time:")]
    assert "skills_lint.cli.main" in names
    return {".".join(parts[:n]) for name in names for parts in [name.split(".")] for n in range(1, len(parts) + 1)}
