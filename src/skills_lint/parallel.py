"""Work shared among processes, where that pays."""

from __future__ import annotations

import gc
import os
import sys
import threading
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeVar

    Item = TypeVar("Item")
    Result = TypeVar("Result")

_FEWEST = 32  # items for a process: to start one and to carry its results takes as long as some of them
_CHUNK = 8  # items that a process takes at a time

_shared: tuple[Callable[[Any], Any], Sequence[Any]] | None = None  # what processes inherit, so that it is not carried


def spread(work: Callable[[Item], Result], items: Sequence[Item]) -> list[Result]:
    """Return what work gives for each item, in order; many items are shared among forked processes.

    Results are carried from process to process, so they must be plain data. What is forked inherits all that is
    imported and read already. Elsewhere than on Linux, and beside threads, which a fork may stop in the middle of
    something, all is done here.
    """
    global _shared
    processes = min(_processors(), len(items) // _FEWEST)
    if processes < 2 or not _may_fork():
        return [work(item) for item in items]
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    _shared = (work, items)
    try:  # a process that soon ends need not collect garbage
        with ProcessPoolExecutor(processes, mp_context=get_context("fork"), initializer=gc.disable) as pool:
            return list(pool.map(_work_at, range(len(items)), chunksize=_CHUNK))
    finally:
        _shared = None


def _work_at(index: int) -> Any:
    assert _shared is not None  # noqa: S101  # inherited
    work, items = _shared
    return work(items[index])


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1


def _may_fork() -> bool:
    """Say whether a fork is safe: no threads, and none of the detector of secrets, which Python cannot see."""
    return sys.platform == "linux" and threading.active_count() == 1 and "kingfisher_sdk" not in sys.modules
