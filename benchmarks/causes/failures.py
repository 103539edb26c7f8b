"""Raises the failures of the bench: `python -m benchmarks.causes.failures [--check]`.

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

FOLDER = Path(__file__).parent / "snippets"
FAILURES = Path(__file__).parent / "failures.jsonl"


def read_bench() -> Iterator[dict[str, Any]]:
    """Yield every snippet of the bench with its label: {"set", "cause", "remedy", "snippet"}."""
    for file in sorted(FOLDER.glob("*.yaml")):
        for entry in yaml.safe_load(file.read_text(encoding="utf-8")):
            for snippet in entry["snippets"]:
                label = {key: entry[key] for key in ("cause", "remedy")}
                yield {"set": file.stem, **label, "snippet": snippet}


def main() -> None:
    """Bring the failures up to date, or compare; tell of every snippet that ends well."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="raise all anew, write nothing, tell what differs")
    options = parser.parse_args()
    bench, known = list(read_bench()), read_records(FAILURES)
    raised = raise_all([item["snippet"] for item in bench], () if options.check else known)
    rows = [_row(item, found) for item in bench if (found := raised[item["snippet"]])]
    troubles = [f"{e['cause']}: ends well, and must not:\n{e['snippet']}" for e in bench if not raised[e["snippet"]]]
    if options.check:
        troubles += [f"{row['cause']}: is not as recorded:\n{row['snippet']}" for row in rows if row not in known]
    else:
        write_records(FAILURES, rows)
    print(f"{len(rows)} failures of {len({row['cause'] for row in rows})} causes raised")
    if troubles:
        sys.exit("\n".join(troubles))


def _row(item: dict[str, Any], found: dict[str, Any]) -> dict[str, Any]:
    return {**{key: item[key] for key in ("set", "cause", "remedy")}, **found}


if __name__ == "__main__":
    main()
