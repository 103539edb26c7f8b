"""The linter: every selected rule over every skill."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ..inert import inert
from ..parallel import spread
from .diagnostic import Diagnostic
from .repo import Repo
from .selection import ignored_codes, selected_rules
from .suppression import MARK, Commented, Unused, commented

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ..buckets.bucket import Bucket
    from ..config import Config
    from ..evidence import SessionRecord
    from ..skills.skill import Skill
    from .diagnostic import Level
    from .rule import Finding, Rule
    from .suppression import Word

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
    jobs = [_Job(tuple(skills), alone=True), *(_Job((skill,), alone=False) for skill in skills)]
    read = spread(lambda job: _read(job, repo, selected), jobs)
    found = [_Found(*selected[at], finding, file) for of_skill, _ in read for at, finding, file in of_skill]
    if whole:
        found += _in_repo(repo, selected)
    files = {each.file: each for _, with_comments in read for each in with_comments}
    used = {id_ for each in found for id_ in _silencing(each, files)}
    found += _unused(files.values(), used, _Judged(repo.config, selected, whole=whole))
    told = (_diagnostic(each) for each in found if not any(_silencing(each, files)))
    return tuple(sorted(dict.fromkeys(told), key=lambda d: (d.file, d.line, d.column, d.code, d.message)))


@dataclass(frozen=True, slots=True)
class _Found:
    rule: Rule
    level: Level
    finding: Finding
    file: str


@dataclass(frozen=True, slots=True)
class _Job:
    """What is done in one go: some skills, checked by the rules that want to do all alone, or by all others."""

    skills: tuple[Skill, ...]
    alone: bool


def _read(job: _Job, repo: Repo, selected: _Selected) -> tuple[list[tuple[int, Finding, str]], list[Commented]]:
    """Return all that a job gives, as plain data: what rules find, each by its index, and the comments in files."""
    found = [each for skill in job.skills for each in _in_skill(skill, repo, selected, alone=job.alone)]
    return found, [] if job.alone else [each for skill in job.skills for each in _commented(skill, repo)]


def _in_skill(skill: Skill, repo: Repo, selected: _Selected, *, alone: bool) -> Iterator[tuple[int, Finding, str]]:
    ignored = ignored_codes(skill.path, repo.config)
    for at, (rule, _) in enumerate(selected):
        if rule.check_skill is None or rule.alone is not alone or rule.code in ignored:
            continue
        for finding in rule.check_skill(skill, repo):
            if finding.file is None or rule.code not in ignored_codes(Path(finding.file), repo.config):
                yield at, finding, finding.file or skill.file


def _in_repo(repo: Repo, selected: _Selected) -> Iterator[_Found]:
    for rule, level in selected:
        for finding in rule.check_repo(repo) if rule.check_repo is not None else ():
            if rule.code not in ignored_codes(Path(finding.file or "."), repo.config):
                yield _Found(rule, level, finding, finding.file or "")


def _commented(skill: Skill, repo: Repo) -> Iterator[Commented]:
    """Yield a skill and the files beside it with their comments, as far as they have any."""
    own = commented(skill.file, skill.text, skill.body_line, skill.code_blocks)
    marked = (side for side in repo.side_files(skill) if MARK in side.text)
    sides = (commented(side.file, side.text, 1, repo.document(side.path).code_blocks) for side in marked)
    yield from (each for each in (own, *sides) if each.suppressions)


def _silencing(found: _Found, files: Mapping[str, Commented]) -> Iterator[tuple[str, int, int]]:
    """Yield what silences a finding: file, line and column of words in comments."""
    if found.file in files:
        for suppression, word in files[found.file].silencing(found.finding.span.line, found.rule.code):
            yield found.file, suppression.span.line, word.column


@dataclass(frozen=True, slots=True)
class _Judged:
    """Which words can be judged: those that mean a rule that ran, or none at all."""

    config: Config
    selected: _Selected
    whole: bool

    def judges(self, word: Word, file: str) -> bool:
        if not word.codes:
            return True
        ignored = ignored_codes(Path(file), self.config)
        meant = [rule for rule, _ in self.selected if rule.code in word.codes - ignored and rule.check_unused is None]
        return bool(meant) and (self.whole or all(rule.check_repo is None for rule in meant))


def _unused(files: Iterable[Commented], used: set[tuple[str, int, int]], judged: _Judged) -> Iterator[_Found]:
    """Yield what rules say of comments that silence nothing."""
    for each in files:
        for suppression in each.suppressions:
            line = suppression.span.line
            words = tuple(
                word
                for word in suppression.words
                if (each.file, line, word.column) not in used and judged.judges(word, each.file)
            )
            for rule, level in judged.selected if words else ():
                ignored = ignored_codes(Path(each.file), judged.config)
                if rule.check_unused is not None and rule.code not in ignored:
                    yield _Found(rule, level, rule.check_unused(Unused(each, suppression, words)), each.file)


def _diagnostic(found: _Found) -> Diagnostic:
    """Return a finding as all faces show it: what it quotes from files is inert."""
    finding = found.finding
    return Diagnostic(
        found.file,
        finding.span.line,
        finding.span.column,
        finding.span.end_line,
        finding.span.end_column,
        found.rule.code,
        found.rule.name,
        found.level,
        inert(finding.message),
        inert(finding.help) if finding.help else None,
        replace(finding.fix, title=inert(finding.fix.title)) if finding.fix else None,
    )
