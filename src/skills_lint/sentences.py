"""What a JSON Schema error says, in a sentence: what was found, what was expected, and the way out."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .place import Span, did_you_mean
from .words import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jsonschema import ValidationError

    from .yamlmarks import Marks

_NAMES = {
    "string": "a text",
    "array": "a list",
    "object": "a mapping of keys to values",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "null": "nothing",
}
_LONGEST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Broken:
    """One keyword of a schema, and the value that does not satisfy it."""

    keyword: str
    wanted: Any  # the keyword's value
    found: Any
    schema: Mapping[str, Any]  # that the keyword stands in
    path: tuple[str | int, ...]  # of the value
    message: str  # as the library words it
    whole: str  # what the document is called


def read_error(error: ValidationError, whole: str) -> Broken:
    """Return an error of the library as plain data; of `anyOf` and its like the branch that fits best.

    `whole` is what messages call the document; its paths begin with a step `frontmatter` where it is one of several.
    """
    best = error
    if error.context:
        from jsonschema.exceptions import best_match

        best = best_match([error]) or error
    schema: Any = best.schema
    return Broken(
        str(best.validator),
        best.validator_value,
        best.instance,
        schema if isinstance(schema, dict) else {},
        tuple(best.absolute_path),
        best.message,
        whole,
    )


def first_error(value: Any, schema: Mapping[str, Any], whole: str, marks: Marks) -> tuple[Broken, Span] | None:
    """Return the first place at which a YAML document breaks a schema, unknown keys first; None if it keeps it.

    A misspelt key is found both as unknown and as missing: the unknown one says more.
    """
    import jsonschema

    errors = [read_error(error, whole) for error in jsonschema.Draft202012Validator(schema).iter_errors(value)]
    placed = [(broken, _span(broken, marks)) for broken in errors]
    return min(placed, key=lambda item: (not unknown_keys(item[0]), item[1], item[0].message), default=None)


def _span(broken: Broken, marks: Marks) -> Span:
    """Return where an error belongs: the key that is unknown, or the value, or what should hold the missing key."""
    unknown = unknown_keys(broken)
    path = (*broken.path, unknown[0]) if unknown else broken.path
    known = marks.keys if unknown else marks.values
    return known.get(path, Span(1, 1, 1, 1))


def sentence(
    broken: Broken, about: str | None = None, described: Mapping[str, str] | None = None
) -> tuple[str, str | None]:
    """Return message and way out.

    `about` is the key that is missing or unknown, the first one if it is not given, or the title of a heading that
    nearly is the one demanded; `described` says what keys are for.
    """
    title = wanted_title(broken)
    if title is not None:
        return _section(broken, title, about)
    about = about or missing_key(broken) or next(iter(unknown_keys(broken)), None)
    if about is not None:
        return _missing(broken, about, described or {}) if broken.keyword == "required" else _unknown(broken, about)
    translate = _TRANSLATIONS.get(broken.keyword)
    found = translate(broken) if translate else broken.message
    return f"{_subject(broken)} {found}", _way_out(broken)


def missing_key(broken: Broken) -> str | None:
    """Return the key that is missing; None if the error is another one."""
    if broken.keyword != "required":
        return None
    return next((key for key in broken.wanted if broken.message.startswith(f"{key!r} is a required")), None)


def unknown_keys(broken: Broken) -> tuple[str, ...]:
    """Return the keys that a closed schema does not know."""
    if broken.keyword != "additionalProperties" or broken.wanted is not False:
        return ()
    patterns = broken.schema.get("patternProperties", {})
    known = broken.schema.get("properties", {})
    return tuple(key for key in broken.found if key not in known and not any(re.search(p, key) for p in patterns))


def wanted_title(broken: Broken) -> str | None:
    """Return the title of the section that is demanded; None if the error is another one."""
    if broken.keyword != "contains" or not isinstance(broken.wanted, dict):
        return None
    title = broken.wanted.get("properties", {}).get("title")
    if not isinstance(title, dict):
        return None
    return str(next((title[key] for key in ("const", "title", "pattern", "description") if key in title), "")) or None


def _section(broken: Broken, title: str, near: str | None) -> tuple[str, str | None]:
    if near is not None:
        return f"the section is titled `{near}`; expected `{title}`", f"rename it to `{title}`"
    way_out = broken.wanted.get("description", f"add the heading `## {title}` and its text")
    return f"the section `{title}` is missing", way_out


def _missing(broken: Broken, key: str, described: Mapping[str, str]) -> tuple[str, str | None]:
    within = _path(broken)
    where = f"`{within}`" if within else broken.whole
    description = described.get(key)
    return f"`{key}` is missing in {where}", f"add `{key}: …`" + (f": {description}" if description else "")


def _unknown(broken: Broken, key: str) -> tuple[str, str | None]:
    known = sorted(broken.schema.get("properties", {}))
    near = did_you_mean(key, known)
    return f"unknown key `{key}`", f"did you mean `{near}`?" if near else f"known keys: {', '.join(known)}"


def _subject(broken: Broken) -> str:
    path = _path(broken)
    return f"`{path}`" if path else broken.whole


def _path(broken: Broken) -> str:
    """Return where the value stands, as in `metadata.tags[2]`."""
    steps = broken.path[1:] if broken.path[:1] == ("frontmatter",) else broken.path
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps).lstrip(".")


def _wrong_type(broken: Broken) -> str:
    wanted: list[str] = broken.wanted if isinstance(broken.wanted, list) else [broken.wanted]
    expected = " or ".join(_NAMES.get(name, name) for name in wanted)
    return f"is {_found(broken.found)}; expected {expected}"


def _found(value: Any) -> str:
    match value:
        case None:
            return "empty"
        case bool():
            return "the truth value " + str(value).lower()
        case int() | float():
            return f"the number {value}"
        case datetime.date():
            return f"the date {value.isoformat()}"
        case str():
            return f"the text {_shown(value)}"
        case list():
            return "a list"
        case _:
            return "a mapping"


def _shown(value: Any) -> str:
    text = " ".join(str(value).split())
    return f"`{text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + '…'}`"


def _not_listed(broken: Broken) -> str:
    words = dict.fromkeys(str(word).lower() if isinstance(word, bool) else str(word) for word in broken.wanted)
    expected = f"one of {', '.join(words)}" if len(words) > 1 else _shown(*words)
    return f"is {_shown(broken.found)}; expected {expected}"


def _too_short(broken: Broken) -> str:
    if not broken.found:
        return "is empty"
    return f"has {len(broken.found):,} characters; expected at least {broken.wanted:,}"


def _pattern(broken: Broken) -> str:
    if not broken.found.strip():
        return "is empty"
    expected = broken.schema.get("description") or f"what matches {broken.wanted}"
    return f"is {_shown(broken.found)}; expected {expected}"


def _twice(broken: Broken) -> str:
    twice = next((value for place, value in enumerate(broken.found) if value in broken.found[:place]), None)
    return f"holds {_shown(twice)} twice"


_TRANSLATIONS: dict[str, Callable[[Broken], str]] = {
    "type": _wrong_type,
    "minLength": _too_short,
    "maxLength": lambda b: f"has {len(b.found):,} characters; expected at most {b.wanted:,}",
    "pattern": _pattern,
    "uniqueItems": _twice,
    "enum": _not_listed,
    "const": lambda b: f"is {_shown(b.found)}; expected {_shown(b.wanted)}",
    "minItems": lambda b: f"has {len(b.found)} entries; expected at least {b.wanted}",
    "minProperties": lambda b: f"has {counted(len(b.found), 'key')}; expected at least {b.wanted}",
    "maxItems": lambda b: f"has {len(b.found)} entries; expected at most {b.wanted}",
}


def _way_out(broken: Broken) -> str | None:
    """Return what would satisfy the schema, as far as it can be known."""
    expects_text = broken.keyword == "type" and "string" in broken.wanted
    if expects_text and isinstance(broken.found, bool | int | float | datetime.date):
        return "put the value in quotes"
    if broken.keyword == "pattern" and broken.found.strip():
        word = re.sub(r"[^a-z0-9]+", "-", broken.found.lower()).strip("-")
        return f"did you mean `{word}`?" if word and re.search(broken.wanted, word) else None
    if broken.keyword == "enum":
        near = did_you_mean(str(broken.found), map(str, broken.wanted))
        return f"did you mean `{near}`?" if near else None
    description = broken.schema.get("description")
    return f"expected: {description}" if description else None
