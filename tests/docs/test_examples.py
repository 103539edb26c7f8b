"""What the guide gives to copy is valid and complete, and the map shows every room."""

from __future__ import annotations

import json
import re
import tomllib
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from docpages import ROOT, Block, blocks

from skills_lint.buckets.load import load_buckets
from skills_lint.config import load_config
from skills_lint.shipped import shipped
from skills_lint.skills.markdown import read_markdown

if TYPE_CHECKING:
    from pathlib import Path

GUIDE = ROOT / "docs" / "guide"


def block_of(page: str, language: str, place: int = 0) -> Block:
    return [block for block in blocks(GUIDE / page) if block.language == language][place]


def first_column(page: str) -> list[str]:
    return re.findall(r"^\| `([\w-]+)` \|", (GUIDE / page).read_text(encoding="utf-8"), re.MULTILINE)


def schema(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((ROOT / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8"))
    return loaded


def test_the_bucket_in_the_guide_has_every_key_and_is_valid(tmp_path: Path) -> None:
    file = tmp_path / "buckets.yaml"
    file.write_text(block_of("writing-buckets.md", "yaml").text, encoding="utf-8")
    bucket = load_buckets(file)[0]
    keys = list(schema("buckets")["$defs"]["bucket"]["properties"])
    assert first_column("writing-buckets.md") == keys
    assert set(yaml.safe_load(file.read_text(encoding="utf-8"))["buckets"][0]) == set(keys)
    assert bucket.fixed is not None


def test_the_configuration_in_the_guide_has_every_key_and_is_valid(tmp_path: Path) -> None:
    file = tmp_path / "skills-lint.toml"
    file.write_text(block_of("configuration.md", "toml").text, encoding="utf-8")
    config = load_config(tmp_path)
    keys = list(schema("config")["properties"])
    assert first_column("configuration.md") == keys
    assert config.per_file_ignores
    assert config.severity


def test_the_bucket_file_leads_editors_to_the_schema_that_comes_with_the_package() -> None:
    file = ROOT / "routines" / "trace_failure_triage" / "buckets.yaml"
    lead, _, schema = file.read_text(encoding="utf-8").partition("\n")[0].partition("$schema=")
    assert f"{lead}$schema=" in block_of("editors.md", "yaml").text
    assert (file.parent / schema).resolve() == shipped("schemas", "buckets.schema.json")


def test_the_pitfalls_in_the_guide_name_buckets_of_this_repo() -> None:
    text = block_of("writing-pitfalls.md", "markdown").text
    assert read_markdown(text).sections()[0].title == "Common pitfalls (from traces)"
    ids = re.findall(r"^- `([\w-]+)`: \S", text, re.MULTILINE)
    declared = load_buckets(ROOT / "routines/trace_failure_triage/buckets.yaml")
    assert len(ids) == 2
    assert set(ids) <= {bucket.id for bucket in declared}


@pytest.mark.parametrize("place", [0, 1])
def test_the_hooks_to_copy_are_those_that_are_offered(place: int) -> None:
    offered = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}
    for repo in yaml.safe_load(block_of("pre-commit.md", "yaml", place).text)["repos"]:
        for hook in repo["hooks"]:
            same = set(hook) - {"language", "name"}
            assert {key: hook[key] for key in same} == {key: offered[hook["id"]][key] for key in same}


def test_every_room_is_on_the_map_and_has_a_floor() -> None:
    package = ROOT / "src" / "skills_lint"
    rooms = {path.name for path in package.iterdir() if (path / "__init__.py").exists()}
    modules = {path.name for path in package.glob("*.py") if not path.name.startswith("__")}
    on_the_map = set(re.findall(r"`(\w+(?:/|\.py))`", (ROOT / "docs/architecture.md").read_text("utf-8")))
    assert {f"{room}/" for room in rooms} | modules <= on_the_map
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    floors = {room for floor in contracts[0]["layers"] for room in re.findall(r"skills_lint\.(\w+)", floor)}
    assert floors == rooms | {module.removesuffix(".py") for module in modules}
