"""People overrule the grouping in the bucket file: they pin, merge and split, for later failures too."""

from __future__ import annotations

from pathlib import Path

import pytest

from skills_lint.errors.earlier import earlier_keys
from skills_lint.errors.fault import Fault
from skills_lint.errors.reading import Reading
from skills_lint.project import open_project

NONE = "none-where-a-value-is-needed"
GROUP = Fault("AttributeError", "AttributeError", "'NoneType' object has no attribute 'group'", None, None)
STRIP = Fault("AttributeError", "AttributeError", "'NoneType' object has no attribute 'strip'", None, None)
TOKENS = Fault("OddError", "acme.OddError", "odd token 17 of 'a'", None, None)
LATER_TOKENS = Fault("OddError", "acme.OddError", "odd token 4 of 'b'", None, None)
OTHER = Fault("OddError", "acme.OddError", "no such thing", None, None)


def ids(tmp_path: Path, rules: dict[str, str], *faults: Fault) -> list[str | None]:
    """Return the buckets of failures in a repo that declares buckets with one rule each."""
    words = "title: T, cause: C, fix: F, hint: H"
    entries = "".join(f"  - {{id: {id_}, match: [{rule}], {words}}}\n" for id_, rule in rules.items())
    file = tmp_path / "routines/trace_failure_triage/buckets.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"buckets:\n{entries}", encoding="utf-8")
    project = open_project(tmp_path)
    matches = [project.matcher.first(project.read(fault)) for fault in faults]
    return [match.bucket.id if match else None for match in matches]


@pytest.mark.parametrize("key", [Reading(TOKENS).signature.key, *earlier_keys(TOKENS)])
def test_a_pin_takes_what_has_the_signature_now_or_had_it_in_an_earlier_pipeline(tmp_path: Path, key: str) -> None:
    rules = {"odd-tokens": f"{{signature: '{key}'}}"}
    assert ids(tmp_path, rules, TOKENS, LATER_TOKENS, OTHER) == ["odd-tokens", "odd-tokens", None]


def test_a_pin_takes_a_signature_out_of_a_bucket_of_the_catalogue(tmp_path: Path) -> None:
    rules = {"no-match": f"{{signature: '{Reading(GROUP).signature.key}'}}"}
    assert ids(tmp_path, rules, GROUP) == ["no-match"]


def test_a_bucket_of_the_catalogue_is_merged_into_one_of_the_repo(tmp_path: Path) -> None:
    rules = {"odd": f"{{bucket: {NONE}}}, {{exception: OddError}}"}
    assert ids(tmp_path, rules, GROUP, STRIP, TOKENS) == ["odd", "odd", "odd"]


def test_a_narrower_bucket_splits_one_of_the_catalogue(tmp_path: Path) -> None:
    rules = {"no-match": f"{{bucket: {NONE}, where: {{attribute: group}}}}"}
    assert ids(tmp_path, rules, GROUP, STRIP) == ["no-match", NONE]


def test_a_repo_may_declare_an_id_of_the_catalogue_anew_and_take_what_that_took(tmp_path: Path) -> None:
    assert ids(tmp_path, {NONE: f"{{bucket: {NONE}}}"}, GROUP, STRIP, TOKENS) == [NONE, NONE, None]
    former, new = ids(tmp_path, {NONE: "{exception: OddError}"}, GROUP, TOKENS)
    assert former != NONE
    assert new == NONE


def test_a_merged_bucket_takes_no_more_than_the_catalogue_would_have_put_there(tmp_path: Path) -> None:
    dates = Fault("TypeError", "TypeError", "'<' not supported between instances of 'NoneType' and 'int'", None, None)
    (alone,) = ids(tmp_path, {"unused": "{exception: NeverRaised}"}, dates)
    (merged,) = ids(tmp_path, {"merged": f"{{bucket: {NONE}}}"}, dates)
    assert merged == ("merged" if alone == NONE else alone)
