"""`skills-lint promote`: what is printed is a bucket that catches what it says it catches."""

from __future__ import annotations

import json
from typing import Any

import pytest

from skills_lint.errors.earlier import earlier_keys
from skills_lint.errors.fault import Fault

BUCKETS = "routines/trace_failure_triage/buckets.yaml"


def run_of(session: str, *errors: str, code: str = "go()") -> str:
    rows: list[dict[str, Any]] = []
    for number, error in enumerate(errors):
        function = {"name": "python", "arguments": json.dumps({"code": code})}
        content = json.dumps({"success": False} if error == "?" else {"error": error})
        rows += [
            {"role": "assistant", "content": None, "tool_calls": [{"id": f"c{number}", "function": function}]},
            {"role": "tool", "tool_call_id": f"c{number}", "content": content},
        ]
    return "".join(f"{json.dumps({'session_id': session, **row})}\n" for row in rows)


def groups(repo: Any) -> dict[str, dict[str, Any]]:
    triage = json.loads(repo.run("triage", "--output-format", "json").stdout)
    return {bucket["id"]: bucket for bucket in triage["buckets"]}


def group_of(repo: Any, words: str) -> str:
    (found,) = (id_ for id_, bucket in groups(repo).items() if words in (bucket["signature"] or ""))
    return found


def declare(repo: Any, entry: str) -> None:
    file = repo.root / BUCKETS
    file.write_text(file.read_text(encoding="utf-8") + entry, encoding="utf-8")


def test_a_promoted_group_is_a_bucket_with_the_same_failures(repo: Any) -> None:
    repo.write(
        "traces/a.jsonl", run_of("a", *(f"acme.OddError: odd token {n} of 'a'" for n in range(3)), "KeyError: 'a'")
    )
    before = groups(repo)
    group = group_of(repo, "odd token")
    done = repo.run("promote", group)
    assert "the rule catches 3 of 3 failures of the group, and 0 others\n" in done.stderr
    declare(repo, done.stdout)
    after = groups(repo)
    assert set(after) - set(before) == {"odd-error-odd-token-of"}
    assert after["odd-error-odd-token-of"]["count"] == before[group]["count"] == 3


def test_a_group_that_nothing_else_tells_from_another_is_pinned(repo: Any) -> None:
    repo.write("traces/a.jsonl", run_of("a", "acme.OddError: we cannot go on", "acme.OddError: so we cannot go on, no"))
    group = group_of(repo, "OddError: we cannot")
    done = repo.run("promote", group)
    assert "1 of 1 failure of the group, and 0 others" in done.stderr
    assert "it pins the signature, since no words, library or fact tell these failures from all others" in done.stderr
    assert f"signature: {group}" in done.stdout.replace("'", "")


def test_what_the_rule_would_catch_of_other_groups_is_said_with_a_place(repo: Any) -> None:
    words = "title: T, cause: C, fix: F, hint: H"
    declare(repo, f"  - {{id: special, match: [{{code: special}}], {words}}}\n")
    repo.write("traces/a.jsonl", run_of("a", "acme.OddError: odd token 1", "acme.OddError: odd token 2"))
    repo.write("traces/b.jsonl", run_of("b", "acme.OddError: odd token 3", code="special()"))
    (group,) = (id_ for id_, bucket in groups(repo).items() if bucket["signature"] and id_ != "special")
    done = repo.run("promote", group)
    assert "the rule catches 2 of 2 failures of the group, and 1 other\n" in done.stderr
    assert "  1 of `special`, as at traces/b.jsonl:2\n" in done.stderr
    assert "message: odd token" in done.stdout


def test_a_group_without_an_exception_gets_a_rule_on_its_exit_status(repo: Any) -> None:
    repo.write("traces/a.jsonl", run_of("a", "?"))
    done = repo.run("promote", group_of(repo, "exit:"))
    assert "form: exit" in done.stdout
    assert "an exit status alone names no cause (exit:?): narrow the rule by `code`" in done.stderr
    declare(repo, done.stdout)
    assert groups(repo)["exit"]["count"] == 1


def test_an_entry_of_the_catalogue_is_printed_ready_to_be_overruled(repo: Any) -> None:
    repo.write("traces/a.jsonl", run_of("a", "AttributeError: 'NoneType' object has no attribute 'group'"))
    bucket = groups(repo)["none-where-a-value-is-needed"]
    done = repo.run("promote", bucket["id"])
    assert "is a bucket of the built-in catalogue: 1 failure in the traces" in done.stderr
    assert "- bucket: none-where-a-value-is-needed" in done.stdout
    declare(repo, done.stdout.replace("- bucket: none-", "- exception: NeverRaised\n    - bucket: none-"))
    own = groups(repo)[bucket["id"]]
    assert (own["source"], own["count"]) == ("repo", 1)
    assert {key: own[key] for key in ("cause", "fix", "hint")} == {key: bucket[key] for key in ("cause", "fix", "hint")}
    assert "is a bucket already" in repo.run("promote", bucket["id"], status=2).stderr


def test_a_hash_of_an_earlier_pipeline_is_promoted_as_the_group_that_it_is_today(repo: Any) -> None:
    message = "Value `17` is odd"
    repo.write("traces/a.jsonl", run_of("a", f"acme.OddError: {message}"))
    (old,) = earlier_keys(Fault("OddError", "acme.OddError", message, None, None))
    today = group_of(repo, "OddError")
    done = repo.run("promote", old)
    assert done.stdout == repo.run("promote", today).stdout
    if old != today:
        assert f"`{old}` is of an earlier pipeline; most of its failures are in `{today}` today" in done.stderr


@pytest.mark.parametrize("unknown", ["0123456789ab", "no-such-bucket"])
def test_what_is_no_group_is_told(repo: Any, unknown: str) -> None:
    assert f"no discovered group `{unknown}` in the traces" in repo.run("promote", unknown, status=2).stderr


def test_where_the_traces_are_not_it_is_said_that_a_draft_needs_them(repo: Any) -> None:
    repo.write("traces/a.jsonl", run_of("a", "acme.OddError: odd token 1"))
    group = group_of(repo, "odd token")
    repo.run("triage", "--record")
    (repo.root / "traces/a.jsonl").unlink()
    done = repo.run("promote", group, status=2)
    assert f"there are no traces here of `{group}`" in done.stderr
    assert "run it where the traces are" in done.stderr
