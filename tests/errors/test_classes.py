"""The bases of an exception are known without importing what defines it."""

from __future__ import annotations

import builtins
from pathlib import Path

import pytest

import skills_lint.errors.classes
from skills_lint.errors.classes import bases_of


def test_an_exception_is_what_it_is_derived_from_by_full_and_last_names():
    assert bases_of("json.decoder.JSONDecodeError") == (
        "json.decoder.JSONDecodeError",
        "JSONDecodeError",
        "json.JSONDecodeError",
        "ValueError",
    )


def test_what_everything_is_says_nothing():
    for name in ("KeyError", "duckdb.BinderException", "KeyboardInterrupt", "requests.exceptions.Timeout"):
        assert not {"object", "Exception", "BaseException"} & set(bases_of(name))


def test_the_built_in_exceptions_are_as_in_this_python():
    for one in vars(builtins).values():
        if (
            isinstance(one, type)
            and issubclass(one, Exception)
            and not issubclass(one, Warning)
            and one is not Exception
        ):
            known = set(bases_of(one.__name__))
            assert {base.__name__ for base in one.__mro__[:-1]} - {"Exception", "BaseException"} <= known, one


@pytest.mark.parametrize(
    ("name", "base"),
    [
        ("ModuleNotFoundError", "ImportError"),
        ("FileNotFoundError", "OSError"),
        ("FileNotFoundError", "IOError"),
        ("UnicodeDecodeError", "ValueError"),
        ("ConnectionRefusedError", "ConnectionError"),
        ("re.error", "re.PatternError"),
        ("re.PatternError", "re.error"),
        ("subprocess.CalledProcessError", "subprocess.SubprocessError"),
        ("concurrent.futures.process.BrokenProcessPool", "RuntimeError"),
        ("zoneinfo._common.ZoneInfoNotFoundError", "KeyError"),
        ("requests.exceptions.ConnectTimeout", "requests.exceptions.Timeout"),
        ("requests.exceptions.ConnectTimeout", "requests.ConnectTimeout"),
        ("httpx.ConnectError", "httpx.TransportError"),
        ("sqlalchemy.exc.OperationalError", "SQLAlchemyError"),
        ("pyarrow.lib.ArrowInvalid", "ValueError"),
        ("sklearn.exceptions.NotFittedError", "ValueError"),
        ("polars.exceptions.ColumnNotFoundError", "PolarsError"),
        ("yaml.scanner.ScannerError", "YAMLError"),
        ("pydantic_core._pydantic_core.ValidationError", "ValueError"),
    ],
)
def test_a_known_class_has_its_bases(name, base):
    assert base in bases_of(name)


@pytest.mark.parametrize(
    ("name", "base"),
    [
        ("duckdb.duckdb.BinderException", "ProgrammingError"),
        ("_duckdb.BinderException", "duckdb.ProgrammingError"),
        ("duckdb.BinderException", "duckdb.Error"),
        ("json.JSONDecodeError", "ValueError"),
        ("pandas.core.indexing.IndexingError", "pandas.errors.IndexingError"),
        ("numpy.core._exceptions._ArrayMemoryError", "MemoryError"),
        ("numpy.AxisError", "IndexError"),
    ],
)
def test_a_class_that_moved_within_its_package_is_known_still(name, base):
    assert base in bases_of(name)


def test_a_last_part_alone_stands_for_what_all_classes_of_that_name_are():
    assert "ValueError" in bases_of("JSONDecodeError")  # of json and of requests
    assert "requests.exceptions.InvalidJSONError" not in bases_of("JSONDecodeError")
    assert bases_of("ValidationError") == ("ValidationError",)  # of pydantic a ValueError, of Django none
    assert "duckdb.Error" in bases_of("BinderException")


@pytest.mark.parametrize(
    "name", ["Unheard", "my_package.errors.KeyError", "__main__.TimeoutError", "app.ValidationError"]
)
def test_a_class_that_is_not_known_has_its_own_names_only(name):
    assert set(bases_of(name)) == {name, name.rpartition(".")[2]}


def test_no_class_has_no_names():
    assert bases_of(None) == ()


def test_the_table_is_small():
    assert Path(skills_lint.errors.classes.__file__).with_name("classes.json").stat().st_size < 60_000
