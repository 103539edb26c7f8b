"""A repo made for benchmarks: skills, buckets, and traces in which every bucket was met."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SESSIONS_A_FILE = 20
_FAILURES_A_SESSION = 5
_START, _DAY = 1_793_500_000.0, 86_400  # seconds; the sessions are those of a month
_BUCKET = """  - id: cause-{number:03}
    title: The store lost thing {number}
    match:
      - exception: Thing{number}Error
    cause: The store names `thing_{number}` otherwise than its documentation does.
    fix: Ask the store for its names before thing {number} is used.
    hint: Run `store.names({number})` first.
"""
_SKILL = """---
name: {name}
description: How to read and join the tables of {name}. Use when a question is about {name} or its history.
---

# {name}

Read this first. The tables of {name} are kept by day; each has a key, a date and what was measured.

## How to read a table

1. Ask for the names of the columns.
2. Select those that you need, and no others.
3. Compare dates as dates.

```python
from store import connect

frame = connect("{name}").select("key", "day", "value", limit={number})
print(frame.groupby("day").value.mean())
```

| column | type | meaning |
| --- | --- | --- |
| `key` | text | what was measured |
| `day` | date | when |
| `value` | number | what came out |

## When it is slow

Ask for fewer days. [The first skill](../topic-0000/SKILL.md) says more about limits.

## Common pitfalls (from traces)

{pitfalls}
"""


def make_repo(folder: Path, skills: int, buckets: int, failures: int) -> None:
    """Write a repo; every second bucket is covered by some skills, and a tenth of the sessions load one."""
    (folder / "docs").mkdir(parents=True)
    (folder / "docs" / "about.md").write_text("# About\n\nMade.\n", encoding="utf-8")
    (folder / "skills-lint.toml").write_text('publish = "examples"\nbuckets = "buckets.yaml"\n', encoding="utf-8")
    listed = "".join(_BUCKET.format(number=number) for number in range(buckets))
    (folder / "buckets.yaml").write_text(f"buckets:\n{listed}", encoding="utf-8")
    for number in range(skills):
        file = folder / "skills" / f"topic-{number:04}" / "SKILL.md"
        file.parent.mkdir(parents=True)
        file.write_text(skill_text(number, buckets), encoding="utf-8")
    _write_traces(folder / "traces", buckets, failures)


def skill_text(number: int, buckets: int) -> str:
    """Return a skill; every fourth has two pitfalls."""
    covered = {number % buckets // 2 * 2, number * 7 % buckets // 2 * 2} if number % 4 == 0 else ()
    pitfalls = [f"- `cause-{each:03}`: ask the store for the name of thing {each} first." for each in sorted(covered)]
    return _SKILL.format(name=f"topic-{number:04}", number=number, pitfalls="\n".join(pitfalls) or "None seen yet.")


def _write_traces(folder: Path, buckets: int, failures: int) -> None:
    folder.mkdir()
    chance = random.Random(1)
    sessions = max(1, failures // _FAILURES_A_SESSION)
    for first in range(0, sessions, _SESSIONS_A_FILE):
        here = range(first, min(sessions, first + _SESSIONS_A_FILE))
        lines = [json.dumps(event) + "\n" for number in here for event in _session(number, sessions, buckets, chance)]
        (folder / f"{first:06}.jsonl").write_text("".join(lines), encoding="utf-8")


def _session(number: int, sessions: int, buckets: int, chance: random.Random) -> Iterator[dict[str, Any]]:
    """Yield the events of a session: a request, and executions of which every second one fails."""
    tool, at = "tool_execute_python", _START + 30 * _DAY * number / sessions
    request = f"Report what changed in table {chance.randrange(100)} over the last {chance.randrange(2, 60)} days."
    told: list[dict[str, Any]] = [
        {"event": "message", "direction": "in", "message_type": "HumanMessage", "content": request}
    ]
    for _ in range(_FAILURES_A_SESSION):
        thing = min(int(chance.expovariate(4 / buckets)), buckets - 1)
        code = f"frame = load('table_{chance.randrange(100)}')\nprint(frame.thing_{thing})"
        wrong = f"Thing{thing}Error: thing_{thing} is not among {chance.randrange(2, 90)} columns"
        cure = code.replace(f".thing_{thing}", f"['thing {thing}']")
        for source, error in ((code, wrong), (f"{cure}  # names asked", None)):
            result = {"success": error is None, "output": "" if error else "3.5", "error": error and _traceback(error)}
            told.append({"event": "tool_start", "tool": tool, "args": {"code": source}})
            told.append({"event": "tool_end", "tool": tool, "result": result})
    for step, event in enumerate(told):
        yield {"ts": at + step, "run_id": f"run-{number:06}", **event}


def _traceback(error: str) -> str:
    return f'Traceback (most recent call last):\n  File "<stdin>", line 2, in <module>\n    print(frame)\n{error}'
