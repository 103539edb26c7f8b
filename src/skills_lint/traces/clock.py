"""Times as traces write them, read into one form."""

from __future__ import annotations

import datetime
import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

_UNITS = ((1e17, 1e9), (1e14, 1e6), (1e11, 1e3), (1e8, 1.0))  # smallest value of nanoseconds, microseconds, …
_YEARS = range(1970, 2201)  # a time far off would move the window away from all other sessions


def utc(value: Any) -> str | None:
    """Return an RFC 3339 time in UTC with milliseconds, or None if `value` is no time.

    Numbers, also as text, are seconds, milliseconds, microseconds or nanoseconds since 1970, told apart by their size;
    an ISO 8601 time without a zone is taken for UTC. What lies before 1970 or after 2200 is no time of a trace.
    """
    moment = _moment(value)
    if moment is None or moment.year not in _YEARS:
        return None
    return moment.replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


def span(times: Sequence[Any]) -> tuple[str | None, str | None]:
    """Return the first and the last of some times, in UTC; None where none of them is one."""
    if times and are_alike(times):
        first, last = utc(min(times)), utc(max(times))
        if first is not None and last is not None and first <= last:
            return first, last
    read = [time for time in map(utc, times) if time is not None]
    return min(read, default=None), max(read, default=None)


def are_alike(times: Sequence[Any]) -> bool:
    """Return whether times are so much alike in form that they can be compared as they are, as those of one writer."""
    if all(type(time) is int for time in times):
        return any(smallest <= min(times) and max(times) < 1e3 * smallest for smallest, _ in _UNITS)
    if not all(isinstance(time, str) for time in times) or len({*map(len, times)}) > 1:
        return False
    if all(map(str.isdigit, times)):
        return are_alike([int(min(times)), int(max(times))])
    return {time[4:5] + time[10:11] + time[-1:] for time in times} == {"-TZ"}


def _moment(value: Any) -> datetime.datetime | None:
    if isinstance(value, str):
        text = value.strip()[:64]
        if text.replace(".", "", 1).isascii() and text.replace(".", "", 1).isdigit():
            return _from_number(float(text))
        return _from_text(text)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _from_number(value)
    return None


def _from_number(number: float) -> datetime.datetime | None:
    try:
        number = float(number)
    except OverflowError:
        return None
    if not math.isfinite(number):
        return None
    for smallest, unit in _UNITS:
        if number >= smallest:
            try:
                return datetime.datetime.fromtimestamp(number / unit, datetime.UTC)
            except (OverflowError, OSError, ValueError):
                return None
    return None


def _from_text(text: str) -> datetime.datetime | None:
    try:
        moment = datetime.datetime.fromisoformat(text)
        if moment.tzinfo is None:
            return moment.replace(tzinfo=datetime.UTC)
        return moment.astimezone(datetime.UTC)
    except (ValueError, OverflowError):
        return None
