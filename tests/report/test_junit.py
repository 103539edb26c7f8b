"""JUnit files, well-meant and hostile."""

from __future__ import annotations

import subprocess
import sys
import tracemalloc

import pytest

from skills_lint.place import InputError
from skills_lint.report.figures import SuiteRun
from skills_lint.report.junit import read_junit

SUITE = """\
<?xml version="1.0" encoding="utf-8"?>
<testsuites tests="99" failures="99">
  <testsuite name="a" tests="99">
    <testcase name="passes"><system-out>a &lt;failure/&gt;</system-out></testcase>
    <testcase name="fails"><failure message="m">why</failure></testcase>
    <testcase name="fails twice"><failure/><failure/></testcase>
    <testsuite name="inner">
      <testcase name="fails, and errs at the end"><failure/><error/></testcase>
      <testcase name="was skipped"><skipped/></testcase>
    </testsuite>
    <testcase name="passed at last"><rerunFailure/><properties><property><failure/></property></properties></testcase>
    <failure>of no test</failure>
  </testsuite>
</testsuites>
"""


def read(folder, content):
    path = folder / "junit.xml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_junit(path, folder)


def test_the_cases_are_counted_each_as_the_worst_that_it_came_to(tmp_path):
    assert read(tmp_path, SUITE) == SuiteRun("junit.xml", tests=6, failures=2, errors=1, skipped=1)


def test_a_suite_alone_and_names_with_a_prefix_are_read_too(tmp_path):
    text = '<j:testsuite xmlns:j="urn:j"><j:testcase><j:error/></j:testcase></j:testsuite>'
    assert read(tmp_path, text) == SuiteRun("junit.xml", 1, 0, 1, 0)
    text = "<testsuite><testcase/></testsuite>"
    assert read(tmp_path, text.encode("utf-16")) == SuiteRun("junit.xml", 1, 0, 0, 0)


@pytest.mark.parametrize("text", ["<testsuites/>", '<testsuite tests="3" errors="2"><error/></testsuite>'])
def test_a_run_that_broke_before_its_first_test_is_not_told_as_one_without_a_failure(tmp_path, text):
    with pytest.raises(InputError, match="it holds no test case"):
        read(tmp_path, text)


def test_what_pytest_itself_writes_is_read(tmp_path):
    (tmp_path / "test_it.py").write_text(
        "import pytest\ndef test_a(): pass\ndef test_b(): assert 0\n@pytest.mark.skip\ndef test_c(): pass\n"
        "@pytest.fixture\ndef broken(): raise OSError('x')\ndef test_d(broken): pass\n"
    )
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--junitxml=out.xml", "test_it.py"]
    subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert read_junit(tmp_path / "out.xml", tmp_path) == SuiteRun("out.xml", 4, 1, 1, 1)


BILLION = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><testsuite>&b;</testsuite>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><testsuite><testcase name="&f;"/></testsuite>'


@pytest.mark.parametrize(
    ("content", "place", "found"),
    [
        (BILLION, "1:", "it declares a document type"),
        (OUTSIDE, "1:", "it declares a document type"),
        ('<!DOCTYPE testsuite SYSTEM "http://example.org/x.dtd"><testsuite/>', "1:", "it declares a document type"),
        ("<html>\n</html>", "1:1", "it begins with <html>, expected <testsuites> or <testsuite>"),
        ("<testsuite>\n <testcase>\n</testsuite>", "3:3", "mismatched tag"),
        ("<testsuite>&undeclared;</testsuite>", "1:12", "undefined entity"),
        ("3 passed", "1:1", "syntax error"),
        ("", "1:1", "no element found\n"),
        ('<?xml version="1.0" encoding="klingon"?><testsuite/>', "1:31", "unknown encoding"),
        (b"<testsuite>\xff</testsuite>", "1:12", "not well-formed"),
        (b"<testsuite>\0</testsuite>", "1:12", "not well-formed"),
    ],
)
def test_what_is_no_junit_file_is_told_with_its_place(tmp_path, monkeypatch, content, place, found):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError) as error:
        read(tmp_path, content)
    assert str(error.value).startswith(f"junit.xml:{place}")
    assert f"not a JUnit file: {found}" in str(error.value)
    assert "pytest --junitxml FILE" in str(error.value)


def test_a_file_that_is_not_there_a_folder_and_a_pipe_are_told(tmp_path):
    import os

    os.mkfifo(tmp_path / "pipe")
    for name in ("missing.xml", ".", "pipe"):
        with pytest.raises(InputError, match="there is no such file"):
            read_junit(tmp_path / name, tmp_path)


def test_a_file_larger_than_any_results_is_not_read(tmp_path):
    with (tmp_path / "junit.xml").open("wb") as file:
        file.truncate(257 * 1024 * 1024)
    with pytest.raises(InputError, match="larger than 256 MB"):
        read_junit(tmp_path / "junit.xml", tmp_path)


def test_a_long_file_takes_no_more_memory_than_a_short_one(tmp_path):
    case = "<testcase>" + "<deep>" * 50 + "x" * 1000 + "</deep>" * 50 + "<failure/></testcase>"
    text = f"<testsuite>{case * 10_000}</testsuite>"
    (tmp_path / "junit.xml").write_text(text)
    tracemalloc.start()
    found = read_junit(tmp_path / "junit.xml", tmp_path)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found == SuiteRun("junit.xml", 10_000, 10_000, 0, 0)
    assert most < len(text) / 10
