"""The skills of this repo: they pass their own lint, cover the declared buckets, and their snippets run."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

REPO = Path(__file__).resolve().parents[2]
PYTHON = REPO / ".venv-traces" / "bin" / "python"
SKILLS = sorted((REPO / "skills").glob("*/SKILL.md"))
DIALECT = re.compile(r"```(python|sql)\n(.*?)```", re.S)


def pitfalls(skill: Path) -> set[str]:
    """Return the bucket ids that a skill's pitfalls name."""
    section = skill.read_text(encoding="utf-8").partition("## Common pitfalls (from traces)")[2]
    return set(re.findall(r"(?m)^- `([a-z-]+)`: \S", section))


def test_the_skills_pass_the_lint() -> None:
    command = [sys.executable, "-m", "skills_lint", "check", "skills"]
    run = subprocess.run(command, cwd=REPO, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "0 errors, 0 warnings" in run.stdout + run.stderr


def test_every_skill_that_a_bucket_lists_has_a_pitfall_for_it() -> None:
    from skills_lint.buckets.load import load_buckets

    buckets = load_buckets(REPO / "routines" / "trace_failure_triage" / "buckets.yaml")
    told = {skill.parent.name: pitfalls(skill) for skill in SKILLS}
    taught = {bucket.id for bucket in buckets if bucket.remedy == "skill"}
    assert all(bucket.skills for bucket in buckets if bucket.id in taught)
    assert [(bucket.id, name) for bucket in buckets for name in bucket.skills if bucket.id not in told[name]] == []
    assert set().union(*told.values()) == taught


@pytest.fixture(scope="module")
def workspace() -> Iterator[Path]:
    """Return a workspace as recorded sessions have it."""
    if not PYTHON.exists():
        pytest.skip("`make traces` has not been run here: no .venv-traces")
    folder = Path(tempfile.mkdtemp())
    prepared = folder.resolve() / "workspace"
    code = (
        "import sys; from pathlib import Path; from recorder.sandbox import prepare; prepare(*map(Path, sys.argv[1:]))"
    )
    environment = {"PYTHONPATH": "traces", "PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"}
    subprocess.run([PYTHON, "-c", code, prepared, "skills"], cwd=REPO, env=environment, check=True)
    yield prepared
    shutil.rmtree(folder)


@pytest.mark.parametrize("skill", SKILLS, ids=lambda skill: skill.parent.name)
def test_every_snippet_of_a_skill_runs(skill: Path, workspace: Path) -> None:
    for language, text in DIALECT.findall(skill.read_text(encoding="utf-8")):
        code = text if language == "python" else f"from marketstore import Store\nprint(len(Store().sql('''{text}''')))"
        run = subprocess.run([PYTHON, "-c", code], cwd=workspace, capture_output=True, text=True, check=False)
        assert run.returncode == 0, f"{text}\n{run.stderr}"
