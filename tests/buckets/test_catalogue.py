"""The files of the built-in catalogue keep their schema, and its rules can be asked."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from referencing import Registry, Resource

from skills_lint.buckets.catalogue import FOLDER, load_catalogue, load_fields
from skills_lint.buckets.match import Matcher
from skills_lint.buckets.rules import problems
from skills_lint.errors.fault import Fault
from skills_lint.errors.reading import Reading
from skills_lint.shipped import load_schema

FILES = sorted(FOLDER.glob("*.yaml"))


@cache
def validator() -> Any:
    schemas = [(f"{name}.schema.json", Resource.from_contents(load_schema(name))) for name in ("buckets", "catalogue")]
    return jsonschema.Draft202012Validator(load_schema("catalogue"), registry=Registry().with_resources(schemas))


def read(file: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return loaded


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_file_of_the_catalogue_keeps_its_schema(file: Path) -> None:
    told = [
        f"{'/'.join(map(str, error.absolute_path))}: {error.message}" for error in validator().iter_errors(read(file))
    ]
    assert told == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_rules_of_the_catalogue_have_patterns_that_compile_and_name_what_there_is(file: Path) -> None:
    rules = [(entry["id"], rule) for entry in read(file)["buckets"] for rule in entry["match"]]
    assert [(id_, problem.message) for id_, rule in rules for problem in problems(rule)] == []


@pytest.mark.parametrize(
    "broken",
    [
        {"match": [{"bucket": "a"}]},
        {"match": [{"signature": "0" * 12}]},
        {"match": []},
        {"remedy": None},
        {"id": "A B"},
    ],
)
def test_an_entry_that_points_elsewhere_or_lacks_something_breaks_the_schema(broken: dict[str, Any]) -> None:
    entry = {
        "id": "a",
        "title": "A",
        "match": [{"form": "exit"}],
        "cause": "C.",
        "fix": "F.",
        "hint": "H.",
        "remedy": "skill",
    }
    assert validator().is_valid({"buckets": [entry]})
    assert not validator().is_valid({"buckets": [{**entry, **broken}]})


def test_what_is_general_is_asked_last() -> None:
    fields = list(load_fields())
    assert fields == [*sorted(field for field in fields if field != "language"), "language"]
    assert [bucket for own in load_fields().values() for bucket in own] == list(load_catalogue())
    assert {bucket.source for bucket in load_catalogue()} == {"catalogue"}


@pytest.mark.parametrize(
    ("exit_code", "message", "bucket"),
    [
        (124, "bash: line 1: 77 Killed python train.py", "time-limit-reached"),
        (137, None, "out-of-memory"),
        (None, "bash: line 1: 77 Killed python train.py", "out-of-memory"),
        (None, "bash: line 1: 77 Segmentation fault (core dumped) python train.py", "interpreter-crashed"),
        (143, None, "run-interrupted"),
    ],
)
def test_a_tool_that_says_that_time_is_up_knows_more_than_the_signal(
    exit_code: int | None, message: str | None, bucket: str
) -> None:
    found = Matcher(load_catalogue()).first(Reading(Fault(None, None, message, None, None, exit_code)))
    assert found is not None
    assert found.bucket.id == bucket
