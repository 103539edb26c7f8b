import pytest

from skills_lint.triage.edit import Edit, outcome
from skills_lint.triage.pairs import pair_key


def _pair(failing: str, line: str | None, succeeding: str) -> tuple[str, str] | None:
    found = outcome(failing, (line,) if line else (), succeeding)
    assert found.related
    return (found.edit.wrong, found.edit.right) if found.edit else None


_LOAD = "import pandas as pd\ndf = pd.read_csv('a.csv')\n"


def test_the_failing_statement_and_what_stands_in_its_place_are_the_edit() -> None:
    assert _pair(
        _LOAD + "late = df[df['day'] > 20240101]\nprint(late.head())",
        "late = df[df['day'] > 20240101]",
        _LOAD + "late = df[df['day'].astype(int) > 20240101]\nprint(late.tail())",
    ) == ("late = df[df['day'] > 20240101]", "late = df[df['day'].astype(int) > 20240101]")


def test_a_statement_that_came_before_the_same_failing_one_is_the_edit() -> None:
    assert _pair(_LOAD + "df['day'].dt.year", "df['day'].dt.year", _LOAD + "df['day'] = 1\ndf['day'].dt.year") == (
        "df['day'].dt.year",
        "df['day'] = 1\ndf['day'].dt.year",
    )


def test_a_changed_source_of_the_failing_statement_is_the_edit() -> None:
    changed = "import pandas as pd\ndf = pd.read_csv('a.csv', parse_dates=['day'])\ndf['day'].dt.year"
    assert _pair(_LOAD + "df['day'].dt.year", "df['day'].dt.year", changed) == (
        "df = pd.read_csv('a.csv')",
        "df = pd.read_csv('a.csv', parse_dates=['day'])",
    )


def test_a_missing_import_is_told_with_the_statement_that_lacked_it() -> None:
    assert _pair("x = np.zeros(3)", "x = np.zeros(3)", "import numpy as np\nx = np.zeros(3)") == (
        "x = np.zeros(3)",
        "import numpy as np\nx = np.zeros(3)",
    )


def test_a_moved_statement_is_told_with_the_one_that_needed_it() -> None:
    assert _pair("use(x)\nx = make()", "use(x)", "x = make()\nuse(x)") == ("use(x)", "x = make()\nuse(x)")


def test_code_that_cannot_be_parsed_is_compared_by_its_lines() -> None:
    assert _pair(_LOAD + "n = 737,015 +\nprint(n)", "n = 737,015 +", _LOAD + "n = 737015\nprint(n)") == (
        "n = 737,015 +",
        "n = 737015",
    )


def test_a_statement_of_its_own_is_the_edit_where_all_that_followed_is_done_too() -> None:
    loop = "for row in rows:\n    if {}:\n        found.append(row)\nprint(found)\nsave(found)"
    assert _pair(loop.format("'a' in row['a']"), "if 'a' in row['a']:", loop.format("'b' in row")) == (
        "if 'a' in row['a']:",
        "if 'b' in row:",
    )


def test_python_in_commands_is_compared_as_python() -> None:
    here = "cd /repo && python - <<'EOF'\nimport json\njson.{}(text)\nEOF"
    assert _pair(here.format("load"), "json.load(text)", here.format("loads")) == (
        "json.load(text)",
        "json.loads(text)",
    )
    assert _pair("python -c 'import a; a.f(1)'", None, "python -c 'import a; a.f(1, 2)'") == ("a.f(1)", "a.f(1, 2)")


def test_a_program_started_with_other_arguments_is_an_edit_of_the_command() -> None:
    assert _pair("cd /repo && python evaluate.py", None, "python ./evaluate.py --file out.csv") == (
        "python evaluate.py",
        "python ./evaluate.py --file out.csv",
    )


@pytest.mark.parametrize("change", ["sed -i 's/0/1/' walk.py", "echo 'x = 1' > walk.py", "patch -p1 < walk.diff"])
def test_a_file_that_was_changed_by_the_same_command_leaves_no_edit_of_its_arguments(change: str) -> None:
    found = outcome("timeout 2 python walk.py", (), f"{change} && timeout 20 python walk.py")
    assert (found.related, found.edit) == (True, None)


def test_the_same_code_that_succeeds_later_is_a_recovery_without_an_edit() -> None:
    assert _pair("python train.py", None, "python train.py\n") is None


@pytest.mark.parametrize(
    ("failing", "line", "succeeding"),
    [
        pytest.param(_LOAD + "df[['a', 'b']]", "df[['a', 'b']]", _LOAD + "print(df.columns)", id="a look at the data"),
        pytest.param("x = load(path)", "x = load(path)", "print(1 + 1)", id="other code"),
        pytest.param("python train.py", None, "python other.py", id="another file"),
        pytest.param("python -m pytest a.py", None, "python -m pytest b.py", id="another test file"),
        pytest.param("python a/run.py", None, "python b/run.py", id="a file of the same name elsewhere"),
        pytest.param("python train.py --lr", None, "python train.py --help", id="a question how it is used"),
        pytest.param("db.sql('SELECT a, b FROM t')", None, "db.sql('DESCRIBE t')", id="a look at a table"),
        pytest.param("import shop.goods", None, "open('shop/goods.py')", id="a look at a file"),
        pytest.param("python train.py", None, "python -c 'import torch'", id="a look at a library"),
        pytest.param("  import os\nx = (1\ny = 2\nz = 3", "import os", "import os\nprint(os)", id="never ran"),
        pytest.param("", None, "print(1)", id="no code"),
    ],
)
def test_a_success_that_does_something_else_is_no_recovery(failing: str, line: str | None, succeeding: str) -> None:
    found = outcome(failing, (line,) if line else (), succeeding)
    assert (found.related, found.edit) == (False, None)


def test_an_edit_of_many_statements_tells_nothing() -> None:
    many = "\n".join(f"total = total + step_{number}(total)" for number in range(9))
    assert (
        _pair(f"total = 0\n{many}\nprint(total)", "print(total)", f"total = 0\n{many.replace('+', '-')}\nprint(total)")
        is None
    )


def test_names_and_values_do_not_split_pairs_and_what_is_called_does() -> None:
    imported = frozenset({"pd"})
    one = pair_key(Edit("df['day'] > 5", "pd.to_numeric(df['day']) > 5", imported))
    assert one == pair_key(Edit('prices["date"] > 20', 'pd.to_numeric(prices["date"]) > 20', imported))
    assert one == ("n0[t1] > n2", "pd.to_numeric(n0[t1]) > n2")
    assert one != pair_key(Edit("df['day'] > 5", "pd.to_datetime(df['day']) > 5", imported))
    assert pair_key(Edit("a.f(x=1)", "a.f(y=1)")) == ("n0.f(x=n1)", "n0.f(y=n1)")


def test_long_and_wild_code_is_compared_in_bounded_work() -> None:
    lines = [f"value_{number % 7} = compute(value_{number % 5})" for number in range(20_000)]
    outcome("\n".join(lines), (lines[3],), "\n".join(reversed(lines)))
    outcome("(" * 50_000, ("(",), "[" * 50_000)
    outcome("\x00\ud800", (), "x = 1\x00")
