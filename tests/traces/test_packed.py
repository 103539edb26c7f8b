"""Compressed files and archives: read in place, named by their members, and never beyond a limit."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard

from skills_lint.traces.result import ScanResult

Write = Callable[..., Path]
Scanned = Callable[..., ScanResult]
SESSION = "".join(
    f"{json.dumps(row)}\n"
    for row in (
        {
            "role": "assistant",
            "tool_calls": [{"id": "1", "function": {"name": "python", "arguments": '{"code": "x"}'}}],
        },
        {"role": "tool", "tool_call_id": "1", "content": '{"error": "KeyError: 1"}'},
    )
).encode()
PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress, "zst": zstandard.compress,
}  # fmt: skip


def zipped(files: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", how) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def tarred(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return packed.getvalue()


@pytest.mark.parametrize("ending", PACKERS)
def test_a_compressed_file_is_read_like_a_plain_one(ending: str, write: Write, scanned: Scanned) -> None:
    write(f"a.jsonl.{ending}", PACKERS[ending](SESSION))
    assert [(failure.file, failure.line) for failure in scanned().failures] == [(f"a.jsonl.{ending}", 2)]


@pytest.mark.parametrize("ending", PACKERS)
def test_what_is_compressed_is_known_by_its_content(ending: str, write: Write, scanned: Scanned) -> None:
    write("notes.txt", PACKERS[ending](SESSION))
    assert len(scanned("notes.txt").failures) == 1


def test_a_zip_is_read_member_by_member(write: Write, scanned: Scanned) -> None:
    write("runs.zip", zipped({"a/one.jsonl": SESSION, "b.md": b"# Notes\n", "__MACOSX/a/._one.jsonl": SESSION}))
    result = scanned()
    assert [(failure.file, failure.line) for failure in result.failures] == [("runs.zip!/a/one.jsonl", 2)]
    assert result.skipped == ()


@pytest.mark.parametrize("ending", ["", *PACKERS])
def test_a_tar_is_read_compressed_or_not(ending: str, write: Write, scanned: Scanned) -> None:
    packed = tarred({"./a/one.jsonl": SESSION, "./a/two.jsonl": SESSION.replace(b'"1"', b'"2"')})
    name = f"runs.tar.{ending}".rstrip(".")
    write(name, PACKERS[ending](packed) if ending else packed)
    assert [failure.file for failure in scanned().failures] == [f"{name}!/a/one.jsonl", f"{name}!/a/two.jsonl"]


def test_a_file_that_expands_without_end_is_left(write: Write, scanned: Scanned) -> None:
    write("a.jsonl.bz2", bz2.compress(SESSION + b" " * 200_000_000))
    (skipped,) = scanned().skipped
    assert "expands to more than 1000 times its size" in skipped.reason


def test_a_member_that_expands_without_end_is_left_and_the_others_are_read(write: Write, scanned: Scanned) -> None:
    bomb = b'{"role": "user", "content": "' + b" " * 300_000_000
    write("runs.zip", zipped({"bomb.jsonl": bomb, "one.jsonl": SESSION}, zipfile.ZIP_BZIP2))
    result = scanned()
    assert [failure.file for failure in result.failures] == ["runs.zip!/one.jsonl"]
    assert [(skipped.file, "expands" in skipped.reason) for skipped in result.skipped] == [
        ("runs.zip!/bomb.jsonl", True)
    ]


@pytest.mark.parametrize("ending", PACKERS)
def test_a_damaged_file_is_named(ending: str, write: Write, scanned: Scanned) -> None:
    write(f"a.jsonl.{ending}", PACKERS[ending](SESSION * 50)[:-12])
    result = scanned()
    assert [skipped.file for skipped in result.skipped][-1:] == [f"a.jsonl.{ending}"]


@pytest.mark.parametrize(
    ("name", "content"), [("a.zip", zipped({"a.jsonl": SESSION})[:-30]), ("a.tar", tarred({})[:300])]
)
def test_a_damaged_archive_is_named(name: str, content: bytes, write: Write, scanned: Scanned) -> None:
    write(name, content)
    assert [skipped.file for skipped in scanned(name).skipped] == [name]


def test_a_member_that_needs_a_password_is_named(write: Write, scanned: Scanned) -> None:
    packed = bytearray(zipped({"a.jsonl": SESSION}))
    for start, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        packed[packed.index(start) + flags] |= 1  # encrypted
    write("a.zip", bytes(packed))
    (skipped,) = scanned().skipped
    assert (skipped.file, "password" in skipped.reason) == ("a.zip!/a.jsonl", True)
