"""The README's picture of the terminal shows what the command prints now."""

from __future__ import annotations

from terminal_picture import PICTURE, draw


def test_the_picture_is_what_the_bare_command_prints() -> None:
    assert PICTURE.read_text(encoding="utf-8") == draw(), "draw it anew: python tests/docs/terminal_picture.py"


def test_the_picture_fetches_nothing() -> None:
    assert "url(" not in PICTURE.read_text(encoding="utf-8").replace("url(#", "")
