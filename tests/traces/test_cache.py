"""Scans with a cache: what is read again, and that the result is always that of reading everything anew."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from skills_lint.installed import files_of
from skills_lint.redaction import Redactor
from skills_lint.traces.kept import answers, growth
from skills_lint.traces.kept.cache import open_cache
from skills_lint.traces.scan import scan
from tests.traces.kept import Editor, Kept, call, line, long_session, result, run

RANDOM = "toolu_01AbCo1a4RvBmGqFgpnkDsS8"
ERROR = "Traceback (most recent call last):\nKeyError: 1"
SECRET = "ghp" + "_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"


@pytest.fixture
def kept(tmp_path: Path, redactor: Redactor, monkeypatch: pytest.MonkeyPatch) -> Iterator[Kept]:
    """A folder of traces with a cache that lets small files grow too."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(growth, "_LEAST", 0)
    (tmp_path / "traces").mkdir()
    monkeypatch.chdir(tmp_path)
    return Kept(Path("traces"), redactor)


def put(kept: Kept, **files: str) -> None:
    for name, text in files.items():
        (kept.folder / f"{name}.jsonl").write_text(text)
    kept.age()
    kept.scan()


def append(kept: Kept, name: str, text: str) -> None:
    with (kept.folder / f"{name}.jsonl").open("a") as file:
        file.write(text)
    kept.age(f"{name}.jsonl")


def test_what_has_not_changed_is_not_read(kept: Kept) -> None:
    put(kept, a=long_session(), b=run(1, "s2"))

    assert kept.scan() == kept.anew()
    assert kept.read == 0


def test_only_a_changed_file_is_read(kept: Kept) -> None:
    put(kept, a=long_session(), b=run(1, "s2"))
    (kept.folder / "b.jsonl").write_text(run(2, "s2", failed=True))
    kept.age("b.jsonl")

    assert kept.scan() == kept.anew()
    assert kept.read == (kept.folder / "b.jsonl").stat().st_size


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", run(100, failed=True)),
        ("", run(100, failed=True) + run(101, failed=True) + run(102)),
        (
            call("toolu_01AbCo1a4RvBmGqFgpnkDsS8", "x"),
            result("toolu_01AbCo1a4RvBmGqFgpnkDsS8", ERROR, failed=True),
        ),
        (call("call_1", "x = 1"), result("call_1", ERROR, failed=True)),
        (line("user", "please"), run(100, failed=True)),
        (run(99, failed=True), run(100)),
        ("", call("late", "print(1)")),
        ("", "not JSON\n"),
    ],
    ids=["failure", "failures", "result", "result by a small id", "request", "what came next", "open call", "junk"],
)
def test_of_a_file_that_grew_only_what_is_new_is_read(before: str, after: str, kept: Kept) -> None:
    put(kept, a=long_session() + before)
    append(kept, "a", after)

    assert kept.scan() == kept.anew()
    assert kept.read == len(after)

    append(kept, "a", run(200, failed=True))

    assert kept.scan() == kept.anew()
    assert kept.read == len(run(200, failed=True))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (run(99)[:-1], "\n" + run(100)),
        (run(99)[:-30], run(99)[-30:]),
        (call("call_1", "x") + result("call_1", "ok"), call("call_1", "x") + result("call_1", ERROR, failed=True)),
        ("", run(39)),
        (call("call_1", "x") + call("call_1", "y"), result("call_1", "ok") + result("call_1", "ok")),
        ("", line("user", "go on", None)),
        (call("late", f"print('{SECRET}')"), result("late", ERROR, failed=True)),
    ],
    ids=["no last newline", "half a last line", "a retry under the old id", "told again", "two calls under one id",
         "no session", "a secret in an open call"],
)  # fmt: skip
def test_a_file_is_read_anew_where_what_is_new_hangs_together_with_the_old(before: str, after: str, kept: Kept) -> None:
    put(kept, a=long_session() + before)
    append(kept, "a", after)

    assert kept.scan() == kept.anew()
    assert kept.read >= (kept.folder / "a.jsonl").stat().st_size


def test_a_short_file_that_grew_is_read_anew(kept: Kept) -> None:
    put(kept, a=run(1))
    append(kept, "a", run(2))

    assert kept.scan() == kept.anew()
    assert kept.read == (kept.folder / "a.jsonl").stat().st_size


def test_a_file_that_another_of_the_same_size_and_time_replaces_is_read(kept: Kept) -> None:
    put(kept, a=run(1))
    other = kept.folder / "a.new"
    other.write_text(run(2))
    moment = (kept.folder / "a.jsonl").stat().st_mtime_ns
    other.replace(kept.folder / "a.jsonl")
    os.utime(kept.folder / "a.jsonl", ns=(moment, moment))

    assert kept.scan() == kept.anew()
    assert kept.read > 0


def test_a_file_that_has_just_been_written_is_read_again(kept: Kept) -> None:
    (kept.folder / "a.jsonl").write_text(run(1))
    kept.scan()

    assert kept.scan() == kept.anew()
    assert kept.read > 0


@pytest.mark.parametrize("seed", range(12))
def test_whatever_is_edited_the_result_is_that_of_reading_everything_anew(seed: int, kept: Kept) -> None:
    editor = Editor(kept.folder, seed)
    kept.age()
    kept.scan()
    for _ in range(12):
        done = editor.edit()
        if seed % 2:
            kept.age()

        assert kept.scan() == kept.anew(), done


def test_a_cache_depends_on_every_room_of_the_program_that_makes_a_scan() -> None:
    for room in ("traces", "errors", "redaction"):
        assert any(name.endswith(".py") for name, _, _ in files_of(room))


def test_a_cache_of_another_program_key_or_tool_is_not_used(kept: Kept, redactor: Redactor) -> None:
    put(kept, a=run(1))
    other = open_cache(Redactor(b"another key" * 3), ())
    tools = open_cache(redactor, ("my_python",))

    assert other is not None
    assert tools is not None
    assert len({kept.cache.state, other.state, tools.state}) == 3


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"",
        lambda data: data[: len(data) // 2],
        lambda data: b"x" * len(data),
        lambda data: data[:-9] + b"123",
    ],
    ids=["empty", "half", "other", "end"],
)
@pytest.mark.parametrize("pattern", ["*.answer", "*.sqlite"])
def test_a_damaged_cache_is_as_none(damage: Callable[[bytes], bytes], pattern: str, kept: Kept) -> None:
    put(kept, a=long_session(), b=run(1, "s2"))
    for file in kept.cache.folder.glob(pattern):
        file.write_bytes(damage(file.read_bytes()))
    append(kept, "b", run(2, "s2"))

    assert kept.scan() == kept.anew()
    assert kept.scan() == kept.anew()
    assert kept.read == 0


def test_a_damaged_record_is_read_anew(kept: Kept) -> None:
    put(kept, a=long_session(), b=run(1, "s2"))
    with closing(sqlite3.connect(kept.cache.folder / "files.sqlite")) as database, database:
        database.execute("UPDATE records SET data = substr(data, 1, 40) || x'00' || substr(data, 42)")
    append(kept, "b", run(2, "s2"))

    assert kept.scan() == kept.anew()
    assert kept.read == sum(path.stat().st_size for path in kept.folder.iterdir())


def test_nothing_secret_is_kept(kept: Kept) -> None:
    secret = call("late", f"print('{SECRET}')") + result("early", SECRET, failed=True) + line("user", SECRET)
    put(kept, a=long_session() + secret, b=run(1, SECRET))

    for file in kept.cache.folder.iterdir():
        assert SECRET.encode() not in file.read_bytes()


def test_the_cache_is_for_this_user_only(kept: Kept) -> None:
    put(kept, a=run(1))

    assert kept.cache.folder.stat().st_mode & 0o077 == 0


def test_answers_to_old_requests_give_way(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "_MOST", 2)
    put(kept, a=run(1))
    for name in "bcd":
        (kept.folder / f"{name}.jsonl").write_text(run(1, name))
        kept.age(f"{name}.jsonl")
        scan([kept.folder / f"{name}.jsonl"], redactor=kept.redactor, cache=kept.cache)

    assert len(list(kept.cache.folder.glob("*.answer"))) == 2


def test_a_cache_that_cannot_be_written_is_as_none(kept: Kept, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    (kept.folder / "a.jsonl").write_text(run(1))
    kept.age()

    assert kept.scan() == kept.anew()


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are text elsewhere")
def test_a_file_whose_name_is_no_text_is_read_anew(kept: Kept) -> None:
    (kept.folder / os.fsdecode(b"\xff.jsonl")).write_text(run(1, failed=True))
    put(kept, a=run(1, "s2"))

    assert kept.scan() == kept.anew()
