"""The wheel and the sdist: what is in them, and that the wheel alone is a working linter."""

from __future__ import annotations

import email
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


def run(*command: str | Path, cwd: Path = ROOT) -> str:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the sdist, built with what is installed."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT)
    return folder


@pytest.fixture(scope="session")
def wheel(built: Path) -> Path:
    return next(built.glob("*.whl"))


def test_both_distributions_have_valid_metadata(built: Path) -> None:
    run(sys.executable, "-m", "twine", "check", "--strict", *sorted(built.iterdir()))


def test_the_wheel_carries_schemas_routine_and_types_and_no_tests(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    schemas = {f"skills_lint/_shipped/schemas/{path.name}" for path in (ROOT / "schemas").glob("*.json")}
    routine = {f"skills_lint/_shipped/routine/{name}" for name in ("prompt.md", "scan_snippet.py")}
    assert schemas
    assert names >= schemas | routine | {"skills_lint/py.typed"}
    assert {name.split("/")[0] for name in names} == {"skills_lint", f"{'-'.join(wheel.name.split('-')[:2])}.dist-info"}


def test_every_file_of_the_package_is_in_the_wheel(wheel: Path) -> None:
    files = (path.relative_to(ROOT / "src") for path in (ROOT / "src" / "skills_lint").rglob("*.*"))
    names = set(zipfile.ZipFile(wheel).namelist())
    assert [str(file) for file in files if "__pycache__" not in file.parts and file.as_posix() not in names] == []


def test_the_sdist_can_be_built_and_tested_from(built: Path) -> None:
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert names >= {"pyproject.toml", "LICENSE", "README.md", "CHANGELOG.md", "Makefile", "requirements.lock"}
    assert names >= {"tests/conftest.py", "schemas/buckets.schema.json", "src/skills_lint/py.typed"}
    assert not [name for name in names if name.startswith((".venv", ".git/", "site/"))]


def test_the_core_asks_neither_for_mkdocs_nor_for_pygls(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    metadata = next(name for name in archive.namelist() if name.endswith("/METADATA"))
    needs = email.message_from_bytes(archive.read(metadata)).get_all("Requires-Dist") or []
    assert [need for need in needs if "mkdocs" in need and "extra == 'site'" not in need] == []
    assert [need for need in needs if "pygls" in need and "extra == 'lsp'" not in need] == []


def test_the_wheel_alone_lints_in_a_fresh_environment(wheel: Path, repo: Any, tmp_path_factory: Any) -> None:
    """Installs the core from the package index, at the locked versions."""
    home = tmp_path_factory.mktemp("fresh")
    run(sys.executable, "-m", "venv", home)
    binaries = home / ("Scripts" if sys.platform == "win32" else "bin")
    locked = home / "locked.txt"
    locked.write_text("".join(f"{pin}\n" for pin in locked_versions()), encoding="utf-8")
    run(binaries / "python", "-m", "pip", "install", "--quiet", "--constraint", locked, wheel)

    assert run(binaries / "skills-lint", "--version").startswith("skills-lint ")
    assert "1 skill" in run(binaries / "skills-lint", "check", cwd=repo.root)
    assert "passed" in run(binaries / "skills-lint", "coverage", cwd=repo.root)
    server = subprocess.run([binaries / "skills-lint", "lsp"], capture_output=True, text=True, check=False)
    assert (server.returncode, server.stdout) == (2, "")
    assert "pip install 'skills-lint[lsp]'" in server.stderr
    missing = "import importlib.util as u; print(u.find_spec('mkdocs'))"
    assert run(binaries / "python", "-c", missing).strip() == "None"


def locked_versions() -> list[str]:
    """Return `name==version ; marker` of all that is locked, without the hashes: pip takes none for a local wheel."""
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    return [line.removesuffix("\\").strip() for line in lines if line and not line.startswith((" ", "#"))]
