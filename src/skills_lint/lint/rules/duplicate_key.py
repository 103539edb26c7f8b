"""SK102: no key of the frontmatter is there twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...lines import split_lines
from ...skills.frontmatter import read_frontmatter
from ...yamlmarks import YAML_ERRORS, read_yaml
from ..diagnostic import Fix
from ..edits import without_lines
from ..rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ...place import Span
    from ...skills.skill import Skill
    from ...yamlmarks import DuplicateKey
    from ..repo import Repo


def _check(skill: Skill, repo: Repo) -> Iterator[Finding]:
    for double in skill.marks.duplicates:
        message = f"the key `{double.key}` is there already, on line {double.first.line}"
        way_out = "keep one of the two: most readers take the last, some refuse the file"
        yield Finding(message, double.span, way_out, fix=_fix(skill, double))


def _fix(skill: Skill, double: DuplicateKey) -> Fix | None:
    """Return the deletion of the second of two keys with equal values, if the frontmatter says the same without it."""
    lines = split_lines(skill.text)
    first, second = (_entry(span, lines, skill.body_line - 1) for span in (double.first, double.span))
    if not first or not second:
        return None
    texts = ["\n".join(lines[number - 1] for number in entry) for entry in (first, second)]
    try:
        equal = read_yaml(texts[0]).value == read_yaml(texts[1]).value
    except YAML_ERRORS:
        return None
    kept = [line for number, line in enumerate(lines, 1) if number not in second]
    if not equal or read_frontmatter("\n".join(kept)).values != skill.frontmatter:
        return None
    if "#" in texts[1] and texts[0] != texts[1]:
        return None  # it may be a comment, which no other place keeps
    title = f"delete the second `{double.key}`, which says the same"
    return Fix(title, (without_lines(second.start, second.stop - 1, lines),), safe=True)


def _entry(key: Span, lines: Sequence[str], close: int) -> range:
    """Return the lines of a key and its value; none where other keys stand on them, or a list's `-`.

    `close` is the line that ends the frontmatter.
    """
    indent = lines[key.line - 1][: key.column - 1]
    if indent.strip():
        return range(0)
    end = key.line + 1
    while end < close and _belongs(lines[end - 1], indent):
        end += 1
    while not lines[end - 2].strip():
        end -= 1
    return range(key.line, end)


def _belongs(line: str, indent: str) -> bool:
    below = line.removeprefix(indent)
    return not line.strip() or (line.startswith(indent) and below.startswith((" ", "- ")))


RULE = Rule(
    code="SK102",
    name="duplicate-key",
    severity="error",
    summary="Each key of the frontmatter is there once.",
    explanation="""
YAML forbids equal keys in one mapping. Some readers refuse the file, most take the last value without a word, and then
it is not the one that the author sees first. The second of two that say the same can go; between two that do not, only
the author can choose.
""",
    bad={"skills/etf-data/SKILL.md": "---\nname: etf-data\ndescription: Prices.\nname: etf-data\n---\nOpen it.\n"},
    good={"skills/etf-data/SKILL.md": "---\nname: etf-data\ndescription: Prices.\n---\nOpen it.\n"},
    fix="safe",
    check_skill=_check,
)
