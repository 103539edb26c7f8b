"""LangChain messages: `HumanMessage`, `AIMessage` with `tool_calls`, `ToolMessage` with `tool_call_id`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..shared.about import About
from ..shared.langchain import message_events, messages_in
from ..shared.unnamed import UnnamedCalls

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ..event import Event, Record

NAME = "langchain-messages"
ABOUT = About(
    title="LangChain messages",
    files="a message a line, or `messages`, as log records, as `message_to_dict` writes them, or serialised",
    recognised="`message_type`, `type` with `data`, or `lc` with `kwargs`",
    versions="LangChain 0.1 to 1.0",
    execution="`tool_calls[].id` ↔ `tool_call_id`",
    failure="`status: error`, or what the `content` says",
    request="`HumanMessage`",
    skills="read: a tool for skills, or opening a `SKILL.md`",
    source="real files; <https://python.langchain.com/api_reference/core/messages.html>",
)


def recognise(head: Sequence[Record]) -> float:
    """Return the share of records that hold such messages, at most 0.95: tool events hold them too."""
    ours = sum(any(True for _ in messages_in(record.value)) for record in head)
    return 0.95 * ours / len(head) if head else 0.0


def events(records: Iterable[Record]) -> Iterator[Event]:
    """Yield the events of a file of messages."""
    unnamed = UnnamedCalls()
    for record in records:
        yield from message_events(record, unnamed, echo=False)
