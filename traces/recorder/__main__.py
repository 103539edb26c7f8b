"""Records all sessions anew: `make traces`, or `python -m recorder` with the folder `traces` on the path."""

from __future__ import annotations

import json
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from .formats.writers import WRITERS
from .record import as_lines, record
from .sandbox import prepare, versions
from .sessions import SESSIONS
from .story import notes
from .tally import figures, with_figures

TRACES = Path(__file__).resolve().parent.parent
REPO = TRACES.parent
KNOWN = REPO / "tests" / "data" / "recorded.json"  # not under `traces`: it is no trace
NOTES = REPO / "tests" / "data" / "state" / "skills-lint" / "hints.jsonl"  # as `skills-lint hint --holdout` leaves it


def main() -> None:
    """Record every session, then write what is known of them and the figures of the README."""
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(2) as pool:
        prepared = Path(folder).resolve() / "workspace"
        prepare(prepared, REPO / "skills")
        recorded = list(pool.map(lambda session: record(session, prepared), SESSIONS))
    for format_ in WRITERS:  # only now that every session has been played as its script says
        shutil.rmtree(TRACES / format_, ignore_errors=True)
        (TRACES / format_).mkdir()
    told: dict[str, Any] = {}
    for session, (records, known) in sorted(zip(SESSIONS, recorded, strict=True), key=lambda pair: pair[0].file):
        (TRACES / session.file).write_text(as_lines(records), encoding="utf-8")
        told[session.file] = known
    KNOWN.write_text(json.dumps({"versions": versions(), "sessions": told}, indent=1) + "\n", encoding="utf-8")
    NOTES.parent.mkdir(parents=True, exist_ok=True)
    NOTES.write_text(notes(SESSIONS), encoding="utf-8")
    readme = TRACES / "README.md"
    page = with_figures(readme.read_text(encoding="utf-8"), figures(told, versions()))
    readme.write_text(page, encoding="utf-8")
    print(f"{len(told)} sessions recorded in {TRACES.name}/")


if __name__ == "__main__":
    main()
