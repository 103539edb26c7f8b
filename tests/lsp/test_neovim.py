"""Neovim itself, set up by the paragraph of the guide, and used by the keys that the guide tells."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from docpages import ROOT, blocks

SKILL = "skills/robust-frames/SKILL.md"
OLDEST = (0, 11)


@pytest.fixture
def neovim() -> str:
    """The command that starts Neovim."""
    try:
        done = subprocess.run(["nvim", "--version"], capture_output=True, text=True, check=True)
    except FileNotFoundError:
        pytest.skip("there is no Neovim here")
    version = re.match(r"NVIM v(\d+)\.(\d+)", done.stdout)
    if version is None or (int(version[1]), int(version[2])) < OLDEST:
        pytest.skip(f"this is no Neovim of version 0.11 or newer: {done.stdout.splitlines()[0]}")
    return "nvim"


def test_the_guide_sets_neovim_up_and_its_keys_do_what_it_says(
    repo: Any, neovim: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    text = (repo.root / SKILL).read_text()
    repo.write(SKILL, text.replace("`missing-column`", "`missing-colum`"))
    home = tmp_path_factory.mktemp("home")
    guide = blocks(ROOT / "docs" / "guide" / "editors.md")
    (home / "init.lua").write_text(next(block.text for block in guide if block.language == "lua"))
    folders = {name: str(home) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")}
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    driver = Path(__file__).with_name("neovim.lua")
    done = subprocess.run(
        [neovim, "--headless", "-n", "-u", str(home / "init.lua"), "-c", f"luafile {driver}"],
        cwd=repo.root,
        env={**os.environ, **folders, "PATH": path, "SKILL": SKILL, "SEEN": str(home / "seen.json")},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (home / "seen.json").exists(), done.stderr
    assert json.loads((home / "seen.json").read_text()) == {
        "diagnostics": ["SK203"],
        "fixes": ["Name the bucket `missing-column` (unsafe)"],
        "mended": "`missing-column`",
        "undiagnosed": True,
        "hover": "**Missing column** (`missing-column`)\n\nCause: The frame lacks the column.\n\n"
        "Fix: Check the columns before selecting.\n\nSeen 4 times in 3 sessions, last on 2026-11-05.",
        "places": [["buckets.yaml", 10], ["SKILL.md", 13]],
        "definition": ["buckets.yaml", "  - id: text-dates"],
        "proposed": ["missing-column", "text-dates"],
        "written": "- `missing-column`: Look first.",
    }
