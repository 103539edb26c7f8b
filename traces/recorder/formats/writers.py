"""Which module writes which format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import claude_code, events, langchain_messages, openai_chat

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from ..play import Recording
    from ..script import Format
    from . import Record

WRITERS: Mapping[Format, Callable[[Recording], Iterator[Record]]] = {
    "events": events.records,
    "langchain-messages": langchain_messages.records,
    "openai-chat": openai_chat.records,
    "claude-code": claude_code.records,
}
