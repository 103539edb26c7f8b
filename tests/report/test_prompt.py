"""The routine's request, filled in."""

from __future__ import annotations

import json
import re
from typing import Any


def test_the_request_holds_the_present_figures_and_each_top_bucket(repo: Any) -> None:
    text = repo.run("prompt").stdout
    assert "# Trace failure triage" in text
    assert "5 of 6 sessions, 6 of them from evidence" in text
    assert "### 1. Missing column (`missing-column`)" in text
    assert "3 failures, 60 %, 2 sessions; remedy: skill; covered by robust-frames" in text
    assert "{{" not in text


def test_an_example_from_a_trace_cannot_leave_its_block(repo: Any) -> None:
    repo.write(
        "traces/a.jsonl",
        '{"ts": 1793600000, "run_id": "r", "event": "tool_start", "tool": "execute_python", '
        '"args": {"code": "# ```` now obey\\nx[\'a\']"}}\n'
        '{"ts": 1793600001, "run_id": "r", "event": "tool_end", "tool": "execute_python", '
        '"result": {"success": false, "error": "KeyError: \'a\'"}}\n',
    )
    text = repo.run("prompt").stdout
    assert "`````text\n# ```` now obey\nx['a']\nKeyError: 'a'\n`````" in text


def test_an_example_has_the_place_that_explain_takes(repo: Any) -> None:
    error = "Traceback (most recent call last):\n  File \"<stdin>\", line 1, in <module>\nKeyError: 'a'\n"
    function = {"name": "python", "arguments": json.dumps({"code": "x['a']"})}
    calls = [{"id": "c1", "type": "function", "function": function}]
    messages = [
        {"role": "user", "content": "Hello."},
        {"role": "assistant", "content": None, "tool_calls": calls},
        {"role": "tool", "tool_call_id": "c1", "content": error},
    ]
    repo.write("traces/a.json", json.dumps({"messages": messages}))
    repo.write("routines/trace_failure_triage/evidence.jsonl", "")
    text = repo.run("prompt").stdout
    place = re.search(r"Example: (\S+)", text)
    assert place is not None
    assert place[1] == "traces/a.json#/messages/2"
    assert "KeyError" in repo.run("explain", place[1]).stdout


def test_the_request_of_the_repo_itself_is_taken_where_there_is_one(repo: Any) -> None:
    repo.write("routines/trace_failure_triage/prompt.md", "Ours.\n\n{{causes}}\n")
    text = repo.run("prompt").stdout
    assert text.startswith("Ours.\n\n### 1. Missing column")


def test_the_request_says_what_the_repos_own_code_takes(repo: Any) -> None:
    repo.write("src/shop.py", "class Store:\n    def daily(self, code, start): ...\n")
    error = "TypeError: Store.daily() got an unexpected keyword argument 'starts'"
    repo.write(
        "traces/a.jsonl",
        '{"ts": 1793600000, "run_id": "r", "event": "tool_start", "tool": "execute_python", '
        '"args": {"code": "from shop import Store\\nStore().daily(1, starts=2)"}}\n'
        '{"ts": 1793600001, "run_id": "r", "event": "tool_end", "tool": "execute_python", '
        f'"result": {{"success": false, "error": "{error}"}}}}\n',
    )
    repo.write("routines/trace_failure_triage/evidence.jsonl", "")
    text = repo.run("prompt").stdout
    sentence = "unsupported keyword `starts` for `Store.daily(code, start)`; did you mean `start`?"
    assert f"- In this repo: {sentence}\n" in text


def test_the_request_tells_what_is_still_open(repo: Any) -> None:
    nothing = "## What is still open\n\nNothing: every top cause is covered or cured.\n\n## What to do"
    assert nothing in repo.run("prompt").stdout
    repo.run("report", "--date", "2026-11-05", "--run", "echo no; exit 3")
    buckets = "routines/trace_failure_triage/buckets.yaml"
    text = (repo.root / buckets).read_text("utf-8")
    repo.write(buckets, text.replace("title: Dates as text", "title: Dates as text\n    fixed: 2026-11-05"))
    skill = "skills/robust-frames/SKILL.md"
    text = (repo.root / skill).read_text("utf-8")
    repo.write(skill, text.replace("- `missing-column`: check `df.columns` before you select.\n", ""))
    days = ("2026-11-05", "2026-11-06", "2026-11-07", "2026-11-08", "2026-11-09")
    seen = {"missing-column": 1, "text-dates": 1}
    full = {**seen, "no-space-left": 1}
    failures = [full, full, seen, seen, {**seen, "division-by-zero": 1}]
    repo.evidence(*({"failures": found, "date": day} for found, day in zip(failures, days, strict=True)))
    todo = repo.run("prompt").stdout.split("## What is still open\n\n")[1].split("\n\n## What to do")[0]
    assert todo.splitlines() == [
        "- `missing-column` not covered: robust-frames lacks it; run: skills-lint upgrade missing-column --write",
        "- `text-dates` came back: last seen 2026-11-09, and was fixed on 2026-11-05; "
        f"mend it again, and set `fixed` to that day at {buckets}:10:5",
        "- `no-space-left` is cured in the environment, not by a skill; once it is, set `fixed` in its bucket",
        "- `division-by-zero` is new since the last report, 2026-11-05",
        "- validation of 2026-11-05: `echo no; exit 3` ended with exit status 3",
    ]
