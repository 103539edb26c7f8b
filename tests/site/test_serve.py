"""`mkdocs serve` shows what changes."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

DEADLINE = 60  # seconds until a change has to show; it takes one or two


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def served(tmp_path, repo):
    """A repo, and its site at an address of its own."""
    config = 'publish = "examples"\nbuckets = "routine/buckets.yaml"\nevidence = "routine/evidence.jsonl"\n'
    from_root = repo(tmp_path, {"skills-lint.toml": config})
    (tmp_path / "routine").mkdir()
    (tmp_path / "buckets.yaml").rename(tmp_path / "routine" / "buckets.yaml")
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"],
        cwd=from_root,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    yield tmp_path, f"http://127.0.0.1:{port}"
    server.terminate()
    server.wait()


def shows(address: str, text: str) -> bool:
    """Return whether a page comes to show `text`."""
    end = time.monotonic() + DEADLINE
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address) as page:  # noqa: S310 - our own server
                if re.search(text, page.read().decode()):
                    return True
        except OSError:
            pass
        time.sleep(0.2)
    return False


def test_a_changed_skill_trace_bucket_file_and_evidence_show_without_a_restart(served, events):
    root, address = served
    assert shows(address, "3 of 3")
    skill = root / "skills/dates/SKILL.md"
    skill.write_text(skill.read_text(encoding="utf-8").replace("Read this", "Heed this"), encoding="utf-8")
    assert shows(f"{address}/skills/dates/", "Heed this")
    error = "TypeError: '<' not supported between instances of 'str' and 'int'"
    (root / "traces/new.jsonl").write_text(events(4, error), encoding="utf-8")
    assert shows(address, "4 of 4")
    buckets = root / "routine/buckets.yaml"
    buckets.write_text(buckets.read_text(encoding="utf-8").replace("Date dtype", "Date type"), encoding="utf-8")
    assert shows(address, "Date type mismatch")
    record = (
        '{"session": "elsewhere", "date": "2026-11-20", "format": "tool-events", "model": null, "executions": 1, '
        '"failures": {}, "offered": [], "loaded": [], "hint": null, "pipeline": 1}\n'
    )
    (root / "routine/evidence.jsonl").write_text(record, encoding="utf-8")
    assert shows(address, "5 of 5")
