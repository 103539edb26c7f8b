"""`skills-lint group`: one group a line, in order, whatever comes in."""

from __future__ import annotations

import json
from typing import Any

import pytest

COLUMN = {"exception_type": "KeyError", "message": "'price'"}
DATES = {"exception_type": "TypeError", "message": "'<' not supported between instances of 'str' and 'int'"}
ODD = {"exception_type": "acme.errors.OddError", "message": "it went wrong at step {}"}


def groups(repo: Any, *rows: dict[str, Any]) -> list[str]:
    out = repo.run("group", stdin="".join(f"{json.dumps(row)}\n" for row in rows)).stdout
    return [json.loads(line)["group"] for line in out.splitlines()]


def odd(step: int) -> dict[str, Any]:
    return {**ODD, "message": ODD["message"].format(step)}


def test_each_failure_gets_the_bucket_that_the_repo_declares_or_the_hash_of_its_signature(repo: Any) -> None:
    column, first, dates, second = groups(repo, COLUMN, odd(1), DATES, odd(2))
    assert (column, dates) == ("missing-column", "text-dates")
    assert first == second
    assert len(first) == 12


def test_a_traceback_alone_is_enough(repo: Any) -> None:
    traceback = "Traceback (most recent call last):\n  File \"x.py\", line 1, in <module>\nKeyError: 'price'"
    assert groups(repo, {"traceback": traceback}) == ["missing-column"]


def test_a_failure_without_an_exception_is_grouped_by_its_exit_status(repo: Any) -> None:
    killed, other = groups(repo, {"exit_code": 137}, {"exit_code": 124})
    assert killed != other


def test_many_failures_come_out_in_their_order(repo: Any) -> None:
    rows = [COLUMN, DATES, odd(1), {"exit_code": 1}, odd(2)]
    assert groups(repo, *rows * 300) == groups(repo, *rows) * 300


def test_blank_lines_are_skipped_and_no_failure_is_no_group(repo: Any) -> None:
    assert repo.run("group", stdin="\n \n").stdout == ""


def test_a_line_that_is_no_failure_is_an_error_that_names_it(repo: Any) -> None:
    done = repo.run("group", stdin=f'{json.dumps(COLUMN)}\n\n{{"exception_type": 7}}\n', status=2)
    assert json.loads(done.stdout.splitlines()[-1]) == {"group": None}  # the others keep their order
    assert len(done.stdout.splitlines()) == 2
    assert done.stderr == (
        "error: -:3: not a failure: `exception_type` is a whole number, expected a text or null\n"
        "  = help: a line is a JSON object with `exception_type` and `message`, or `traceback`, or `exit_code`\n"
    )


def test_a_message_of_a_megabyte_of_quotes_is_a_failure_like_others(repo: Any) -> None:
    hostile = {"exception_type": "ValueError", "message": "'\"\\" * 350_000, "code": "(" * 10**6}
    assert len(groups(repo, hostile, COLUMN, {**hostile, "traceback": "Traceback " * 10**5})) == 3


@pytest.mark.parametrize("junk", ["\udc80", "\u2028", "\x00", "é"])
def test_what_texts_cannot_hold_elsewhere_is_no_obstacle(repo: Any, junk: str) -> None:
    assert len(groups(repo, {"exception_type": junk, "message": junk, "code": junk, "traceback": junk})) == 1
