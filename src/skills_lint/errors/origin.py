"""Where a failure comes from: what the code imports, defines and calls, and the deepest frame of a library."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .fault import Fault
    from .said import Said
    from .thrown import Thrown


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a failure comes from; what is not certain is left out."""

    library: str | None  # the package whose code raised it: "pandas"
    statement: str | None  # the line of the run code that failed
    facts: Mapping[str, str] = field(default_factory=dict)  # {"module-is": "placeholder"}; see docs
    shape: str | None = None  # the statement with its names and values masked


def origin(fault: Fault, error: Thrown, said: Said | None) -> Origin:
    """Return where a failure comes from."""
    return Origin(None, None)
