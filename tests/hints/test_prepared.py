"""The causes that are kept are those that are read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from skills_lint.hints.prepared import causes_of
from skills_lint.project import open_project

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Repo

    from skills_lint.buckets.bucket import Bucket

BUCKET_FILE = "routines/trace_failure_triage/buckets.yaml"


@pytest.fixture
def kept(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of what is kept, empty."""
    home = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("XDG_CACHE_HOME", str(home))
    monkeypatch.setenv("LOCALAPPDATA", str(home))
    return home / "skills-lint" / "hint"


def causes(repo: Repo) -> tuple[Bucket, ...]:
    return causes_of(open_project(repo.root, cached=True))


def read(repo: Repo) -> tuple[Bucket, ...]:
    return tuple(
        replace(bucket, place=None, fixed=None, covered_since=None) for bucket in open_project(repo.root).causes
    )


def test_what_is_kept_is_what_was_read(repo: Repo, kept: Path) -> None:
    causes(repo)
    assert len(list(kept.iterdir())) == 1
    assert causes(repo) == read(repo)


def test_days_of_a_bucket_are_left_out(repo: Repo, kept: Path) -> None:
    text = (repo.root / BUCKET_FILE).read_text()
    days = "    covered_since: 2026-10-01\n    fixed: 2026-10-02\n    fix:"
    repo.write(BUCKET_FILE, text.replace("    fix:", days, 1))
    assert open_project(repo.root).causes[0].covered_since
    causes(repo)
    assert causes(repo) == read(repo)


def test_a_bucket_file_that_changed_is_read_anew(repo: Repo, kept: Path) -> None:
    causes(repo)
    text = (repo.root / BUCKET_FILE).read_text()
    repo.write(BUCKET_FILE, text.replace("Print `df.columns` first.", "Look first, then."))
    assert causes(repo)[0].hint == "Look first, then."
    assert causes(repo) == read(repo)


@pytest.mark.parametrize("damage", [b"", b"[", b"[1]", b'[{"id": "a"}]', b'{"a": 1}', b"\xff"])
def test_what_is_damaged_is_read_anew(repo: Repo, kept: Path, damage: bytes) -> None:
    causes(repo)
    (file,) = kept.iterdir()
    file.write_bytes(damage)
    assert [bucket.id for bucket in causes(repo)] == [bucket.id for bucket in read(repo)]
    assert causes(repo) == read(repo)


def test_equal_bucket_files_share_what_is_kept_and_old_states_go(repo: Repo, kept: Path) -> None:
    text = (repo.root / BUCKET_FILE).read_text()
    for number in range(20):
        repo.write(BUCKET_FILE, f"{text}# {number}\n")
        causes(repo)
    assert len(list(kept.iterdir())) == 16


def test_a_folder_that_cannot_be_written_is_no_error(repo: Repo, kept: Path) -> None:
    kept.parent.mkdir(parents=True)
    kept.write_text("a file where the folder would be")
    assert [bucket.id for bucket in causes(repo)] == [bucket.id for bucket in read(repo)]
