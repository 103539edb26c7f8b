"""Which sessions get no hints."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skills_lint.holdout import arm_of, noted_arms, take_arm
from skills_lint.traces.mark import session_key

SHARES = st.floats(0, 1)


@pytest.fixture
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of the notes, in a folder that is there."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    file = tmp_path / "skills-lint" / "hints.jsonl"
    file.parent.mkdir()
    return file


def test_a_fifth_is_about_a_fifth() -> None:
    withheld = sum(arm_of(f"session {number}", 0.2) == "withheld" for number in range(5_000))
    assert 900 < withheld < 1_100


@given(st.text(), SHARES, SHARES)
def test_a_larger_share_withholds_from_the_same_sessions_and_more(session: str, one: float, other: float) -> None:
    smaller, larger = sorted((one, other))
    if arm_of(session, smaller) == "withheld":
        assert arm_of(session, larger) == "withheld"


@given(st.text())
def test_none_and_all_are_shares_too(session: str) -> None:
    assert (arm_of(session, 0), arm_of(session, 1)) == ("given", "withheld")


def test_what_was_noted_first_counts_and_broken_lines_are_passed_over(notes: Path) -> None:
    key = session_key("a")
    lines = ["", "{", "[]", '{"session": "x"}', '{"session": "y", "hint": "odd"}', '{"session": [], "hint": "given"}']
    noted = [f'{{"session": "{key}", "hint": "{arm}"}}' for arm in ("withheld", "given")]
    notes.write_text("\n".join([*lines, *noted]) + "\n")
    assert noted_arms() == {key: "withheld"}
    assert take_arm("a", 0) == "withheld"


def test_a_session_is_noted_once(notes: Path) -> None:
    assert [take_arm("a", 1) for _ in range(3)] == ["withheld"] * 3
    assert len(notes.read_text().splitlines()) == 1


def test_where_no_lot_is_drawn_nothing_is_noted(notes: Path) -> None:
    assert take_arm("a", 0) == "given"
    assert not notes.exists()
