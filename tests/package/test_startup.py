"""Start-up stays short: what `--version` and `--help` do not need is not imported."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("jsonschema", "yaml", "markdown_it", "rich", "re2", "kingfisher_sdk", "mkdocs", "frontmatter", "pygls")

SCRIPT = """
import sys
from skills_lint.cli.main import main
try:
    main(sys.argv[1:])
except SystemExit as end:
    print(*sorted({name.split(".")[0] for name in sys.modules}))
    raise
"""


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_heavy_libraries_are_not_imported_for(option: str) -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT, option], capture_output=True, text=True, check=True)
    imported = done.stdout.splitlines()[-1].split()
    assert "click" in imported
    assert [name for name in HEAVY if name in imported] == []
