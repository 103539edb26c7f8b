"""Raises the failures of the bench, and the sets of three: `python -m benchmarks.causes.failures [--check]`.

Each snippet of `snippets/*.yaml` stands below its cause, so the labels are true by construction: two failures have one
cause when the same fix, or the same one sentence in a skill, would prevent both. None of them is a snippet of the
catalogue.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from .records import raise_all, read_records, write_records

if TYPE_CHECKING:
    from collections.abc import Iterator

_HERE = Path(__file__).parent
FAILURES = _HERE / "failures.jsonl"
TRIPLES = _HERE / "triples.jsonl"


def read_bench() -> Iterator[dict[str, Any]]:
    """Yield every snippet of the bench with its label: {"set", "cause", "remedy", "snippet"}."""
    for file in sorted((_HERE / "snippets").glob("*.yaml")):
        for entry in _read(file):
            for snippet in entry["snippets"]:
                yield {"set": file.stem, "cause": entry["cause"], "remedy": entry["remedy"], "snippet": snippet}


def read_triples() -> Iterator[dict[str, Any]]:
    """Yield every snippet of the sets of three: {"triple", "groups", "snippet"}; groups: how many they are to give."""
    for groups, triples in _read(_HERE / "triples.yaml").items():
        for name, snippets in triples.items():
            for snippet in snippets:
                yield {"triple": name, "groups": groups, "snippet": snippet}


def main() -> None:
    """Bring both files up to date, or compare; tell of every snippet that ends well."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="raise all anew, write nothing, tell what differs")
    options = parser.parse_args()
    troubles = [
        trouble
        for path, items in ((FAILURES, list(read_bench())), (TRIPLES, list(read_triples())))
        for trouble in _raise(path, items, check=options.check)
    ]
    if troubles:
        sys.exit("\n".join(troubles))


def _raise(path: Path, items: list[dict[str, Any]], *, check: bool) -> Iterator[str]:
    """Raise the snippets of items and keep what they raise with their labels; tell of troubles."""
    known = read_records(path)
    raised = raise_all([item["snippet"] for item in items], () if check else known)
    rows = [{**item, **found} for item in items if (found := raised[item["snippet"]])]
    print(f"{len(rows)} failures raised for {path.name}")
    yield from (f"ends well, and must not:\n{item['snippet']}" for item in items if not raised[item["snippet"]])
    if check:
        yield from (f"is not as recorded:\n{row['snippet']}" for row in rows if row not in known)
    else:
        write_records(path, rows)


def _read(file: Path) -> Any:
    return yaml.safe_load(file.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
