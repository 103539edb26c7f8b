"""TOML in a code block, as people write it for people: with templates and values left out."""

from __future__ import annotations

import re
import tomllib

from ...lines import split_lines
from .error import BlockError

_SKETCH = re.compile(
    r"\{\{|\{%|^\s*(?:\.\.\.|…)\s*$|=[ \t]*(?:<|\.\.\.|…)|[\[,]\s*(?:\.\.\.|…)\s*[\],]|\$\{", re.MULTILINE
)
_COMMENT = re.compile(r"(?:^|\s)#", re.MULTILINE)
_PLACE = re.compile(r" \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")
_TWICE = re.compile(r"[Cc]annot (?:overwrite|declare|mutate|redefine)|already")


def toml_error(text: str) -> BlockError | None:
    """Return what cannot be TOML in a block; None if it can be, or if it is a template or a sketch.

    A key or a table that is there twice is fine in a block with comments, which shows alternatives below one another.
    """
    if _SKETCH.search(text):
        return None
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        message = str(error)[: place.start()] if place else str(error)
        if _TWICE.search(message) and _COMMENT.search(text):
            return None
        lines = split_lines(text.rstrip())
        line = int(place["line"]) if place and place["line"] else len(lines)
        column = int(place["column"]) if place and place["column"] else len(lines[-1]) + 1
        return BlockError(message[:1].lower() + message[1:], line, column)
    except RecursionError:
        return None
    return None
