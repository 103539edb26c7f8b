"""`skills-lint explain` on buckets of the catalogue, on failures at their place, and on discovered groups."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from skills_lint.shipped import load_schema

CALLS = [("a", "frame['price']", "KeyError: 'price'"), ("b", "shop.open()", "ShopError: the shop closes at noon")]


@pytest.fixture
def repo(empty_repo: Any) -> Any:
    """Return a repo with two failures, on lines 3 and 6 of one trace."""
    rows: list[dict[str, object]] = []
    for id_, code, error in CALLS:
        call = {"id": id_, "function": {"name": "python", "arguments": json.dumps({"code": code})}}
        rows += [
            {"role": "user", "content": "go on"},
            {"role": "assistant", "content": None, "tool_calls": [call]},
            {"role": "tool", "tool_call_id": id_, "content": json.dumps({"error": error})},
        ]
    empty_repo.write("traces/chat.jsonl", "".join(f"{json.dumps(row)}\n" for row in rows))
    return empty_repo


def explained(repo: Any, what: str) -> Any:
    told = json.loads(repo.run("explain", what, "--output-format", "json").stdout)
    jsonschema.validate(told, load_schema("explain"))
    return told


def test_a_bucket_of_the_catalogue_stands_on_its_own(empty_repo: Any) -> None:
    printed = empty_repo.run("explain", "none-where-a-value-is-needed").stdout
    for part in ("cause:", "fix:", "hint:", "known by", "raised, for example, by:", "not to be taken for:"):
        assert part in printed
    told = explained(empty_repo, "none-where-a-value-is-needed")
    assert len(told["raised"]) >= 2
    assert all("Python 3" in item["made_with"] for item in told["raised"])


def test_a_failure_is_explained_step_by_step_at_its_place(repo: Any) -> None:
    told = explained(repo, "traces/chat.jsonl:6")
    (failure,) = told["failures"]
    assert failure["error"] == "ShopError: the shop closes at noon"
    assert failure["steps"][0]["name"] == "error"
    assert failure["bucket"] is None
    assert failure["group"] == failure["signature"]["key"]
    assert failure["signature"]["key"] in repo.run("explain", "traces/chat.jsonl:6").stdout


def test_a_declared_bucket_is_named_with_the_rule_and_its_place(repo: Any) -> None:
    bucket = {"id": "shop-closed", "title": "Shop", "cause": "c", "fix": "f", "hint": "h"}
    file = {"buckets": [{**bucket, "match": [{"exception": "ShopError"}]}]}
    repo.write("routines/trace_failure_triage/buckets.yaml", json.dumps(file))
    (failure,) = explained(repo, "traces/chat.jsonl:6")["failures"]
    said = " ".join(f"{step['found']} {step['by']}" for step in failure["steps"])
    assert failure["bucket"] == failure["group"] == "shop-closed"
    assert "routines/trace_failure_triage/buckets.yaml:1" in said
    assert "the exception is `ShopError`" in said


def test_a_discovered_group_is_explained_by_its_hash(repo: Any) -> None:
    key = explained(repo, "traces/chat.jsonl:6")["failures"][0]["group"]
    assert explained(repo, key) == explained(repo, "traces/chat.jsonl:6")


def test_a_line_without_a_failure_names_those_near_it(repo: Any) -> None:
    error = repo.run("explain", "traces/chat.jsonl:5", status=2).stderr
    assert "traces/chat.jsonl:5: no failure here" in error
    assert "traces/chat.jsonl:6" in error


def test_a_file_without_a_line_is_no_place(repo: Any) -> None:
    assert "no file" in repo.run("explain", "traces/chat.jsonl", status=2).stderr


def test_a_place_in_a_file_that_is_not_there_is_told(repo: Any) -> None:
    assert "there is no file traces/other.jsonl" in repo.run("explain", "traces/other.jsonl:3", status=2).stderr


def test_a_hash_that_no_group_has_is_told(repo: Any) -> None:
    assert "`skills-lint triage` prints the groups" in repo.run("explain", "0123456789ab", status=2).stderr


def test_a_place_may_have_a_pointer(tmp_path: Path) -> None:
    from skills_lint.triage.path import read_target

    file = tmp_path / "a.json"
    file.write_text("{}", encoding="utf-8")
    for text, line, pointer in ((f"{file}:3#/a/0", 3, "/a/0"), (f"{file}#/a", None, "/a"), (f"{file}:3", 3, None)):
        target = read_target(text)
        assert target is not None
        assert (target.file, target.line, target.pointer) == (file, line, pointer)
    assert read_target(str(file)) is None
