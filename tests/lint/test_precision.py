"""What rules say of their precision is what docs/precision.md records."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from skills_lint.lint.registry import rules

if TYPE_CHECKING:
    from skills_lint.lint.rule import Rule

STUDY = (Path(__file__).parents[2] / "docs" / "precision.md").read_text(encoding="utf-8")
STUDIED = [rule for rule in rules() if rule.precision]


@pytest.mark.parametrize("rule", STUDIED, ids=lambda rule: rule.name)
def test_a_rule_says_what_the_study_records(rule: Rule) -> None:
    row = re.search(
        rf"^\| {rule.code} {rule.name} \| (\d+) \| (\d+|–|not judged) \|.*\| (yes|no, on trial) \|$", STUDY, re.M
    )
    assert row is not None
    assert (row[3] == "yes") is not rule.preview
    told = re.match(r"(\d+) of (\d+) finding", rule.precision or "")
    if told:
        assert (told[2], told[1]) == (row[1], row[2])


@pytest.mark.parametrize("rule", [rule for rule in STUDIED if not rule.preview], ids=lambda rule: rule.name)
def test_a_rule_that_is_on_by_default_is_right_nine_times_of_ten(rule: Rule) -> None:
    told = re.match(r"(\d+) of (\d+) finding|no finding", rule.precision or "")
    assert told is not None
    assert told[1] is None or int(told[1]) >= 0.9 * int(told[2])
