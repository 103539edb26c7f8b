"""Sessions, recorded: played in a fresh copy of the workspace and written down in the session's format."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .formats.writers import WRITERS
from .play import play
from .sandbox import Sandbox
from .story import skill_on
from .tally import tally

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .formats import Record
    from .script import Session


def record(session: Session, prepared: Path) -> tuple[list[Record], dict[str, Any]]:
    """Return the records of a session that is played in a copy of `prepared`, and what is known of them."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder).resolve() / "workspace"
        shutil.copytree(prepared, workspace, symlinks=True)
        for skill in sorted((workspace / "skills").glob("*/SKILL.md")):
            text = skill_on(skill.read_text(encoding="utf-8"), session.start.date())
            skill.write_text(text, encoding="utf-8")
        recording = play(session, Sandbox(workspace))
    records = list(WRITERS[session.format](recording))
    return records, tally(recording, records)


def as_lines(records: Iterable[Record]) -> str:
    """Return the text of a trace: one JSON object a line."""
    return "".join(json.dumps(fields, ensure_ascii=False) + "\n" for fields, _ in records)
