"""A small repo on disk, linted as the command line does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from skills_lint.project import open_project

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from skills_lint.lint.diagnostic import Diagnostic

Lint = "Callable[[Mapping[str, str]], list[Diagnostic]]"


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Mapping[str, str | bytes]], Path]:
    """Return what writes files into an empty folder that is then the working directory."""
    monkeypatch.chdir(tmp_path)

    def write_files(files: Mapping[str, str | bytes]) -> Path:
        for name, content in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return tmp_path

    return write_files


@pytest.fixture
def lint(write: Callable[[Mapping[str, str | bytes]], Path]) -> Callable[[Mapping[str, str | bytes]], list[Diagnostic]]:
    """Return what lints a repo given as its files."""
    return lambda files: list(open_project(write(files)).diagnostics)
