"""SARIF output against the standard's own schema, which an npm package carries; no copy of it is kept here."""

from __future__ import annotations

import json
import shutil
import subprocess
import tarfile
from pathlib import Path
from typing import Any

import pytest
from jsonschema.validators import validator_for

PACKAGE = "@microsoft/jest-sarif@1.0.0-beta.0"
SCHEMA = "package/lib/schemas/sarif-2.1.0-rtm.5.json"


@pytest.fixture(scope="module")
def official_schema(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("npm, which fetches the schema of SARIF, is not here")
    folder = tmp_path_factory.mktemp("sarif")
    fetched = subprocess.run([npm, "pack", "--silent", PACKAGE], cwd=folder, capture_output=True, text=True)
    if fetched.returncode != 0:
        pytest.skip(f"the schema of SARIF cannot be fetched: {fetched.stderr.strip()[:200]}")
    with tarfile.open(next(Path(folder).glob("*.tgz"))) as archive:
        member = archive.extractfile(SCHEMA)
        assert member is not None
        schema: dict[str, Any] = json.load(member)
    return schema


def test_what_check_prints_as_sarif_keeps_the_schema_of_the_standard(
    official_schema: dict[str, Any], repo: Any
) -> None:
    repo.write("skills/broken/SKILL.md", "---\nname: other\nlisence: MIT\n---\n\n[gone](gone.md)\n\n```json\n{\n```\n")
    log = json.loads(repo.run("check", "--output-format", "sarif", status=1).stdout)
    assert len(log["runs"][0]["results"]) >= 4
    validator_for(official_schema)(official_schema).validate(log)
    log["runs"][0]["results"][0]["level"] = "fatal"
    assert not validator_for(official_schema)(official_schema).is_valid(log)
