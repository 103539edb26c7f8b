"""The story of the recorded sessions agrees with the bucket file, the skills and the lot that hints are drawn by."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from recorder.again import working_days
from recorder.formats import session_id
from recorder.sessions import BEFORE, SESSIONS
from recorder.story import (
    ALL_SKILLS,
    COVERED_SINCE,
    HINTS,
    NEW_MODEL,
    SKILLS,
    UPGRADE,
    WITHHELD,
    arm_of,
    notes,
    skill_on,
    without_pitfalls,
)

from skills_lint.buckets.load import load_buckets
from skills_lint.holdout import arm_of as drawn_arm
from skills_lint.skills.parse import pitfalls_in

REPO = Path(__file__).resolve().parents[2]
BUCKETS = load_buckets(REPO / "routines" / "trace_failure_triage" / "buckets.yaml")
TEXTS = {path.parent.name: path.read_text(encoding="utf-8") for path in (REPO / "skills").glob("*/SKILL.md")}


def test_the_bucket_file_has_the_days_of_the_story() -> None:
    assert {bucket.id: bucket.covered_since for bucket in BUCKETS if bucket.covered_since} == COVERED_SINCE


def test_the_hints_are_those_of_the_bucket_file() -> None:
    hints = {bucket.id: bucket.hint for bucket in BUCKETS if bucket.remedy == "skill"}
    assert {**hints, **HINTS} == hints


def test_the_skills_of_the_story_exist_and_have_the_pitfalls() -> None:
    assert set(ALL_SKILLS) == set(TEXTS)
    for bucket, skill in SKILLS.items():
        assert bucket in {pitfall.id for pitfall in pitfalls_in(TEXTS[skill])}


def test_hints_are_withheld_by_the_lot_of_the_hook() -> None:
    ids = [session_id(session) for session in SESSIONS]
    assert [arm_of(id_) for id_ in ids] == [drawn_arm(id_, WITHHELD) for id_ in ids]


def test_the_notes_are_read_as_the_hook_s_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from skills_lint.holdout import noted_arms

    (tmp_path / "skills-lint").mkdir()
    (tmp_path / "skills-lint" / "hints.jsonl").write_text(notes(SESSIONS), encoding="utf-8")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert Counter(noted_arms().values()) == Counter(session.hint for session in SESSIONS if session.hint)


@pytest.mark.parametrize("name", TEXTS)
def test_a_skill_of_an_earlier_day_lacks_the_later_pitfalls_and_nothing_else(name: str) -> None:
    text = TEXTS[name]
    assert skill_on(text, NEW_MODEL) == text
    assert text.startswith(skill_on(text, working_days(UPGRADE)[0])[:200])
    for day in (UPGRADE.replace(day=2), UPGRADE):
        known = {pitfall.id for pitfall in pitfalls_in(text)}
        later = {bucket for bucket, since in COVERED_SINCE.items() if since > day}
        assert {pitfall.id for pitfall in pitfalls_in(skill_on(text, day))} == known - later


def test_a_skill_without_its_pitfalls_says_that_there_are_none() -> None:
    text = "# T\n\n## Common pitfalls (from traces)\n\n- `a-b`: do\n  it.\n- `c-d`: do.\n"
    assert without_pitfalls(text, ["a-b"]) == "# T\n\n## Common pitfalls (from traces)\n\n- `c-d`: do.\n"
    assert without_pitfalls(text, ["a-b", "c-d"]) == "# T\n\n## Common pitfalls (from traces)\n\nNone seen yet.\n"
    assert without_pitfalls("# T\n", ["a-b"]) == "# T\n"


def test_every_session_of_before_is_asked_again_in_the_same_format() -> None:
    again = Counter((session.name, session.format) for session in SESSIONS if session.start.date() >= UPGRADE)
    assert all(again[session.name, session.format] == 1 for session in BEFORE)
