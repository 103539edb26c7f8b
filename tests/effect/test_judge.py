from __future__ import annotations

import datetime
from dataclasses import replace

import jsonschema
import pytest

from skills_lint.effect.going_on import going_on
from skills_lint.effect.judge import effects_of
from skills_lint.effect.output import as_json, as_text
from skills_lint.effect.result import Cover, Effect
from skills_lint.evidence import SessionRecord
from skills_lint.shipped import load_schema

SINCE = datetime.date(2026, 11, 1)
COVER = Cover("dates", frozenset({"robust-dates"}), SINCE)


def sessions(
    count: int, days_after: int, own: int, *, others: int = 1, model: str | None = "m", every: int = 1
) -> list[SessionRecord]:
    """Return sessions of ten executions: `own` failures of `dates` in each `every`, `others` of three more causes."""
    day = SINCE + datetime.timedelta(days=days_after)
    records = []
    for number in range(count):
        failures = {cause: others for cause in ("columns", "joins", "plots") if others}
        if own and number % every == 0:
            failures["dates"] = own
        records.append(SessionRecord(f"{days_after + 99:08x}{number:08x}", day, "chat", model, 10, failures))
    return records


def only(records: list[SessionRecord], *covers: Cover) -> Effect:
    return effects_of(records, covers or (COVER,))[0]


def test_a_cause_that_is_gone_while_others_go_on_is_prevented() -> None:
    effect = only(sessions(60, -9, 1) + sessions(60, 9, 0))
    assert effect.verdict == "prevented"
    assert effect.interval is not None
    assert effect.interval[0] == 0
    assert effect.rate_ratio == 0


def test_a_cause_that_became_rarer_relative_to_others_is_reduced() -> None:
    effect = only(sessions(80, -9, 1) + sessions(80, 9, 1, every=4))
    assert effect.verdict == "reduced"
    assert effect.rate_ratio == pytest.approx(0.25, abs=0.03)


def test_a_cause_that_became_more_frequent_is_worse() -> None:
    assert only(sessions(80, -9, 1, every=4) + sessions(80, 9, 1)).verdict == "worse"


def test_what_fell_together_with_all_other_causes_is_no_evidence() -> None:
    fallen = sessions(80, 9, 1, every=4, others=1)
    calm = [replace(record, failures=record.failures if n % 4 == 0 else {}) for n, record in enumerate(fallen)]
    effect = only(sessions(80, -9, 1) + calm)
    assert effect.crude_ratio == pytest.approx(0.25)
    assert effect.rate_ratio == pytest.approx(1)
    assert effect.verdict == "no-evidence"


def test_a_few_sessions_are_no_evidence_and_tell_how_many_more_would_be() -> None:
    effect = only(sessions(100, -9, 1) + sessions(4, 9, 0))
    assert effect.verdict == "no-evidence"
    assert effect.more_sessions
    assert f"4 sessions after; about {effect.more_sessions} more" in effect.reason


def test_before_any_session_followed_the_sessions_to_come_are_told() -> None:
    effect = only(sessions(100, -9, 1))
    assert effect.reason.startswith("no session after; about ")
    assert effect.more_sessions


def test_other_models_are_not_comparable() -> None:
    effect = only(sessions(60, -9, 1) + sessions(60, 9, 0, model="n"))
    assert (effect.verdict, effect.rate_ratio) == ("not-comparable", None)
    assert "(m, then n)" in effect.reason
    mixed = sessions(60, -9, 1) + sessions(20, 9, 0) + sessions(40, 10, 0, model="n")
    assert only(mixed).verdict == "not-comparable"


def test_sessions_that_tell_no_model_are_compared() -> None:
    assert only(sessions(60, -9, 1, model=None) + sessions(60, 9, 0)).verdict == "prevented"


def test_failures_of_one_session_are_one_piece_of_evidence() -> None:
    burst = sessions(40, -9, 0)
    burst[0] = replace(burst[0], failures={**burst[0].failures, "dates": 40})
    assert only(burst + sessions(40, 9, 0)).verdict == "no-evidence"


def test_the_worst_of_causes_that_are_alike_falls_back_without_a_cure() -> None:
    """Twenty causes with five failures, but for one that chance gave fifteen, and five again after."""

    def period(days_after: int, worst: int) -> list[SessionRecord]:
        counts = {f"cause-{number:02}": 5 for number in range(20)} | {"dates": worst}
        records = sessions(60, days_after, 0, others=0)
        return [
            replace(record, failures={cause: 1 for cause, count in counts.items() if number % 60 < count})
            for number, record in enumerate(records)
        ]

    effect = only(period(-9, 15) + period(9, 5))
    assert effect.crude_ratio == pytest.approx(1 / 3)
    assert effect.rate_ratio is not None
    assert effect.rate_ratio > 0.45
    assert effect.verdict == "no-evidence"


def test_more_buckets_need_more_evidence() -> None:
    records = sessions(60, -9, 1) + sessions(60, 9, 1, every=2)
    both = effects_of(records, (COVER, replace(COVER, bucket="joins")))
    alone = only(records)
    assert alone.level == pytest.approx(0.95)
    dates = next(effect for effect in both if effect.bucket == "dates")
    assert dates.level is not None
    assert dates.level >= 0.95
    assert (dates.chance or 0) > (alone.chance or 0)


def test_causes_with_a_new_pitfall_do_not_tell_the_drift() -> None:
    effect = only(sessions(60, -9, 1) + sessions(60, 9, 0), COVER, replace(COVER, bucket="joins"))
    assert (effect.others, effect.others_after) == (120, 120)


def test_among_causes_that_all_got_pitfalls_none_is_called_worse() -> None:
    covers = [replace(COVER, bucket=bucket) for bucket in ("dates", "columns", "joins", "plots")]
    records = sessions(80, -9, 1, every=4) + sessions(80, 9, 1)
    effect = next(effect for effect in effects_of(records, covers) if effect.bucket == "dates")
    assert effect.verdict == "no-evidence"
    assert "new pitfalls themselves" in effect.reason


def test_nothing_but_one_cause_cannot_tell_the_drift() -> None:
    assert "drifted" in only(sessions(60, -9, 1, others=0) + sessions(60, 9, 0, others=0)).reason


def test_sessions_of_the_day_of_the_change_are_left_out_unless_it_is_named_as_the_first() -> None:
    records = sessions(10, -9, 1) + sessions(5, 0, 1) + sessions(10, 9, 1)
    undated = replace(records[0], session="f" * 16, date=None)
    from_git = only([*records, undated])
    assert (from_git.before.sessions, from_git.after.sessions, from_git.left_out) == (10, 10, 6)
    named = only(records, replace(COVER, whole_day=True))
    assert (named.before.sessions, named.after.sessions, named.left_out) == (10, 15, 0)


def test_a_pitfall_that_is_not_committed_has_no_effect_yet() -> None:
    effect = only(sessions(10, -9, 1), replace(COVER, since=None))
    assert effect.reason == "its pitfall is not committed yet"


def test_sessions_that_loaded_the_skill_are_put_beside_those_of_the_same_time() -> None:
    after = [
        replace(record, loaded=("plugin:robust-dates",) if n % 2 else (), failures={"dates": 1} if n % 2 == 0 else {})
        for n, record in enumerate(sessions(40, 9, 0))
    ]
    loaded = only(sessions(40, -9, 1) + after).loaded
    assert loaded is not None
    assert (loaded.having.failures, loaded.lacking.failures) == (0, 20)
    assert loaded.interval is not None
    assert loaded.interval[1] is not None
    assert loaded.interval[1] < 1


def test_hints_that_were_given_are_put_beside_those_withheld() -> None:
    records = [
        replace(record, hint="withheld" if n % 5 == 0 else "given") for n, record in enumerate(sessions(40, 9, 1))
    ]
    hint = only(sessions(40, -9, 1) + records).hint
    assert hint is not None
    assert (hint.having.sessions, hint.lacking.sessions) == (32, 8)
    assert hint.rate_ratio == pytest.approx(1)


def test_failures_that_go_on_are_told_apart_by_where_the_skill_was_missed() -> None:
    skills = {
        0: {"offered": ("other",)},
        1: {"offered": ("robust-dates",)},
        2: {"offered": ("robust-dates",), "loaded": ("robust-dates",)},
        3: {"format": "silent"},
    }
    records = [replace(record, **skills[n % 4]) for n, record in enumerate(sessions(8, 9, 1))]  # type: ignore[arg-type]
    rows = going_on([*sessions(3, -9, 1), *records], (COVER,), ("joins",), (), 30)
    told = {(row.bucket, row.reason): (row.failures, row.sessions) for row in rows}
    assert told == {
        ("dates", "not-offered"): (2, 2),
        ("dates", "not-loaded"): (2, 2),
        ("dates", "ignored"): (2, 2),
        ("dates", "untold"): (2, 2),
        ("joins", "not-covered"): (11, 11),
    }


def test_the_json_keeps_its_schema_and_the_text_says_what_is_missing() -> None:
    records = sessions(100, -9, 1) + sessions(4, 9, 0)
    effects = effects_of(records, (COVER, Cover("joins", frozenset(), None)))
    rows = going_on(records, (COVER,), ("joins",), (), 30)
    jsonschema.Draft202012Validator(load_schema("effect")).validate(as_json(effects, rows))
    assert "dates  no evidence yet: 4 sessions after; about" in "\n".join(as_text(effects, rows))


def test_where_no_session_was_before_it_is_said_so() -> None:
    assert only(sessions(40, 9, 1)).reason == "no session before"
