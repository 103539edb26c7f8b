"""The linter: every selected rule over every skill."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ..inert import inert
from .diagnostic import Diagnostic
from .repo import Repo
from .selection import ignored_codes, selected_rules
from .suppression import suppressions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ..buckets.bucket import Bucket
    from ..config import Config
    from ..evidence import SessionRecord
    from ..skills.skill import Skill
    from .diagnostic import Level
    from .rule import Finding, Rule

_Selected = tuple[tuple["Rule", "Level"], ...]


def check(
    skills: Sequence[Skill],
    *,
    config: Config,
    buckets: Sequence[Bucket] = (),
    evidence: Sequence[SessionRecord] = (),
    whole: bool = True,
    texts: Mapping[str, str] | None = None,
) -> tuple[Diagnostic, ...]:
    """Return what the rules find, sorted by file and place.

    `whole` says that these are all skills of the repo; only then do rules about the repo as a whole run.
    `texts`, by file as shown, stand in for what files beside the skills hold. Raises InputError for a configuration
    that names no rule, or a schema that cannot be used.
    """
    repo = Repo(config, tuple(buckets), tuple(skills), tuple(evidence), texts or {})
    selected = selected_rules(config)
    found = [diagnostic for skill in skills for diagnostic in _check_skill(skill, repo, selected)]
    if whole:
        found += _check_repo(repo, selected)
    return tuple(sorted(dict.fromkeys(found), key=lambda d: (d.file, d.line, d.column, d.code, d.message)))


def _check_skill(skill: Skill, repo: Repo, selected: _Selected) -> Iterator[Diagnostic]:
    ignored = ignored_codes(skill.path, repo.config)
    silenced = suppressions(skill)
    for rule, level in selected:
        if rule.check_skill is None or rule.code in ignored:
            continue
        for finding in rule.check_skill(skill, repo):
            if finding.file is not None:
                if rule.code not in ignored_codes(Path(finding.file), repo.config):
                    yield _diagnostic(finding, rule, level, skill.file)
            elif (finding.span.line, rule.code) not in silenced:
                yield _diagnostic(finding, rule, level, skill.file)


def _check_repo(repo: Repo, selected: _Selected) -> Iterator[Diagnostic]:
    for rule, level in selected:
        if rule.check_repo is not None:
            for finding in rule.check_repo(repo):
                if rule.code not in ignored_codes(Path(finding.file or "."), repo.config):
                    yield _diagnostic(finding, rule, level, "")


def _diagnostic(finding: Finding, rule: Rule, level: Level, file: str) -> Diagnostic:
    """Return a finding as all faces show it: what it quotes from files is inert."""
    span = finding.span
    return Diagnostic(
        finding.file or file,
        span.line,
        span.column,
        span.end_line,
        span.end_column,
        rule.code,
        rule.name,
        level,
        inert(finding.message),
        inert(finding.help) if finding.help else None,
        replace(finding.fix, title=inert(finding.fix.title)) if finding.fix else None,
    )
