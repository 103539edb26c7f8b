"""What was recorded under another hash is counted in today's bucket, and nothing is lost."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skills_lint.buckets.catalogue import load_catalogue
from skills_lint.buckets.match import Matcher
from skills_lint.errors.earlier import earlier_keys
from skills_lint.errors.fault import Fault
from skills_lint.errors.reading import Reading
from skills_lint.errors.signature import PIPELINE
from skills_lint.evidence import SessionRecord
from skills_lint.traces.result import Failure
from skills_lint.triage.assign import assign
from skills_lint.triage.link import Links, link, relabelled

OLD, OTHER, NEW = "a" * 12, "b" * 12, "c" * 12


def failure(fault: Fault, line: int = 1) -> Failure:
    return Failure("a.jsonl", line, None, "events", "s", None, "python", fault, None, (), "s")


def record(pipeline: int = 1, **failures: int) -> SessionRecord:
    return SessionRecord("0" * 16, None, "events", None, 9, failures, pipeline=pipeline)


def test_an_old_hash_is_counted_in_the_bucket_that_its_failures_are_in_today() -> None:
    new = relabelled(record(**{OLD: 2, "a-bucket": 1}), Links({OLD: {"a-bucket": 5}}, {}))
    assert (new.failures, new.pipeline) == ({"a-bucket": 3}, PIPELINE)


def test_a_hash_whose_failures_a_bucket_takes_by_now_is_counted_there() -> None:
    links = Links({}, {NEW: {"a-bucket": 5}})
    assert relabelled(record(PIPELINE, **{NEW: 2}), links).failures == {"a-bucket": 2}


def test_a_hash_of_today_is_not_taken_for_one_of_an_earlier_pipeline() -> None:
    links = Links({OLD: {"a-bucket": 1}}, {OLD: {OLD: 4}})
    assert relabelled(record(1, **{OLD: 2}), links).failures == {"a-bucket": 2}
    assert relabelled(record(PIPELINE, **{OLD: 2}), links).failures == {OLD: 2}


def test_what_the_traces_do_not_show_keeps_its_hash_until_they_do() -> None:
    half = relabelled(record(**{OLD: 2, OTHER: 1}), Links({OLD: {NEW: 1}}, {}))
    assert (half.failures, half.pipeline) == ({NEW: 2, OTHER: 1}, 1)
    links = Links({OLD: {NEW: 1}, OTHER: {"a-bucket": 1}}, {NEW: {NEW: 1}})
    whole = relabelled(half, links)
    assert (whole.failures, whole.pipeline) == ({NEW: 2, "a-bucket": 1}, PIPELINE)


def test_a_record_of_a_later_pipeline_stays_as_it_is() -> None:
    later = record(PIPELINE + 1, **{OLD: 1})
    assert relabelled(later, Links({OLD: {NEW: 1}}, {OLD: {NEW: 1}})) == later


labels = st.sampled_from([OLD, OTHER, NEW, "d" * 12, "a-bucket", "b-bucket"])
maps = st.dictionaries(labels, st.dictionaries(labels, st.integers(1, 9), min_size=1, max_size=3), max_size=4)


@given(st.dictionaries(labels, st.integers(1, 9)), st.integers(1, PIPELINE), maps, maps)
def test_no_failure_is_lost_or_counted_twice(
    failures: dict[str, int], pipeline: int, earlier: dict[str, dict[str, int]], now: dict[str, dict[str, int]]
) -> None:
    old = record(pipeline, **failures)
    new = relabelled(old, Links(earlier, now))
    assert sum(new.failures.values()) == sum(failures.values())
    assert (new.session, new.executions) == (old.session, old.executions)
    assert all(new.failures.get(label, 0) >= count for label, count in failures.items() if len(label) != 12)


COLUMN = Fault("KeyError", "KeyError", "'price'", None, "df['price']")
TABLE = Fault("CatalogException", "duckdb.CatalogException", "Table with name x does not exist!", None, None)


@pytest.mark.parametrize("fault", [COLUMN, TABLE, Fault(None, None, None, None, None, 124)])
def test_a_failure_links_its_hashes_of_all_pipelines_to_its_bucket(fault: Fault) -> None:
    assigned = assign([failure(fault), failure(fault, 2)], Matcher(()))
    links = link(assigned)
    for old in earlier_keys(fault):
        assert links.bucket(old, 1) == Reading(fault).signature.key
    assert links.bucket(Reading(fault).signature.key, PIPELINE) == Reading(fault).signature.key
    assert links.bucket("0" * 12, 1) is None


faults = st.builds(
    Fault,
    st.just("E"), st.just("acme.E"), st.sampled_from(["a 1", "a 2", "b 'x'", "b 'y'", "", "c d"]), st.none(),
    st.none() | st.just("x = 1"),
)  # fmt: skip


@given(st.lists(faults, max_size=12), st.randoms(use_true_random=False))
def test_the_links_are_the_same_in_any_order(some: list[Fault], random: Any) -> None:
    shuffled = some[:]
    random.shuffle(shuffled)
    first, second = (link(assign(map(failure, each), Matcher(()))) for each in (some, shuffled))
    assert first == second
    assert [list(buckets) for buckets in first.now.values()] == [list(first.now[key]) for key in first.now]


TOLD = (
    "KeyError: 'price'", "AttributeError: 'NoneType' object has no attribute 'group'", "acme.OddError: odd token 1",
    "acme.OddError: odd token 2", "ModuleNotFoundError: No module named 'pandas'", "ValueError: ",
)  # fmt: skip
some_faults = st.builds(
    lambda told, code: Fault(told.partition(":")[0].rpartition(".")[2], *told.split(": ", 1), None, code),
    st.sampled_from(TOLD),
    st.sampled_from([None, "import pandas", "def f(): pass\nf(1)"]),
)


@given(st.lists(some_faults, max_size=12), st.integers(0, 12))
def test_a_failure_has_the_same_bucket_in_any_order_and_company(some: list[Fault], half: int) -> None:
    matcher = Matcher(load_catalogue())
    whole = assign(map(failure, some), matcher)
    parts = assign(map(failure, some[:half]), matcher) + assign(map(failure, some[half:]), matcher)
    assert whole == parts
    assert assign(map(failure, reversed(some)), matcher) == tuple(reversed(whole))


def chat(code: str, error: str, session: str) -> str:
    function = {"name": "python", "arguments": json.dumps({"code": code})}
    rows = [
        {"role": "assistant", "content": None, "tool_calls": [{"id": "call_1", "function": function}]},
        {"role": "tool", "tool_call_id": "call_1", "content": json.dumps({"error": error})},
    ]
    return "".join(f"{json.dumps({'session_id': session, **row})}\n" for row in rows)


@pytest.fixture
def known(repo: Any) -> Any:
    """A repo whose evidence knows a group by the hash that the first pipeline gave it, from a session since lost."""
    (old,) = earlier_keys(COLUMN)
    repo.write("traces/a.jsonl", chat("df['price']", "KeyError: 'price'", "now"))
    repo.evidence({"failures": {old: 3, "f" * 12: 1}}, {"failures": {old: 1}})
    return repo


def counts(repo: Any, *arguments: str) -> dict[str, int]:
    triage = json.loads(repo.run("triage", "--output-format", "json", *arguments).stdout)
    return {bucket["id"]: bucket["count"] for bucket in triage["buckets"]}


def test_a_known_group_goes_on_in_the_bucket_that_takes_it_now(known: Any) -> None:
    assert counts(known) == {"missing-column": 5, "f" * 12: 1}


def test_recording_writes_the_names_of_today_and_forgets_nothing(known: Any) -> None:
    assert counts(known, "--record") == {"missing-column": 5, "f" * 12: 1}
    lines = (known.root / "routines/trace_failure_triage/evidence.jsonl").read_text(encoding="utf-8").splitlines()
    records = [json.loads(line) for line in lines]
    told = sorted((sorted(each["failures"].items()), each["pipeline"]) for each in records)
    assert told == [
        ([("f" * 12, 1), ("missing-column", 3)], 1),
        ([("missing-column", 1)], PIPELINE),
        ([("missing-column", 1)], PIPELINE),
    ]
    assert counts(known) == {"missing-column": 5, "f" * 12: 1}


def test_a_known_group_that_is_several_today_is_told_and_counts_as_the_largest(repo: Any) -> None:
    fields = ("price", "volume", "price")
    (old,) = {key for field in fields for key in earlier_keys(Fault("KeyError", "KeyError", f"'{field}'", None, None))}
    bucket = "  - {{id: no-{0}, title: T, match: [{{message: {0}}}], cause: C, fix: F, hint: H}}\n"
    repo.write(
        "routines/trace_failure_triage/buckets.yaml", f"buckets:\n{bucket.format('price')}{bucket.format('volume')}"
    )
    for number, field in enumerate(fields):
        repo.write(f"traces/{number}.jsonl", chat(f"df['{field}']", f"KeyError: '{field}'", f"s{number}"))
    repo.evidence({"failures": {old: 7}})
    done = repo.run("triage", "--output-format", "json")
    assert {bucket["id"]: bucket["count"] for bucket in json.loads(done.stdout)["buckets"]} == {
        "no-price": 9,
        "no-volume": 1,
    }
    assert f"the group `{old}` of the evidence is in several today: `no-price` (2), `no-volume` (1)" in done.stderr
