"""Texts as YAML has to have them."""

from __future__ import annotations

import yaml


def quoted(text: str) -> str:
    """Return a text of one line in quotes: double ones if nothing in it has to be escaped then, else single ones."""
    return f'"{text}"' if not set('"\\') & set(text) else "'{}'".format(text.replace("'", "''"))


def scalar(text: str) -> str:
    """Return a text of one line as a value: plain if YAML reads it as itself, else in quotes."""
    try:
        same = yaml.safe_load(f"key: {text}") == {"key": text}
    except (yaml.YAMLError, ValueError):
        same = False
    return text if same else quoted(text)
