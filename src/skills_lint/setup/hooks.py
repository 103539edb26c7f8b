"""The hook entries in .pre-commit-config.yaml."""

from __future__ import annotations

import shlex
import textwrap
from typing import TYPE_CHECKING, Any

import yaml

from ..place import shown
from .step import Step, create, extend, newline_of, read
from .yamllist import append_item

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

FILE = ".pre-commit-config.yaml"

_COMMANDS = {"skills-lint": "check", "skills-coverage": "coverage"}
_DETAILS = {
    "skills-lint": (
        "files: (^|/)SKILL\\.md$|(^|/)skills/|(^|/)buckets\\.ya?ml$",
        "types: [text]",
        "require_serial: true",
    ),
    "skills-coverage": ("pass_filenames: false", "always_run: true"),
}


def write_hooks(top: Path, ids: Sequence[str], config_file: str | None = None) -> Step:
    """Put the hooks called `ids` into the pre-commit configuration of the git repo at `top`.

    `config_file` is our configuration's path from there, if it is not where the command finds it itself. A file into
    which they cannot be put without doubt is left, and the step says what to paste.
    """
    path = top / FILE
    if not path.exists():
        return create(path, f"repos:\n{_indented(_entry(ids, config_file))}", _note(ids))
    text = read(path)
    lacking = [id_ for id_ in ids if id_ not in {hook.get("id") for hook in _hooks(text)}]
    if not lacking:
        return Step("left", shown(path), "has the hooks already" if len(ids) > 1 else "has the hook already")
    added = _with_hooks(text, lacking, config_file)
    if added is None:
        paste = _indented(_entry(lacking, config_file))
        return Step("by hand", shown(path), "could not be extended safely; put this under `repos:`", paste)
    return extend(path, added, _note(lacking))


def _note(ids: Sequence[str]) -> str:
    return f"hook {' and '.join(ids)}"


def _with_hooks(text: str, ids: Sequence[str], config_file: str | None) -> str | None:
    """Return the file with more hooks: in the entry that has one of ours, else in an entry of their own."""
    home = next(((number, repo) for number, repo in _repos(text) if _has_ours(repo)), None)
    if home is None:
        return append_item(text, ["repos"], _local(_entry(ids, config_file), text))
    number, repo = home
    for id_ in ids:
        item = _hook(id_, config_file) if repo.get("repo") == "local" else f"- id: {id_}\n"
        added = append_item(text, ["repos", number, "hooks"], _local(item, text))
        if added is None:
            return None
        text = added
    return text


def _entry(ids: Sequence[str], config_file: str | None) -> str:
    """Return the entry under `repos` as YAML; it runs the installed command, whose version the repo's own lock pins."""
    hooks = "".join(_hook(id_, config_file) for id_ in ids)
    return f"- repo: local\n  hooks:\n{textwrap.indent(hooks, '    ')}"


def _hook(id_: str, config_file: str | None) -> str:
    option = f" --config {shlex.quote(config_file)}" if config_file else ""
    lines = [f"- id: {id_}", f"name: {id_}", f"entry: skills-lint {_COMMANDS[id_]}{option}", "language: system"]
    return "\n  ".join([*lines, *_DETAILS[id_]]) + "\n"


def _indented(entry: str) -> str:
    return textwrap.indent(entry, "  ")


def _local(item: str, text: str) -> str:
    return item.replace("\n", newline_of(text))


def _has_ours(repo: dict[str, Any]) -> bool:
    return any(hook.get("id") in _COMMANDS for hook in _dicts(repo.get("hooks")))


def _hooks(text: str) -> Iterator[dict[str, Any]]:
    for _, repo in _repos(text):
        yield from _dicts(repo.get("hooks"))


def _repos(text: str) -> list[tuple[int, dict[str, Any]]]:
    try:
        document = yaml.safe_load(text)
    except yaml.YAMLError:
        return []
    repos = document.get("repos") if isinstance(document, dict) else None
    return [(n, repo) for n, repo in enumerate(repos) if isinstance(repo, dict)] if isinstance(repos, list) else []


def _dicts(value: object) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
