"""Files that the wheel carries beside the code: the JSON Schemas and the routine."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

_PACKAGE = Path(__file__).parent
_REPO = _PACKAGE.parent.parent
_HOMES = {
    "schemas": (_PACKAGE / "_shipped" / "schemas", _REPO / "schemas"),
    "routine": (_PACKAGE / "_shipped" / "routine", _REPO / "routines" / "trace_failure_triage"),
}


def shipped(kind: str, name: str) -> Path:
    """Return the path of a shipped file; `kind` is "schemas" or "routine".

    An installed wheel has it inside the package, a checkout at the top level of the repo.
    Raises FileNotFoundError when neither has it.
    """
    for home in _HOMES[kind]:
        if (home / name).is_file():
            return home / name
    raise FileNotFoundError(f"{kind}/{name} is not part of this installation")


@cache
def load_schema(name: str) -> dict[str, Any]:
    """Return the shipped JSON Schema (2020-12) called `name`: "skill", "agentskills", "buckets", …"""
    schema: dict[str, Any] = json.loads(shipped("schemas", f"{name}.schema.json").read_text(encoding="utf-8"))
    return schema
