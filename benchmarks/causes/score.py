"""Prints how well failures are grouped: `python -m benchmarks.causes.score [FAILURES.jsonl]`.

Each line of the file is a failure as `skills-lint group` reads it, with its `cause`, `remedy` and `set`; without a file
those of the bench are taken. Failures of one exception, message and code count once.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .bcubed import bcubed
from .failures import FAILURES
from .raised import fault_row
from .records import read_records

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_VARIABLE = re.compile(r"0x[0-9a-f]+|\d+|'[^']*'|\"[^\"]*\"|<[^>]*>|/\S+")
_FIGURES = ("precision", "recall", "F1")
_WORST = 10


def main() -> None:
    """Print the table, and what is joined or split wrongly."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("file", nargs="?", type=Path, default=FAILURES)
    parser.add_argument("--brief", action="store_true", help="the tables alone")
    options = parser.parse_args()
    rows = distinct(read_records(options.file))
    mine = groups_of(rows)
    bare = groups_of(rows, whole=False)
    print(table(rows, {**baselines(rows), "skills-lint, without code": bare, "skills-lint": mine}))
    print()
    print(by_set(rows, mine))
    if not options.brief:
        print()
        print("\n".join(mistakes(rows, mine)))


def distinct(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the failures that differ in exception, message, code or label, in their order."""
    keys = ("exception_type", "message", "snippet", "cause")
    return list({tuple(row[key] for key in keys): row for row in rows}.values())


def groups_of(rows: Sequence[dict[str, Any]], *, whole: bool = True) -> list[str]:
    """Return the group that `skills-lint group` gives each failure, where no repo declares buckets of its own.

    Not whole: it is told type and message alone, and neither code nor traceback.
    """
    feed = "".join(json.dumps(fault_row(row, whole=whole)) + "\n" for row in rows)
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "skills_lint", "group"]
        done = subprocess.run(command, input=feed, cwd=folder, capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr)
    return [json.loads(line)["group"] for line in done.stdout.splitlines()]


def baselines(rows: Sequence[dict[str, Any]]) -> dict[str, list[str]]:
    """Return what simpler groupings give: by exception type, and by type and masked message."""
    types = [(row["exception_type"] or f"exit:{row['exit_code']}").rpartition(".")[2] for row in rows]
    masked = [_VARIABLE.sub("*", row["message"] or "") for row in rows]
    return {
        "exception type": types,
        "type and masked message": [f"{type_}: {text}" for type_, text in zip(types, masked, strict=True)],
    }


def table(rows: Sequence[dict[str, Any]], groupings: dict[str, list[str]]) -> str:
    """Return the figures of all groupings over all failures."""
    causes = [row["cause"] for row in rows]
    lines = [("grouping", "groups", *_FIGURES, "join remedies")]
    for name, groups in groupings.items():
        mixed = sum(1 for _ in mixed_remedies(rows, groups))
        lines.append((name, str(len(set(groups))), *_figures(causes, groups), str(mixed)))
    return f"{len(rows)} failures of {len(set(causes))} causes\n\n{_aligned(lines)}"


def by_set(rows: Sequence[dict[str, Any]], groups: Sequence[str]) -> str:
    """Return the figures of one grouping, set by set."""
    lines = [("set", "failures", "causes", *_FIGURES)]
    pairs = list(zip((row["cause"] for row in rows), groups, strict=True))
    for name in sorted({row["set"] for row in rows}):
        causes, given = zip(*(pair for row, pair in zip(rows, pairs, strict=True) if row["set"] == name), strict=True)
        lines.append((name, str(len(causes)), str(len(set(causes))), *_figures(causes, given)))
    return _aligned(lines)


def _figures(causes: Sequence[str], groups: Sequence[str]) -> tuple[str, str, str]:
    score = bcubed(causes, groups)
    return f"{score.precision:.3f}", f"{score.recall:.3f}", f"{score.f1:.3f}"


def _aligned(lines: Sequence[tuple[str, ...]]) -> str:
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(
            [line[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True))]
        )
        for line in lines
    )


def mixed_remedies(rows: Sequence[dict[str, Any]], groups: Sequence[str]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield the groups that hold failures of different remedy."""
    for group, members in sorted(_members(rows, groups).items()):
        if len({row["remedy"] for row in members}) > 1:
            yield group, members


def mistakes(rows: Sequence[dict[str, Any]], groups: Sequence[str]) -> Iterator[str]:
    """Tell, in lines, of every group that joins remedies, and of the worst joins and splits."""
    yield "Groups that join causes of different remedy:"
    for group, members in mixed_remedies(rows, groups):
        yield from _told(f"{group}", members, "cause")
    yield "Worst joins:"
    joined = {group: rows for group, rows in _members(rows, groups).items() if len({r["cause"] for r in rows}) > 1}
    for group, members in sorted(joined.items(), key=lambda item: -_impurity(item[1]))[:_WORST]:
        yield from _told(group, members, "cause")
    yield "Worst splits:"
    grouped = [{**row, "group": group} for row, group in zip(rows, groups, strict=True)]
    causes = _members(grouped, [row["cause"] for row in rows])
    for cause, members in sorted(causes.items(), key=lambda item: -len({row["group"] for row in item[1]}))[:_WORST]:
        yield from _told(cause, members, "group")


def _members(rows: Sequence[dict[str, Any]], keys: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row, key in zip(rows, keys, strict=True):
        found[key].append(row)
    return found


def _impurity(members: Sequence[dict[str, Any]]) -> float:
    causes = [row["cause"] for row in members]
    return len(causes) * (1 - bcubed(causes, ["one"] * len(causes)).precision)


def _told(name: str, members: Sequence[dict[str, Any]], by: str) -> Iterator[str]:
    yield f"  {name}"
    for key, rows in _members(members, [row[by] for row in members]).items():
        said = f"{rows[0]['exception_type']}: {(rows[0]['message'] or '').partition(chr(10))[0]}"
        yield f"    {len(rows)} {key}  {said[:100]}"


if __name__ == "__main__":
    main()
