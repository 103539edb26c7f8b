"""What is known of one failed execution, apart from where and when it happened."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """The part of a failure that says what went wrong; buckets match it and signatures identify it.

    All texts are redacted already.
    """

    type: str | None  # "BinderException"; None where there was no exception (killed, timed out, exit status alone)
    qualified: str | None  # "duckdb.duckdb.BinderException"; equals `type` where the error names no module
    message: str | None  # the exception's message; may span lines
    traceback: str | None  # the error text as the tool gave it, None if it gave none
    code: str | None  # the code or command that was run
    exit_code: int | None = None
