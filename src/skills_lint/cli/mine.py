"""`--mine NAME`: the user's own sessions, from where the tool that wrote them keeps them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any, TypeVar

    Command = TypeVar("Command", bound=Callable[..., Any])


def mine_option() -> Callable[[Command], Command]:
    """Add the option to a command; its value is the folders that it names."""
    return click.option(
        "--mine",
        metavar="TOOL",
        multiple=True,
        callback=_folders,
        help="Read your own sessions of a tool, such as `claude-code`, `codex` or `gemini-cli`, where it keeps them.",
    )


def _folders(_: click.Context, __: click.Parameter, names: tuple[str, ...]) -> tuple[Path, ...]:
    if not names:
        return ()
    from ..traces.mine import own_sessions

    return tuple(map(own_sessions, names))
