"""YAML in a code block, as people write it for people: with templates and values left out."""

from __future__ import annotations

import re

import yaml

from ...lines import split_lines
from .error import BlockError
from .twice import first_repeated, repeated_keys

# Templates, what is left out, `<values>`, and settings that are shown beside YAML.
_SKETCH = re.compile(
    r"\{\{|\{%|^\s*(?:- )?(?:\.\.\.|…)\s*$|^\s*(?:- )?[\w-]+:\s+<[A-Za-z]|^(?:[A-Z_]+=|--\w)", re.MULTILINE
)

_VARIABLE = re.compile(r"[\s(]\$[A-Z]")  # of a pattern, as in `($READER : *zip.Reader)`
_OPENED = re.compile("quoted scalar|flow |simple key")  # what a parser may be within when it stops further down
_OPENS = re.compile(r"[\[{]")
_MOST_OPENED = 5_000  # brackets; for each token the parser looks through all that are open


def yaml_error(text: str) -> BlockError | None:
    """Return what cannot be YAML in a block, or a key that is there twice; None for a template or a sketch."""
    if _SKETCH.search(text) or _is_excerpt(text) or len(_OPENS.findall(text)) > _MOST_OPENED:
        return None
    try:
        repeated = list(repeated_keys(yaml.parse(_frontmatter_only(text), Loader=yaml.SafeLoader)))
    except yaml.MarkedYAMLError as error:
        # What is never closed is to be mended where it opens, and a line without a colon where it stands.
        opened, mark = error.context_mark, error.problem_mark
        if opened and mark and opened.line < mark.line and _OPENED.search(error.context or ""):
            mark = opened
        if mark is None or _VARIABLE.search(split_lines(text)[mark.line]):
            return None
        return BlockError(error.problem or "cannot be parsed", mark.line + 1, mark.column + 1)
    except (yaml.YAMLError, RecursionError):
        return None
    return first_repeated(text, repeated)


def _is_excerpt(text: str) -> bool:
    """Say whether the text begins within something: its first line is indented further than a later one."""
    widths = [len(line) - len(line.lstrip(" ")) for line in split_lines(text) if line.strip()]
    return bool(widths) and widths[0] > min(widths)


def _frontmatter_only(text: str) -> str:
    """Return only the frontmatter of an example that shows a whole Markdown file."""
    lines = split_lines(text)
    marks = [number for number, line in enumerate(lines) if line.rstrip() == "---"]
    return "\n".join(lines[: marks[1]]) if len(marks) > 1 and marks[0] == 0 else text
