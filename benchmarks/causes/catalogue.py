"""Raises the errors that prove the catalogue again: `python -m benchmarks.causes.catalogue [--check] [FIELD…]`.

A field is a file of `src/skills_lint/buckets/catalogue/snippets/`, without its ending. What has not changed since,
neither the snippet nor the versions, is taken from `raised.jsonl`, unless `--check` asks for all to be raised and
compared.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from skills_lint.buckets.catalogue import FOLDER, RAISED, load_catalogue
from skills_lint.buckets.match import Matcher
from skills_lint.errors.reading import Reading
from skills_lint.triage.rows import read_row

from .raised import fault_row
from .records import raise_all, read_records, sole_writer, write_records

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from skills_lint.buckets.bucket import MatchRule

SNIPPETS = FOLDER / "snippets"


@dataclass(frozen=True, slots=True)
class Example:
    """A snippet of the evidence of an entry, and the entry that it must fall into."""

    entry: str
    kind: str  # "raised", or "near" for one that must fall elsewhere
    n: int
    falls: str | None
    snippet: str
    facts: Mapping[str, str]  # what a repo's own API would say of it: {"callee-is": "repo"}

    @property
    def name(self) -> str:
        """Where it stands, for people."""
        return f"{self.entry} {self.kind} {self.n}"


def read_examples(file: Path) -> list[Example]:
    """Return the examples of a snippet file."""
    found = []
    for entry, evidence in (yaml.safe_load(file.read_text(encoding="utf-8")) or {}).items():
        if unknown := evidence.keys() - {"raised", "near"}:
            sys.exit(f"{file}: {entry}: unknown key {', '.join(unknown)}; expected `raised` and `near`")
        for kind, items in sorted(evidence.items()):
            for n, item in enumerate(items, 1):
                given: dict[str, Any] = {"snippet": item} if isinstance(item, str) else item
                falls = entry if kind == "raised" else given["falls"]
                found.append(Example(entry, kind, n, falls, given["snippet"], given.get("facts", {})))
    return found


def read_fault(record: dict[str, Any], *, whole: bool = True) -> Reading:
    """Return a recorded error, read; not whole: by its type and message alone."""
    row = json.dumps(fault_row(record, whole=whole))
    return Reading(read_row(row), record.get("facts", {}))


def misfit(record: dict[str, Any], matcher: Matcher) -> str | None:
    """Return in words where a recorded error falls, if that is not where it should.

    It must fall there by all that is known of it, and by its type and message alone, unless the rule that knows it asks
    for more: for the code, for the library that raised it, or for a fact that only these tell.
    """
    reading = read_fault(record)
    match = matcher.first(reading)
    found = match.bucket.id if match is not None else None
    if found != record["falls"]:
        return f"falls into {found}, not into {record['falls']}"
    if match is None or _asks_for_more(match.rule, reading):
        return None
    bare = matcher.first(read_fault(record, whole=False))
    if bare is None or bare.bucket.id != found:
        return f"falls into {bare and bare.bucket.id} by type and message alone, not into {found}"
    return None


def _asks_for_more(rule: MatchRule, reading: Reading) -> bool:
    parts = reading.said.parts if reading.said is not None else {}
    return rule.code is not None or rule.library is not None or any(name not in parts for name in rule.where)


def main() -> None:
    """Bring the records up to date, or compare; tell of every snippet that does not do what it should."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="raise all anew, write nothing, tell what differs")
    parser.add_argument("fields", metavar="FIELD", nargs="*", help="only these; all where none is named")
    options = parser.parse_args()
    files = [SNIPPETS / f"{field}.yaml" for field in options.fields] or sorted(SNIPPETS.glob("*.yaml"))
    examples = [example for file in files for example in read_examples(file)]
    known = read_records(RAISED)
    raised = raise_all([example.snippet for example in examples], () if options.check else known)
    records = [{**_kept_of(example), **found} for example in examples if (found := raised[example.snippet])]
    troubles = [f"{e.name}: ends well, and must not:\n{e.snippet}" for e in examples if raised[e.snippet] is None]
    if options.check:
        before = {(record["entry"], record["kind"], record["n"]): record for record in known}
        troubles += [
            f"{e['entry']} {e['kind']} {e['n']}: is not as recorded" for e in records if before.get(_key(e)) != e
        ]
    else:
        _write(records, {example.entry for example in examples}, every=not options.fields)
    troubles += _misfits(records)
    print(f"{len(records)} errors raised for {len({e.entry for e in examples})} entries")
    if troubles:
        sys.exit("\n".join(troubles))


def _kept_of(example: Example) -> dict[str, Any]:
    """Return what a record keeps of an example."""
    kept = {"entry": example.entry, "kind": example.kind, "n": example.n, "falls": example.falls}
    return {**kept, "facts": dict(example.facts)} if example.facts else kept


def _key(record: dict[str, Any]) -> tuple[str, str, int]:
    return record["entry"], record["kind"], record["n"]


def _write(records: list[dict[str, Any]], entries: set[str], *, every: bool) -> None:
    with sole_writer(RAISED):
        kept = [] if every else [record for record in read_records(RAISED) if record["entry"] not in entries]
        write_records(RAISED, sorted([*kept, *records], key=_key))


def _misfits(records: Iterable[dict[str, Any]]) -> Iterable[str]:
    matcher = Matcher(load_catalogue())
    for record in records:
        if (trouble := misfit(record, matcher)) is not None:
            said = f"{record['exception_type']}: {(record['message'] or '').partition(chr(10))[0][:200]}"
            yield f"{record['entry']} {record['kind']} {record['n']}: {trouble}\n    {said}"


if __name__ == "__main__":
    main()
