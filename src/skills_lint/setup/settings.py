"""The configuration that `init` gives to a repo that has none."""

from __future__ import annotations

import glob
import json
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from ..place import shown
from .step import Step, create, create_schema, extend, newline_of, read

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ..config import Config

_TABLE = "tool.skills-lint"


def write_settings(config: Config, *, strict: bool, known: Mapping[str, Sequence[str]]) -> Iterator[Step]:
    """Write the configuration into pyproject.toml, or with its schema into skills-lint.toml where there is none.

    `strict` asks every skill for a pitfalls section; `known` are the findings that are there already, as codes by
    file, which are silenced. A repo that is configured keeps its configuration.
    """
    if config.file is not None:
        yield Step("left", shown(config.file), "is the configuration already")
        return
    pyproject = config.root / "pyproject.toml"
    if pyproject.is_file():
        text = read(pyproject)
        added = _with_table(text, _settings(_TABLE, strict=strict, known=known))
        if added is not None:
            yield extend(pyproject, added, f"[{_TABLE}]")
            return
    folder = Path(config.buckets).parent
    lead = f"#:schema ./{(folder / 'config.schema.json').as_posix()}\n"
    own = _settings("", strict=strict, known=known)
    yield create(config.root / "skills-lint.toml", lead + own, "the configuration")
    yield create_schema("config", config.root / folder)


def _with_table(text: str, table: str) -> str | None:
    """Return a TOML document with a table at its end; None where it cannot take one, as with `tool = {…}`."""
    newline = newline_of(text)
    ended = text if text.endswith("\n") or not text else text + newline
    gap = newline if text.strip() else ""
    added = ended + gap + table.replace("\n", newline)
    try:
        tomllib.loads(added)
    except tomllib.TOMLDecodeError:
        return None
    return added


def _settings(table: str, *, strict: bool, known: Mapping[str, Sequence[str]]) -> str:
    lines = [f"[{table}]"] if table else []
    lines.append('traces = ["traces"]  # files and folders')
    if strict:
        lines.append('schema = "skill"  # every skill has the section "Common pitfalls (from traces)"')
    else:
        lines.append('# schema = "skill"  # strict: every skill needs the section "Common pitfalls (from traces)"')
    if known:
        lines += ["", "# What was there before: mend a file, and delete its line."]
        lines.append(f"[{table}.per-file-ignores]" if table else "[per-file-ignores]")
        lines += [f"{_quoted(glob.escape(file))} = {_quoted(codes)}" for file, codes in sorted(known.items())]
    return "".join(f"{line}\n" for line in lines)


def _quoted(value: str | Sequence[str]) -> str:
    """Return a string, or a list of strings, as TOML; JSON's notation is TOML's for these."""
    return json.dumps(value if isinstance(value, str) else list(value), ensure_ascii=False)
