"""The two make targets: what they install, what CI runs, and what a person with an old Python is told."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]


def wanted() -> list[Requirement]:
    """Return what the core, its extras and the tools need, as pyproject.toml says."""
    document = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    project, groups = document["project"], document["dependency-groups"]
    extras = [need for needs in project["optional-dependencies"].values() for need in needs]
    texts = [*project["dependencies"], *extras, *groups["dev"]]
    return [Requirement(text) for text in texts]


def pins() -> dict[str, list[str]]:
    """Return the locked versions of each distribution; markers may choose between several."""
    found: dict[str, list[str]] = {}
    for line in (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines():
        if pin := re.match(r"([a-z0-9-]+)==([^\s;]+)", line):
            found.setdefault(pin[1], []).append(pin[2])
    return found


@pytest.mark.parametrize("requirement", wanted(), ids=str)
def test_the_lock_holds_what_is_asked_for(requirement: Requirement) -> None:
    versions = pins().get(requirement.name, [])
    assert versions, "not locked: make lock"
    assert [version for version in versions if version not in requirement.specifier] == []


def test_every_dependency_of_users_is_bounded() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    texts = [need for needs in (project["dependencies"], *project["optional-dependencies"].values()) for need in needs]
    assert [text for text in texts if ">=" not in text or "<" not in text] == []


def test_an_old_python_is_told_what_is_needed(tmp_path: Path) -> None:
    for name in ("Makefile", "requirements.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    old = tmp_path / "old-python"
    old.write_text(
        f'#!/bin/sh\nexec "{sys.executable}" -c "import sys; sys.version_info = (3, 9); $2"\n', encoding="utf-8"
    )
    old.chmod(0o755)
    command = ["make", "install", "PYTHON=./old-python"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "needs Python 3.11 or newer; ./old-python is 3.9. Name another one: make PYTHON=" in done.stderr
    assert not (tmp_path / ".venv").exists()


def test_ci_runs_the_command_of_the_readme() -> None:
    script = (ROOT / ".ci/run").read_text(encoding="utf-8")
    assert script.splitlines()[-1] == "make test"
    assert "\n$ make test\n" in (ROOT / "README.md").read_text(encoding="utf-8")
    subprocess.run(["bash", "-n", ".ci/run"], cwd=ROOT, check=True)
