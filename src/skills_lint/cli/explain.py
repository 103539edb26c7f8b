"""`skills-lint explain`: what a rule, a bucket or one failure is about."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import click

from ..place import InputError, did_you_mean
from .here import open_here
from .options import Options, common_options, echo, print_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..buckets.bucket import Bucket
    from ..buckets.explained import Explained, Raised
    from ..lint.rule import Rule
    from ..project import Project
    from ..traces.result import Failure
    from ..triage.path import Target


@click.command()
@click.argument("what", metavar="CODE|BUCKET|FILE:LINE")
@common_options("text", "json")
def command(what: str, options: Options) -> int:
    """Explain a rule (SK101, or frontmatter-schema), a bucket, or how one failure was grouped.

    A bucket is one that the repo declares, one of the built-in catalogue, or the hash of a discovered group. A failure
    is named by its place in a trace, as `triage` prints it: FILE:LINE, or FILE:LINE#POINTER.
    """
    from ..lint.registry import rules
    from ..triage.path import read_target

    rule = next((rule for rule in rules() if what.casefold() in (rule.code.casefold(), rule.name)), None)
    if rule is not None:
        _print_rule(rule, options)
        return 0
    target = read_target(what)
    if target is not None:
        _print_place(target, options)
        return 0
    project = open_here(options)
    bucket = next((bucket for bucket in project.causes if bucket.id == what), None)
    if bucket is not None:
        _print_bucket(bucket, options)
    else:
        _print_group(what, project, options)
    return 0


def _print_place(target: Target, options: Options) -> None:
    """Print how the failures at a place were grouped; raises InputError if there are none."""
    from ..triage.path import failures_at

    project = open_here(options, (target.file,))
    _print_failures(failures_at(target, project.scan.failures if project.scan else ()), project, options)


def _print_failures(failures: Sequence[Failure], project: Project, options: Options) -> None:
    """Print how failures were grouped, step by step."""
    from ..triage.path import as_json, as_text

    read = [(failure, project.read(failure.fault)) for failure in failures]
    told = [(failure, reading, project.matcher.first(reading)) for failure, reading in read]
    if options.output_format == "json":
        print_json({"version": 1, "failures": [as_json(*item) for item in told]})
    else:
        echo("\n\n".join(as_text(*item) for item in told))


def _print_group(what: str, project: Project, options: Options) -> None:
    """Print a discovered group by its newest failure; raises InputError if there is none of that name."""
    from ..errors.signature import is_key
    from ..lint.registry import rules

    if is_key(what):
        group = next((bucket for bucket in project.triage.buckets if bucket.id == what), None)
        if group is None or not group.examples:
            raise InputError(f"no group `{what}` in the traces", way_out="`skills-lint triage` prints the groups")
        _print_failures([group.examples[0].failure], project, options)
        return
    place = re.fullmatch(r"(.+\.\w+):\d+(?:#.*)?", what)
    if place is not None:
        raise InputError(f"there is no file {place[1]}", way_out="`skills-lint triage` prints the places of failures")
    known = [*(name for rule in rules() for name in (rule.code, rule.name)), *(b.id for b in project.causes)]
    near = did_you_mean(what, known) or did_you_mean(what.upper(), known)
    way_out = f"did you mean `{near}`?" if near else f"rules: {', '.join(rule.code for rule in rules())}"
    raise InputError(f"there is no rule, no bucket and no file `{what}`", way_out=way_out)


def _print_rule(rule: Rule, options: Options) -> None:
    from ..lint.reference import rule_page

    if options.output_format == "json":
        print_json(
            {
                "version": 1,
                "code": rule.code,
                "name": rule.name,
                "severity": rule.severity,
                "since": rule.since,
                "preview": rule.preview,
                "fix": rule.fix,
                "precision": rule.precision,
                "summary": rule.summary,
                "explanation": rule.explanation.strip(),
                "bad": dict(rule.bad),
                "good": dict(rule.good),
            }
        )
    else:
        echo(rule_page(rule).rstrip())


def _print_bucket(bucket: Bucket, options: Options) -> None:
    from ..buckets.explained import explained

    told = explained(bucket)
    if options.output_format == "json":
        print_json(_bucket_as_json(told))
    else:
        echo("\n".join(_bucket_lines(told)))


def _bucket_as_json(told: Explained) -> dict[str, Any]:
    bucket = told.bucket
    return {
        "version": 1,
        "id": bucket.id,
        "title": bucket.title,
        "source": bucket.source,
        "cause": bucket.cause,
        "fix": bucket.fix,
        "hint": bucket.hint,
        "instead": [{"wrong": pair.wrong, "right": pair.right} for pair in bucket.instead],
        "unless": bucket.unless or None,
        "remedy": bucket.remedy,
        "skills": list(bucket.skills),
        "place": str(bucket.place) if bucket.place else None,
        "known_by": list(told.known_by),
        "raised": [_raised_as_json(item) for item in told.raised],
        "near_misses": [_raised_as_json(item) | {"falls": item.falls} for item in told.near_misses],
    }


def _raised_as_json(item: Raised) -> dict[str, Any]:
    return {"snippet": item.snippet, "error": item.error, "made_with": item.made_with}


def _bucket_lines(told: Explained) -> Iterator[str]:
    bucket = told.bucket
    yield f"{bucket.id}: {bucket.title}"
    for name in ("cause", "fix", "hint", "remedy"):
        yield f"  {name + ':':8} {' '.join(str(getattr(bucket, name)).split())}"
    yield from (f"  instead: {pair.wrong} → {pair.right}" for pair in bucket.instead)
    if bucket.unless:
        yield f"  unless:  {' '.join(bucket.unless.split())}"
    if bucket.skills:
        yield f"  skills:  {', '.join(bucket.skills)}"
    for number, item in enumerate(told.examples):
        yield "" if number else "  raised, for example, by:"
        yield from _raised_lines(item)
    for number, item in enumerate(told.near_misses):
        yield "" if number else "  not to be taken for:"
        yield from _raised_lines(item)
        yield f"      which is {item.falls}" if item.falls else "      which is in no bucket of the catalogue"
    yield "  known by any of:" if len(told.known_by) > 1 else "  known by:"
    yield from (f"    - {rule}" for rule in told.known_by)
    if bucket.place:
        yield f"  declared in {bucket.place}"


def _raised_lines(item: Raised) -> Iterator[str]:
    yield from (f"      {line}" for line in item.snippet.rstrip().splitlines())
    yield f"    {' '.join(item.error.split())}  ({item.made_with})"
