"""`skills-lint redact` as a filter and on a file."""

from __future__ import annotations

import json
import os
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

SECRET = "ghp" + "_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"


def redact(folder: Path, *arguments: str, stdin: bytes = b"", status: int = 0) -> bytes:
    done = subprocess.run(
        [sys.executable, "-m", "skills_lint", "redact", *arguments], cwd=folder, input=stdin, capture_output=True
    )
    assert done.returncode == status, done.stderr.decode()
    assert b"Traceback" not in done.stderr
    return done.stdout if status == 0 else done.stderr


def test_untouched_lines_come_out_byte_for_byte(tmp_path: Path) -> None:
    lines = [
        b'{"text": "plain"}\n',
        b'{"b":1.50,  "a":[1e5, null, NaN], "a": "twice \\u00e9 \xc3\xa9 \\/"}\r\n',
        b"\n",
        b"not JSON at all\n",
        b"\xff\xfe not UTF-8\n",
        b'{"cut": "off\n',
        b'"\\ud800"\n',
        b"[" * 3000 + b"]" * 3000 + b"\n",
        b"no newline at the end",
    ]

    assert redact(tmp_path, stdin=b"".join(lines)) == b"".join(lines)


def test_only_the_strings_with_a_secret_change_and_keep_their_spelling(tmp_path: Path) -> None:
    ascii_line = f'{{"n": 1.50,  "text" :"\\u00e9 {SECRET} \\n", "same": "\\u00e9"}}\n'
    other_line = f'\ufeff{{"text": "é {SECRET}", "{SECRET}": 2}}\r\n'

    out = redact(tmp_path, "-", stdin=(ascii_line + other_line).encode()).decode().splitlines(keepends=True)

    placeholder = json.loads(out[0])["text"].split()[1]
    assert placeholder.startswith("[redacted:github-pat:")
    assert out[0] == ascii_line.replace(SECRET, placeholder)
    assert out[1] == other_line.replace(SECRET, placeholder)


def test_a_line_that_is_not_json_is_redacted_as_text(tmp_path: Path) -> None:
    out = redact(tmp_path, stdin=f"export KEY={SECRET}\n".encode())

    assert out.startswith(b"export KEY=[redacted:")
    assert out.endswith(b"]\n")


def test_a_key_beside_its_value_tells_that_it_is_secret(tmp_path: Path) -> None:
    line = b'{"args": {"password": "Harbor!77x", "argv": ["sshpass", "-p", "Harbor!77x"]}, "id": "password"}\n'

    out = redact(tmp_path, stdin=line)

    assert b"Harbor" not in out
    assert json.loads(out)["id"] == "password"


def test_a_trace_file_comes_out_as_the_same_trace(tmp_path: Path) -> None:
    (tmp_path / "run.jsonl").write_text(
        '{"event": "tool_start", "args": {"code": "open(\'/home/jdoe42/x\')"}}\n'
        f'{{"event": "tool_end", "id": "{SECRET}"}}\n'
    )

    records = [json.loads(line) for line in redact(tmp_path, "run.jsonl").splitlines()]

    assert [record["event"] for record in records] == ["tool_start", "tool_end"]
    assert records[0]["args"]["code"].startswith("open('/home/[user:")
    assert records[1]["id"].startswith("[redacted:")


def test_a_document_of_many_lines_stays_one_document(tmp_path: Path) -> None:
    document = json.dumps({"messages": [{"content": f"é {SECRET}"}, {"password": "Harbor!77x"}], "n": 1.5}, indent=2)
    (tmp_path / "run.json").write_text(document)

    out = redact(tmp_path, "run.json").decode()

    assert len(out.splitlines()) == len(document.splitlines())
    assert json.loads(out)["n"] == 1.5
    assert SECRET not in out
    assert "Harbor" not in out


def test_each_line_is_answered_before_the_next_is_read(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "skills_lint", "redact"], cwd=tmp_path, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdin
    assert process.stdout
    with process:
        for text in ("one", "two"):
            process.stdin.write(f'{{"text": "{text}"}}\n'.encode())
            process.stdin.flush()
            assert json.loads(process.stdout.readline()) == {"text": text}
        process.stdin.close()


@pytest.mark.parametrize("name", ["missing.jsonl", "folder"])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()

    message = redact(tmp_path, name, status=2).decode()

    assert message.startswith(f"error: {name}: cannot read it: ")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a user who may be refused")
def test_a_file_without_permission_is_named(tmp_path: Path) -> None:
    (tmp_path / "closed.jsonl").touch(mode=0)

    assert "Permission denied" in redact(tmp_path, "closed.jsonl", status=2).decode()


def test_the_benchmark_of_redaction_is_met() -> None:
    """The shares that the project promises, on one round of the benchmark's texts, which lies beside the repo.

    Its 5 MB lines and its clock are left to the benchmark itself.
    """
    file = Path(__file__).parents[2].parent / "shared" / "bench" / "score_redaction.py"
    if not file.exists():
        pytest.skip("../shared/bench/score_redaction.py is not here")
    benchmark = runpy.run_path(str(file))
    generator = benchmark["Gen"](11)
    rows = [*generator.secrets(), *generator.personal()]
    ordinary = [block for _ in range(100) for _, block in generator.ordinary()]
    texts = [f"{ordinary[n % len(ordinary)]}\n{row[2]}\n{ordinary[-n - 1]}" for n, row in enumerate(rows)]

    redacted, _ = benchmark["redact"]([sys.executable, "-m", "skills_lint", "redact"], [*texts, *ordinary])

    gone: dict[bool, list[bool]] = {True: [], False: []}
    for (group, _, _, pieces, _), text in zip(rows, redacted, strict=False):
        gone[group == "personal"].append(not any(benchmark["leaked"](piece, text) for piece in pieces))
    assert sum(gone[False]) / len(gone[False]) >= 0.95
    assert sum(gone[True]) / len(gone[True]) >= 0.9
    assert redacted[len(texts) :] == ordinary
