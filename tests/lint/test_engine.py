"""Which rules run where: selection, severity, suppression."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skills_lint.config import Config
from skills_lint.lint.engine import check
from skills_lint.place import InputError
from skills_lint.skills.parse import parse_skill

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from skills_lint.lint.diagnostic import Diagnostic

    Lint = Callable[[Mapping[str, str | bytes]], list[Diagnostic]]

FILE = "skills/etf/SKILL.md"
HEAD = "---\nname: etf\ndescription: d\n---\n"
TWO_FAULTS = "---\nname: fund\ndescription: d\n---\n[a](b.md)\n"  # SK104 and SK301


def codes(lint: Lint, text: str, config: str = "") -> list[str]:
    return [diagnostic.code for diagnostic in lint({FILE: text, "skills-lint.toml": config})]


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        ("", ["SK104", "SK301"]),
        ('select = ["SK3"]', ["SK301"]),
        ('select = ["dead-link"]', ["SK301"]),
        ('ignore = ["SK301"]', ["SK104"]),
        ('select = ["SK1", "SK3"]\nignore = ["SK1"]', ["SK301"]),
        ('[severity]\nSK104 = "off"', ["SK301"]),
        ('[per-file-ignores]\n"skills/*" = ["SK3"]', ["SK104"]),
        ('[per-file-ignores]\n"skills/etf" = ["SK3"]', ["SK104"]),
        ('[per-file-ignores]\n"SKILL.md" = ["SK3"]', ["SK104"]),
        ('[per-file-ignores]\n"other/*" = ["SK3"]', ["SK104", "SK301"]),
    ],
)
def test_the_configuration_selects_rules(lint: Lint, config: str, expected: list[str]) -> None:
    assert codes(lint, TWO_FAULTS, config) == expected


def test_the_configuration_sets_severities(lint: Lint) -> None:
    found = lint({FILE: TWO_FAULTS, "skills-lint.toml": '[severity]\nSK104 = "info"\n'})
    assert [(d.code, d.severity) for d in found] == [("SK104", "info"), ("SK301", "error")]


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ('select = ["SK999"]', "`select` names no rule: `SK999`"),
        ('ignore = ["dead-lnk"]', "did you mean `dead-link`?"),
        ('[per-file-ignores]\n"*" = ["X"]', "`per-file-ignores` names no rule: `X`"),
        ('[severity]\nSK31 = "off"', "`severity` names no rule: `SK31`"),
    ],
)
def test_a_rule_that_does_not_exist_is_an_error(lint: Lint, config: str, message: str) -> None:
    with pytest.raises(InputError) as error:
        codes(lint, TWO_FAULTS, config)
    assert message in str(error.value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[a](b.md) <!-- skills-lint: ignore SK301 -->\n", []),
        ("[a](b.md) <!-- skills-lint: ignore SK302 -->\n", ["SK301", "SK505"]),
        ("<!-- skills-lint: ignore SK301 -->\n[a](b.md)\n[c](d.md)\n", ["SK301"]),
        ("<!-- skills-lint: ignore SK302, dead-link -->\n\n[a](b.md)\n", ["SK505"]),
        ("<!-- skills-lint: ignore SK4 -->\n```python\na = 1\nf(\n```\n", []),
        ("```python\nf(\n# <!-- skills-lint: ignore SK401 -->\n```\n", ["SK401"]),
        ("a [a](b.md)\n<!-- skills-lint: ignore SK301 -->\n\nmore\n", ["SK301", "SK505"]),
    ],
)
def test_a_comment_silences_a_rule_at_its_place(lint: Lint, text: str, expected: list[str]) -> None:
    assert codes(lint, HEAD + text) == expected


@pytest.mark.parametrize(
    ("frontmatter", "expected"),
    [
        ("name: fund # skills-lint: ignore SK104\n", ["SK101"]),
        ("name: fund\n# skills-lint: ignore SK104, SK101\n", []),
        ("name: fund # skills-lint: ignore SK101\n", ["SK101", "SK104", "SK505"]),
    ],
)
def test_a_yaml_comment_silences_a_rule_in_the_frontmatter(lint: Lint, frontmatter: str, expected: list[str]) -> None:
    assert codes(lint, f"---\n{frontmatter}---\nText.\n") == expected


def test_findings_are_sorted_by_file_and_place(lint: Lint) -> None:
    found = lint({"skills/b/SKILL.md": TWO_FAULTS, "skills/a/SKILL.md": TWO_FAULTS})
    assert [(d.file, d.line) for d in found] == [
        ("skills/a/SKILL.md", 2),
        ("skills/a/SKILL.md", 5),
        ("skills/b/SKILL.md", 2),
        ("skills/b/SKILL.md", 5),
    ]


MARKDOWN = st.lists(
    st.sampled_from(
        [
            "---",
            "name: a",
            "# A",
            "- `a-b`",
            "  text",
            "```python",
            "```json",
            "```yaml",
            "```",
            "[a](b#c)",
            "{",
            "f(",
            ": x",
        ]
    )
).map("\n".join)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.binary(), st.text().map(str.encode), MARKDOWN.map(str.encode)))
def test_no_bytes_crash_the_linter(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "SKILL.md"
    path.write_bytes(content)
    skill = parse_skill(path, "SKILL.md")
    for diagnostic in check([skill], config=Config(root=tmp_path, schema="skill", preview=True)):
        assert 1 <= diagnostic.line <= skill.text.count("\n") + skill.text.count("\r") + 1
        assert (diagnostic.line, diagnostic.column) <= (diagnostic.end_line, diagnostic.end_column)
