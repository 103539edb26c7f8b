"""What the tests of traces share: a folder to write traces into, and a scan of it with a real redactor."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from skills_lint.redaction import Redactor, open_redactor
from skills_lint.traces.result import ScanResult
from skills_lint.traces.scan import scan

Rows = list[Any]


@pytest.fixture(scope="session")
def redactor(tmp_path_factory: pytest.TempPathFactory) -> Redactor:
    return open_redactor(tmp_path_factory.mktemp("key"))


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Write JSON lines, or any text or bytes, to a file in the working directory."""
    monkeypatch.chdir(tmp_path)

    def to_file(name: str, content: Rows | str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, list):
            content = "".join(f"{json.dumps(row)}\n" for row in content)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
        return path

    return to_file


@pytest.fixture
def scanned(write: Callable[..., Path], redactor: Redactor) -> Callable[..., ScanResult]:
    """Scan what was written to the working directory."""

    def result(*paths: Path | str) -> ScanResult:
        return scan(paths or ["."], redactor=redactor)

    return result
