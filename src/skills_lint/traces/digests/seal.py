"""Digests sealed: what may be secret is gone from them before they are merged or kept.

It is done in two steps. `hide_ids` turns ids, which only need to be told apart, into hashes; it needs no redactor, and
is done where a digest is made. `redact` cleans all texts of many digests at once, which is faster than one by one.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ..clock import utc
from ..event import Call, Spot
from ..mark import session_key
from .pairing import is_random

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import TypeVar

    from ...errors.fault import Fault
    from ...redaction import Redactor
    from ..event import Result
    from .digest import Digest, Step, Thread, Time

    Item = TypeVar("Item", Digest, Step)
    Put = Callable[[str], str]

_TIME = re.compile(r"[\d T:.Z+-]{1,64}")
_PAYLOADS: Final = ("arguments", "content", "stdout", "stderr")


def hide_ids(digest: Digest) -> None:
    """Replace the ids in a digest by hashes that are equal for equal ids, and drop times that are none.

    From then on `names` has the id of each session as it is to be shown.
    """
    keys = {session: session_key(session) for session in digest.facts}
    digest.names = {key: digest.names.get(session, session) for session, key in keys.items()}
    digest.facts = {keys[session]: facts for session, facts in digest.facts.items()}
    digest.threads = [_hidden_thread(thread) for thread in digest.threads]
    digest.requests = [(_hidden_thread(thread), request) for thread, request in digest.requests]
    for step in digest.steps:
        step.id, step.time = hidden_id(step.id), _time(step.time)
    for told in _pending(digest):
        told.id, told.time = hidden_id(told.id), _time(told.time)
        told.session, told.thread = _hidden_thread((told.session, told.thread))


def make_printable(digest: Digest) -> None:
    """Replace by `?` what is no character in the texts of a digest: half of one, which JSON can spell."""
    _put_texts(digest, _printable)
    for told, name in _payloads(digest):
        text = json.dumps(getattr(told, name), ensure_ascii=False)
        setattr(told, name, json.loads(_printable(text)))


def redact(digests: Sequence[Digest], redactor: Redactor) -> set[str]:
    """Redact all texts in digests; places stay as they are.

    Return the files with a call or a result that is open and was changed: it may no longer be judged as it was.
    """
    _clean(digests, _put_texts, redactor)
    slots = [(digest.file, told, name) for digest in digests for told, name in _payloads(digest)]
    cleaned = redactor.values(getattr(told, name) for _, told, name in slots)
    changed: set[str] = set()
    for (file, told, name), value in zip(slots, cleaned, strict=True):
        if value != getattr(told, name):
            changed.add(file)
            setattr(told, name, value)
    return changed


def redact_steps(steps: Sequence[Step], redactor: Redactor) -> None:
    """Redact the texts of steps; those made of what is redacted already may only now look secret."""
    _clean(steps, _put_step, redactor)


def _clean(items: Sequence[Item], put_texts: Callable[[Item, Put], None], redactor: Redactor) -> None:
    """Redact all texts in items, each different one once."""
    known: dict[str, str] = {}

    def note(text: str) -> str:
        return known.setdefault(text, text)

    for item in items:
        put_texts(item, note)
    known = dict(zip(known, redactor.values(map(_printable, known)), strict=True))
    for item in items:
        put_texts(item, known.__getitem__)


def hidden_id(call_id: str) -> str:
    """Return a hash that tells, as the id does, whether it is unique by itself: only then it has the form of a UUID."""
    digest = hashlib.blake2b(call_id.encode("utf-8", "replace"), digest_size=16).hexdigest()
    if not is_random(call_id):
        return digest[:16]
    return f"{digest[:8]}-{digest[8:12]}-{digest[12:16]}-{digest[16:20]}-{digest[20:]}"


def _hidden_thread(thread: Thread) -> Thread:
    session, agent = thread
    return session_key(session), session_key(agent) if agent else ""


def _time(time: Time) -> Time:
    return None if isinstance(time, str) and not _TIME.fullmatch(time) and utc(time) is None else time


def _pending(digest: Digest) -> Iterator[Call | Result]:
    for waiting in (*digest.waiting, *digest.orphans):
        if waiting.call is not None:
            yield waiting.call
        if waiting.result is not None:
            yield waiting.result


def _payloads(digest: Digest) -> Iterator[tuple[Call | Result, str]]:
    """Yield the open calls and results, each with the names of its payloads that there are."""
    return ((told, name) for told in _pending(digest) for name in _PAYLOADS if getattr(told, name, None) is not None)


def _printable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def _put_texts(digest: Digest, put: Put) -> None:
    """Put each text of a digest, but for the payloads that may be of any shape, through `put`."""
    for key, name in digest.names.items():
        if name.partition("#")[0] != digest.file:  # else it is a place
            digest.names[key] = put(name)
    digest.requests = [(thread, put(request)) for thread, request in digest.requests]
    for facts in digest.facts.values():
        facts.model = _maybe(facts.model, put)
        facts.offered = [put(name) for name in facts.offered]
        facts.loaded = [(put(name), line, _maybe(pointer, put)) for name, line, pointer in facts.loaded]
    for step in digest.steps:
        if step.kept or step.pointer is not None or step.failure is not None:
            _put_step(step, put)
    for waiting in (*digest.waiting, *digest.orphans):
        waiting.request = _maybe(waiting.request, put)
    for told in _pending(digest):
        told.spot = Spot(told.spot.line, _maybe(told.spot.pointer, put))
        if told.tool is not None:
            told.tool = put(told.tool)
        if not isinstance(told, Call) and told.error is not None:
            told.error = (put(told.error[0]), put(told.error[1]))


def _put_step(step: Step, put: Put) -> None:
    step.pointer, step.code = _maybe(step.pointer, put), _maybe(step.code, put)
    if (failure := step.failure) is not None:
        failure.fault = _put_fault(failure.fault, put)
        failure.tool, failure.request = put(failure.tool), _maybe(failure.request, put)


def _put_fault(fault: Fault, put: Put) -> Fault:
    return replace(
        fault,
        type=_maybe(fault.type, put),
        qualified=_maybe(fault.qualified, put),
        message=_maybe(fault.message, put),
        traceback=_maybe(fault.traceback, put),
        code=_maybe(fault.code, put),
    )


def _maybe(text: str | None, put: Put) -> str | None:
    return None if text is None else put(text)
