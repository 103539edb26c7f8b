"""One snippet run as an agent would run it: in a process and a folder of its own, and always the same way."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
VENV = ROOT / ".venv-causes"
COMMAND = "$ "  # a snippet that begins so is a line for the shell
_WATCH = Path(__file__).parent / "watch"
_LIMIT = 60  # seconds
_SETTINGS = {
    "PYTHONHASHSEED": "0", "MPLBACKEND": "Agg", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "TZ": "UTC",
    "LANG": "C.UTF-8", "NO_COLOR": "1", "COLUMNS": "80", "PYTHONDONTWRITEBYTECODE": "1",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Run:
    """How a snippet ended."""

    text: str  # what it printed: stdout, then stderr
    exit_code: int  # as a shell tells it: 137 for one that was killed, 124 for one that took too long
    bases: tuple[str, ...]  # the classes of the error that ended it, its own first
    folder: str  # where it ran; gone by now


def run_snippet(snippet: str) -> Run:
    """Return how a snippet ended; it runs without the secrets and settings of the caller, for a minute at most."""
    with tempfile.TemporaryDirectory(prefix="causes-") as name:
        folder = Path(name).resolve()
        work, note = folder / "work", folder / "note.json"
        work.mkdir()
        environment = {
            **_SETTINGS, "PATH": f"{VENV / 'bin'}:/usr/local/bin:/usr/bin:/bin", "HOME": str(work), "TMPDIR": str(work),
        }  # fmt: skip
        if snippet.startswith(COMMAND):
            arguments, text = ["bash", "-c", snippet.removeprefix(COMMAND)], ""
        else:
            arguments, text = [str(VENV / "bin" / "python"), "-"], snippet
            environment |= {"PYTHONPATH": str(_WATCH), "RAISED_NOTE": str(note)}
        printed, exit_code = _run(arguments, text, work, environment)
        noted = note.read_text(encoding="utf-8") if note.exists() else ""
        bases = tuple(json.loads(noted)) if noted else ()
        return Run(printed, exit_code, bases, str(work))


def _run(arguments: list[str], text: str, folder: Path, environment: dict[str, str]) -> tuple[str, int]:
    process = subprocess.Popen(
        arguments, cwd=folder, env=environment, start_new_session=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    late = False
    try:
        out, err = process.communicate(text.encode(), timeout=_LIMIT)
    except subprocess.TimeoutExpired:
        late = True
        os.killpg(process.pid, signal.SIGKILL)
        out, err = process.communicate()
    code = 124 if late else process.returncode
    return (out + err).decode("utf-8", "replace"), code if code >= 0 else 128 - code
