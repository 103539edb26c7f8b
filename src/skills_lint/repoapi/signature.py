"""How a function of the repo is called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import griffe

Kind = Literal["positional", "either", "keyword", "rest", "rest-by-name"]

_MOST_SHOWN = 12  # parameters
_KINDS: dict[str, Kind] = {
    "positional_only": "positional",
    "positional_or_keyword": "either",
    "var_positional": "rest",
    "keyword_only": "keyword",
    "var_keyword": "rest-by-name",
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a function."""

    name: str
    kind: Kind
    required: bool


@dataclass(frozen=True, slots=True)
class Signature:
    """The name of a function and its parameters, `self` and `cls` left out; printed as `Store.daily(code, start)`."""

    name: str
    parameters: tuple[Parameter, ...]
    bound: bool = False  # there is a `self` or `cls`, which CPython counts in its messages

    def __str__(self) -> str:
        shown = list(self._shown())
        return f"{self.name}({', '.join(shown[:_MOST_SHOWN] + ['…'] * (len(shown) > _MOST_SHOWN))})"

    def _shown(self) -> Iterator[str]:
        kinds = [parameter.kind for parameter in self.parameters]
        for place, parameter in enumerate(self.parameters):
            if parameter.kind == "keyword" and place == kinds.index("keyword") and "rest" not in kinds:
                yield "*"
            yield {"rest": "*", "rest-by-name": "**"}.get(parameter.kind, "") + parameter.name
            if parameter.kind == "positional" and "positional" not in kinds[place + 1 :]:
                yield "/"

    @property
    def positional(self) -> tuple[Parameter, ...]:
        """What can be given by position, in order."""
        return tuple(parameter for parameter in self.parameters if parameter.kind in ("positional", "either"))

    @property
    def keywords(self) -> tuple[str, ...]:
        """What can be given by name."""
        return tuple(parameter.name for parameter in self.parameters if parameter.kind in ("either", "keyword"))

    @property
    def required(self) -> frozenset[str]:
        """What must be given."""
        return frozenset(parameter.name for parameter in self.parameters if parameter.required)

    @property
    def takes_any_keyword(self) -> bool:
        """True if there is a `**` parameter."""
        return any(parameter.kind == "rest-by-name" for parameter in self.parameters)

    @property
    def takes_any_number(self) -> bool:
        """True if there is a `*` parameter."""
        return any(parameter.kind == "rest" for parameter in self.parameters)

    def takes_keyword(self, name: str) -> bool:
        """Tell whether an argument can be given by this name."""
        return self.takes_any_keyword or name in self.keywords


def signature_from(name: str, parameters: Iterable[griffe.Parameter], *, bound: bool) -> Signature | None:
    """Return a signature from griffe's parameters; of a `bound` one the first is left out.

    None where there is no first one, or where Python gives a parameter another name.
    """
    own = [_parameter(parameter) for parameter in parameters]
    if any(parameter.name.startswith("__") for parameter in own):  # within a class Python renames it
        return None
    if bound:
        if not own or own[0].kind not in ("positional", "either"):
            return None
        own = own[1:]
    return Signature(name, tuple(own), bound)


def _parameter(parameter: griffe.Parameter) -> Parameter:
    kind = _KINDS[parameter.kind.name if parameter.kind else "positional_or_keyword"]
    return Parameter(parameter.name, kind, parameter.default is None and kind not in ("rest", "rest-by-name"))
