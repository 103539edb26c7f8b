"""What a rule is, and what it gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from ..place import Span
    from ..skills.skill import Skill
    from .diagnostic import Fix, Level
    from .repo import Repo
    from .suppression import Unused


@dataclass(frozen=True, slots=True)
class Finding:
    """A place at which a rule is broken. The engine adds the rule's code, name and severity."""

    message: str  # what was found, and what was expected
    span: Span
    help: str | None = None  # the way out
    file: str | None = None  # as shown; only where it is not the skill's own file
    fix: Fix | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A check with its identity and explanation. It looks at a skill, at the repo as a whole, or at unused comments."""

    code: str  # "SK101"; never changes its meaning
    name: str  # "frontmatter-schema"
    severity: Level
    summary: str  # one sentence: what a good skill does
    explanation: str  # Markdown: why it matters, what is found and what is not
    bad: Mapping[str, str]  # a repo as path: text, in which the rule finds something
    good: Mapping[str, str]  # the same, mended
    since: str = "0.1"  # version of skills-lint
    preview: bool = False  # runs only with `--preview`, or when it is selected by its full code
    precision: str | None = None  # how many findings authors would mend, as studied; None: a fact of a contract
    fix: Literal["safe", "unsafe"] | None = None  # what its findings come with, where it is certain what is meant
    check_skill: Callable[[Skill, Repo], Iterable[Finding]] | None = None
    alone: bool = False  # one process checks all skills by it, since it takes its time to set up
    check_repo: Callable[[Repo], Iterable[Finding]] | None = None
    check_unused: Callable[[Unused], Finding] | None = None
