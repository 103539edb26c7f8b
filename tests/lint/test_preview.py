"""Rules on trial run only where somebody asks for them."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from skills_lint.config import Config
from skills_lint.lint import rules as package
from skills_lint.lint.reference import rule_page
from skills_lint.lint.registry import rules
from skills_lint.lint.selection import selected_rules

if TYPE_CHECKING:
    from collections.abc import Iterator

CODE, NAME = "SK998", "on-trial"


@pytest.fixture(autouse=True)
def on_trial(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """One more rule, which is on trial."""
    text = (Path(package.__file__).parent / "name_not_folder.py").read_text()
    text = text.replace("SK104", CODE).replace('"name-not-folder"', f'"{NAME}",\n    preview=True')
    (tmp_path / "on_trial.py").write_text(text)
    monkeypatch.setattr(package, "__path__", [*package.__path__, str(tmp_path)])
    rules.cache_clear()
    yield
    rules.cache_clear()
    monkeypatch.undo()
    sys.modules.pop(f"{package.__name__}.on_trial", None)
    vars(package).pop("on_trial", None)


@pytest.mark.parametrize(
    ("settings", "runs"),
    [
        ({}, False),
        ({"preview": True}, True),
        ({"select": ("SK9",)}, False),
        ({"select": ("SK9",), "preview": True}, True),
        ({"select": (CODE,)}, True),
        ({"select": (CODE.lower(),)}, True),
        ({"select": (NAME,)}, True),
        ({"select": ("SK1",), "preview": True}, False),
        ({"preview": True, "ignore": (CODE,)}, False),
        ({"severity": {CODE: "error"}}, False),
    ],
)
def test_a_rule_on_trial_runs_when_it_is_asked_for(settings: dict[str, Any], runs: bool) -> None:
    config = replace(Config(root=Path()), **settings)
    assert (CODE in [rule.code for rule, _ in selected_rules(config)]) == runs


def test_its_page_says_how_to_run_it() -> None:
    rule = next(rule for rule in rules() if rule.code == CODE)
    page = rule_page(replace(rule, precision="34 of 36 findings on 241 public skills (2026-11)"))
    assert "| error | 0.1 | unsafe: `check --unsafe-fixes` | 34 of 36 findings on 241 public skills (2026-11) |" in page
    assert "On trial: it runs with `check --preview`" in page
    assert "On trial" not in rule_page(replace(rule, preview=False))
