"""Sessions that get hints and sessions from which they are withheld: which is which, noted for the evidence.

The notes lie in a file of the user's, a line a session: a hash of its id, and whether hints were given. Nothing else.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from .home import state_folder
from .traces.mark import session_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from .evidence import SessionRecord

Arm = Literal["given", "withheld"]


def arm_of(session_id: str, share: float) -> Arm:
    """Return `withheld` for about that share of all session ids, the same ones every time, and `given` for the rest.

    A larger share withholds from the same sessions and from more.
    """
    data = session_id.encode("utf-8", "replace")
    place = int.from_bytes(hashlib.blake2b(data, digest_size=8, person=b"holdout").digest(), "big")
    return "withheld" if place < share * 2**64 else "given"


def take_arm(session_id: str, share: float) -> Arm:
    """Return the arm that a session is in, and note it if that is new; once it is noted, it stays.

    Without a share nothing is noted, since no lot was drawn. Where nothing can be noted, nothing is withheld.
    """
    file, key = _file(), session_key(session_id)
    if file is None:
        return "given"
    noted = _read(file).get(key)
    if noted is not None:
        return noted
    if not share:
        return "given"
    arm = arm_of(session_id, share)
    return arm if _append(file, key, arm) else "given"


def noted_arms() -> Mapping[str, Arm]:
    """Return the arm of each session that was noted on this machine, by the session's name in the evidence."""
    file = _file()
    return _read(file) if file else {}


def with_arms(records: Iterable[SessionRecord], arms: Mapping[str, Arm]) -> Iterator[SessionRecord]:
    """Yield records of sessions, each with its arm where that is noted."""
    for record in records:
        arm = arms.get(record.session)
        yield replace(record, hint=arm) if arm else record


def _file() -> Path | None:
    folder = state_folder()
    return folder / "skills-lint" / "hints.jsonl" if folder else None


def _read(file: Path) -> dict[str, Arm]:
    """Return what is noted; the first note of a session counts, and a line that is none is passed over."""
    arms: dict[str, Arm] = {}
    with suppress(OSError):
        for line in file.read_bytes().splitlines():
            with suppress(ValueError, TypeError, KeyError, RecursionError):
                note = json.loads(line)
                if note["hint"] in ("given", "withheld"):
                    arms.setdefault(note["session"], note["hint"])
    return arms


def _append(file: Path, key: str, arm: Arm) -> bool:
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with file.open("ab", buffering=0) as stream:  # one write: hooks of several sessions run at once
            stream.write(f"{json.dumps({'session': key, 'hint': arm})}\n".encode())
    except OSError:
        return False
    return True
