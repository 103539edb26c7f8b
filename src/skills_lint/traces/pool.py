"""The processes that read traces side by side."""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from ..place import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Executor

_SHARE: Final = 8_000_000  # bytes for a process; less is read sooner than it starts


@contextmanager
def reading_pool(size: int, jobs: int | None) -> Iterator[Executor | None]:
    """Give an executor of processes for traces of so many bytes; None where this process alone is as fast.

    `jobs` is how many processes there are at most; by default one for each processor. Whatever ends the work early
    ends them at once. Raises InputError if one of them is killed.
    """
    processes = min(_processors() if jobs is None else jobs, 1 + size // _SHARE)
    if processes < 2:
        yield None
        return
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import active_children, get_context

    # A fork inherits what is imported; beside threads, which it may stop in the middle of something, it is not safe.
    forks = sys.platform == "linux" and threading.active_count() == 1
    earlier = set(active_children())
    with ProcessPoolExecutor(processes, get_context("fork" if forks else "spawn"), _begin) as pool:
        try:
            yield pool
        except BrokenProcessPool as error:
            way_out = "read with fewer of them (`--jobs 1`), or name fewer traces"
            message = "a process that read traces was killed, perhaps because memory ran out"
            raise InputError(message, way_out=way_out) from error
        except BaseException:
            for process in set(active_children()) - earlier:  # else what they read now would be waited for
                process.kill()
            raise


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def _begin() -> None:
    """Make a process ready: it leaves interrupts to the one that started it, and ends with that one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()  # what is read holds no cycles
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    from multiprocessing import parent_process

    if (parent := parent_process()) is not None:
        parent.join()
        os._exit(1)
