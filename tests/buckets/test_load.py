from __future__ import annotations

from pathlib import Path

import pytest

from skills_lint.buckets.load import load_buckets
from skills_lint.place import InputError

GOOD = """\
buckets:
  - id: a-cause
    title: A cause
    match:
      - exception: KeyError
        message: "not found"
    cause: So it is.
    fix: Mend it.
    hint: Look first.
    fixed: 2026-10-01
"""


def load(tmp_path: Path, text: str) -> InputError | None:
    path = tmp_path / "buckets.yaml"
    path.write_text(text, encoding="utf-8")
    try:
        load_buckets(path, "buckets.yaml")
    except InputError as error:
        return error
    return None


def test_a_bucket_file_gives_its_buckets_in_order_with_their_places(tmp_path: Path) -> None:
    path = tmp_path / "buckets.yaml"
    path.write_text(GOOD + GOOD.removeprefix("buckets:\n").replace("a-cause", "b-cause"), encoding="utf-8")
    first, second = load_buckets(path, "buckets.yaml")
    assert (first.id, first.remedy, str(first.place)) == ("a-cause", "skill", "buckets.yaml:2:5")
    assert (second.id, second.place and second.place.line) == ("b-cause", 11)
    assert str(first.fixed) == "2026-10-01"


@pytest.mark.parametrize(
    ("old", "new", "place", "says"),
    [
        ("    title: A cause\n", "", "buckets.yaml:2", "`title` is missing"),
        ("    hint:", "    hnit:", "buckets.yaml:9", "unknown key `hnit`"),
        ("a-cause", "A Cause", "buckets.yaml:2", "expected The name by which"),
        ('"not found"', "'(?=x)'", "buckets.yaml:6", "regular expression of `message` is refused"),
        ('"not found"', r"'(a)\1'", "buckets.yaml:6", "regular expression of `message` is refused"),
        ('"not found"', "'(open'", "buckets.yaml:6", "regular expression of `message` is refused"),
        ('message: "not found"', "code: '('", "buckets.yaml:6", "regular expression of `code` is refused"),
        ('message: "not found"', "where:\n          key: '(?=x)'", "buckets.yaml:7", "expression of `key` is refused"),
        ('message: "not found"', "form: missing-atribute", "buckets.yaml:6", "there is no form `missing-atribute`"),
        (
            'message: "not found"',
            "form: missing-key\n        where: {owner: list}",
            "buckets.yaml:7",
            "the form `missing-key` has no part `owner`, and no fact is called so",
        ),
        ('message: "not found"', "where: {ownr: list}", "buckets.yaml:6", "no form has a part `ownr`"),
        (
            'message: "not found"',
            "bucket: none-where-a-value-is-neded",
            "buckets.yaml:6",
            "no bucket `none-where-a",
        ),
        (
            'exception: KeyError\n        message: "not found"',
            "fallback: true",
            "buckets.yaml:5",
            "has 1 key; expected at least 2",
        ),
        ("    fix: Mend it.\n", "    fix: [\n", "buckets.yaml:10", "not valid YAML"),
        ("fixed: 2026-10-01", "remedy: prayer", "buckets.yaml:10", "is `prayer`; expected one of"),
        ("fixed: 2026-10-01", "fixed: 2026-13-01", "buckets.yaml:10:12", "month must be in 1..12"),
        (GOOD, "", "buckets.yaml:1", "is empty"),
        ("buckets:", "bucket:", "buckets.yaml:1", "unknown key `bucket`"),
    ],
)
def test_a_bucket_file_against_its_schema_is_an_error_that_names_the_line(
    tmp_path: Path, old: str, new: str, place: str, says: str
) -> None:
    error = load(tmp_path, GOOD.replace(old, new))
    assert error is not None
    assert str(error.place).startswith(place)
    assert says in error.message


def test_two_buckets_of_one_id_are_an_error_that_names_both_lines(tmp_path: Path) -> None:
    error = load(tmp_path, GOOD + GOOD.removeprefix("buckets:\n"))
    assert error is not None
    assert "buckets.yaml:2:5" in error.message
    assert error.place is not None
    assert error.place.line == 11


def test_a_misspelt_key_is_told_its_right_spelling(tmp_path: Path) -> None:
    error = load(tmp_path, GOOD.replace("    hint:", "    hnit:"))
    assert error is not None
    assert error.way_out == "did you mean `hint`?"


@pytest.mark.parametrize(
    ("rule", "way_out"),
    [
        ("form: missing-atribute", "did you mean `missing-attribute`?"),
        ("where: {modul-is: task}", "did you mean `module-is`?"),
        (
            "{form: missing-key, where: {xyz: a}}",
            "it may name `callee-is`, `file-is`, `key`, `module-is`, `owner-is`, `statement`",
        ),
        ("bucket: none-where-a-value-is-neded", "did you mean `none-where-a-value-is-needed`?"),
    ],
)
def test_a_name_that_there_is_not_is_told_with_the_nearest(tmp_path: Path, rule: str, way_out: str) -> None:
    match = 'match:\n      - exception: KeyError\n        message: "not found"\n'
    assert match in GOOD
    error = load(tmp_path, GOOD.replace(match, f"match:\n      - {rule}\n"))
    assert error is not None
    assert error.way_out == way_out


def test_bytes_that_are_no_text_are_a_clear_error(tmp_path: Path) -> None:
    path = tmp_path / "buckets.yaml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="UTF-8"):
        load_buckets(path)


def test_a_bucket_may_be_an_alias_and_its_day_may_stand_in_quotes(tmp_path: Path) -> None:
    text = GOOD.replace("fixed: 2026-10-01", 'fixed: "2026-10-01"').replace(
        "  - id: a-cause", "  - &a\n    id: a-cause"
    )
    path = tmp_path / "buckets.yaml"
    path.write_text(text, encoding="utf-8")
    assert str(load_buckets(path)[0].fixed) == "2026-10-01"
    error = load(tmp_path, f"{text}  - *a\n")
    assert error is not None
    assert "declared twice" in error.message
    error = load(tmp_path, text.replace("2026-10-01", "2026-02-30"))
    assert error is not None
    assert "no day of the calendar" in error.message


def test_an_alias_with_a_refused_pattern_is_told_with_a_place(tmp_path: Path) -> None:
    error = load(tmp_path, "rule: &r {message: '(?=x)'}\n".replace("rule: ", "x: ") + GOOD)
    assert error is not None
    error = load(tmp_path, GOOD.replace('message: "not found"', "message: &m '(?=x)'\n      - message: *m"))
    assert error is not None
    assert "refused" in error.message


def test_a_bomb_of_aliases_is_an_error_that_names_its_line(tmp_path: Path) -> None:
    rows = "\n".join(f"    - &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10))
    error = load(tmp_path, f"buckets:\n  - extra:\n    - &a0 [x, x]\n{rows}\n")
    assert error is not None
    assert (str(error.place), error.message) == (
        "buckets.yaml:8:7",
        "the bucket file is not valid YAML: with its aliases written out it holds more than 100,000 values",
    )
