"""The processes that read traces side by side."""

from __future__ import annotations

import gc
import os
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Executor

_ALONE: Final = 8_000_000  # bytes; less is read sooner than further processes start


@contextmanager
def reading_pool(size: int, jobs: int | None) -> Iterator[Executor | None]:
    """Give an executor of processes for traces of so many bytes; None where this process alone is as fast.

    `jobs` is how many processes there are; by default one for each processor.
    """
    jobs = (
        jobs if jobs is not None else len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    )
    if jobs < 2 or size < _ALONE:
        yield None
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # A fork inherits what is imported; beside threads, which it may stop in the middle of something, it is not safe.
    forks = sys.platform == "linux" and threading.active_count() == 1
    with ProcessPoolExecutor(
        jobs, mp_context=get_context("fork" if forks else "spawn"), initializer=gc.disable
    ) as pool:
        yield pool
