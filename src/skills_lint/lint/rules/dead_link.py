"""SK301: relative links and images lead to files that there are."""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import re2

from ...lines import split_lines
from ...place import did_you_mean
from ...words import counted
from ..aside import skill_files
from ..diagnostic import Fix
from ..edits import swapped
from ..rule import Finding, Rule
from ..targets import local_target, meant_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ...skills.skill import Link, Skill
    from ..repo import Repo

# A text without one has only links to other sites and within itself; to find that out takes no parser.
_LOCAL = re.compile(r"\]\(\s*<?(?!https?:|mailto:|#|\s)")
_DEFINED_OR_HTML = re2.compile(
    rb"(?:\A|[\r\n])[ \t>*+\d.)-]*\[(?:[^\[\]]|\\[\[\]])+\]:|(?i:href|src)[\s\v]?="  # `x[1]:` is code
)
_SO_MANY = 3  # links into one missing folder are one mistake


def _check(skill: Skill, repo: Repo) -> Iterator[Finding]:
    for page in repo.pages(skill):
        if _LOCAL.search(page.text) or page.has(_DEFINED_OR_HTML):
            yield from page.holding(_dead(page.parse().links, page.path.parent, page.text, repo))


def _dead(links: Iterable[Link], folder: Path, text: str, repo: Repo) -> Iterator[Finding]:
    """Yield the links that lead nowhere; those into one folder that does not exist are told once."""
    dead = [(link, path) for link in links if (path := _missing(link, folder, repo)) is not None]
    lines = split_lines(text) if dead else []
    dead = [(link, path) for link, path in dead if not _is_footnote(link, lines[link.line - 1])]
    if not dead:
        return
    files = [path.relative_to(folder).as_posix() for path in skill_files(folder)]
    into = Counter(path.parent for _, path in dead)
    for link, path in dead:
        wanted = Path(os.path.relpath(path, folder)).as_posix()
        meant = meant_file(wanted, files)
        near = meant or did_you_mean(wanted, files)
        alike = into[path.parent]
        if 0 < alike < _SO_MANY or path.parent.exists():
            message = f"the {link.kind} leads to {link.target}, which does not exist"
            help_ = f"did you mean `{near}`?" if near else "links are relative to the file that they stand in"
            yield Finding(message, link.span, help_, fix=_fix(lines, link, meant) if meant else None)
        elif alike >= _SO_MANY:
            missing = os.path.relpath(path.parent, folder).replace(os.sep, "/")
            message = (
                f"{counted(alike, 'link')}, of which this is the first, lead into {missing}/, which does not exist"
            )
            help_ = f"did you mean `{near.rpartition('/')[0]}/`?" if near and "/" in near else "mend the folder's name"
            yield Finding(message, link.span, help_)
            into[path.parent] = 0


def _missing(link: Link, folder: Path, repo: Repo) -> Path | None:
    """Return the path that a link leads to if nothing is there."""
    target = local_target(link, folder)
    if target is None or target.path is None or not _names_a_file(link) or _exists(target.path):
        return None
    return target.path if repo.holds(target.path) else None  # `../../issues` leads to a page of the host


def _is_footnote(link: Link, line: str) -> bool:
    """Say whether a link is the mark of a footnote: `[^1]` with `[^1]: Note.`, whose first word is no target."""
    return line.startswith("[^", link.column - 1)


def _names_a_file(link: Link) -> bool:
    """Say whether a target is a path; `[text](url)` is an example of how to write a link."""
    return "/" in link.target or "." in link.target


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a name that no file can have
        return False


def _fix(lines: Sequence[str], link: Link, near: str) -> Fix | None:
    """Return the change of a link's path; what follows it, an anchor or a query, stays."""
    behind = re.search(r"[?#].*", link.target)
    target = quote(near) + (behind[0] if behind else "")
    edits = swapped(lines, link.span, link.target, target)
    return Fix(f"lead the {link.kind} to {near}", edits, safe=False) if edits else None


RULE = Rule(
    code="SK301",
    name="dead-link",
    severity="error",
    summary="Relative links and images lead to files that exist.",
    explanation="""
An agent that follows a dead link loses a step, or invents what the file might say. Judged are relative links and
images of the skill, and of the Markdown files beside it that it names, from the folder of each. Not judged are links
to other sites, paths that begin with `/`, paths that leave the repo, and placeholders such as `{baseDir}/notes.md` or
`[text](url)`.
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
    precision="39 of 39 findings in 867 public skills",
    fix="unsafe",
    check_skill=_check,
)
