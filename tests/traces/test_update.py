"""Answers brought up to date after few files changed: the result is that of merging everything anew."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skills_lint.redaction import Redactor
from skills_lint.traces.kept import reading, update
from skills_lint.traces.kept.answers import read_answer
from skills_lint.traces.kept.ties import tied
from tests.traces.kept import Kept, call, line, result, run
from tests.traces.sessions import WRITERS, some_runs

ERROR = "Traceback (most recent call last):\nKeyError: 1"
UNIQUE = "toolu_01AbCo1a4RvBmGqFgpnkDsS8"


@pytest.fixture
def kept(tmp_path: Path, redactor: Redactor, monkeypatch: pytest.MonkeyPatch) -> Iterator[Kept]:
    """A folder of traces with a cache, where all files but one in four may have changed."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "traces").mkdir()
    monkeypatch.chdir(tmp_path)
    return Kept(Path("traces"), redactor)


@pytest.fixture
def merged(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many files each merge of a scan took."""
    counts: list[int] = []
    plain = reading.merge

    def counted(digests: Any, *rest: Any) -> Any:
        counts.append(len(digests))
        return plain(digests, *rest)

    monkeypatch.setattr(reading, "merge", counted)
    return counts


def put(kept: Kept, **files: str) -> None:
    for name, text in files.items():
        (kept.folder / f"{name}.jsonl").write_text(text)
    kept.age(*(f"{name}.jsonl" for name in files))


def of(number: int, runs: int = 4) -> str:
    """Return the lines of a session that has nothing in common with others."""
    told = (run(100 * number + n, f"s{number}", failed=n == 1) for n in range(runs))
    return line("user", "begin", f"s{number}") + "".join(told)


def sessions(count: int) -> dict[str, str]:
    return {f"f{number:02}": of(number) for number in range(count)}


@pytest.mark.parametrize(
    ("change", "together"),
    [
        ({"f03": of(3) + run(9999, "s3", failed=True)}, 1),
        ({"new": run(9999, "another", failed=True)}, 1),
        ({"new": run(9999, "s3", failed=True)}, 2),
        ({"f03": of(3) + run(9999, "s5", failed=True)}, 2),
        ({"f03": call(UNIQUE, "x", "s3") + result(UNIQUE, ERROR, "s3", failed=True)}, 2),
        ({"f03": "no trace any more"}, 1),
        ({"f03": ""}, 1),
        ({"f03": "{}\n{}\n" + line("user", "no session", None)}, 1),
    ],
    ids=["grown", "new", "its session", "two sessions", "its call", "no trace", "empty", "no session"],
)  # fmt: skip
def test_what_hangs_together_with_a_change_is_merged_and_nothing_else(
    change: dict[str, str], together: int, kept: Kept, merged: list[int]
) -> None:
    put(kept, **sessions(12), other=call(UNIQUE, "x", "s20") + result(UNIQUE, "fine", "s20"))
    kept.scan()
    put(kept, **change)
    before = len(merged)

    assert kept.scan() == kept.anew()
    assert merged[before] <= together

    put(kept, f07=of(7, 5))

    assert kept.scan() == kept.anew()
    assert kept.scan() == kept.anew()
    assert kept.read == 0


def test_a_file_that_is_gone_takes_what_it_told_with_it(kept: Kept, merged: list[int]) -> None:
    put(kept, **sessions(12), late=run(9999, "s3", failed=True))
    kept.scan()
    (kept.folder / "f03.jsonl").unlink()
    before = len(merged)

    assert kept.scan() == kept.anew()
    assert merged[before] == 1


def test_of_files_that_changed_in_two_scans_at_once_none_is_told_wrongly(kept: Kept) -> None:
    put(kept, **sessions(12))
    kept.scan()
    (answer,) = kept.cache.folder.glob("*.answer")
    old = answer.read_bytes()
    put(kept, f03=of(3) + run(9999, "s3", failed=True))
    kept.scan()
    answer.write_bytes(old)  # the other scan ended later, and does not know
    put(kept, f03=run(9999, "s3", failed=True))

    assert kept.scan() == kept.anew()


def test_a_young_answer_is_not_given_again(kept: Kept) -> None:
    put(kept, **sessions(12))
    kept.scan()
    file = kept.folder / "f03.jsonl"
    file.write_text(of(3, 5))
    kept.scan()
    (answer,) = kept.cache.folder.glob("*.answer")
    found = read_answer(answer)

    assert found is not None
    assert not any(found.moment)
    assert kept.scan() == kept.anew()
    assert kept.read == file.stat().st_size


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25)
@given(dice=st.randoms(use_true_random=True))
def test_after_any_changes_the_result_is_that_of_a_scan_without_a_cache(
    dice: Random, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(update, "_SHARE", 1)
    for path in kept.folder.iterdir():
        path.unlink()
    rows: dict[str, list[Any]] = {}
    for _ in range(dice.randint(1, 5)):
        for _ in range(dice.randint(0, 4)):
            name = f"{dice.randint(0, 9)}.jsonl"
            told = dice.choice(WRITERS)(some_runs(dice, dice.randint(1, 4)), f"s{dice.randint(0, 6)}", dice)[0]
            others = dice.choice(list(rows.values())) if rows else []
            rows[name] = dice.choice(([], rows.get(name, []), others)) + dice.choice((told, told, others[-2:]))
            (kept.folder / name).write_text("".join(f"{json.dumps(row)}\n" for row in rows[name]))
            if dice.random() < 0.8:
                kept.age(name)
        if rows and dice.random() < 0.4:
            gone = dice.choice(sorted(rows))
            (kept.folder / gone).unlink()
            del rows[gone]
        assert kept.scan() == kept.anew()


def test_ties_are_followed_from_file_to_file() -> None:
    ties = {name: b"".join(n.to_bytes(8, "big") for n in own) for name, own in {
        "a": (1, 2), "b": (2, 3), "c": (3,), "d": (4,), "e": (), "f": (4, 5)}.items()}  # fmt: skip

    assert tied(ties, ["a"]) == {"a", "b", "c"}
    assert tied(ties, ["e"]) == {"e"}
    assert tied(ties, ["d", "e"]) == {"d", "e", "f"}
