"""The page `docs/formats.md`, from what the format modules say of themselves; as a script it writes it."""

from __future__ import annotations

from pathlib import Path

from skills_lint.traces.formats import Format, all_formats

PAGE = Path(__file__).parents[2] / "docs" / "formats.md"
LAST = "heuristic"  # what is read where no format is surer
INTRODUCTION = """\
# Trace formats

A file is recognised by what it holds; its name and its ending say nothing. A record that does not fit its format is
read as far as it fits, and what cannot be read is named in the result, with its line and the reason.

Files, folders, globs and standard input (`-`) are read; `.gz`, `.bz2` and `.xz`, and `.zst` with
`pip install 'skills-lint[zstd]'`; tables in `.parquet` files, a row a record, with
`pip install 'skills-lint[parquet]'`; and what is in `.zip`, `.eval` and `.tar` archives, whose members are named as
`runs.zip!/a/b.jsonl`. Nothing is unpacked to disk, and what expands to more than 1,000 times its size is left out.

Which tools run Python is told by their names and their arguments; `python-tools` in the configuration names further
ones. For all formats alike: calls are paired with their results, an execution counts once however often it is told, and
a status decides whether it failed, where there is one that can be trusted. A skill counts as read when a tool for
skills loads it, when a call opens its file, and when what a tool returned begins with its frontmatter.
"""
ROWS = {
    "files": "Files",
    "recognised": "Recognised by",
    "versions": "Versions read",
    "execution": "An execution",
    "failure": "Failed when",
    "request": "The user's request",
    "skills": "Skills",
    "source": "Known from",
}


def page() -> str:
    """Return the page."""
    formats = sorted(all_formats(), key=lambda format_: (format_.name == LAST, format_.about.title.lower()))
    return "\n".join(
        [INTRODUCTION, *own_sessions(formats), *(line for format_ in formats for line in section(format_))]
    )


def own_sessions(formats: list[Format]) -> list[str]:
    """Return what is said of tools that keep their user's sessions."""
    lines = [
        "## Your own sessions",
        "",
        "`skills-lint triage --mine TOOL` reads them where the tool keeps them. Some tools delete old sessions: triage",
        "them now and then with `--record`, and the evidence file keeps what matters.",
        "",
        "| `--mine` | folder | unless set by | kept for |",
        "| --- | --- | --- | --- |",
    ]
    for format_ in formats:
        if (home := format_.home) is not None:
            kept = home.kept or "as long as you like"
            lines.append(f"| `{format_.name}` | `{home.folder}/{home.below}` | `{home.variable}` | {kept} |")
    return [*lines, ""]


def section(format_: Format) -> list[str]:
    """Return what a format says of itself."""
    about = format_.about
    rows = [(head, getattr(about, field).replace("|", r"\|")) for field, head in ROWS.items()]
    table = [f"| {head} | {text} |" for head, text in rows if text]
    return [f"## {about.title}", "", f"| `{format_.name}` | |", "| --- | --- |", *table, ""]


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
