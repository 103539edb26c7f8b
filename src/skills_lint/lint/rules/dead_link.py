"""SK301: relative links and images lead to files that there are."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from ...place import Span, did_you_mean
from ..rule import Finding, Rule
from ..targets import local_target

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ...skills.skill import Link, Skill
    from ..repo import Repo

_MOST_FILES = 2000  # to look through for one that is meant


def _check(skill: Skill, repo: Repo) -> Iterator[Finding]:
    folder = skill.path.parent
    files: list[str] = []
    for link in skill.links:
        target = local_target(link, folder)
        if target is None or target.path is None or not _names_a_file(link) or _exists(target.path):
            continue
        if not Path(os.path.realpath(target.path)).is_relative_to(repo.root):
            continue  # `../../issues` leads to a page of the host
        files = files or _files(folder)
        near = _near(Path(os.path.relpath(target.path, folder)), files)
        yield Finding(
            f"the {link.kind} leads to {link.target}, which does not exist",
            Span(link.line, link.column, link.line, link.end_column),
            f"did you mean `{near}`?" if near else "links are relative to the file that they stand in",
        )


def _names_a_file(link: Link) -> bool:
    """Say whether a target is a path; `[text](url)` is an example of how to write a link."""
    return "/" in link.target or "." in link.target


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a name that no file can have
        return False


def _files(folder: Path) -> list[str]:
    """Return the files of a skill, as far as they can be looked through."""
    files: list[str] = []
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        files += [Path(parent, name).relative_to(folder).as_posix() for name in sorted(names)]
        if len(files) > _MOST_FILES:
            break
    return files


def _near(path: Path, files: Sequence[str]) -> str | None:
    """Return the file of the skill that is meant: one of the same name elsewhere, or of nearly the same path."""
    same_name = [file for file in files if Path(file).name == path.name]
    if len(same_name) == 1:
        return same_name[0]
    return did_you_mean(path.as_posix(), files)


RULE = Rule(
    code="SK301",
    name="dead-link",
    severity="error",
    summary="Relative links and images lead to files that exist.",
    explanation="""
An agent that follows a dead link loses a step, or invents what the file might say. Judged are relative links and images
of the skill, from its own folder. Not judged are links to other sites, paths that begin with `/`, paths that leave the
repo, and placeholders such as `{baseDir}/notes.md` or `[text](url)`.
""",
    bad={
        "skills/etf-data/SKILL.md": (
            "---\nname: etf-data\ndescription: Read ETF prices.\n---\nSee [the columns](references/colums.md).\n"
        ),
        "skills/etf-data/references/columns.md": "# Columns\n",
    },
    good={
        "skills/etf-data/SKILL.md": (
            "---\nname: etf-data\ndescription: Read ETF prices.\n---\nSee [the columns](references/columns.md).\n"
        ),
        "skills/etf-data/references/columns.md": "# Columns\n",
    },
    check_skill=_check,
)
