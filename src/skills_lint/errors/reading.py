"""A failure read step by step: each step adds what it knows, or abstains."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from .classes import bases_of
from .masks import first_line
from .origin import origin
from .said import read_exit, read_message
from .signature import sign
from .thrown import thrown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .fault import Fault
    from .origin import Origin
    from .said import Said
    from .signature import Signature
    from .thrown import Thrown

_SHOWN = 200  # characters of a text that a step repeats


@dataclass(frozen=True, slots=True)
class Step:
    """What one step of the pipeline did with a failure."""

    name: str  # "error", "message", "class", "bucket", "origin", "signature"
    found: str | None  # in words; None where it abstained
    by: str | None = None  # the rule, and the text that it went by


@dataclass(frozen=True)
class Reading:
    """All that is known of a failure; what costs more is read when it is asked for."""

    fault: Fault
    facts: Mapping[str, str] = field(default_factory=dict)  # what the repo's own API says: {"callee-is": "repo"}
    detail: str | None = None  # how it misuses that API, in a sentence

    @cached_property
    def thrown(self) -> Thrown:
        """The error that counts."""
        return thrown(self.fault)

    @cached_property
    def said(self) -> Said | None:
        """What its message says, if it is one of CPython's own, or how a run without an exception ended."""
        error = self.thrown
        return read_message(error.type, error.message) if error.type else read_exit(self.fault.exit_code, error.message)

    @cached_property
    def bases(self) -> tuple[str, ...]:
        """The names of the classes that it is one of, its own first."""
        return bases_of(self.thrown.qualified)

    @cached_property
    def origin(self) -> Origin:
        """Where it comes from."""
        return origin(self.fault, self.thrown, self.said)

    @cached_property
    def signature(self) -> Signature:
        """Its stable identity."""
        return sign(self.fault, self.thrown, self.said, lambda: self.origin)

    def steps(self, rule: str | None = None) -> tuple[Step, ...]:
        """Return what each step found, in order; `rule` is the bucket's rule that matched, in words."""
        error, said, origin, signed = self.thrown, self.said, self.origin, self.signature
        line = first_line(error.message or "")[:_SHOWN]
        bases = [name for name in self.bases[1:] if name != error.type]
        facts = ", ".join(f"{name.replace('-', ' ')} {fact}" for name, fact in self.facts.items())
        return (
            Step("error", error.qualified, error.by),
            Step("message", _in_words(said.form, said.parts) if said else None, line if said and line else None),
            Step("class", ", ".join(bases) or None, f"the bases of {error.qualified}" if bases else None),
            *((Step("own API", self.detail, f"the source of this repo: {facts}"),) if self.detail else ()),
            Step("bucket", rule),
            Step("origin", _whence(origin), origin.by),
            Step("signature", signed.text, f"pipeline {signed.pipeline}, {signed.key}"),
        )

    def part(self, name: str) -> str | None:
        """Return a part of the message, or a fact of the origin; None where it is not known."""
        if name in self.facts:
            return self.facts[name]
        if self.said is not None and name in self.said.parts:
            return self.said.parts[name]
        return self.origin.statement if name == "statement" else self.origin.facts.get(name)


def _whence(origin: Origin) -> str | None:
    """Return what is known of an origin, in words."""
    parts = [f"library {origin.library}"] if origin.library else []
    parts += [f"{name.replace('-', ' ')} {fact}" for name, fact in origin.facts.items()]
    parts += [f"at {origin.statement[:_SHOWN]}"] if origin.statement else []
    return "; ".join(parts) or None


def _in_words(form: str, parts: Mapping[str, str]) -> str:
    return f"{form} ({', '.join(f'{name} {text[:_SHOWN]}' for name, text in parts.items())})" if parts else form
