"""A small repo on disk, linted as the command line does it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from skills_lint.project import open_project

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from skills_lint.lint.diagnostic import Diagnostic


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
def lint(write: Callable[[Mapping[str, str | bytes]], Path]) -> Callable[..., list[Diagnostic]]:
    """Return what lints a repo given as its files; `preview` says whether rules on trial run as well."""

    def lint_files(files: Mapping[str, str | bytes], *, preview: bool = False) -> list[Diagnostic]:
        project = open_project(write(files))
        return list(replace(project, config=replace(project.config, preview=preview)).diagnostics)

    return lint_files
