"""The table of forms in `docs/guide/messages.md`; as a script it writes it there."""

from __future__ import annotations

from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING

from skills_lint.errors.forms import FORMS

if TYPE_CHECKING:
    from skills_lint.errors.forms import Form

PAGE = Path(__file__).parents[2] / "docs" / "guide" / "messages.md"
START, END = "writes this table -->\n", "<!-- /forms -->"
# What the reader itself settles: see `_settled` and `read_exit` in `said.py`.
SETTLED = {"circular-import": ["reason"], "missing-argument": ["takes"]}
EXIT = "| `exit` | A run ends without an exception. | `code`, `signal` | no exception |"
MANY = 4  # exceptions, after which the rest is left out


def table() -> str:
    """Return the forms with their meaning, their parts and the exceptions that they come from, as Markdown."""
    rows = [row(form) for form in sorted(FORMS, key=lambda form: form.name)]
    rows = sorted([*rows, EXIT])
    return "\n".join(["| form | means | parts | from |", "| --- | --- | --- | --- |", *rows]) + "\n"


def row(form: Form) -> str:
    """Return the row of one form."""
    parts = ", ".join(f"`{name}`" for name in parts_of(form))
    names = [f"`{name}`" for name in form.types[:MANY]] + ["…"] * (len(form.types) > MANY)
    return f"| `{form.name}` | {form.means} | {parts} | {', '.join(names) or 'no exception'} |"


def parts_of(form: Form) -> list[str]:
    """Return the names of the parts that some wording of a form has."""
    names: list[str] = []
    for wording in form.wordings:
        names += [name for _, name, *_ in Formatter().parse(wording.text) if name and not name.startswith("_")]
        names += wording.parts
    return [*dict.fromkeys([*names, *SETTLED.get(form.name, [])])]


def with_table(page: str) -> str:
    """Return the page with the table as it is now."""
    before, _, rest = page.partition(START)
    return before + START + "\n" + table() + "\n" + END + rest.partition(END)[2]


if __name__ == "__main__":
    PAGE.write_text(with_table(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
