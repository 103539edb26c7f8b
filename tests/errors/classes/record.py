"""Ask interpreters and libraries for their exception classes and write down the bases of each.

    python tests/errors/classes/record.py WITH_LIBRARIES INTERPRETER...

The first interpreter is asked for the classes of the libraries that it has, all of them for those of the standard
library. Writes `src/skills_lint/errors/classes.json`: module → class → bases, `Exception` and above left out, a base of
the same module by its bare name; a class that the top-level package offers too ends in `+`.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
TABLE = HERE.parents[2] / "src" / "skills_lint" / "errors" / "classes.json"
LIBRARIES = (HERE / "libraries.txt").read_text(encoding="utf-8").split()
BELOW = (HERE / "below.txt").read_text(encoding="utf-8").split()  # of the standard library, imported by no other


def main(with_libraries: str, *interpreters: str) -> None:
    """Write the table."""
    everywhere = sorted({name for python in interpreters for name in _modules(python)}) + BELOW
    known = _ask(with_libraries, LIBRARIES)
    for python in (*interpreters, with_libraries):
        for name, (bases, offered) in _ask(python, everywhere, "stdlib").items():
            earlier = known.setdefault(name, (bases, offered))
            known[name] = ([*earlier[0], *(base for base in bases if base not in earlier[0])], offered)
    table: dict[str, dict[str, str]] = {}
    for name, (bases, offered) in sorted(known.items()):
        module, _, own = name.rpartition(".")
        if _is_of_use(module, own):
            texts = [base.removeprefix(f"{module}.") if module else base for base in bases]
            table.setdefault(module, {})[own] = " ".join(texts) + ("+" if offered else "")
    text = json.dumps(table, separators=(",", ":"))
    TABLE.write_text(text.replace('},"', '},\n"') + "\n", encoding="utf-8")


def _is_of_use(module: str, own: str) -> bool:
    parts = [*module.split("."), own]
    return not own.endswith("Warning") and not any(part in {"test", "tests", "testing", "conftest"} for part in parts)


def _modules(python: str) -> list[str]:
    names = subprocess.run(
        [python, "-c", "import sys; print(*getattr(sys, 'stdlib_module_names', ()))"], capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    return names.stdout.split()


def _ask(python: str, modules: list[str], *more: str) -> dict[str, tuple[list[str], bool]]:
    run = subprocess.run(
        [python, str(HERE / "ask.py"), json.dumps(modules), *more], stdout=subprocess.PIPE, text=True, check=True
    )
    return {name: (bases, offered) for name, (bases, offered) in json.loads(run.stdout.splitlines()[-1]).items()}


if __name__ == "__main__":
    main(*sys.argv[1:])
