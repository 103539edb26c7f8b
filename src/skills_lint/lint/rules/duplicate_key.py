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
    """Return the deletion of the second of two keys with equal values, if the frontmatter says the same without it.

    Of three, all have to be equal, since each fix is to be right whichever of the others are made.
    """
    lines = split_lines(skill.text)
    same = [other for other in skill.marks.duplicates if other.first == double.first]
    first, second, *others = (_entry(key, lines, skill) for key in (double.first, double.span, *(o.span for o in same)))
    if not all(_equal(first, other, lines) for other in (second, *others)):
        return None
    kept = [line for number, line in enumerate(lines, 1) if number not in second]
    if read_frontmatter("\n".join(kept)).values != skill.frontmatter:
        return None
    title = f"delete the second `{double.key}`, which says the same"
    return Fix(title, (without_lines(second.start, second.stop - 1, lines),), safe=True)


def _equal(first: range, second: range, lines: Sequence[str]) -> bool:
    """Say whether two entries have equal values, and the second has no comment of its own, which would be lost."""
    texts = ["\n".join(lines[number - 1] for number in entry) for entry in (first, second)]
    if not all(texts) or ("#" in texts[1] and texts[0] != texts[1]):
        return False
    try:
        return bool(read_yaml(texts[0]).value == read_yaml(texts[1]).value)
    except YAML_ERRORS:
        return False


def _entry(key: Span, lines: Sequence[str], skill: Skill) -> range:
    """Return the lines of a key and its value; none where other keys stand on them, or a list's `-`."""
    close = skill.body_line - 1
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
