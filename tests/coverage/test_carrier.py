from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from skills_lint.buckets.bucket import Bucket, MatchRule
from skills_lint.coverage.carrier import best_carrier, listed_carriers
from skills_lint.evidence import SessionRecord
from skills_lint.place import InputError
from skills_lint.project import open_project
from skills_lint.skills.parse import parse_skill_text
from skills_lint.skills.skill import Skill

ROOT = Path(__file__).parents[2]
BUCKET = Bucket(
    "bad-dates",
    "Bad dates",
    (MatchRule("TypeError"),),
    "Dates are stored as text and compared with numbers.",
    "Use one type.",
    "Convert both sides.",
)
ABOUT = {
    "dates": "Compare dates that are stored as text or as numbers.",
    "plots": "Draw pictures.",
    "start": "Read this first.",
}


def skill(name: str, about: str | None = None, body: str = "") -> Skill:
    text = f"---\nname: {name}\ndescription: {about or ABOUT[name]}\n---\n# Title\n{body}"
    return parse_skill_text(Path(name, "SKILL.md"), f"{name}/SKILL.md", text)


SKILLS = tuple(map(skill, ABOUT))


def session(*loaded: str, failed: str | None = "bad-dates") -> SessionRecord:
    return SessionRecord("0", None, "events", None, 4, {failed: 1} if failed else {}, loaded=loaded)


def carrier(*records: SessionRecord, skills: tuple[Skill, ...] = SKILLS, bucket: Bucket = BUCKET) -> str | None:
    found = best_carrier(bucket, skills, records)
    return found.skill.name if found else None


def test_a_listed_skill_that_does_not_exist_is_named() -> None:
    with pytest.raises(InputError, match="`ghost`"):
        listed_carriers(replace(BUCKET, skills=("ghost",)), SKILLS)


def test_all_listed_skills_that_lack_the_pitfall_get_it() -> None:
    has = skill("dates", body="## Common pitfalls (from traces)\n\n- `bad-dates`: use one type.\n")
    listed = replace(BUCKET, skills=("dates", "plots", "start"))
    assert [found.name for found in listed_carriers(listed, (has, *SKILLS[1:]))] == ["plots", "start"]


def test_the_skill_that_failing_sessions_had_loaded_gets_the_pitfall() -> None:
    assert carrier(session("plots"), session("plots"), session("dates", failed=None)) == "plots"


def test_the_reason_tells_how_many_failing_sessions_had_loaded_it() -> None:
    found = best_carrier(BUCKET, SKILLS, (session("plots"), session(), session(failed="other")))
    assert found is not None
    assert found.why == "loaded in 1 of 2 failing sessions"


def test_of_skills_loaded_about_as_often_the_nearest_is_taken() -> None:
    assert carrier(session("start", "dates"), session("start", "dates"), session("start")) == "dates"
    assert carrier(session("start", "dates"), *[session("start")] * 2) == "start"


def test_loaded_skills_that_the_repo_does_not_have_do_not_count() -> None:
    assert carrier(session("elsewhere"), session("elsewhere")) == "dates"


def test_without_sessions_the_skill_with_the_nearest_text_gets_the_pitfall() -> None:
    assert carrier() == "dates"
    assert carrier(skills=SKILLS[1:]) is None
    assert carrier(skills=()) is None


def test_words_that_all_skills_share_bring_none_nearer() -> None:
    bucket = replace(BUCKET, cause="The frame has no such column.", fix="Look at the frame.", title="No column")
    skills = (skill("a", "Sort the rows of a frame."), skill("b", "Look at each column of a frame."))
    assert carrier(skills=skills, bucket=bucket) == "b"


def test_pitfalls_about_other_failures_bring_a_skill_no_nearer() -> None:
    other = f"## Common pitfalls (from traces)\n\n- `x-y`: {BUCKET.cause} {BUCKET.fix} {BUCKET.hint}\n"
    assert carrier(skills=(skill("plots", body=other), SKILLS[0])) == "dates"


def test_a_skill_that_cannot_be_read_is_not_chosen() -> None:
    broken = parse_skill_text(Path("d/SKILL.md"), "d/SKILL.md", f"---\na: b: c\n---\n{BUCKET.cause}")
    assert broken.error is not None
    assert carrier(skills=(broken,)) is None


def test_the_nearest_skill_of_this_repo_is_one_that_the_bucket_lists() -> None:
    project = open_project(ROOT)
    for bucket in project.buckets:
        found = best_carrier(bucket, project.skills, ())
        assert not bucket.skills or (found and found.skill.name in bucket.skills), bucket.id
