"""The processes that read traces side by side."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from ..parallel import process_pool, processors
from ..place import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Executor

_SHARE: Final = 8_000_000  # bytes for a process; less is read sooner than it starts


@contextmanager
def reading_pool(size: int, jobs: int | None) -> Iterator[Executor | None]:
    """Give an executor of processes for traces of so many bytes; None where this process alone is as fast.

    `jobs` is how many processes there are at most; by default one for each processor. Raises InputError if one of
    them is killed.
    """
    processes = min(processors() if jobs is None else jobs, 1 + size // _SHARE)
    if processes < 2:
        yield None
        return
    from concurrent.futures.process import BrokenProcessPool

    try:
        with process_pool(processes) as pool:
            yield pool
    except BrokenProcessPool as error:
        way_out = "read with fewer of them (`--jobs 1`), or name fewer traces"
        message = "a process that read traces was killed, perhaps because memory ran out"
        raise InputError(message, way_out=way_out) from error
