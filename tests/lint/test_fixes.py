"""Fixes mend what they are about, once and for all, and touch nothing else."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skills_lint.config import Config
from skills_lint.lint.diagnostic import Diagnostic, Edit, Fix
from skills_lint.lint.engine import check
from skills_lint.lint.fixes import fix_all, put_fixes
from skills_lint.lint.registry import rules
from skills_lint.lint.rewrite import rewrite
from skills_lint.lint.targets import meant_file
from skills_lint.place import Span
from skills_lint.project import open_project
from skills_lint.skills.parse import checked_text, parse_skill_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from skills_lint.lint.rewrite import Rewrite
    from skills_lint.lint.rule import Rule
    from skills_lint.project import Project

    Write = Callable[[Mapping[str, str | bytes]], Path]

FILE = "skills/etf/SKILL.md"
HEAD = "---\nname: etf\ndescription: Read ETF prices.\n---\n"
REVEALED = {"SK001", "SK100", "SK404"}  # what hides other findings
FIXABLE = [rule for rule in rules() if rule.fix]


def opened(root: Path) -> Project:
    """Return the project in a folder, with all rules on."""
    project = open_project(root)
    return replace(project, config=replace(project.config, preview=True))


def rewritten(root: Path, *, unsafe: bool = True) -> Rewrite:
    project = opened(root)

    def lint(texts: Mapping[str, str]) -> tuple[Diagnostic, ...]:
        return project.lint(project.skills, whole=True, texts=texts)

    return rewrite(project.diagnostics, lint, root, unsafe=unsafe)


def fixed(write: Write, text: str, *, unsafe: bool = True, **others: str) -> str:
    """Return what a skill holds when it was fixed; a second time changes nothing."""
    root = write({FILE: text, **others})
    for change in rewritten(root, unsafe=unsafe).changes:
        change.write()
    assert rewritten(root, unsafe=unsafe).changes == ()
    return (root / FILE).read_bytes().decode("utf-8")


@pytest.mark.parametrize("rule", FIXABLE, ids=lambda rule: rule.name)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_the_bad_example_of_a_rule_is_mended_by_its_fix(rule: Rule, newline: str, write: Write) -> None:
    root = write({name: text.replace("\n", newline) for name, text in rule.bad.items()})
    offered = {found.fix.safe for found in opened(root).diagnostics if found.fix}
    assert offered == {rule.fix == "safe"}
    result = rewritten(root, unsafe=rule.fix == "unsafe")
    assert result.count >= 1
    assert result.diagnostics == ()
    for change in result.changes:
        assert change.before.count(b"\r") == change.before.count(b"\n") * (newline == "\r\n")
        assert change.after.count(b"\r") == change.after.count(b"\n") * (newline == "\r\n")
        change.write()
    again = rewritten(root)
    assert (again.count, again.changes, again.diagnostics) == (0, (), ())


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.name)
def test_a_rule_that_promises_no_fix_has_none(rule: Rule, write: Write) -> None:
    found = opened(write(rule.bad)).diagnostics
    assert any(diagnostic.fix for diagnostic in found) == (rule.fix is not None)


@pytest.mark.parametrize("rule", [rule for rule in FIXABLE if rule.fix == "unsafe"], ids=lambda rule: rule.name)
def test_an_unsafe_fix_has_to_be_asked_for(rule: Rule, write: Write) -> None:
    assert rewritten(write(rule.bad), unsafe=False).changes == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("description: Use when: prices", 'description: "Use when: prices"'),
        ('description: Say "no": never', "description: 'Say \"no\": never'"),
        ("description: It's \\d: a digit", "description: 'It''s \\d: a digit'"),
        ("description: [Beta] Read prices", 'description: "[Beta] Read prices"'),
        ("description: [Beta", 'description: "[Beta"'),
        ("description: {a} b", 'description: "{a} b"'),
        ("description: @team reads it", 'description: "@team reads it"'),
        ("description: `x` reads it", 'description: "`x` reads it"'),
        ("description: *all* prices", 'description: "*all* prices"'),
        ("description: - prices", 'description: "- prices"'),
        ("description: Use when: prices\n  are missing.  ", 'description: "Use when: prices\n  are missing."  '),
        ("description: a: b\nlicense: MIT: yes", 'description: "a: b"\nlicense: "MIT: yes"'),
        ("description: d\nmetadata:\n  note: a: b", 'description: d\nmetadata:\n  note: "a: b"'),
    ],
)
def test_a_text_that_yaml_cannot_read_is_quoted(write: Write, before: str, after: str) -> None:
    text = "---\nname: etf\n{}\n---\nText: here.\n"
    assert fixed(write, text.format(before), unsafe=False) == text.format(after)


@pytest.mark.parametrize(
    "frontmatter",
    [
        "name: etf\ndescription: a: b # a comment",
        "name: etf\ndescription: 'never closed",
        "name: etf\ndescription: a: b\n  license: MIT",
        "name: etf\nallowed-tools: [Read, Write",
        "name: etf\ndescription: a: b\nlicense: [a",
        "name: etf\n\tdescription: d",
        "- etf\n- prices: a: b",
    ],
)
def test_a_frontmatter_whose_texts_are_in_doubt_is_left_alone(write: Write, frontmatter: str) -> None:
    for rest in ("Text.\n", "", None):
        text = f"---\n{frontmatter}\n---" + ("" if rest is None else f"\n{rest}")
        assert fixed(write, text) == text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("license: MIT\ndescription: d\nlicense: MIT", "license: MIT\ndescription: d"),
        ('license: MIT\ndescription: d\nlicense: "MIT"', "license: MIT\ndescription: d"),
        ("license: MIT\ndescription: d\nlicense:\n  MIT\n\n# end", "license: MIT\ndescription: d\n\n# end"),
        ("description: d\nmetadata:\n  a: b\n  a: b", "description: d\nmetadata:\n  a: b"),
        ("description: d\ndescription: e", None),
        ("license: MIT\ndescription: d\nlicense: MIT # ours", None),
        ("license: MIT\ndescription: d\nlicense: GPL\nlicense: MIT", None),
        ("license: MIT\ndescription: d\nlicense: GPL\nlicense: MIT\nlicense: MIT", None),
        ("license: MIT\ndescription: d\nlicense: MIT\nlicense: MIT", "license: MIT\ndescription: d"),
        ("description: d\nmetadata: {a: b, a: b}", None),
        ("allowed-tools:\n- A\ndescription: d\nallowed-tools:\n- A", "allowed-tools:\n- A\ndescription: d"),
    ],
)
def test_the_second_of_two_equal_keys_goes_if_it_says_the_same(write: Write, before: str, after: str | None) -> None:
    text = "---\nname: etf\n{}\n---\nText.\n"
    assert fixed(write, text.format(before)) == text.format(after or before)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("lisence: MIT", "license: MIT"),
        ("allowed_tools: Read", "allowed-tools: Read"),
        ("lisence: MIT\nlisence: GPL", None),
        ("licence: MIT\nlisence: MIT", None),
        ('"lisence": MIT', None),
    ],
)
def test_a_misspelt_key_is_renamed_where_one_key_is_meant(write: Write, before: str, after: str | None) -> None:
    text = "---\nname: etf\ndescription: d\n{}\n---\nText.\n"
    assert fixed(write, text.format(before), unsafe=False) == text.format(after or before)


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("[a](notes.md#x)", "[a](references/notes.md#x)"),
        ("![a](<my pic.png>)", "![a](<references/my%20pic.png>)"),
        ("[a][b]\n\n[b]: notes.md", None),  # the place of the link is not that of its target
        ("[a](notes.txt)", None),
        ("[a](#first)", None),
        ("[a](#first-hedding)\n\n# First heading", "[a](#first-heading)\n\n# First heading"),
        ("[a](#part-3)\n\n# Part 1\n\n# Part 2", None),
    ],
)
def test_a_link_is_led_to_what_is_clearly_meant(write: Write, text: str, after: str | None) -> None:
    others = {"skills/etf/references/notes.md": "# x\n", "skills/etf/references/my pic.png": ""}
    assert fixed(write, f"{HEAD}{text}\n", **others) == f"{HEAD}{after or text}\n"


@pytest.mark.parametrize(
    ("path", "files", "meant"),
    [
        ("scripts/chek.py", ["scripts/check.py", "scripts/read.py"], "scripts/check.py"),
        ("scripts/check.py", ["bin/check.py"], "bin/check.py"),
        ("scripts/check.py", ["a/check.py", "b/check.py"], None),
        ("scripts/generate_figures.py", ["scripts/generate_table.py"], None),
        ("scripts/check_old.py", ["scripts/check.py", "scripts/checks.py"], None),
        ("scripts/chek.sh", ["scripts/check.py"], None),
        ("notes/chek.md", ["references/check.md"], None),
    ],
)
def test_a_file_is_meant_by_its_name_and_not_by_its_folder(path: str, files: list[str], meant: str | None) -> None:
    assert meant_file(path, files) == meant


def test_a_script_is_renamed_wherever_it_is_named(write: Write) -> None:
    text = f"{HEAD}Run scripts/chek.py, then `python scripts/chek.py`.\n"
    after = fixed(write, text, **{"skills/etf/scripts/check.py": ""})
    assert after == text.replace("chek", "check")


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("```python\na = 1\n\n## Next\n\nText.", "```python\na = 1\n```\n\n## Next\n\nText."),
        ("```sh\na -b\n\n---\n\nText.", "```sh\na -b\n```\n\n---\n\nText."),
        ("```sh\na -b\n\nThen run the other.\n", "```sh\na -b\n```\n\nThen run the other.\n"),
        ("```sh\na -b\n\n# Then run:\nc\n", "```sh\na -b\n\n# Then run:\nc\n```\n"),
        ("```text\nOne.\n\nThen the other one.\n", "```text\nOne.\n\nThen the other one.\n```\n"),
        ("~~~~ sh\na\n\n\n", "~~~~ sh\na\n~~~~\n\n\n"),
        ("- item\n\n  ```sh\n  a\n  b", "- item\n\n  ```sh\n  a\n  b\n  ```"),
        ("- item\n\n  ```sh\n  a\n\nText.", None),
        ("```\na\n\n## Next", None),
        ("> ```\n> a\n\nText.", None),
    ],
)
def test_a_fence_is_closed_before_the_heading_that_it_swallows(write: Write, text: str, after: str | None) -> None:
    assert fixed(write, HEAD + text) == HEAD + (after or text)


def test_a_byte_order_mark_goes_alone(write: Write) -> None:
    text = "---\nname: etf\nlisence: MIT\ndescription: d\n---\nText.\n"
    assert fixed(write, f"\ufeff{text}") == text.replace("lisence", "license")


def test_the_flags_made_of_tags_stay(write: Write) -> None:
    flag = "\U0001f3f4\U000e0067\U000e0062\U000e007f"
    assert fixed(write, f"{HEAD}a\u202e{flag}\u202cb\n") == f"{HEAD}a{flag}b\n"


@pytest.mark.parametrize(("folder", "name"), [("on", '"on"'), ("etf-2", "etf-2"), ("ETF data", None)])
def test_a_name_is_one_that_the_schema_has_and_a_text(write: Write, folder: str, name: str | None) -> None:
    file = f"skills/{folder}/SKILL.md"
    root = write({file: "---\nname: fund\ndescription: d\n---\nText.\n"})
    after = dict(rewritten(root).texts).get(file)
    assert (after and after.split("\n")[1]) == (name and f"name: {name}")


def test_a_file_that_is_not_utf_8_is_left_alone(write: Write) -> None:
    root = write({FILE: b"---\nname: etf\nlisence: MIT\ndescription: \xe9\n---\nText.\n"})
    result = rewritten(root)
    assert (result.changes, result.untouched) == ((), ((FILE, "it is not UTF-8"),))


def test_nothing_is_written_through_a_link_or_outside_of_the_repo(write: Write) -> None:
    bad = HEAD.replace("name: etf", "name: etf\nlisence: MIT") + "Text.\n"
    root = write({"repo/hidden/etf/SKILL.md": bad, "other/skills/etf/SKILL.md": bad, "repo/skills/x.md": ""})
    repo = root / "repo"
    (repo / "skills/etf").symlink_to("../hidden/etf")
    (repo / "skills/hard").mkdir()
    (repo / "skills/hard/SKILL.md").hardlink_to(root / "other/skills/etf/SKILL.md")
    for path, why in [
        (repo / "skills/etf/SKILL.md", "a link leads to it"),
        (root / "other/skills/etf/SKILL.md", "it lies outside of the repo"),
        (repo / "skills/hard/SKILL.md", "it has another name, by a hard link"),
    ]:
        fix = Fix("rename", (Edit(Span(3, 1, 3, 8), "license"),), safe=True)
        found = Diagnostic(path.as_posix(), 3, 1, 3, 8, "SK103", "misspelt-key", "error", "unknown key", None, fix)
        result = rewrite([found], lambda _texts, found=found: [found], repo, unsafe=True)  # type: ignore[misc]
        assert (result.changes, result.untouched) == ((), ((path.as_posix(), why),))


def diagnostic(*edits: tuple[int, int, str], safe: bool = True) -> Diagnostic:
    fix = Fix("change", tuple(Edit(Span(1, start, 1, end), text) for start, end, text in edits), safe)
    return Diagnostic("a.md", 1, 1, 1, 1, "SK103", "misspelt-key", "error", "m", None, fix)


def test_of_fixes_that_overlap_the_first_wins() -> None:
    fixes = [diagnostic((1, 3, "x")), diagnostic((2, 4, "y"), (5, 6, "z")), diagnostic((4, 5, "w"))]
    assert put_fixes("abcdef", [found.fix for found in fixes if found.fix]) == ("xcwef", 2)


def test_fixes_that_undo_each_other_come_to_an_end() -> None:
    def lint(texts: Mapping[str, str]) -> list[Diagnostic]:
        return [diagnostic((1, 2, "b" if texts["a.md"] == "a" else "a"))]

    result = fix_all([diagnostic((1, 2, "b"))], lint, lambda _file: "a", unsafe=False)
    assert result.texts["a.md"] in ("a", "b")


EDITS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 5), st.text(max_size=3)), max_size=8)


@given(st.text(max_size=40), EDITS)
def test_all_that_no_fix_touches_stays(text: str, edits: list[tuple[int, int, str]]) -> None:
    text = text.replace("\r", "").replace("\n", "").replace("\ufeff", "")
    width = len(text)
    fixes = [
        Fix("change", (Edit(Span(1, min(at, width) + 1, 1, min(at + length, width) + 1), put),), safe=True)
        for at, length, put in edits
    ]
    after, count = put_fixes(text, fixes)
    assert count <= len(fixes)
    assert put_fixes(text, []) == (text, 0)
    marked, same = put_fixes(f"\ufeff{text}", fixes)
    assert (marked, same) == (f"\ufeff{after}", count)
    if count == 1 and len(fixes) == 1:
        span = fixes[0].edits[0].span
        assert after == text[: span.column - 1] + fixes[0].edits[0].text + text[span.end_column - 1 :]


FRONTMATTER = st.lists(
    st.sampled_from(
        [
            "name: fund", "name: etf", "lisence: MIT", "license: MIT", "license: a: b", "description: a: b",
            "description: d", "description: [Beta] d", "  more: c", "  more", "metadata:", "  a: b", "  a: 'b'", "é: ü",
            "# skills-lint: ignore SK104", "licence: MIT # skills-lint: ignore SK103", "allowed-tools: [A", "- b", "",
        ]
    ),
    max_size=7,
)  # fmt: skip
BODY = st.lists(
    st.sampled_from(
        [
            "<!-- skills-lint: ignore SK301, SK302 -->", "[a](b.md) <!-- skills-lint: ignore SK301 SK4 -->", "[a](#on)",
            "## One", "```sh", "```", "  ```python", "f(", "Text\u202e.", "\ufefftext", "", "- item", "\x0c", "---",
        ]
    ),
    max_size=8,
)  # fmt: skip


@settings(max_examples=100)
@given(FRONTMATTER, BODY, st.sampled_from(["\n", "\r\n", "\r"]), st.sampled_from(["", "\ufeff"]), st.booleans())
def test_any_skill_is_fixed_once_and_for_all(
    frontmatter: list[str], body: list[str], newline: str, mark: str, unsafe: bool
) -> None:
    text = mark + newline.join(["---", *frontmatter, "---", *body])
    path = Path("skills/etf/SKILL.md")

    def lint(texts: Mapping[str, str]) -> tuple[Diagnostic, ...]:
        skill = parse_skill_text(path, FILE, *checked_text(texts[FILE]))
        return check([skill], config=Config(root=Path()), texts=texts)

    before = lint({FILE: text})
    result = fix_all(before, lint, lambda _file: text, unsafe=unsafe)
    again = fix_all(result.diagnostics, lint, lambda file: result.texts[file], unsafe=unsafe)
    assert again.count == 0
    if not unsafe and not REVEALED & {found.code for found in before if found.fix}:
        assert {found.code for found in result.diagnostics} <= {found.code for found in before}


SKILLS = Path(__file__).parents[3] / "shared" / "corpus" / "skills"


@pytest.mark.skipif(not SKILLS.is_dir(), reason="the public skills are not beside this repo")
def test_public_skills_are_fixed_once_and_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(SKILLS)
    project = replace(open_project(SKILLS), config=Config(root=SKILLS))

    def lint(texts: Mapping[str, str]) -> tuple[Diagnostic, ...]:
        return project.lint(project.skills, whole=True, texts=texts)

    def masked(found: Diagnostic) -> tuple[str, str, str]:
        return found.file, found.code, re.sub(r"\d+", "N", found.message)

    before = project.diagnostics
    for unsafe in (False, True):
        result = rewrite(before, lint, SKILLS, unsafe=unsafe)
        again = rewrite(lint(result.texts), lint, SKILLS, unsafe=unsafe)
        fixable = [found for found in before if found.fix and (found.fix.safe or unsafe)]
        assert result.count >= len({found.fix for found in fixable})
        assert not [found for found in again.diagnostics if found.fix and (found.fix.safe or unsafe)]
        new = {masked(found) for found in result.diagnostics} - {masked(found) for found in before}
        revealed = {found.file for found in fixable if found.code in REVEALED}
        assert {found[0] for found in new} <= revealed
        for change in result.changes:
            assert change.before.count(b"\r\n") == change.after.count(b"\r\n")
