"""What is read, and what becomes of files and lines that cannot be."""

from __future__ import annotations

import json
import os
import sys
import tarfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skills_lint.place import InputError
from skills_lint.redaction import Redactor
from skills_lint.traces.digests.seal import redact
from skills_lint.traces.engine import read_parts, whole
from skills_lint.traces.kept.cache import open_cache
from skills_lint.traces.kept.reading import Way, result_of
from skills_lint.traces.result import ScanResult, Skipped
from skills_lint.traces.scan import scan
from skills_lint.traces.sources.source import find_sources

Write = Callable[..., Path]
Scanned = Callable[..., ScanResult]

START = {"event": "tool_start", "run_id": "r", "tool": "execute_python", "ts": 1790000000, "args": {"code": "x"}}
END = {"event": "tool_end", "run_id": "r", "tool": "execute_python", "ts": 1790000001,
       "result": {"success": False, "error": "KeyError: 'close'"}}  # fmt: skip
LINES = f"{json.dumps(START)}\n{json.dumps(END)}\n"


def read_beside(paths: list[str], redactor: Redactor) -> ScanResult:
    """Return the result of a scan whose files are read by an executor."""
    skipped: list[Skipped] = []
    sources = find_sources(paths, skipped.append)
    with ThreadPoolExecutor(1) as pool:
        answers = list(read_parts(list(map(whole, sources)), (), pool))
    redact([answer.digest for answer in answers if answer.digest is not None], redactor)
    return result_of(sources, answers, skipped, Way(redactor, ()))


def reasons(result: ScanResult) -> list[tuple[str, int | None, str]]:
    return [(skipped.file, skipped.line, skipped.reason) for skipped in result.skipped]


@pytest.mark.parametrize("name", ["a.jsonl", "a.ndjson", "a.txt", "a.log", "deep/er/a", "a.json"])
def test_a_file_is_known_by_what_it_holds(name: str, write: Write, scanned: Scanned) -> None:
    write(name, LINES)
    result = scanned()
    assert [(failure.file, failure.line) for failure in result.failures] == [(name, 2)]
    assert result.skipped == ()


def test_half_a_character_is_carried_as_a_question_mark(write: Write, redactor: Redactor) -> None:
    half = LINES.replace("'close'", "'clo\\ud800'").replace('"x"', "\"print('\\ud800')\"")
    start, end = half.replace('"r"', '"apart\\ud800"').splitlines(keepends=True)
    write("a.jsonl", half)
    write("b.jsonl", start)
    write("c.jsonl", end)
    result = scan(["."], redactor=redactor)
    assert [failure.fault.message for failure in result.failures] == ["'clo?'", "'clo?'"]
    assert [failure.fault.code for failure in result.failures] == ["print('?')", None]
    assert read_beside(["."], redactor) == result


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_name_that_is_no_text_is_read_kept_and_shown_by_its_bytes(
    write: Write, redactor: Redactor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = write("traces/plain.jsonl", LINES.replace('"r"', '"plain"')).parent
    for number, name in enumerate((b"a\xff.jsonl", b"f\xfc/\xc3\xbc.jsonl", b"empty\xff.jsonl")):
        path = folder / os.fsdecode(name)
        path.parent.mkdir(exist_ok=True)
        path.write_text("" if b"empty" in name else LINES.replace('"r"', f'"{number}"'))
        os.utime(path, (1e9, 1e9))
    with tarfile.open(folder / "b.tar", "w") as archive:
        archive.add(folder / "a\udcff.jsonl", "in\udcff.jsonl")
    anew = scan(["traces"], redactor=redactor)
    assert [failure.file for failure in anew.failures] == [
        "traces/a\\xff.jsonl", "traces/f\\xfc/ü.jsonl", "traces/plain.jsonl"
    ]  # fmt: skip
    assert reasons(anew) == [("traces/empty\\xff.jsonl", None, "empty")]
    assert anew.sessions[0].files == ("traces/a\\xff.jsonl", "traces/b.tar!/in\\xff.jsonl")
    assert read_beside(["traces"], redactor) == anew
    for _ in range(2):
        assert scan(["traces"], redactor=redactor, cache=open_cache(redactor, ())) == anew


def test_a_pattern_names_the_files_that_match_it(write: Write, scanned: Scanned) -> None:
    for name in ("a/one.jsonl", "b/c/two.jsonl", "b/other.txt"):
        write(name, LINES.replace('"r"', f'"{name}"'))
    assert [failure.file for failure in scanned("**/*.jsonl").failures] == ["a/one.jsonl", "b/c/two.jsonl"]
    with pytest.raises(InputError, match="no such file"):
        scanned("*.csv")


@pytest.mark.parametrize(
    ("content", "line"),
    [
        pytest.param(b"\xef\xbb\xbf" + LINES.encode(), 2, id="a byte order mark"),
        pytest.param(LINES.encode("utf-16"), 2, id="UTF-16"),
        pytest.param(LINES.replace("\n", "\r\n").encode(), 2, id="CRLF"),
        pytest.param(LINES.replace("\n", "\n\n  \n").encode(), 4, id="blank lines"),
        pytest.param(LINES.replace("1790000001", "NaN").encode(), 2, id="NaN"),
        pytest.param(LINES.rstrip("\n").encode(), 2, id="no newline at the end"),
        pytest.param(LINES.replace("close", "clos\xe9").encode("latin-1"), 2, id="a byte that is no UTF-8"),
    ],
)
def test_nothing_is_lost_to(content: bytes, line: int, write: Write, scanned: Scanned) -> None:
    write("a.jsonl", content)
    result = scanned()
    assert [failure.line for failure in result.failures] == [line]
    assert result.skipped == ()


def test_half_a_last_line_is_named_and_the_rest_is_read(write: Write, scanned: Scanned) -> None:
    write("a.jsonl", LINES + '{"event": "tool_sta')
    result = scanned()
    assert len(result.failures) == 1
    ((file, line, reason),) = reasons(result)
    assert (file, line) == ("a.jsonl", 3)
    assert reason.startswith("half a last line")


def test_a_damaged_line_is_named_and_the_rest_is_read(write: Write, scanned: Scanned) -> None:
    write("a.jsonl", '{"event": "tool_sta\n' + LINES + '"text"\n')
    result = scanned()
    assert [failure.line for failure in result.failures] == [3]
    assert [line for _, line, _ in reasons(result)] == [1, 4]


def test_a_line_of_twenty_megabytes_is_read(write: Write, scanned: Scanned) -> None:
    write("a.jsonl", [START, {**END, "result": {"success": False, "error": "x " * 10_000_000 + "\nKeyError: 'close'"}}])
    (failure,) = scanned().failures
    assert failure.fault.type == "KeyError"
    assert failure.fault.traceback is not None
    assert len(failure.fault.traceback) < 100_000


def test_json_that_is_nested_too_deeply_is_named(write: Write, scanned: Scanned) -> None:
    write("a.jsonl", LINES + "[" * 200_000 + "]" * 200_000 + "\n")
    assert reasons(scanned()) == [("a.jsonl", 3, "nested too deeply")]


def test_a_broken_document_is_named_once(write: Write, scanned: Scanned) -> None:
    write("a.json", '{\n "messages": [\n  {"role": "user",\n')
    result = scanned()
    assert (result.files, [(file, line) for file, line, _ in reasons(result)]) == (0, [("a.json", 4)])


def test_files_that_are_no_traces_are_passed_over(write: Write, scanned: Scanned) -> None:
    write("README.md", "# Traces\n\nRecorded:\n\n" + json.dumps(START) + "\n\nand so on\n")
    write("picture.png", b"\x89PNG\r\n\x1a\n\x00\x00")
    write(".git/a.jsonl", LINES)
    result = scanned()
    assert (result.files, result.skipped) == (0, ())


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.jsonl", "", "empty"),
        ("a.jsonl", "not json\nat all\n", "not JSON"),
        ("a.json", '{"name": "package", "version": "1"}', "not a trace: no known format, no code with a result"),
    ],
)
def test_a_file_that_is_named_like_a_trace_but_is_none_is_named(
    name: str, content: str, reason: str, write: Write, scanned: Scanned
) -> None:
    write(name, content)
    assert reasons(scanned()) == [(name, None, reason)]


def test_a_file_that_the_user_names_is_never_passed_over_in_silence(write: Write, scanned: Scanned) -> None:
    assert reasons(scanned(write("README.md", "# Traces\n"))) == [("README.md", None, "not JSON")]


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs a file that opens and cannot be read")
def test_an_unreadable_file_is_named(write: Write, scanned: Scanned) -> None:
    write("a.jsonl", LINES)
    result = scanned(".", "/proc/self/mem")
    assert len(result.failures) == 1
    assert reasons(result) == [(os.path.relpath("/proc/self/mem"), None, "cannot be read: Input/output error")]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_without_permission_is_named(write: Write, scanned: Scanned) -> None:
    write("a.jsonl", LINES).chmod(0)
    assert reasons(scanned()) == [("a.jsonl", None, "cannot be read: Permission denied")]


def test_a_broken_link_is_named(write: Write, scanned: Scanned) -> None:
    write("a.jsonl", LINES).with_name("b.jsonl").symlink_to("nowhere")
    assert reasons(scanned()) == [("b.jsonl", None, "cannot be read: No such file or directory")]


def test_a_link_to_a_folder_is_named_and_not_followed(write: Write, scanned: Scanned) -> None:
    write("a/a.jsonl", LINES).with_name("back").symlink_to("..")
    result = scanned()
    assert len(result.failures) == 1
    assert reasons(result) == [("a/back", None, "a link to a folder, which is not followed")]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_that_nobody_writes_to_is_named(write: Write, scanned: Scanned) -> None:
    pipe = write("a.jsonl", LINES).with_name("b.jsonl")
    os.mkfifo(pipe)
    assert reasons(scanned()) == [("b.jsonl", None, "no file but a pipe, a socket or a device")]
    assert reasons(scanned(pipe)) == [("b.jsonl", None, "empty")]


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="needs pipes with a name, as `<(…)` makes them")
def test_a_pipe_is_read(scanned: Scanned) -> None:
    reading, writing = os.pipe()
    os.write(writing, LINES.encode() if isinstance(LINES, str) else LINES)
    os.close(writing)
    try:
        assert len(scanned(f"/dev/fd/{reading}").failures) == 1
    finally:
        os.close(reading)


def test_a_path_that_does_not_exist_is_an_error(scanned: Scanned) -> None:
    with pytest.raises(InputError, match="no such file or folder"):
        scanned("nowhere")


def test_a_file_that_is_given_twice_is_read_once(write: Write, scanned: Scanned) -> None:
    path = write("a.jsonl", LINES)
    assert scanned(path, ".", "./a.jsonl").files == 1


def test_places_are_relative_to_the_working_directory(write: Write, scanned: Scanned) -> None:
    path = write("runs/a.jsonl", LINES)
    assert scanned(path.parent).failures[0].file == "runs/a.jsonl"


KEYS = """event tool args code result error output success role content messages id tool_calls tool_call_id function
arguments message message_type type sessionId input tool_use_id is_error run_id ts timestamp command exit_code name data
kwargs attributes key value toolUseResult traceback exception observation action skills""".split()  # noqa: SIM905
WORDS = "tool_start tool_end AIMessage ToolMessage assistant user tool progress system a".split()  # noqa: SIM905
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(KEYS) | st.text(max_size=5),
            inner | st.sampled_from(WORDS),
            max_size=6,
        )
    ),
    max_leaves=25,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(content=st.binary() | st.lists(JSON, max_size=5).map(lambda rows: "\n".join(map(json.dumps, rows)).encode()))
def test_any_bytes_can_be_scanned(content: bytes, tmp_path: Path, redactor: Redactor) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(content)
    result = scan([path], redactor=redactor)
    assert result.executions <= result.tool_calls
    assert len(result.failures) <= result.executions
    assert result.files == 1 or result.skipped
