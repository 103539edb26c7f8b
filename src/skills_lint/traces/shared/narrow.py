"""Plain JSON narrowed to what a format expects of it; what is of another kind is taken for empty."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..mark import mark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ..event import Record


def object_of(value: Any) -> dict[str, Any]:
    """Return an object, or an empty one."""
    return value if isinstance(value, dict) else {}


def list_of(value: Any) -> list[Any]:
    """Return a list, or an empty one."""
    return value if isinstance(value, list) else []


def text_of(value: Any) -> str:
    """Return a text, a number as text, or an empty text."""
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def whole_of(value: Any) -> int | None:
    """Return a whole number, or None."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def items_in(record: Record, *keys: str) -> Iterator[tuple[str, Any]]:
    """Yield pointer and value of the items that a record holds in the first of some lists, else of itself."""
    found = _list_in(record.value, keys)
    if found is None:
        yield "", record.value
    else:
        yield from ((f"{found[0]}/{index}", item) for index, item in enumerate(found[1]))


def holds_items(record: Record, *keys: str) -> bool:
    """Return whether a record holds many items, and is none itself."""
    return _list_in(record.value, keys) is not None


def _list_in(value: Any, keys: tuple[str, ...]) -> tuple[str, list[Any]] | None:
    if isinstance(value, list):
        return "", value
    fields = object_of(value)
    return next(((f"/{key}", fields[key]) for key in keys if isinstance(fields.get(key), list)), None)


def text_in(fields: dict[str, Any], *keys: str) -> str:
    """Return the first text that is not empty in some fields, or an empty one."""
    return next((fields[key] for key in keys if isinstance(fields.get(key), str) and fields[key]), "")


def first_of(fields: dict[str, Any], *keys: str) -> Any:
    """Return the first of some fields that is filled with a plain value."""
    return next((fields[k] for k in keys if isinstance(fields.get(k), str | int | float) and fields[k] != ""), None)


def with_texts(value: Any, read: Callable[[str], Any], levels: int = 20) -> Any:
    """Return a JSON value with every text in it as `read` has it, down to so many levels of lists and objects."""
    if isinstance(value, str):
        return read(value)
    if isinstance(value, list) and levels:
        return [with_texts(item, read, levels - 1) for item in value]
    if isinstance(value, dict) and levels:
        return {key: with_texts(item, read, levels - 1) for key, item in value.items()}
    return value


def session_in(value: Any, *keys: str) -> str:
    """Return the first of some ids that an object has, or an empty text."""
    fields = object_of(value)
    return next((session for key in keys if (session := text_of(fields.get(key)))), "")


def own_session(record: Record) -> str:
    """Return a name for a session that fills a line of its own and has no id; any other takes the file's."""
    return "" if record.line is None else f"#{record.line} {mark(record.value)}"
