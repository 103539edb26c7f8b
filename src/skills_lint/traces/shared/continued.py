"""Sessions without a name of their own, known again by the ids of what their records tell once more."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


class Continued:
    """Tells of each record which session it goes on with: logs of requests tell a conversation from its start."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}  # by id of a call or of a response

    def session(self, named: str, ids: Sequence[str], otherwise: str) -> str:
        """Return the session that a record names, else that of the earlier record with one of its ids."""
        session = named or next((self._known[id_] for id_ in ids if id_ in self._known), otherwise)
        for id_ in ids:
            if id_:
                self._known.setdefault(id_, session)
        return session
