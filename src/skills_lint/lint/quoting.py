"""Texts as YAML has to have them."""

from __future__ import annotations

import yaml


def quote_for(text: str) -> str:
    """Return the quote that a text is put between: a double one if nothing in it has to be escaped then, else a single.

    A single quote in a text between single ones is written twice.
    """
    return "'" if set('"\\') & set(text) else '"'


def scalar(text: str) -> str:
    """Return a text of one line as a value: plain if YAML reads it as itself, else in quotes."""
    try:
        same = yaml.safe_load(f"key: {text}") == {"key": text}
    except (yaml.YAMLError, ValueError):
        same = False
    if same:
        return text
    quote = quote_for(text)
    return f"{quote}{text.replace(quote, 2 * quote)}{quote}"
