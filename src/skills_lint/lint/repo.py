"""What rules may know: configuration, buckets and skills. Never traces."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import TYPE_CHECKING

from ..files import lies_in
from ..git import top_folder
from ..lines import BOM
from ..place import shown

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ..buckets.bucket import Bucket
    from ..config import Config
    from ..evidence import SessionRecord
    from ..skills.markdown import Document
    from ..skills.skill import ParseError, Skill
    from .aside import SideFile
    from .contract import Breach, Contract
    from .own_api import OwnApi
    from .page import Page


@dataclass(frozen=True)
class Repo:
    """A repo as the linter sees it. What several rules ask for is worked out once."""

    config: Config
    buckets: tuple[Bucket, ...]
    skills: tuple[Skill, ...]
    evidence: tuple[SessionRecord, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)  # by file as shown: what stands in for what is on disk

    @cached_property
    def root(self) -> Path:
        """The top folder of the git repo; that of the configuration where there is none."""
        return top_folder(self.config.root) or self.config.root.resolve()

    def holds(self, path: Path) -> bool:
        """Say whether a path lies in the repo, and not in what tools install there: else rules do not look at it."""
        return lies_in(os.path.realpath(path), str(self.root))

    @cached_property
    def has_buckets(self) -> bool:
        """Whether there is a bucket file: without one no bucket is unknown."""
        return bool(self.buckets) or (self.config.root / self.config.buckets).exists()

    def breaches(self, skill: Skill) -> tuple[Breach, ...]:
        """Return where a skill breaks the JSON Schema that holds for it."""
        if skill.file not in self._breaches:
            from .contract import breaches

            self._breaches[skill.file] = tuple(breaches(skill, self.contract(skill)))
        return self._breaches[skill.file]

    def contract(self, skill: Skill) -> Contract:
        """Return the JSON Schema that holds for a skill: the configured one, else one of ours.

        `skill` holds for those that a bucket lists, since they must have a pitfalls section, and `agentskills` for the
        rest.
        """
        from .contract import load_contract

        name = self.config.schema or ("skill" if {skill.name, skill.folder} & self._listed else "agentskills")
        if name not in self._contracts:
            self._contracts[name] = load_contract(name, self.config)
        return self._contracts[name]

    def document(self, path: Path) -> Document:
        """Return a Markdown file beside a skill, parsed once for all rules; an empty one where it cannot be read."""
        if path not in self._documents:
            from ..skills.markdown import read_markdown

            self._documents[path] = read_markdown(self.text(path) or "")
        return self._documents[path]

    def text(self, path: Path) -> str | None:
        """Return the text of a file beside a skill, without a byte order mark; None where it cannot be read."""
        return self._text_and_flaw(path)[0]

    def flaw(self, path: Path) -> ParseError | None:
        """Return what is wrong with the bytes of a file beside a skill."""
        return self._text_and_flaw(path)[1]

    def _text_and_flaw(self, path: Path) -> tuple[str | None, ParseError | None]:
        if path not in self._read:
            from ..skills.parse import read_text

            file = shown(path)
            text, flaw = (self.texts[file], None) if file in self.texts else read_text(path)
            self._read[path] = (text.removeprefix(BOM) if text else text, flaw)
        return self._read[path]

    def side_files(self, skill: Skill) -> tuple[SideFile, ...]:
        """Return the Markdown files beside a skill that it names."""
        if skill.file not in self._side_files:
            from .aside import side_files

            self._side_files[skill.file] = tuple(side_files(skill, self.text))
        return self._side_files[skill.file]

    def pages(self, skill: Skill) -> tuple[Page, ...]:
        """Return the texts that an agent reads of a skill: its own, then those of the files beside it."""
        if skill.file not in self._pages:
            from .page import Page

            own = Page(skill.path, skill.file, skill.text, skill.body_line, lambda: skill, aside=False)
            beside = (
                Page(side.path, side.file, side.text, 1, partial(self.document, side.path), aside=True)
                for side in self.side_files(skill)
            )
            self._pages[skill.file] = (own, *beside)
        return self._pages[skill.file]

    @cached_property
    def listing(self) -> Mapping[str, int]:
        """About how many tokens each skill, by its file as shown, adds to what a session begins with."""
        from .tokens import listing_tokens

        return {skill.file: listing_tokens(skill) for skill in self.skills}

    @cached_property
    def own_api(self) -> OwnApi | None:
        """The repo's own Python API, for what skills show of it; None where there is no source folder."""
        from .own_api import open_own_api

        return open_own_api(self.config)

    @cached_property
    def _listed(self) -> frozenset[str]:
        return frozenset(name for bucket in self.buckets for name in bucket.skills)

    @cached_property
    def _breaches(self) -> dict[str, tuple[Breach, ...]]:
        return {}

    @cached_property
    def _contracts(self) -> dict[str, Contract]:
        return {}

    @cached_property
    def _read(self) -> dict[Path, tuple[str | None, ParseError | None]]:
        return {}

    @cached_property
    def _documents(self) -> dict[Path, Document]:
        return {}

    @cached_property
    def _side_files(self) -> dict[str, tuple[SideFile, ...]]:
        return {}

    @cached_property
    def _pages(self) -> dict[str, tuple[Page, ...]]:
        return {}
