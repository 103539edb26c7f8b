"""What the repo's own API says of failures, on its way into the buckets."""

from __future__ import annotations

import datetime
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import jsonschema

from skills_lint.buckets.bucket import Bucket, MatchRule
from skills_lint.buckets.match import Matcher
from skills_lint.errors.fault import Fault
from skills_lint.evidence import SessionRecord
from skills_lint.repoapi import open_api
from skills_lint.shipped import load_schema
from skills_lint.traces.result import Failure
from skills_lint.triage.assign import assign
from skills_lint.triage.details import details_of, with_details
from skills_lint.triage.output import as_json, as_text
from skills_lint.triage.rank import Known, rank

if TYPE_CHECKING:
    from pathlib import Path

CODE = "from shop import Store\nStore().daily(**options)"
MISUSE = Bucket(
    "own-api",
    "Own API",
    (MatchRule(where={"callee-is": "repo"}),),
    cause="A call is wrong.",
    fix="Mend it.",
    hint="Look.",
)
STORE = "class Store:\n    def daily(self, code, start): ...\n"


def failure(keyword: str, callee: str = "Store.daily", code: str = CODE) -> Failure:
    message = f"{callee}() got an unexpected keyword argument '{keyword}'"
    fault = Fault("TypeError", "TypeError", message, None, code)
    return Failure("a.jsonl", 1, None, "events", "s", None, "python", fault, None, ())


def test_a_misuse_of_the_repo_is_told_and_can_be_asked_for_by_rules(tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "shop.py").write_text(STORE)
    api = open_api(tmp_path, ())
    ours, other = assign([failure("starts"), failure("x", "merge", "merge(x=1)")], Matcher([MISUSE]), api)
    assert (ours.bucket, ours.detail) == (
        "own-api",
        "unsupported keyword `starts` for `Store.daily(code, start)`; did you mean `start`?",
    )
    assert (other.bucket, other.detail) == (other.key, None)


def test_a_signature_is_the_same_with_and_without_the_source(tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "shop.py").write_text(STORE)
    with_source = assign([failure("x")], Matcher(()), open_api(tmp_path, ()))
    assert [replace(item, detail=None) for item in with_source] == list(assign([failure("x")], Matcher(())))


def test_the_commonest_sentences_come_first_and_at_most_five() -> None:
    often = {"c": 1, "b": 3, "a": 1, "g": 1, "f": 1, "e": 1, "d": 2}
    items = [
        replace(assign([failure("x")], Matcher(()))[0], detail=name)
        for name, times in often.items()
        for _ in range(times)
    ]
    assert details_of(items) == ("b", "d", "a", "c", "e")
    assert details_of(reversed(items)) == details_of(items)


def test_a_bucket_carries_the_sentences_of_its_failures() -> None:
    item = replace(assign([failure("x")], Matcher(()))[0], bucket="own-api", detail="no attribute `a` in `B`")
    record = SessionRecord(item.failure.session_key, datetime.date(2026, 11, 20), "events", None, 1, {"own-api": 1})
    result = rank([record], [item], [MISUSE], days=30, known=Known(1, 0))
    assert [bucket.details for bucket in result.buckets] == [("no attribute `a` in `B`",)]


def test_sentences_follow_a_text_as_sentences() -> None:
    details = ("no name `x` in `m`; did you mean `y`?", "unsupported keyword `k` for `f(a)`")
    assert with_details("It is wrong.", details) == (
        "It is wrong. No name `x` in `m`; did you mean `y`? Unsupported keyword `k` for `f(a)`."
    )
    assert with_details("", details[1:]) == "Unsupported keyword `k` for `f(a)`."
    assert with_details("It is wrong.", ()) == "It is wrong."


def test_group_asks_the_source_too(repo: Any) -> None:
    repo.write("src/shop.py", STORE)
    repo.write(
        "routines/trace_failure_triage/buckets.yaml",
        "buckets:\n  - id: ours\n    title: Ours\n    match:\n      - where: {callee-is: repo}\n"
        "    cause: c\n    fix: f\n    hint: h\n",
    )
    row = {"exception_type": "TypeError", "message": failure("x").fault.message, "code": CODE}
    assert json.loads(repo.run("group", stdin=json.dumps(row)).stdout) == {"group": "ours"}


def test_where_was_looked_is_said_when_asked(repo: Any) -> None:
    assert "source: none" in repo.run("triage", "-v").stderr
    repo.write("src/shop.py", STORE)
    assert "source: src; 1 module" in repo.run("triage", "-v").stderr
    assert "source" not in repo.run("triage").stderr


def test_a_source_folder_that_does_not_exist_is_named_with_its_line(repo: Any) -> None:
    repo.write("skills-lint.toml", 'schema = "skill"\nsource = ["lib"]\n')
    done = repo.run("group", status=2, stdin='{"exception_type": "KeyError", "message": "1"}')
    assert "skills-lint.toml:2: `source` names lib, which is no folder in ." in done.stderr


def test_a_triage_shows_the_sentences_in_the_cause_and_the_hint() -> None:
    item = replace(assign([failure("x")], Matcher(()))[0], bucket="own-api", detail="no attribute `a` in `B`")
    record = SessionRecord(item.failure.session_key, datetime.date(2026, 11, 20), "events", None, 1, {"own-api": 1})
    result = rank([record], [item], [MISUSE], days=30, known=Known(1, 0))
    (shown,) = as_json(result)["buckets"]
    assert shown["cause"] == "A call is wrong. No attribute `a` in `B`."
    assert shown["hint"] == "Look. No attribute `a` in `B`."
    assert shown["details"] == ["no attribute `a` in `B`"]
    jsonschema.Draft202012Validator(load_schema("triage")).validate(as_json(result))
    assert "here       No attribute `a` in `B`." in as_text(result, None)
