"""`skills-lint explain`: what a rule or a bucket is about."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..place import InputError, did_you_mean
from ..project import open_project
from .options import Options, common_options, echo, print_json

if TYPE_CHECKING:
    from ..buckets.bucket import Bucket
    from ..lint.rule import Rule


@click.command()
@click.argument("what", metavar="CODE|BUCKET")
@common_options("text", "json")
def command(what: str, options: Options) -> int:
    """Explain a rule (SK101, or frontmatter-schema) or a bucket."""
    from ..lint.reference import rules

    rule = next((rule for rule in rules() if what.casefold() in (rule.code.casefold(), rule.name)), None)
    if rule is not None:
        _print_rule(rule, options)
        return 0
    buckets = open_project(Path.cwd(), options.config).buckets
    bucket = next((bucket for bucket in buckets if bucket.id == what), None)
    if bucket is None:
        known = [*(name for rule in rules() for name in (rule.code, rule.name)), *(bucket.id for bucket in buckets)]
        near = did_you_mean(what, known) or did_you_mean(what.upper(), known)
        way_out = f"did you mean `{near}`?" if near else f"rules: {', '.join(rule.code for rule in rules())}"
        raise InputError(f"there is no rule and no bucket `{what}`", way_out=way_out)
    _print_bucket(bucket, options)
    return 0


def _print_rule(rule: Rule, options: Options) -> None:
    from ..lint.reference import rule_page

    if options.output_format == "json":
        print_json(
            {
                "version": 1,
                "code": rule.code,
                "name": rule.name,
                "severity": rule.severity,
                "summary": rule.summary,
                "explanation": rule.explanation.strip(),
                "bad": dict(rule.bad),
                "good": dict(rule.good),
            }
        )
    else:
        echo(rule_page(rule).rstrip())


def _print_bucket(bucket: Bucket, options: Options) -> None:
    parts = {
        "id": bucket.id,
        "title": bucket.title,
        "cause": bucket.cause,
        "fix": bucket.fix,
        "hint": bucket.hint,
        "remedy": bucket.remedy,
        "skills": list(bucket.skills),
        "place": str(bucket.place) if bucket.place else None,
    }
    if options.output_format == "json":
        print_json({"version": 1, **parts})
        return
    echo(f"{bucket.id}: {bucket.title}")
    for name in ("cause", "fix", "hint", "remedy"):
        echo(f"  {name + ':':8} {' '.join(str(parts[name]).split())}")
    if bucket.skills:
        echo(f"  skills:  {', '.join(bucket.skills)}")
    if bucket.place:
        echo(f"  declared in {bucket.place}")
