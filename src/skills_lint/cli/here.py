"""The project that a command works on."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ..project import Project, open_project
from .progress import progress_line

if TYPE_CHECKING:
    from .options import Options


def open_here(options: Options, traces: tuple[Path, ...] = ()) -> Project:
    """Return the project of the working directory, to be read as the options say; `traces` as in `open_project`."""
    watch = progress_line if options.verbosity >= 0 and sys.stderr.isatty() else None
    return open_project(
        Path.cwd(), options.config, traces=traces, jobs=options.jobs, watch=watch, cached=not options.no_cache
    )
