"""The JSON Schema that a skill has to satisfy, and where it does not."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from jsonschema import Draft202012Validator, SchemaError
from referencing import Registry, Resource
from referencing.exceptions import NoSuchResource, Unresolvable
from referencing.jsonschema import DRAFT202012

from ..lines import split_lines
from ..place import InputError, Place, Span, did_you_mean, shown
from ..sentences import missing_key, read_error, sentence, unknown_keys, wanted_title
from ..shipped import load_schema
from .accept import accepter

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from referencing._core import Resolver

    from ..config import Config
    from ..sentences import Broken
    from ..skills.skill import Section, Skill
    from .accept import Accept

OURS = ("agentskills", "claude-code", "skill")


@dataclass(frozen=True, slots=True)
class Contract:
    """A JSON Schema for skills. Its own are named; a team's is a file."""

    name: str
    validator: Draft202012Validator
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
    place = config.place("schema")
    file = config.root / name
    accepts = None
    if name in OURS:
        schema = load_schema(name)
        accepts = accepter(schema, lambda reference: _part(reference, schema))
    elif file.is_file():
        schema, name = _read(file), shown(file)
        place = Place(name)
    else:
        near = did_you_mean(name, OURS)
        help_ = f"did you mean `{near}`?" if near else f"give one of {', '.join(OURS)}, or a file"
        raise InputError(
            f"`schema` names {name}, which is neither a schema of ours nor a file", place=place, way_out=help_
        )
    try:
        Draft202012Validator.check_schema(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    except SchemaError as error:
        where = "/".join(str(step) for step in error.absolute_path)
        raise InputError(f"the schema is not a JSON Schema: {error.message} (at /{where})", place=place) from error
    registry: Registry[Any] = Registry(retrieve=lambda uri: _retrieve(uri, file.parent))  # type: ignore[call-arg]
    try:
        root = DRAFT202012.create_resource(schema)
        keys = dict(_frontmatter_keys(schema, registry.resolver_with_root(root)))
    except Unresolvable as error:
        raise InputError(f"the schema refers to {error.ref}, which is not there", place=place) from error
    return Contract(name, Draft202012Validator(schema, registry=registry), accepts, keys)


def _part(reference: str, schema: Mapping[str, Any]) -> Any:
    """Return the part of one of our schemas that a `$ref` in one of them names."""
    name, _, pointer = reference.partition("#/")
    part: Any = load_schema(name.removesuffix(".schema.json")) if name else schema
    for key in pointer.split("/"):
        part = part[key]
    return part


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


def _retrieve(uri: str, folder: Path) -> Resource[Any]:
    """Return a schema that another one refers to: one of ours by its name, or a file beside it."""
    parts = urlsplit(uri)
    name = parts.path.rpartition("/")[2].removesuffix(".json").removesuffix(".schema")
    if name in OURS:
        return DRAFT202012.create_resource(load_schema(name))
    if not parts.scheme and not parts.netloc and (folder / parts.path).is_file():
        return DRAFT202012.create_resource(_read(folder / parts.path))
    raise NoSuchResource(uri)


def _frontmatter_keys(schema: Mapping[str, Any], resolver: Resolver[Any]) -> Iterator[tuple[str, str]]:
    """Yield the keys that a schema knows, each with its description, "" for none."""
    for of_skill, outer in _merged(schema, resolver):
        for of_frontmatter, inner in _merged(of_skill.get("properties", {}).get("frontmatter", {}), outer):
            for key, of_key in of_frontmatter.get("properties", {}).items():
                described = (part.get("description") for part, _ in _merged(of_key, inner))
                yield key, next((text for text in described if text), "")


def _merged(schema: Any, resolver: Resolver[Any]) -> Iterator[tuple[Mapping[str, Any], Resolver[Any]]]:
    """Yield a schema and those that hold beside it, by `$ref` and `allOf`."""
    if not isinstance(schema, dict):
        return
    yield schema, resolver
    if "$ref" in schema:
        resolved = resolver.lookup(schema["$ref"])
        yield from _merged(resolved.contents, resolved.resolver)
    for part in schema.get("allOf", ()):
        yield from _merged(part, resolver)


def breaches(skill: Skill, contract: Contract) -> Iterator[Breach]:
    """Yield where a skill breaks a schema, one breach a place.

    What is missing is reported where it belongs: a key where its mapping begins, a section at the end of the file.
    Without a frontmatter that can be read only the sections are judged.
    """
    headings = [{"title": s.title, "level": s.level, "line": s.line} for s in skill.sections]
    instance = {"frontmatter": skill.frontmatter or {}, "sections": headings}
    if contract.accepts and contract.accepts(instance):
        return
    try:
        found = [read_error(error, "the frontmatter") for error in contract.validator.iter_errors(instance)]
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
