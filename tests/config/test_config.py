from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from config_schema import FILE, with_rules

from skills_lint.config import _READERS, Config, load_config
from skills_lint.lint.registry import rules, rules_named
from skills_lint.place import InputError
from skills_lint.shipped import load_schema


def read(tmp_path: Path, text: str, name: str = "skills-lint.toml") -> InputError:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as error:
        load_config(tmp_path)
    return error.value


def test_without_a_file_all_defaults_hold(tmp_path: Path) -> None:
    config = load_config(tmp_path)
    assert (config.traces, config.window, config.publish, config.schema) == (("traces",), 30, "counts", None)


def test_the_nearest_file_holds_and_its_folder_is_the_root(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.skills-lint]\nwindow = "7d"\n', encoding="utf-8")
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / "a" / "pyproject.toml").write_text("[project]\nname = 'x'\n", encoding="utf-8")
    config = load_config(inner)
    assert (config.window, config.root) == (7, tmp_path)


def test_a_parent_beyond_the_repo_is_not_asked(tmp_path: Path) -> None:
    (tmp_path / "skills-lint.toml").write_text('window = "7d"\n', encoding="utf-8")
    (tmp_path / "repo" / ".git").mkdir(parents=True)
    assert load_config(tmp_path / "repo").window == 30


def test_an_unknown_key_is_told_its_right_spelling_and_its_line(tmp_path: Path) -> None:
    error = read(tmp_path, "[project]\nname = 'x'\n\n[tool.skills-lint]\ntrace = ['t']\n", "pyproject.toml")
    assert error.way_out == "did you mean `traces`?"
    assert error.place is not None
    assert error.place.line == 5


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("window = 30", 'a number of days, as in "30d"'),
        ("traces = 'here'", "a list of strings"),
        ("publish = 'all'", "one of counts, examples, sessions"),
        ("severity = {SK101 = 'fatal'}", "a table of rule codes"),
        ("per-file-ignores = ['x']", "a table of file patterns"),
        ("buckets = ''", "a string"),
        ("required-version = '>=99'", "does not satisfy"),
        ("required-version = 'new'", "must be like"),
        ("skills = [", "not valid TOML"),
    ],
)
def test_a_value_that_cannot_be_used_says_what_was_expected(tmp_path: Path, text: str, says: str) -> None:
    error = read(tmp_path, text)
    assert says in error.message
    assert error.place is not None


def test_a_named_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot read the configuration"):
        load_config(tmp_path, tmp_path / "none.toml")


def test_the_schema_knows_the_keys_that_are_read() -> None:
    schema = load_schema("config")
    assert set(schema["properties"]) == set(_READERS)
    example = {"window": "30d", "skills": ["skills"], "severity": {"SK101": "off"}, "publish": "examples"}
    jsonschema.Draft202012Validator(schema).validate(json.loads(json.dumps(example)))


def test_the_schema_lists_the_rules_as_they_are() -> None:
    schema = FILE.read_text(encoding="utf-8")
    assert schema == with_rules(schema), "run `python tests/docs/config_schema.py`"


def test_the_schema_takes_the_words_for_rules_that_are_taken() -> None:
    validator = jsonschema.Draft202012Validator(load_schema("config"))
    ours = [word for rule in rules() for word in (rule.code, rule.code.lower(), rule.code[:3], rule.name)]
    for word in ("S", "sk", "SK1", "SK10", "SK", *ours, "", "SK9", "SK1011", "SK101 ", "xSK101", "Dead-Link", "dead"):
        taken = bool(rules_named(word))
        for setting in ({"select": [word]}, {"ignore": [word]}, {"per-file-ignores": {"*": [word]}}):
            assert validator.is_valid(setting) == taken, setting
        assert validator.is_valid({"severity": {word: "off"}}) == taken, word
    assert not validator.is_valid({"severity": {"SK101": "fatal"}})


def test_the_schema_has_no_name_of_its_own() -> None:
    assert "$id" not in load_schema("config"), "Taplo takes no schema whose name is not an absolute address"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('[tool.skills-lint]\nwindow = "7d"\nskills = 1\n', 3),
        ('[tool."skills-lint"]\nskills = 1\n', 2),
        ("[ tool . 'skills-lint' ]\n'skills' = 1\n", 2),
        ("[tool]\nskills-lint.skills = 1\n", 2),
        ('tool."skills-lint".skills = 1\n', 1),
        ("[tool]\nx.y = 1\nskills-lint = {skills = 1}\n", 3),
        ("[tool.skills-lint-extra]\nskills = 1\n[tool.skills-lint]\nskills = 2\n", 4),
        ("[tool.other]\nskills = 1\n[tool.skills-lint]\nskills = 2\n", 4),
        ("[tool.skills-lint.skills]\na = 2\n", 1),
        ("[tool.skills-lint]\nseverity.skills = 2\n[tool.x]\nseverity = 1\n", 2),
    ],
)
def test_a_key_is_found_on_its_line_however_toml_writes_it(tmp_path: Path, text: str, line: int) -> None:
    place = read(tmp_path, text, "pyproject.toml").place
    assert place is not None
    assert place.line == line


def test_a_setting_knows_its_place_as_seen_from_a_subfolder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "skills-lint.toml").write_text('window = "7d"\nschema = "skill"\n', encoding="utf-8")
    (tmp_path / "a").mkdir()
    monkeypatch.chdir(tmp_path / "a")
    assert str(load_config(tmp_path).place("schema")) == "../skills-lint.toml:2"
    assert Config(tmp_path).place("schema") is None
