"""The linter is calm about skills that others published."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from skills_lint.config import Config
from skills_lint.lint.engine import check
from skills_lint.skills.find import find_skills
from skills_lint.skills.parse import parse_skill

SKILLS = Path(__file__).parents[3] / "shared" / "corpus" / "skills"


@pytest.mark.skipif(not SKILLS.is_dir(), reason="the public skills are not beside this repo")
def test_public_skills_have_few_findings() -> None:
    files = find_skills(SKILLS, ()).files
    skills = [parse_skill(path, path.relative_to(SKILLS).as_posix()) for path in files]
    diagnostics = check(skills, config=Config(root=SKILLS))
    found = Counter(diagnostic.code for diagnostic in diagnostics if diagnostic.severity != "info")
    assert len(skills) == 241
    assert found.total() <= 0.3 * len(skills), found
    assert found["SK302"] == found["SK402"] == found["SK403"] == 0
