"""Sessions that are edited, and scans of them with a cache, held against scans without."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

from skills_lint.redaction import Redactor
from skills_lint.traces.kept.cache import Cache, open_cache
from skills_lint.traces.scan import scan, to_json

LONG_AGO = 1_700_000_000_000_000_000  # nanoseconds; a file that has just changed is never taken as unchanged


class Kept:
    """A folder of traces with a cache, and how many bytes the last scan of it has read."""

    def __init__(self, folder: Path, redactor: Redactor) -> None:
        self.folder = folder
        self.redactor = redactor
        self.read = 0
        self._moment = LONG_AGO

    def age(self, *names: str) -> None:
        """Let files seem to have been written long ago, each time a second later."""
        self._moment += 1_000_000_000
        for name in names or [path.name for path in self.folder.iterdir()]:
            os.utime(self.folder / name, ns=(self._moment, self._moment))

    def scan(self) -> dict[str, Any]:
        """Return the result of a scan with the cache."""
        self.read = 0
        return to_json(scan([self.folder], redactor=self.redactor, cache=self.cache, watch=self._watch))

    def anew(self) -> dict[str, Any]:
        """Return the result of a scan without a cache."""
        return to_json(scan([self.folder], redactor=self.redactor))

    @cached_property
    def cache(self) -> Cache:
        """The cache, opened once: while this program is being written, its state changes."""
        cache = open_cache(self.redactor, ())
        assert cache is not None
        return cache

    @contextmanager
    def _watch(self, _files: int, _size: int) -> Iterator[Any]:
        yield self._tell

    def _tell(self, *, files: int, size: int, failures: int) -> None:
        self.read += size


def call(call_id: str, code: str, session: str = "s1", **more: Any) -> str:
    """Return the line of a call that runs Python."""
    use = {"type": "tool_use", "id": call_id, "name": "python", "input": {"code": code}}
    return line("assistant", [use], session, **more)


def result(call_id: str, text: str, session: str = "s1", *, failed: bool = False) -> str:
    """Return the line of a result."""
    block = {"type": "tool_result", "tool_use_id": call_id, "content": text, "is_error": failed}
    return line("user", [block], session)


def line(kind: str, content: Any, session: str | None = "s1", **more: Any) -> str:
    """Return a line of a Claude Code session."""
    fields = {"type": kind, "timestamp": "2026-10-01T12:00:00.000Z", **more}
    if session is not None:
        fields["sessionId"] = session
    return json.dumps({**fields, "message": {"role": kind, "content": content}}) + "\n"


def run(number: int, session: str = "s1", *, failed: bool = False) -> str:
    """Return the lines of a call and its result."""
    text = f"Traceback (most recent call last):\nKeyError: 'column{number}'" if failed else "fine"
    known = f"toolu_{number:020}aB"
    return call(known, f"print({number})", session) + result(known, text, session, failed=failed)


def long_session(runs: int = 40, session: str = "s1") -> str:
    """Return the lines of a session, long enough that it is known by its start."""
    return line("user", "begin", session) + "".join(run(n, session, failed=n % 7 == 3) for n in range(runs))


class Editor:
    """Edits files as agents, people and rotating logs do, at random but always the same for one seed."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self._random = random.Random(seed)  # noqa: S311
        self._number = 1000
        self._open: list[tuple[str, str]] = []  # file, id of a call without a result
        for name in ("a", "b"):
            (folder / f"{name}.jsonl").write_text(long_session(session=name))

    def edit(self) -> str:
        """Do one edit, and return its name."""
        grows = (self._runs, self._calls, self._answers, self._repeats, self._says, self._loses_session)
        changes = (self._breaks_off, self._truncates, self._swaps, self._rewrites, self._renames, self._touches)
        path = self._random.choice(sorted(self.folder.iterdir()))
        edit = self._random.choice((*grows, *grows, *changes))
        edit(path)
        return f"{edit.__name__} {path.name}"

    def _append(self, path: Path, text: str) -> None:
        with path.open("a") as file:
            file.write(text)

    def _next(self) -> int:
        self._number += 1
        return self._number

    def _runs(self, path: Path) -> None:
        self._append(path, run(self._next(), path.stem[0], failed=self._random.random() < 0.5))

    def _calls(self, path: Path) -> None:
        known = self._random.choice([f"toolu_{self._next():020}aB", "call_1"])
        self._open.append((path.stem[0], known))
        self._append(path, call(known, f"print({self._next()})", path.stem[0]))

    def _answers(self, path: Path) -> None:
        session, known = self._random.choice(self._open or [(path.stem[0], "nobody")])
        text = self._random.choice(["ok", "Traceback (most recent call last):\nValueError: late"])
        self._append(path, result(known, text, session, failed=text != "ok"))

    def _repeats(self, path: Path) -> None:
        lines = path.read_text().splitlines(keepends=True)
        start = self._random.randrange(len(lines) or 1)
        self._append(path, "".join(lines[start : start + 2]))

    def _breaks_off(self, path: Path) -> None:
        text = run(self._next(), path.stem[0])
        self._append(path, text[: self._random.randrange(len(text))])

    def _truncates(self, path: Path) -> None:
        text = path.read_text()
        path.write_text(text[: self._random.randrange(len(text) // 2, len(text) + 1)])

    def _swaps(self, path: Path) -> None:
        path.write_text(path.read_text().replace("fine", "fast").replace("print(1", "print(2"))

    def _rewrites(self, path: Path) -> None:
        new = path.with_suffix(".new")
        new.write_text(path.read_text().replace("KeyError", "NameErro"))
        new.replace(path)

    def _renames(self, path: Path) -> None:
        path.rename(path.with_name(f"{path.stem[0]}{self._next()}.jsonl"))

    def _touches(self, path: Path) -> None:
        path.touch()

    def _says(self, path: Path) -> None:
        self._append(path, line("user", f"do {self._next()}", path.stem[0]))

    def _loses_session(self, path: Path) -> None:
        self._append(path, line("user", f"do {self._next()}", None))
