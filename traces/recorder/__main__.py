"""Records all sessions anew: `make traces`, or `python -m recorder` with the folder `traces` on the path."""

from __future__ import annotations

import json
import platform
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .formats import claude_code, events, langchain_messages, openai_chat
from .play import play
from .sandbox import Sandbox, prepare
from .tally import figures, tally, with_figures
from .weeks import first, second, third

if TYPE_CHECKING:
    from .formats import Record
    from .script import Session

TRACES = Path(__file__).resolve().parent.parent
REPO = TRACES.parent
KNOWN = REPO / "tests" / "data" / "recorded.json"  # not under `traces`: it is no trace
SESSIONS = (*first.SESSIONS, *second.SESSIONS, *third.SESSIONS)
FORMATS = {
    "events": events.records,
    "langchain-messages": langchain_messages.records,
    "openai-chat": openai_chat.records,
    "claude-code": claude_code.records,
}
LIBRARIES = ("duckdb", "numpy", "pandas", "pyarrow")


def record(session: Session, prepared: Path) -> tuple[list[Record], dict[str, Any]]:
    """Play a session in a fresh copy of the workspace; return its records and what is known of them."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder).resolve() / "workspace"
        shutil.copytree(prepared, workspace, symlinks=True)
        recording = play(session, Sandbox(workspace))
    records = list(FORMATS[session.format](recording))
    return records, tally(recording, records)


def write(file: Path, records: list[Record]) -> None:
    """Write one JSON object a line."""
    file.parent.mkdir(exist_ok=True)
    lines = [json.dumps(fields, ensure_ascii=False) for fields, _ in records]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Record every session, then write what is known and the figures of the README."""
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(2) as pool:
        prepared = Path(folder).resolve() / "workspace"
        prepare(prepared, REPO / "skills")
        recorded = list(pool.map(lambda session: record(session, prepared), SESSIONS))
    for format_ in FORMATS:
        shutil.rmtree(TRACES / format_, ignore_errors=True)
    told: dict[str, Any] = {}
    for session, (records, known) in sorted(zip(SESSIONS, recorded, strict=True), key=lambda pair: pair[0].file):
        write(TRACES / session.file, records)
        told[session.file] = known
    versions = {"python": platform.python_version(), **{name: version(name) for name in LIBRARIES}}
    KNOWN.write_text(json.dumps({"versions": versions, "sessions": told}, indent=1) + "\n", encoding="utf-8")
    readme = TRACES / "README.md"
    readme.write_text(with_figures(readme.read_text("utf-8"), figures(told)), encoding="utf-8")
    print(f"{len(told)} sessions recorded in {TRACES.name}/, with {versions}")


if __name__ == "__main__":
    main()
