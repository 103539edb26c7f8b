"""Traces in Parquet files: LangSmith's bulk exports, and tables of other formats' records."""

from __future__ import annotations

import gzip
import io
import json
import random
import sys
import tarfile
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from skills_lint.traces.result import ScanResult
from skills_lint.traces.sources.table import rows_of

pyarrow = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")

Write = Callable[..., Path]
Scanned = Callable[..., ScanResult]

RUN, ROOT = "7c9e6679-7425-40de-944b-e07fc1f90002", "7c9e6679-7425-40de-944b-e07fc1f90001"
ERROR = "KeyError('x')Traceback (most recent call last):\n\n\n  File \"tools.py\", line 1, in run\n\n\nKeyError: 'x'"
TEXT, TIME = pyarrow.string(), pyarrow.timestamp("us", "UTC")
COLUMNS = pyarrow.schema([  # of a bulk export, as LangSmith's documentation lists them
    ("id", TEXT), ("tenant_id", TEXT), ("session_id", TEXT), ("trace_id", TEXT), ("parent_run_id", TEXT),
    ("parent_run_ids", pyarrow.list_(TEXT)), ("name", TEXT), ("run_type", TEXT), ("start_time", TIME),
    ("end_time", TIME), ("status", TEXT), ("is_root", pyarrow.bool_()), ("dotted_order", TEXT), ("trace_tier", TEXT),
    ("inputs", TEXT), ("outputs", TEXT), ("error", TEXT), ("extra", TEXT), ("events", TEXT),
    ("tags", pyarrow.list_(TEXT)), ("feedback_stats", TEXT), ("total_tokens", pyarrow.int64()),
    ("total_cost", pyarrow.decimal128(20, 10)),
])  # fmt: skip


def run(identifier: str, kind: str, inputs: Any, **fields: Any) -> dict[str, Any]:
    return {
        "id": identifier, "trace_id": ROOT, "session_id": "3f2504e0-4f89-41d3-9a0c-0305e82c3301", "name": "python",
        "run_type": kind, "status": "success", "inputs": json.dumps(inputs), "is_root": identifier == ROOT,
        "start_time": datetime(2026, 9, 21, 14, 13, 20, tzinfo=UTC), "tags": ["a"], **fields,
    }  # fmt: skip


EXPORT = [
    run(
        ROOT, "chain", {"messages": [["human", "read the prices"]]}, extra=json.dumps({"metadata": {"thread_id": "t"}})
    ),
    run(RUN, "tool", {"code": "go()"}, parent_run_id=ROOT, error=ERROR, status="error"),
]


def packed(rows: list[dict[str, Any]], columns: Any = COLUMNS, **how: Any) -> bytes:
    stream = io.BytesIO()
    parquet.write_table(pyarrow.Table.from_pylist(rows, schema=columns), stream, **how)
    return stream.getvalue()


@pytest.mark.parametrize("compression", ["zstd", "gzip", "snappy", "none"])
def test_a_bulk_export_is_read_as_its_runs_are(compression: str, write: Write, scanned: Scanned) -> None:
    write("session_id=1/runs/year=2026/a.parquet", packed(EXPORT, compression=compression, row_group_size=1))
    result = scanned()
    (failure,) = result.failures
    assert (failure.format, failure.session, failure.user_request) == ("langsmith-runs", "t", "read the prices")
    assert (failure.fault.type, failure.fault.code, failure.line) == ("KeyError", "go()", 2)
    assert (result.sessions[0].start, result.skipped) == ("2026-09-21T14:13:20.000Z", ())


def test_columns_of_bytes_and_of_nanoseconds_are_read(write: Write, scanned: Scanned) -> None:
    kinds = {TEXT: pyarrow.binary(), TIME: pyarrow.timestamp("ns")}
    columns = pyarrow.schema([(field.name, kinds.get(field.type, field.type)) for field in COLUMNS])
    rows = [
        {name: value.encode() if isinstance(value, str) else value for name, value in row.items()}
        | {"start_time": 1_790_000_000_123_456_789}
        for row in EXPORT
    ]
    write("a.parquet", packed(rows, columns))
    result = scanned()
    assert [failure.fault.type for failure in result.failures] == ["KeyError"]
    assert str(result.sessions[0].start).startswith("2026-09-21T")


NANO = pyarrow.timestamp("ns", "UTC")
SEEN, MOMENT = 1_700_000_000_123_456_789, "2023-11-14T22:13:20.123456Z"


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        (pyarrow.list_(NANO), [SEEN], [MOMENT]),
        (pyarrow.large_list(NANO), [SEEN], [MOMENT]),
        (pyarrow.map_(TEXT, NANO), [("a", SEEN)], {"a": MOMENT}),
        (pyarrow.struct([("a", NANO)]), {"a": SEEN}, {"a": MOMENT}),
        (pyarrow.duration("ns"), 123_456_789, "PT0.123456S"),
        (pyarrow.time64("ns"), 123_456_789, "00:00:00.123456"),
    ],
    ids=str,
)
def test_nanoseconds_are_read_wherever_they_stand(kind: Any, value: Any, expected: Any) -> None:
    file = io.BytesIO()
    parquet.write_table(pyarrow.table({"a": pyarrow.array([value], type=kind)}), file)
    data = file.getvalue()
    assert json.loads(rows_of(lambda: io.BytesIO(data), len(data)).read()) == {"a": expected}


def test_a_table_of_messages_is_read_as_messages_are(write: Write, scanned: Scanned) -> None:
    call = {"id": "c1", "type": "function", "function": {"name": "python", "arguments": '{"code": "go()"}'}}
    said = [
        {"role": "user", "content": "read the prices", "tool_calls": None, "tool_call_id": None},
        {"role": "assistant", "content": None, "tool_calls": [call], "tool_call_id": None},
        {"role": "tool", "content": "KeyError: 'x'", "tool_calls": None, "tool_call_id": "c1"},
    ]
    stream = io.BytesIO()
    parquet.write_table(pyarrow.Table.from_pylist([{"id": 1, "messages": said}]), stream)
    write("train-00000-of-00001.parquet", stream.getvalue())
    (failure,) = scanned().failures
    assert (failure.format, failure.fault.code, failure.line) == ("openai-chat", "go()", 1)


def test_a_table_is_read_in_archives_and_from_standard_input(
    write: Write, scanned: Scanned, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = packed(EXPORT)
    with zipfile.ZipFile(write("a.zip", b""), "w") as archive:
        archive.writestr("a.parquet", data)
    with tarfile.open(write("a.tar", b""), "w") as tar:
        info = tarfile.TarInfo("a.parquet")
        info.size = len(data)
        tar.addfile(info, io.BytesIO(data))
    for path in ("a.zip", "a.tar", "-"):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        assert [failure.fault.type for failure in scanned(path).failures] == ["KeyError"], path


def test_what_is_compressed_is_read_from_standard_input(
    write: Write, scanned: Scanned, monkeypatch: pytest.MonkeyPatch
) -> None:
    zstandard = pytest.importorskip("zstandard")
    lines = (Path(__file__).parent / "samples" / "langsmith_runs.jsonl").read_bytes()
    write("a.jsonl", lines)
    known = [failure.line for failure in scanned("a.jsonl").failures]
    assert known
    for data in (gzip.compress(lines), zstandard.compress(lines)):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        assert [failure.line for failure in scanned("-").failures] == known


def test_a_table_of_data_is_no_trace(write: Write, scanned: Scanned) -> None:
    stream = io.BytesIO()
    parquet.write_table(pyarrow.table({"price": [1.5, 2.5], "code": ["XS1", "XS2"]}), stream)
    write("prices.parquet", stream.getvalue())
    assert [skipped.reason for skipped in scanned().skipped] == ["not a trace: no known format, no code with a result"]


def test_without_the_library_a_table_is_named_with_the_way_out(
    write: Write, scanned: Scanned, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("a.parquet", packed(EXPORT))
    for name in [name for name in sys.modules if name.partition(".")[0] == "pyarrow"]:
        monkeypatch.setitem(sys.modules, name, None)  # as if it were not installed
    (skipped,) = scanned().skipped
    assert skipped.file == "a.parquet"
    assert skipped.reason == "cannot be read: a Parquet file, which `pip install 'skills-lint[parquet]'` reads"


def test_a_damaged_table_is_named_and_ends_nothing(write: Write, scanned: Scanned) -> None:
    data = packed(EXPORT)
    write("a.parquet", data[:-20])
    write("b.parquet", data)
    result = scanned()
    assert [(skipped.file, skipped.reason[:24]) for skipped in result.skipped] == [
        ("a.parquet", "cannot be read: damaged:")
    ]
    assert len(result.failures) == 1


def test_bytes_changed_anywhere_in_a_table_give_its_rows_or_an_error() -> None:
    dice = random.Random(1)  # noqa: S311
    data = packed(EXPORT * 40, row_group_size=20)
    damaged = 0
    for _ in range(400):
        changed = bytearray(data)
        for _ in range(dice.choice([1, 5])):
            changed[dice.randrange(len(changed))] = dice.randrange(256)
        try:
            for line in rows_of(lambda held=bytes(changed): io.BytesIO(held), len(data)):
                json.loads(line)
        except OSError:
            damaged += 1
    assert damaged > 100


def test_a_large_table_is_not_held() -> None:
    def batches() -> Iterator[Any]:
        for group in range(20):
            rows = [{"id": group * 500 + number, "inputs": f"{number} " * 2000} for number in range(500)]
            yield pyarrow.RecordBatch.from_pylist(rows)

    stream = io.BytesIO()
    with parquet.ParquetWriter(stream, next(batches()).schema, write_batch_size=50) as writer:
        for batch in batches():
            writer.write_batch(batch)
    data = stream.getvalue()
    read = 0
    tracemalloc.start()
    held = pyarrow.total_allocated_bytes()
    for number, line in enumerate(rows_of(lambda: io.BytesIO(data), len(data)), 1):
        read += len(line)
        if number % 1000 == 0:
            assert pyarrow.total_allocated_bytes() - held < 8 << 20
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert read > 70 << 20
    assert most < 8 << 20
