"""The command that shows that all is well, really run."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from ..errors.lines import output_lines
from .figures import Validation

if TYPE_CHECKING:
    from pathlib import Path

    from ..redaction import Redactor


def run_validation(command: str, folder: Path, redactor: Redactor) -> Validation:
    """Return how `command` ended when the shell ran it in `folder`, with the last line that it printed, redacted."""
    done = subprocess.run(  # noqa: S602 - it is the user's own command line
        command, shell=True, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    lines = [line.strip() for line in output_lines(done.stdout.decode("utf-8", "backslashreplace")) if line.strip()]
    return Validation(redactor.text(command), done.returncode, redactor.text(lines[-1]) if lines else "")
