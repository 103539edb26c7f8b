"""Messages in content blocks, as Anthropic's API has them and Claude Code writes them down: text, calls and results."""

from __future__ import annotations

from msgspec import Raw, Struct

from ..sources.fields import NOTHING, plain
from ..verdicts.payload import plain_text


class Block(Struct, gc=False):
    """A part of a message: text, a call, or a result."""

    type: str | None = None
    text: Raw = NOTHING
    id: str | int | None = None
    name: str | None = None
    input: Raw = NOTHING
    tool_use_id: str | int | None = None
    is_error: bool | None = None
    content: Raw = NOTHING


class Message(Struct, gc=False):
    """What was said, as one text or in blocks."""

    content: list[Block | str] | str | None = None
    model: str | None = None

    @property
    def blocks(self) -> list[Block | str]:
        """The blocks; none where the content is a text."""
        return self.content if isinstance(self.content, list) else []

    @property
    def author(self) -> str | None:
        """The model that said it; None for what a program put in, such as `<synthetic>`."""
        return self.model if self.model is not None and self.model[:1] != "<" else None

    @property
    def said(self) -> str:
        """All text in it."""
        if not isinstance(self.content, list):
            return self.content or ""
        parts = (
            part if isinstance(part, str) else plain_text(plain(part.text) or plain(part.content))
            for part in self.content
        )
        return "\n".join(part for part in parts if part)
