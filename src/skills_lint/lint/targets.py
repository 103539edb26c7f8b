"""Where a link leads, as far as it can be known without a network."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from pathlib import Path

    from ..skills.skill import Link

_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|/|\\|~")  # a scheme, a host, a path from the top or from home
_PLACEHOLDER = re.compile(r"[{}<>$*|\[\]]|\.\.\.|…|(?:^|/)path/to/")


@dataclass(frozen=True, slots=True)
class Target:
    """The file that a relative link names, None for the file that it stands in, and the anchor, "" for none."""

    path: Path | None
    anchor: str


def local_target(link: Link, folder: Path) -> Target | None:
    """Return the target of a link in a file of `folder`; None where it leads elsewhere or is a mere placeholder."""
    if _ELSEWHERE.match(link.target) or _PLACEHOLDER.search(link.target):
        return None
    name, _, anchor = link.target.partition("#")
    name = unquote(name.partition("?")[0])
    if "\0" in name:
        return None
    return Target(folder / name if name else None, unquote(anchor))
