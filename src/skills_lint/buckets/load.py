"""The bucket file, read and checked against its schema."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from ..place import InputError, did_you_mean
from ..shipped import load_schema
from ..yamlplaces import YamlFile, read_yaml
from .bucket import Bucket
from .match import MatchRule, PatternError, compile_pattern

if TYPE_CHECKING:
    from pathlib import Path


def load_buckets(path: Path, shown: str | None = None) -> tuple[Bucket, ...]:
    """Return the buckets that a file declares, in its order.

    `shown` is the path for messages. Raises InputError, with the line, for a file that breaks the schema
    (schemas/buckets.schema.json), an id that is there twice, or a regular expression that is refused.
    """
    file = read_yaml(path, shown or path.as_posix())
    _check_schema(file)
    buckets = tuple(_bucket(file, index, entry) for index, entry in enumerate(file.value["buckets"]))
    seen: dict[str, Bucket] = {}
    for bucket in buckets:
        if bucket.id in seen:
            first = seen[bucket.id].place
            raise InputError(f"bucket `{bucket.id}` is declared twice; first at {first}", place=bucket.place)
        seen[bucket.id] = bucket
    return buckets


def _bucket(file: YamlFile, index: int, entry: dict[str, Any]) -> Bucket:
    rules = []
    for number, rule in enumerate(entry["match"]):
        for key in ("message", "code"):
            try:
                compile_pattern(rule.get(key, ""))
            except PatternError as error:
                raise InputError(
                    f"the regular expression of `{key}` is refused: {error}",
                    place=file.place(["buckets", index, "match", number, key]),
                    way_out="patterns are RE2 syntax, which has no look-around and no back-references",
                ) from None
        rules.append(MatchRule(**rule))
    values = {key: value for key, value in entry.items() if key not in ("match", "skills")}
    return Bucket(
        **values,
        match=tuple(rules),
        skills=tuple(entry.get("skills", ())),
        place=file.place(["buckets", index, "id"]),
    )


def _check_schema(file: YamlFile) -> None:
    import jsonschema

    validator = jsonschema.Draft202012Validator(load_schema("buckets"))
    errors = list(validator.iter_errors(_without_dates(file.value)))
    if not errors:
        return
    error = min(errors, key=lambda found: (found.validator != "additionalProperties", file.place(_blamed(found))))
    raise InputError(_sentence(error), place=file.place(_blamed(error)), way_out=_way_out(error))


def _blamed(error: Any) -> list[str | int]:
    path = list(error.absolute_path)
    if error.validator == "additionalProperties":
        return [*path, _unknown_key(error)]
    return path


def _unknown_key(error: Any) -> str:
    return sorted(str(key) for key in error.instance if key not in error.schema["properties"])[0]


def _sentence(error: Any) -> str:
    where = ".".join(str(step) for step in error.absolute_path if isinstance(step, str)) or "the file"
    if error.validator == "additionalProperties":
        return f"unknown key `{_unknown_key(error)}`"
    if error.validator == "required":
        lacking = [key for key in error.validator_value if key not in error.instance]
        return (
            f"`{lacking[0]}` is missing in an entry of `{where}`"
            if where != "the file"
            else f"`{lacking[0]}` is missing"
        )
    return f"`{where}`: {error.message}"


def _way_out(error: Any) -> str:
    if error.validator == "additionalProperties":
        known = error.schema["properties"]
        near = did_you_mean(_unknown_key(error), known)
        return f"did you mean `{near}`?" if near else f"known keys: {', '.join(known)}"
    return "a bucket has `id`, `title`, `match`, `cause`, `fix`, `hint`, and perhaps `skills`, `remedy`, `fixed`"


def _without_dates(value: Any) -> Any:
    """Return a YAML value as JSON would have it: dates are texts there."""
    if isinstance(value, dict):
        return {str(key): _without_dates(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_without_dates(item) for item in value]
    return value.isoformat() if isinstance(value, datetime.date) else value
