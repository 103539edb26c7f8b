"""One annotation of GitHub Actions.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from ...inert import inert

if TYPE_CHECKING:
    from collections.abc import Mapping

Command = Literal["error", "warning", "notice"]


def annotation(command: Command, message: str, properties: Mapping[str, str | int]) -> str:
    """Return the line that GitHub reads as an annotation; no text can end it or begin another one."""
    shown = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    return f"::{command} {shown}::{_data(message)}"


def _data(text: str) -> str:
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return inert(escaped)


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
