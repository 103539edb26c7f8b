"""What the guide gives to copy starts the server."""

from __future__ import annotations

import json
import re
import tomllib
from typing import Any

from docpages import ROOT, blocks

PAGE = ROOT / "docs" / "guide" / "editors.md"
SKILL = "skills/robust-frames/SKILL.md"


def text_of(language: str) -> str:
    return next(block.text for block in blocks(PAGE) if block.language == language)


def test_the_settings_of_each_editor_run_the_command_that_serves(repo: Any, editor: Any) -> None:
    code = json.loads(text_of("json"))
    helix = tomllib.loads(text_of("toml"))["language-server"]["skills-lint"]
    neovim = re.search(r"cmd = \{ '([\w-]+)', '(\w+)' \}", text_of("lua"))
    assert neovim is not None
    command = ["skills-lint", "lsp"]
    assert [code["glspc.server.command"], *code["glspc.server.commandArguments"]] == command
    assert [helix["command"], *helix["args"]] == command
    assert list(neovim.groups()) == command
    editor.start().open(SKILL)
    assert editor.findings(SKILL) == []


def test_the_settings_of_each_editor_name_skills_and_the_bucket_file() -> None:
    wanted = {"markdown", "yaml"}
    languages = {entry["name"]: entry["language-servers"] for entry in tomllib.loads(text_of("toml"))["language"]}
    assert wanted <= set(json.loads(text_of("json"))["glspc.server.languageId"])
    assert wanted == {name for name, servers in languages.items() if "skills-lint" in servers}
    assert "filetypes = { 'markdown', 'yaml' }" in text_of("lua")


def test_the_comments_that_lead_to_schemas_are_those_that_init_writes(empty_repo: Any) -> None:
    empty_repo.run("init")
    page = PAGE.read_text(encoding="utf-8")
    folder = "routines/trace_failure_triage"
    for file, schema in ((f"{folder}/buckets.yaml", f"{folder}/buckets.schema.json"), ("skills-lint.toml", None)):
        lead = (empty_repo.root / file).read_text().splitlines()[0]
        assert f"\n{lead}\n" in page
        assert (empty_repo.root / (schema or lead.partition("./")[2])).is_file()
