"""The hostile corpus: texts that traces and skills may hold, and skills whose frontmatter or name is the trick.

What a text would do, were it live, shows: it sets `window.hacked`, or asks for something with `canary` in its address.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_FOLDER = Path(__file__).with_name("hostile")
_IMAGE = "<img src=canary onerror=window.hacked=1>"
_LONG = {
    "combining": "Z\u0335\u0322\u0321\u0327\u0328\u031b\u0300" * 300,
    "long-word": "x" * 20_000,
    "many-lines": "line\n" * 3_000,
    "many-brackets": "[" * 3_000 + "](" * 500 + "*_" * 2_000,
    "many-backticks": "`" * 3_001 + _IMAGE,
    "deep-quotes": "> " * 400 + _IMAGE,
    "deep-list": "\n".join("  " * depth + "- deep" for depth in range(150)),
    "deep-tags": "<div>" * 2_000 + _IMAGE,
    "wide-table": "|" + "c|" * 300 + "\n|" + "-|" * 300 + f"\n|{_IMAGE}" + "v|" * 299,
    "long-table": "| a | b |\n|---|---|\n" + f"| {_IMAGE} | c |\n" * 2_000,
    "nested-brackets": "(" * 500 + "a+" * 500 + ")" * 500 + "a" * 2_000 + "!",
    "five-megabytes": _IMAGE + "y" * 5_000_000,
}
FILES = (  # names that a file system takes
    "<img src=canary onerror=window.hacked=1>",
    "'\"><script>window.hacked=1<",
    "javascript:window.hacked=1",
    "..%2f..%2fcanary",
    "{{ 7*7 }} {% raw %}",
    "a?b#c&d=e",
    "\u202egnp.exe",
    "x" * 200,
    " lead and trail ",
    "new\nline",
)


def hostile_texts() -> dict[str, str]:
    """Return the texts of all cases by their names."""
    return json.loads((_FOLDER / "texts.json").read_text(encoding="utf-8")) | _LONG


def hostile_repo(events: Callable[..., str]) -> dict[str, str]:
    """Return the files of a repo in which every case has a cause, a session and a skill of its own."""
    texts = hostile_texts()
    own = json.loads((_FOLDER / "skills.json").read_text(encoding="utf-8"))
    numbered = list(enumerate(texts.items()))
    return {
        "skills-lint.toml": 'publish = "sessions"\nbuckets = "buckets.yaml"\n',
        "buckets.yaml": "buckets:\n" + "".join(_bucket(number) for number, _ in numbered),
        **{f"traces/{number:03}.jsonl": _trace(events, number, text) for number, (_, text) in numbered},
        **{f"traces/{name}.jsonl": events(500 + number, "NameError: x") for number, name in enumerate(FILES)},
        **{f"skills/{name}/SKILL.md": _skill(number, text) for number, (name, text) in numbered},
        **{f"skills/{name}/SKILL.md": text for name, text in own.items()},
    }


def write(folder: Path, files: dict[str, str]) -> None:
    """Write files whose texts may hold lone surrogates."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8", "surrogatepass"))


def _bucket(number: int) -> str:
    return (
        f"  - id: case-{number:03}\n    title: Case {number:03}\n    match: [{{exception: Case{number:03}Error}}]\n"
        "    cause: A trick.\n    fix: None.\n    hint: None.\n"
    )


def _trace(events: Callable[..., str], number: int, text: str) -> str:
    error = f"Case{number:03}Error: {text}"
    failed = events(number, error, code=f"run(1)\n# {text}", request=text)
    return failed + events(number, error, code=f"run(2)\n# {text[::-1]}", request=text)


def _skill(number: int, text: str) -> str:
    line = json.dumps(text[:200].encode("utf-8", "replace").decode())
    head = f"---\nname: {line}\ndescription: {line}\n---\n"
    return f"{head}\n# {text}\n\n{text}\n\n## Common pitfalls (from traces)\n\n- `case-{number:03}`: {text}\n\n{text}\n"
