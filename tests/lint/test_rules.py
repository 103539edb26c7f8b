"""Every rule finds what its bad example shows, and nothing in its good one."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from skills_lint.lint import rules as package
from skills_lint.lint.reference import rule_page
from skills_lint.lint.registry import rules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from skills_lint.lint.diagnostic import Diagnostic
    from skills_lint.lint.rule import Rule

    Lint = Callable[..., list[Diagnostic]]

HEAD = "---\nname: etf\ndescription: Read ETF prices.\n---\n"
FILE = "skills/etf/SKILL.md"
each_rule = pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.name)


@each_rule
def test_the_bad_example_breaks_only_its_rule(rule: Rule, lint: Lint) -> None:
    assert {diagnostic.code for diagnostic in lint(rule.bad, preview=rule.preview)} == {rule.code}


@each_rule
def test_the_good_example_breaks_no_rule(rule: Rule, lint: Lint) -> None:
    assert lint(rule.good, preview=rule.preview) == []


@each_rule
def test_a_rule_is_told_apart_and_explained(rule: Rule) -> None:
    assert re.fullmatch(r"SK\d{3}", rule.code)
    assert sum(check is not None for check in (rule.check_skill, rule.check_repo, rule.check_unused)) == 1
    assert [other for other in rules() if other.code == rule.code or other.name == rule.name] == [rule]
    page = rule_page(rule)
    assert page.startswith(f"# {rule.code} {rule.name}\n")
    assert rule.summary in page


@each_rule
def test_a_rule_lives_in_a_module_of_its_name(rule: Rule) -> None:
    check = rule.check_skill or rule.check_repo or rule.check_unused
    assert check is not None
    assert check.__module__ == f"skills_lint.lint.rules.{rule.name.replace('-', '_')}"


@pytest.fixture
def further_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder whose modules are rules as well."""
    monkeypatch.setattr(package, "__path__", [*package.__path__, str(tmp_path)])
    rules.cache_clear()
    yield tmp_path
    rules.cache_clear()
    monkeypatch.undo()
    sys.modules.pop(f"{package.__name__}.one_more", None)
    vars(package).pop("one_more", None)


def test_a_module_is_all_that_a_rule_needs(further_rules: Path) -> None:
    module = Path(package.__file__).parent / "name_not_folder.py"
    text = module.read_text().replace("SK104", "SK999").replace('"name-not-folder"', '"one-more"')
    (further_rules / "one_more.py").write_text(text)
    assert [(rule.code, rule.name) for rule in rules()][-1] == ("SK999", "one-more")


def places(lint: Lint, files: Mapping[str, str | bytes]) -> list[tuple[str, int, int, int]]:
    return [(d.code, d.line, d.column, d.end_column) for d in lint(files)]


@pytest.mark.parametrize(
    ("text", "code", "line", "column", "end"),
    [
        ("---\nname: etf\n---\nText.\n", "SK101", 1, 1, 4),
        ("---\nname: etf\ndescription:\n---\nText.\n", "SK101", 3, 13, 13),
        ("---\nname: etf\ndescription: [a]\n---\nText.\n", "SK101", 3, 14, 17),
        ("---\nname: etf\ndescription: d\nmetadata:\n  version: 1.0\n---\nText.\n", "SK101", 5, 12, 15),
        ("---\nname: etf\ndescription: a\ndescription: b\n---\nText.\n", "SK102", 4, 1, 12),
        ("---\nname: etf\ndescription: d\nallowed_tools: Read\n---\nText.\n", "SK103", 4, 1, 14),
        ("---\nname: fund\ndescription: d\n---\nText.\n", "SK104", 2, 7, 11),
        (HEAD, "SK202", 4, 1, 4),
        (HEAD + "## A\n\n<!-- later -->\n", "SK202", 5, 1, 5),
        (HEAD + "## Common pitfalls (from traces)\n", "SK202", 5, 1, 33),
        (HEAD + "Text.\n\n## Common pitfalls (from traces)\n\n- `a-b`\n", "SK204", 9, 4, 7),
        (HEAD + "[a](b.md)\n", "SK301", 5, 5, 9),
        (HEAD + "![a](b.png)\n", "SK301", 5, 6, 11),
        (HEAD + "[a](#b)\n", "SK302", 5, 5, 7),
        (HEAD + "- item\n\n  ```python\n  f(\n  ```\n", "SK401", 8, 4, 5),
        (HEAD + '```json\n{"a": 1\n "b": 2}\n```\n', "SK402", 7, 2, 3),
        (HEAD + "```yaml\na: 1\nb: 'c\n```\n", "SK403", 7, 4, 5),
    ],
)
def test_a_finding_is_at_its_exact_place(lint: Lint, text: str, code: str, line: int, column: int, end: int) -> None:
    assert places(lint, {FILE: text}) == [(code, line, column, end)]
    assert places(lint, {FILE: text.replace("\n", "\r\n")}) == [(code, line, column, end)]


@pytest.mark.parametrize(
    "text",
    [
        "[a](https://a.example/b.md) [b](//c.example) [c](mailto:d@e.example) [d](javascript:x)",
        "[a]({baseDir}/b.md) [h](~/b.md) [b](<path>/c.md) [c](url) [d](/top.md) [e](...) [f](`x`)",
        "[a](../../../../issues)",
        "[a](other.md?raw=true) [b](sub%20dir/x.md) [c](other.md#Second-part) [d](other.md#own)",
        "[a](#top) [b](#:~:text=c) [c](script.py#L3)",
        "`[a](b.md)`\n\n```\n[a](b.md)\n```",
        "# One & two\n\nText [a](#one--two).",
        "# ⚙️ Setup\n\nText [a](#️-setup) [b](#-setup) [c](#-Setup).",
        "[a](path/to/file.md)",
    ],
)
def test_a_link_that_lives_or_leads_elsewhere_is_fine(lint: Lint, text: str) -> None:
    files = {
        FILE: f"{HEAD}\n{text}\n",
        "skills/etf/other.md": "# Second part\n<a id='own'></a>\n",
        "skills/etf/sub dir/x.md": "",
        "skills/etf/script.py": "",
    }
    assert lint(files) == []


@pytest.mark.parametrize(
    ("key", "fine"),
    [
        ("lisence", False),
        ("licence", False),
        ("allowed_tools", False),
        ("allowedTools", False),
        ("disallowed-tools", True),
        ("argument-hint", True),
        ("owner", True),
    ],
)
def test_only_keys_that_are_nearly_known_are_misspelt(lint: Lint, key: str, fine: bool) -> None:
    found = lint({FILE: f"---\nname: etf\ndescription: d\n{key}: x\n---\nText.\n"})
    assert [diagnostic.code for diagnostic in found] == ([] if fine else ["SK103"])


def test_a_misspelt_key_is_not_also_missing(lint: Lint) -> None:
    found = lint({FILE: "---\nname: etf\ndescripton: d\n---\nText.\n"})
    assert [(d.code, d.message, d.help) for d in found] == [
        ("SK103", "unknown key `descripton`", "did you mean `description`?")
    ]


def test_a_skill_at_the_top_of_a_repo_may_have_any_name(lint: Lint) -> None:
    assert lint({"SKILL.md": HEAD + "Text.\n"}) == []


def test_a_file_that_is_the_skill_gives_it_its_name(lint: Lint) -> None:
    assert lint({"skills/etf.md": HEAD + "Text.\n"}) == []
    assert [d.code for d in lint({"skills/fund.md": HEAD + "Text.\n"})] == ["SK104"]


def test_what_a_message_quotes_is_inert(lint: Lint) -> None:
    found, _ = lint({FILE: HEAD + "Text.\n\n## A\x1b[2J\u202eb\n"})
    assert found.message == "the section `A\\x1b[2J\\u202eb` is empty"


def test_an_empty_file_is_one_finding(lint: Lint) -> None:
    assert [(d.code, d.message) for d in lint({FILE: "", "skills-lint.toml": 'schema = "skill"\n'})] == [
        ("SK001", "the file is empty; expected frontmatter and text")
    ]


def test_a_binary_file_is_one_finding(lint: Lint) -> None:
    assert [d.code for d in lint({FILE: b"\x89PNG\r\n\x1a\n\0\0\xff"})] == ["SK001"]


def test_without_a_bucket_file_no_bucket_is_unknown(lint: Lint) -> None:
    text = HEAD + "Text.\n\n## Common pitfalls (from traces)\n\n- `any-bucket`: read the API first\n"
    assert lint({FILE: text}) == []


@pytest.mark.parametrize(
    ("items", "codes"),
    [
        ("- `a-b`: TODO", ["SK204"]),
        ("- `a-b`: [TODO: say what to do]", ["SK204"]),
        ("- `a-b`:\n  FIXME: say what to do", ["SK204"]),
        ("- `a-b`: TBD", ["SK204"]),
        ("- `a-b`: read the API first\n- TODO: more of them", ["SK504"]),
        ("TODO: list them", ["SK504"]),
        ("- `a-b`: delete the `TODO` comments of a template first", []),
        ("- `a-b`: `TODO` is a mark of its own; keep it", []),
    ],
)
def test_a_note_among_pitfalls_is_told_once(lint: Lint, items: str, codes: list[str]) -> None:
    text = f"{HEAD}Text.\n\n## Common pitfalls (from traces)\n\n{items}\n"
    assert [d.code for d in lint({FILE: text})] == codes
