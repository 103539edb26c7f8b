from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import jsonschema

from skills_lint.buckets.bucket import Bucket, MatchRule
from skills_lint.coverage.cover import cover
from skills_lint.coverage.output import as_json, as_text
from skills_lint.coverage.result import Coverage
from skills_lint.evidence import SessionRecord
from skills_lint.shipped import load_schema
from skills_lint.skills.skill import PitfallItem, Skill
from skills_lint.triage.rank import Known, rank

DAY = datetime.date(2026, 11, 20)
BUCKET = Bucket("bad-dates", "Bad dates", (MatchRule("TypeError"),), "Cause.", "Fix.", "Hint.")


def skill(name: str, *pitfalls: tuple[str | None, str]) -> Skill:
    items = tuple(PitfallItem(id_, text, 9, 3, 9) for id_, text in pitfalls)
    path = Path(f"skills/{name}/SKILL.md")
    return Skill(path, path.as_posix(), "", name, {"name": name}, 1, (), (), (), None, items)


def coverage(bucket: Bucket, *skills: Skill, label: str = "bad-dates") -> Coverage:
    records = [SessionRecord(f"{n:016x}", DAY, "events", None, 5, {label: 1}) for n in range(6)]
    triage = rank(records, (), (bucket,), days=30, known=Known(0, 6))
    return cover(triage, (bucket,), skills)


def test_one_skill_with_the_pitfall_covers_a_bucket_that_lists_none() -> None:
    assert coverage(BUCKET, skill("dates", ("bad-dates", "compare as one type")), skill("other")).covered


def test_a_bucket_that_lists_skills_is_covered_only_when_each_has_the_pitfall() -> None:
    listed = replace(BUCKET, skills=("dates", "frames"))
    result = coverage(listed, skill("dates", ("bad-dates", "one type")), skill("frames"))
    assert not result.covered
    assert result.buckets[0].missing == ("frames",)
    assert result.buckets[0].command == "skills-lint upgrade bad-dates --write"


def test_a_pitfall_that_says_nothing_covers_nothing() -> None:
    assert not coverage(BUCKET, skill("dates", ("bad-dates", ""))).covered
    assert not coverage(BUCKET, skill("dates", (None, "bad-dates are bad"))).covered


def test_a_bucket_that_is_cured_elsewhere_is_exempt_and_named_aloud() -> None:
    result = coverage(replace(BUCKET, remedy="environment"))
    assert result.covered
    assert "exempt: cured in the environment" in as_text(result)


def test_a_fixed_bucket_that_came_back_fails_the_gate_though_it_is_covered() -> None:
    back = replace(BUCKET, fixed=DAY - datetime.timedelta(days=1))
    covering = skill("dates", ("bad-dates", "compare as one type"))
    assert coverage(back, covering).failing
    assert coverage(replace(BUCKET, fixed=DAY), covering).covered


def test_a_discovered_group_at_the_top_is_to_be_promoted() -> None:
    result = coverage(BUCKET, label="0123456789ab")
    assert [item.command for item in result.failing] == ["skills-lint promote 0123456789ab"]


def test_a_skill_may_be_listed_by_its_folder() -> None:
    named = skill("folder", ("bad-dates", "one type"))
    renamed = replace(named, frontmatter={"name": "other-name"})
    assert coverage(replace(BUCKET, skills=("folder",)), renamed).covered


def test_the_json_keeps_its_schema() -> None:
    jsonschema.Draft202012Validator(load_schema("coverage")).validate(as_json(coverage(BUCKET, skill("dates"))))
