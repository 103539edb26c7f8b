"""The JSON Schema that a skill has to satisfy, and where it does not."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ..lines import split_lines
from ..place import InputError, Place, Span, did_you_mean, shown
from ..sentences import missing_key, read_error, sentence, unknown_keys, wanted_title
from ..shipped import load_schema
from .accept import accepter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from jsonschema import Draft202012Validator, ValidationError
    from referencing import Resource
    from referencing._core import Resolver

    from ..config import Config
    from ..sentences import Broken
    from ..skills.skill import Section, Skill
    from .accept import Accept, Find

OURS = ("agentskills", "claude-code", "skill")


@dataclass(frozen=True, slots=True)
class Contract:
    """A JSON Schema for skills. Its own are named; a team's is a file."""

    name: str
    errors: Callable[[Any], Iterator[ValidationError]]
    accepts: Accept | None  # says of most skills at once that they satisfy it; of a team's schema nothing is said
    keys: Mapping[str, str]  # of the frontmatter, that it says something about, and what


@dataclass(frozen=True, slots=True)
class Breach:
    """One place at which a skill breaks its schema."""

    message: str
    help: str | None
    span: Span
    of_sections: bool  # else of the frontmatter
    missing_key: str | None = None
    unknown_key: str | None = None  # of the frontmatter itself


def load_contract(name: str, config: Config) -> Contract:
    """Return the schema called `name`: one of ours, or a file below the configuration's folder.

    A team's schema may build on ours: `{"$ref": "skill"}`. Nothing is fetched from a network. Raises InputError for a
    schema that cannot be read, is none, or refers to what is not there.
    """
    if name in OURS:
        schema, find = load_schema(name), _in_ours(name)
        return Contract(
            name, partial(_errors_by_ours, name), accepter(schema, find), dict(_frontmatter_keys(schema, find))
        )
    file = config.root / name
    if not file.is_file():
        near = did_you_mean(name, OURS)
        way_out = f"did you mean `{near}`?" if near else f"give one of {', '.join(OURS)}, or a file"
        message = f"`schema` names {name}, which is neither a schema of ours nor a file"
        raise InputError(message, place=config.place("schema"), way_out=way_out)
    return _contract_of_team(file)


def _contract_of_team(file: Path) -> Contract:
    from jsonschema import Draft202012Validator, SchemaError
    from referencing.exceptions import Unresolvable

    schema, name = _read(file), shown(file)
    try:
        Draft202012Validator.check_schema(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    except SchemaError as error:
        where = "/".join(str(step) for step in error.absolute_path)
        message = f"the schema is not a JSON Schema: {error.message} (at /{where})"
        raise InputError(message, place=Place(name)) from error
    validator, resolver = _validator(schema, file.parent)
    try:
        keys = dict(_frontmatter_keys(schema, _by(resolver)))
    except Unresolvable as error:
        raise InputError(f"the schema refers to {error.ref}, which is not there", place=Place(name)) from error
    return Contract(name, validator.iter_errors, None, keys)


def _errors_by_ours(name: str, value: Any) -> Iterator[ValidationError]:
    return _validator_of_ours(name).iter_errors(value)


@cache
def _validator_of_ours(name: str) -> Draft202012Validator:
    """Return what tells all that is wrong; jsonschema is imported for the few skills that are not accepted at once."""
    return _validator(load_schema(name), None)[0]


def _validator(schema: dict[str, Any], folder: Path | None) -> tuple[Draft202012Validator, Resolver[Any]]:
    """Return a validator for a schema that lies in a folder, and what resolves its references."""
    from jsonschema import Draft202012Validator
    from referencing import Registry
    from referencing.jsonschema import DRAFT202012

    registry: Registry[Any] = Registry(retrieve=lambda uri: _retrieve(uri, folder))  # type: ignore[call-arg]
    resolver = registry.resolver_with_root(DRAFT202012.create_resource(schema))
    return Draft202012Validator(schema, registry=registry), resolver


def _by(resolver: Resolver[Any]) -> Find:
    """Return what finds the parts of schemas that a resolver knows."""

    def find(reference: str) -> tuple[Any, Find]:
        resolved = resolver.lookup(reference)
        return resolved.contents, _by(resolved.resolver)

    return find


def _in_ours(name: str) -> Find:
    """Return what finds the parts of our schemas, as seen from one of them."""

    def find(reference: str) -> tuple[Any, Find]:
        file, _, pointer = reference.partition("#/")
        home = file.removesuffix(".schema.json") or name
        part: Any = load_schema(home)
        for key in pointer.split("/"):
            part = part[key]
        return part, _in_ours(home)

    return find


def _read(file: Path) -> dict[str, Any]:
    name = shown(file)
    try:
        schema = json.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"the schema cannot be read: {error}", place=Place(name)) from error
    except json.JSONDecodeError as error:
        place = Place(name, error.lineno, error.colno)
        raise InputError(f"the schema is not JSON: {error.msg}", place=place) from error
    if not isinstance(schema, dict):
        raise InputError("the schema is no JSON object", place=Place(name, 1, 1))
    return schema


def _retrieve(uri: str, folder: Path | None) -> Resource[Any]:
    """Return a schema that another one refers to: one of ours by its name, or a file beside it."""
    from referencing.exceptions import NoSuchResource
    from referencing.jsonschema import DRAFT202012

    parts = urlsplit(uri)
    name = parts.path.rpartition("/")[2].removesuffix(".json").removesuffix(".schema")
    if name in OURS:
        return DRAFT202012.create_resource(load_schema(name))
    if folder and not parts.scheme and not parts.netloc and (folder / parts.path).is_file():
        return DRAFT202012.create_resource(_read(folder / parts.path))
    raise NoSuchResource(uri)


def _frontmatter_keys(schema: Mapping[str, Any], find: Find) -> Iterator[tuple[str, str]]:
    """Yield the keys that a schema knows, each with its description, "" for none."""
    for of_skill, outer in _merged(schema, find):
        for of_frontmatter, inner in _merged(of_skill.get("properties", {}).get("frontmatter", {}), outer):
            for key, of_key in of_frontmatter.get("properties", {}).items():
                described = (part.get("description") for part, _ in _merged(of_key, inner))
                yield key, next((text for text in described if text), "")


def _merged(schema: Any, find: Find) -> Iterator[tuple[Mapping[str, Any], Find]]:
    """Yield a schema and those that hold beside it, by `$ref` and `allOf`, each with what finds its references."""
    if not isinstance(schema, dict):
        return
    yield schema, find
    if "$ref" in schema:
        yield from _merged(*find(schema["$ref"]))
    for part in schema.get("allOf", ()):
        yield from _merged(part, find)


def breaches(skill: Skill, contract: Contract) -> Iterator[Breach]:
    """Yield where a skill breaks a schema, one breach a place.

    What is missing is reported where it belongs: a key where its mapping begins, a section at the end of the file.
    Without a frontmatter that can be read only the sections are judged.
    """
    headings = [{"title": s.title, "level": s.level, "line": s.line} for s in skill.sections]
    instance = {"frontmatter": skill.frontmatter or {}, "sections": headings}
    if contract.accepts and contract.accepts(instance):
        return
    from referencing.exceptions import Unresolvable

    try:
        found = [read_error(error, "the frontmatter") for error in contract.errors(instance)]
    except Unresolvable as error:
        raise InputError(f"the schema refers to {error.ref}, which is not there", place=Place(contract.name)) from error
    seen: set[object] = set()
    for broken in sorted(found, key=lambda broken: [str(step) for step in broken.path]):
        about = (broken.path, missing_key(broken), wanted_title(broken))
        if about not in seen and (broken.path[:1] != ("frontmatter",) or skill.frontmatter is not None):
            seen.add(about)
            yield from _breaches_of(broken, skill, contract)


def _breaches_of(broken: Broken, skill: Skill, contract: Contract) -> Iterator[Breach]:
    if broken.path[:1] == ("sections",):
        yield _breach_of_sections(broken, skill)
        return
    path = broken.path[1:]
    mapping = skill.marks.keys.get(path, Span(1, 1, 1, 4))  # the key that it belongs to, or the line that opens it all
    unknown = unknown_keys(broken)
    for key in unknown:
        span = skill.marks.keys.get((*path, key), mapping)
        yield Breach(*sentence(broken, key), span, of_sections=False, unknown_key=None if path else key)
    if not unknown:
        missing = missing_key(broken)
        span = mapping if missing else skill.marks.values.get(path, mapping)
        known = {} if path else contract.keys
        yield Breach(*sentence(broken, missing, known), span, of_sections=False, missing_key=missing)


def _breach_of_sections(broken: Broken, skill: Skill) -> Breach:
    """Return a breach at the heading that is meant, and at the end of the file for one that is missing."""
    lines = split_lines(skill.text)
    index = next((step for step in broken.path if isinstance(step, int)), None)
    near = None
    if index is not None:
        line = skill.sections[index].line
    elif near := _near_heading(wanted_title(broken), skill):
        line = near.line
    else:
        line = max(len(lines) - (not lines[-1]), 1)
    message, help_ = sentence(broken, near.title if near else None)
    return Breach(message, help_, Span(line, 1, line, len(lines[line - 1]) + 1), of_sections=True)


def _near_heading(title: str | None, skill: Skill) -> Section | None:
    """Return the section whose title is nearly the one that is demanded."""
    titles = {section.title.casefold(): section for section in reversed(skill.sections)}
    near = did_you_mean(title.casefold(), titles) if title else None
    return titles[near] if near else None
