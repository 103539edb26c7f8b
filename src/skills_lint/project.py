"""The one place that puts the parts together for a repo, each once, when it is asked for."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from .config import Config, load_config
from .place import InputError, NotAssessedError, shown

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Mapping, Sequence

    from .buckets.bucket import Bucket
    from .buckets.match import Matcher
    from .coverage.result import Coverage
    from .errors.fault import Fault
    from .errors.reading import Reading
    from .evidence import SessionRecord
    from .lint.baseline import Compared, Known
    from .lint.diagnostic import Diagnostic
    from .repoapi import RepoApi
    from .report.figures import ReportFigures
    from .skills.find import Found
    from .skills.skill import Skill
    from .traces.progress import Watch
    from .traces.result import ScanResult
    from .triage.link import Links
    from .triage.rank import Known as KnownSessions
    from .triage.result import Assigned, BucketRecovery, TriageResult


def open_project(
    start: Path,
    config_file: Path | None = None,
    *,
    traces: tuple[Path, ...] = (),
    jobs: int | None = None,
    watch: Watch | None = None,
    cached: bool = False,
) -> Project:
    """Return the project that folder `start` lies in.

    `traces` replaces the configured places of traces; `jobs` processes read them, and `watch` follows that. Where
    it is `cached`, what was read of them before is used. Raises InputError for a configuration that cannot be used.
    """
    return Project(load_config(start, config_file), traces, jobs, watch, cached)


def way_to_traces(command: str) -> str:
    """Return how to give a command traces, with what this machine has of the user's own."""
    from .traces.mine import sessions_here

    way = f"name the traces (`skills-lint {command} PATH`), or set `traces` in the configuration"
    own = "".join(f"\n    {folder}: `skills-lint {command} --mine {name}`" for name, folder in sessions_here().items())
    return f"{way}; your own sessions on this machine:{own}" if own else way


@dataclass(frozen=True)
class Project:
    """A repo with its skills, buckets, traces and evidence, and what follows from them."""

    config: Config
    trace_paths: tuple[Path, ...] = ()
    jobs: int | None = None
    watch: Watch | None = None
    cached: bool = False
    lender: Project | None = None  # whose traces, evidence and own API stand in for those of this one

    @property
    def root(self) -> Path:
        """The folder that all configured paths are relative to."""
        return self.config.root

    @cached_property
    def found(self) -> Found:
        """The skill files, and where was looked for them."""
        from .skills.find import find_skills

        return find_skills(self.root, self.config.skills, self.config.place("skills"))

    @cached_property
    def skills(self) -> tuple[Skill, ...]:
        """The skills, parsed, sorted by file."""
        from .parallel import spread
        from .skills.parse import parse_skill

        return tuple(spread(lambda path: parse_skill(path, shown(path), self.root), self.found.files))

    @cached_property
    def compared(self) -> Compared:
        """What the linter finds in all skills, held against the baseline."""
        return self.compare(self.lint(self.skills, whole=True), self.baseline)

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What the linter finds in all skills, and the baseline has not."""
        return self.compared.new

    def lint(
        self, skills: tuple[Skill, ...], *, whole: bool, texts: Mapping[str, str] | None = None
    ) -> tuple[Diagnostic, ...]:
        """Return what the linter finds in some skills; `whole` says that these are all of the repo.

        `texts`, by file as shown, stand in for what files hold.
        """
        from .lint.engine import check
        from .skills.parse import checked_text, parse_skill_text

        texts = texts or {}
        skills = tuple(
            parse_skill_text(skill.path, skill.file, *checked_text(texts[skill.file])) if skill.file in texts else skill
            for skill in skills
        )
        buckets = self._buckets_in(texts)
        return check(skills, config=self.config, buckets=buckets, evidence=self.recorded, whole=whole, texts=texts)

    def _buckets_in(self, texts: Mapping[str, str]) -> tuple[Bucket, ...]:
        """Return the declared buckets, from the text that stands in for their file if there is one."""
        file = shown(self.bucket_file)
        if file not in texts:
            return self.buckets
        from .buckets.load import read_buckets

        try:
            return read_buckets(texts[file], file)
        except InputError:  # of a file that is being written; the command line and the editor tell it on their own
            return self.buckets

    @property
    def baseline_file(self) -> Path | None:
        """The file of the findings that are known; None where none is configured."""
        return self.root / self.config.baseline if self.config.baseline else None

    @cached_property
    def baseline(self) -> Mapping[Known, int]:
        """The findings that are known. Raises InputError where the configured file is missing or broken."""
        from .lint.baseline import read_baseline

        return read_baseline(self.baseline_file) if self.baseline_file else {}

    def compare(
        self,
        diagnostics: Sequence[Diagnostic],
        baseline: Mapping[Known, int],
        was_read: Callable[[str], bool] = lambda _: True,
    ) -> Compared:
        """Return findings held against a baseline.

        `was_read` says of a file, named as in the baseline, whether it was checked.
        """
        from .lint.baseline import compare

        return compare(diagnostics, baseline, self.from_top, was_read)

    @cached_property
    def top(self) -> Path:
        """The top of the git repo, or the root where there is none."""
        from .git import top_folder

        return top_folder(self.root) or self.root.resolve()

    def from_top(self, file: str) -> str:
        """Return a file as shown, named from the top of the git repo, as baselines and code hosts name it."""
        path = Path(os.path.abspath(file))  # noqa: PTH100  # without `..`; links stay as they are
        return path.relative_to(self.top).as_posix() if path.is_relative_to(self.top) else file

    @property
    def bucket_file(self) -> Path:
        """The file that declares the buckets; it may be missing."""
        return self.root / self.config.buckets

    @cached_property
    def buckets(self) -> tuple[Bucket, ...]:
        """The declared buckets; none if the repo has no bucket file.

        Raises InputError if the configuration names one that does not exist.
        """
        if self.bucket_file.exists():
            from .buckets.load import load_buckets

            return load_buckets(self.bucket_file, shown(self.bucket_file))
        if self.config.buckets != Config(self.root).buckets:
            way_out = "mend `buckets` in the configuration, or run `skills-lint init`, which makes the file"
            raise InputError(f"the bucket file does not exist: {shown(self.bucket_file)}", way_out=way_out)
        return ()

    @cached_property
    def causes(self) -> tuple[Bucket, ...]:
        """The declared buckets, and after them those of the catalogue that the repo does not declare itself."""
        from .buckets.catalogue import load_catalogue

        declared = {bucket.id for bucket in self.buckets}
        return (*self.buckets, *(bucket for bucket in load_catalogue() if bucket.id not in declared))

    @cached_property
    def matcher(self) -> Matcher:
        """The buckets, made ready to be asked."""
        from .buckets.match import Matcher

        return Matcher(self.causes)

    def read(self, fault: Fault) -> Reading:
        """Return a failure read step by step, with what the repo's own API says of it."""
        from .repoapi import read_failure

        return read_failure(fault, self.api)

    @cached_property
    def api(self) -> RepoApi | None:
        """The repo's own Python API; None where it has no source folder."""
        from .repoapi import open_api

        if self.lender:
            return self.lender.api
        return open_api(self.root, self.config.source, self.config.place("source"))

    @cached_property
    def traces(self) -> tuple[Path, ...]:
        """The files and folders of traces that exist."""
        configured = (self.root / path for path in self.config.traces)
        return self.trace_paths or tuple(path for path in configured if path.exists())

    @cached_property
    def scan(self) -> ScanResult | None:
        """What the traces hold; None where there are none."""
        if self.lender:
            return self.lender.scan
        if not self.traces:
            return None
        from .redaction import open_redactor
        from .traces.kept.cache import open_cache
        from .traces.scan import scan

        redactor, tools = open_redactor(self.root), self.config.python_tools
        cache = open_cache(redactor, tools) if self.cached else None
        result = scan(self.traces, redactor=redactor, python_tools=tools, jobs=self.jobs, watch=self.watch, cache=cache)
        return result if result.sessions or result.skipped else None

    @property
    def evidence_file(self) -> Path:
        """The file that keeps the evidence; it may be missing."""
        return self.root / self.config.evidence

    @cached_property
    def recorded(self) -> tuple[SessionRecord, ...]:
        """The evidence in the repo."""
        from .evidence import read_evidence

        if self.lender:
            return self.lender.recorded
        return read_evidence(self.evidence_file)

    @cached_property
    def assigned(self) -> tuple[Assigned, ...]:
        """The failures in the traces, each with its bucket."""
        from .triage.assign import assign

        return assign(self.scan.failures, self.matcher, self.api) if self.scan else ()

    @cached_property
    def records(self) -> tuple[SessionRecord, ...]:
        """The evidence in the repo and that of the traces, one record a session; the traces' record counts."""
        from .evidence import merge
        from .holdout import noted_arms, with_arms
        from .triage.assign import session_records
        from .triage.link import relabelled

        fresh = with_arms(session_records(self.scan, self.assigned), noted_arms()) if self.scan else ()
        return merge((relabelled(record, self.links) for record in self.recorded), fresh)

    @cached_property
    def links(self) -> Links:
        """What the traces tell about the hashes in the evidence."""
        from .triage.link import link

        return link(self.assigned)

    def reports(self, before: datetime.date | None = None) -> tuple[ReportFigures, ...]:
        """Return the figures of the reports, or of those of earlier days than `before`, under the names of today."""
        from .report.history import read_reports
        from .report.renamed import renamed

        return renamed(read_reports(self.root / self.config.reports, before), self.links)

    @cached_property
    def triage(self) -> TriageResult:
        """The root causes of the window that ends with the newest session."""
        return self.triage_at(None)

    @cached_property
    def recoveries(self) -> Mapping[str, BucketRecovery]:
        """How agents got out of the failures of each bucket, as far as the traces are here."""
        from .triage.recovery import recoveries

        return recoveries(self.triage)

    def triage_at(self, until: datetime.date | None) -> TriageResult:
        """Return the root causes of the window that ends on day `until`.

        Raises NotAssessedError where there are neither traces nor evidence.
        """
        from .triage.rank import rank

        if not self.records:
            looked = ", ".join(shown(path) for path in self.trace_paths or self._configured_places())
            raise NotAssessedError(
                f"not assessed: there are no traces and no evidence; looked in {looked}",
                way_out=way_to_traces("triage"),
            )
        return rank(self.records, self.assigned, self.causes, days=self.config.window, known=self._known, until=until)

    @property
    def _known(self) -> KnownSessions:
        from .triage.rank import Known as KnownSessions

        from_traces = len(self.scan.sessions) if self.scan else 0
        return KnownSessions(from_traces, len(self.records) - from_traces)

    def _configured_places(self) -> tuple[Path, ...]:
        return (*(self.root / path for path in self.config.traces), self.evidence_file)

    @cached_property
    def coverage(self) -> Coverage:
        """Which skills warn about the root causes, and the gate's verdict."""
        return self.coverage_of(self.triage)

    def coverage_of(self, triage: TriageResult) -> Coverage:
        """Return the coverage of the buckets in a triage."""
        from .coverage.cover import cover

        return cover(triage, self.causes, self.skills)
