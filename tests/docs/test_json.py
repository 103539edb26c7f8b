"""What commands print as JSON has the shape that its schema tells."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from skills_lint.shipped import load_schema

if TYPE_CHECKING:
    from conftest import Repo

_NAMES = ("check", "triage", "coverage")
_OTHERS = Registry().with_resources(
    (f"{name}.schema.json", Resource.from_contents(load_schema(name))) for name in _NAMES
)


@pytest.mark.parametrize(
    ("arguments", "schema"),
    [
        ((), "summary"),
        (("check",), "check"),
        (("triage",), "triage"),
        (("coverage",), "coverage"),
        (("report",), "report"),
        (("explain", "SK101"), "explain"),
        (("explain", "missing-column"), "explain"),
    ],
    ids=" ".join,
)
def test_printed_json_keeps_to_its_schema(repo: Repo, arguments: tuple[str, ...], schema: str) -> None:
    printed = json.loads(repo.run(*arguments, "--output-format", "json").stdout)
    assert printed["version"] == 1
    Draft202012Validator(load_schema(schema), registry=_OTHERS).validate(printed)


def test_without_traces_the_summary_keeps_to_its_schema_too(repo: Repo) -> None:
    (repo.root / "routines/trace_failure_triage/evidence.jsonl").unlink()
    printed = json.loads(repo.run("--output-format", "json", status=None).stdout)
    assert printed["triage"] is None
    Draft202012Validator(load_schema("summary"), registry=_OTHERS).validate(printed)
