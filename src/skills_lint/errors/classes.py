"""Exception classes and their bases, as far as they are known."""

from __future__ import annotations


def bases_of(qualified: str | None) -> tuple[str, ...]:
    """Return the names of the classes that an exception is one of, its own first, `Exception` and above left out.

    Full names and last parts, so that ("JSONDecodeError", "json.decoder.JSONDecodeError", "ValueError", …).
    """
    return (qualified, qualified.rpartition(".")[2]) if qualified else ()
