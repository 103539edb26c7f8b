"""Start-up stays short: what a command does not need is not imported."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

HEAVY = (
    "jsonschema",
    "yaml",
    "pyromark",
    "markdown_it",
    "rich",
    "re2",
    "kingfisher_sdk",
    "mkdocs",
    "frontmatter",
    "pygls",
)

SCRIPT = """
import sys
from skills_lint.cli.main import main
try:
    main(sys.argv[1:])
except SystemExit as end:
    print("\\n", *sorted({name.split(".")[0] for name in sys.modules}))
    print(*sorted(".".join(name.split(".")[:2]) for name in sys.modules if name.startswith("skills_lint.")))
    raise
"""


SKILL = "---\nname: etf-data\ndescription: Read ETF prices.\n---\nOpen the store.\n"


def imported(*arguments: str, cwd: Path | None = None) -> tuple[list[str], list[str]]:
    """Return which libraries a command imports, and which parts of our own."""
    command = [sys.executable, "-c", SCRIPT, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=cwd)
    libraries, own = done.stdout.splitlines()[-2:]
    return libraries.split(), own.split()


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_heavy_libraries_are_not_imported_for(option: str) -> None:
    libraries, _ = imported(option)
    assert "click" in libraries
    assert [name for name in HEAVY if name in libraries] == []


def test_check_imports_what_it_needs_and_nothing_of_it_when_nothing_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    skill = tmp_path / "repo/skills/etf-data/SKILL.md"
    skill.parent.mkdir(parents=True)
    skill.write_text(SKILL)
    libraries, own = imported("check", cwd=tmp_path / "repo")
    assert [name for name in HEAVY if name in libraries] == ["yaml", "pyromark", "re2", "frontmatter"]
    assert {"skills_lint.traces", "skills_lint.triage", "skills_lint.errors", "skills_lint.redaction"}.isdisjoint(own)
    libraries, own = imported("check", cwd=tmp_path / "repo")
    assert [name for name in HEAVY if name in libraries] == []
    assert {"skills_lint.traces", "skills_lint.triage", "skills_lint.errors", "skills_lint.buckets"}.isdisjoint(own)
