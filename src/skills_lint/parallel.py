"""Work shared among processes, where that pays."""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
from collections import deque
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from concurrent.futures import Executor
    from typing import TypeVar

    Item = TypeVar("Item")
    Result = TypeVar("Result")

_FEWEST = 32  # items for a process: to start one and to carry its results takes as long as some of them
_CHUNKS = 4  # at least, of so many items: a process takes one at a time

# What processes inherit, so that it is not carried to them.
_shared: tuple[Callable[[Any], Any], Sequence[Sequence[Any]]] | None = None


def spread(work: Callable[[Item], Result], items: Sequence[Item], fewest: int = _FEWEST) -> list[Result]:
    """Return what work gives for each item, in order; many items are shared among forked processes.

    `fewest` is how many items are worth a process: about 30 ms of work.
    Results are carried from process to process, so they must be plain data. What is forked inherits all that is
    imported and read already. Elsewhere than on Linux, and beside threads, which a fork may stop in the middle of
    something, all is done here.
    """
    global _shared
    processes = min(processors() if sys.platform == "linux" else 1, len(items) // fewest)
    if processes < 2 or not _may_fork():
        return [work(item) for item in items]
    chunk = fewest // _CHUNKS
    _shared = (work, [items[start : start + chunk] for start in range(0, len(items), chunk)])
    try:
        with process_pool(processes) as pool:
            found = in_order(pool, _work_on, range(len(_shared[1])))
            return [result for results in found for result in results]
    finally:
        _shared = None


def _work_on(chunk: int) -> list[Any]:
    assert _shared is not None  # noqa: S101  # inherited
    work, chunks = _shared
    return [work(item) for item in chunks[chunk]]


def in_order(pool: Executor, work: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
    """Yield what work, done by an executor, gives for each item, in order.

    Unlike `Executor.map` it cancels nothing when it ends early. What is cancelled makes CPython 3.11 stumble when it
    tidies up after processes that were killed (InvalidStateError in `terminate_broken`), and then it may never end.
    """
    waiting = deque(pool.submit(work, item) for item in items)
    while waiting:
        yield waiting.popleft().result()


@contextmanager
def process_pool(processes: int) -> Iterator[Executor]:
    """Give an executor of so many processes, forked where that is safe, else spawned.

    Whatever ends the work early ends them at once, and so does the end of this process.
    """
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import active_children, get_context

    earlier = set(active_children())
    with ProcessPoolExecutor(processes, get_context("fork" if _may_fork() else "spawn"), _begin) as pool:
        try:
            yield pool
        except BaseException:
            for process in set(active_children()) - earlier:  # else what they do now would be waited for
                process.kill()
            raise


def _begin() -> None:
    """Make a process ready: it leaves interrupts to the one that started it, and ends with that one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()  # it soon ends
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    from multiprocessing import parent_process

    if (parent := parent_process()) is not None:
        parent.join()
        os._exit(1)


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def _may_fork() -> bool:
    """Say whether a fork is safe: no threads, and none of the detector of secrets, which Python cannot see."""
    return sys.platform == "linux" and threading.active_count() == 1 and "kingfisher_sdk" not in sys.modules
