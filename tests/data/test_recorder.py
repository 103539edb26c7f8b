"""The recorder: scripts are checked against what happens, and written down the same way every time."""

from __future__ import annotations

import datetime
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from inline_snapshot import snapshot
from recorder.formats.writers import WRITERS
from recorder.market import FUNDS, build_settings, open_days
from recorder.play import Played, Recording, ScriptError, play
from recorder.record import as_lines
from recorder.sandbox import BIN, Outcome, Sandbox
from recorder.script import OTHER_TOOL, Answer, Ask, LoadSkill, ReadFile, RunPython, RunShell, Session, py, runs_python
from recorder.sessions import SESSIONS
from recorder.story import HINTS
from recorder.tally import tally, with_figures

REPO = Path(__file__).resolve().parents[2]
RECORDED = json.loads((REPO / "tests" / "data" / "recorded.json").read_text(encoding="utf-8"))
PYTHON = REPO / ".venv-traces" / "bin" / "python"
START = datetime.datetime(2026, 11, 2, 9, 0, tzinfo=datetime.UTC)
ERROR = "Traceback (most recent call last):\n  File \"<stdin>\", line 1, in <module>\nKeyError: 'ts_code'\n"


def recording(format_: Any) -> Recording:
    """Return a short session as if it had been played: a failure, a skill, a file that is missing, a success."""
    turns = (
        (Ask("Mean close?"), Outcome()),
        (RunPython("I try.", "rows['ts_code']", "empty-data-missing-columns"), Outcome(stderr=ERROR, exit_code=1)),
        (LoadSkill("I read.", "etf-data"), Outcome("# ETF data\n")),
        (
            ReadFile("Notes?", "notes.md", OTHER_TOOL),
            Outcome(stderr="No such file or directory: notes.md", exit_code=1),
        ),
        (RunShell("Again.", "python mean.py", python=True), Outcome("3.7\n")),
        (Answer("3.7"), Outcome()),
    )
    times = [START + datetime.timedelta(seconds=10 * n) for n in range(len(turns))]
    played = (Played(turn, at, at, outcome) for (turn, outcome), at in zip(turns, times, strict=True))
    return Recording(Session("mean-close", format_, START, tuple(turn for turn, _ in turns)), tuple(played))


def shapes(format_: Any) -> list[str]:
    """Return, for each record, its keys, and a `*` where it carries a result."""
    return [
        " ".join(fields) + (" *" if number is not None else "")
        for fields, number in WRITERS[format_](recording(format_))
    ]


def test_tool_events_have_a_start_and_an_end() -> None:
    assert shapes("events")[:4] == snapshot(
        [
            "ts run_id event direction message_type content",
            "ts run_id event direction message_type content",
            "ts run_id event tool args",
            "ts run_id event tool result *",
        ]
    )


def test_langchain_messages_pair_by_the_id_of_the_call() -> None:
    records = [fields for fields, _ in WRITERS["langchain-messages"](recording("langchain-messages"))]
    called = [call["id"] for fields in records for call in fields.get("tool_calls", ())]
    assert called == [fields["tool_call_id"] for fields in records if fields["message_type"] == "ToolMessage"]
    assert json.loads(records[2]["content"]) == {"success": False, "result": None, "error": ERROR}


def test_openai_messages_hold_arguments_and_results_as_json_texts() -> None:
    records = [fields for fields, _ in WRITERS["openai-chat"](recording("openai-chat"))]
    assert [fields["role"] for fields in records] == snapshot(
        [
            "system",
            "user",
            "assistant",
            "tool",
            "assistant",
            "tool",
            "assistant",
            "tool",
            "assistant",
            "tool",
            "assistant",
        ]
    )
    assert json.loads(records[2]["tool_calls"][0]["function"]["arguments"]) == {"code": "rows['ts_code']"}
    assert json.loads(records[3]["content"])["exit_code"] == 1


def test_claude_code_records_are_a_chain_and_tell_a_result_twice() -> None:
    records = [fields for fields, _ in WRITERS["claude-code"](recording("claude-code"))]
    assert [fields["parentUuid"] for fields in records] == [None, *(fields["uuid"] for fields in records[:-1])]
    failed = records[2]["message"]["content"][0]
    assert failed["is_error"]
    assert failed["content"] == f"Exit code 1\n{ERROR}".rstrip()
    assert records[2]["toolUseResult"] == f"Error: Exit code 1\n{ERROR}".rstrip()
    assert records[5]["isMeta"]


def test_claude_code_records_tell_which_skills_were_offered_and_which_hints_were_given() -> None:
    played = recording("claude-code")
    session = replace(played.session, offered=("etf-data",), hint="given")
    records = [fields for fields, _ in WRITERS["claude-code"](replace(played, session=session))]
    attached = [fields["attachment"] for fields in records if fields["type"] == "attachment"]
    assert [each["type"] for each in attached] == ["skill_listing", "hook_additional_context"]
    assert attached[0]["skills"] == ["etf-data"]
    assert attached[1]["content"] == [HINTS["empty-data-missing-columns"]]
    assert [fields["parentUuid"] for fields in records] == [None, *(fields["uuid"] for fields in records[:-1])]


@pytest.mark.parametrize("format_", WRITERS)
def test_a_recording_is_written_the_same_way_twice(format_: Any) -> None:
    first, second = (as_lines(WRITERS[format_](recording(format_))) for _ in range(2))
    assert first == second
    assert all(isinstance(json.loads(line), dict) for line in first.splitlines())


@pytest.mark.parametrize("format_", WRITERS)
def test_what_is_known_of_a_recording_names_the_lines_of_its_results(format_: Any) -> None:
    records = list(WRITERS[format_](recording(format_)))
    known = tally(recording(format_), records)
    assert (known["executions"], known["other_failures"]) == (2, 1)
    (failure,) = known["failures"]
    assert failure["cause"] == "empty-data-missing-columns"
    assert "KeyError" in json.dumps(records[failure["line"] - 1][0])


def played(tmp_path: Path, *turns: Any) -> Recording:
    tools = tmp_path / BIN
    tools.mkdir(parents=True)
    for tool in ("bash", "ls"):
        (tools / tool).symlink_to(f"/bin/{tool}")
    return play(Session("in-a-test", "events", START, turns), Sandbox(tmp_path.resolve()))


def test_a_session_really_runs_and_shows_its_folder_as_workspace(tmp_path: Path) -> None:
    turns = (RunShell("Where?", "pwd && ls missing", fails=OTHER_TOOL), RunPython("Sum.", "print(sum([1, 2]))"))
    first, second = (played(tmp_path / name, *turns) for name in ("first", "second"))
    assert first == second
    where, summed = (turn.outcome for turn in first.turns)
    assert where.stdout == "/workspace\n"
    assert where.exit_code == 2
    assert summed == Outcome("3\n")


def test_the_error_is_the_interpreter_s_own_and_its_path_is_masked(tmp_path: Path) -> None:
    (turn,) = played(tmp_path, RunPython("Parse.", "import json\njson.loads('{')", "invalid-json")).turns
    assert turn.outcome.stderr.splitlines()[-1].startswith("json.decoder.JSONDecodeError: Expecting property name")
    assert 'File "/usr/local/lib/python' in turn.outcome.stderr
    assert sys.base_prefix + "/" not in turn.outcome.stderr.replace("/usr/local/", "")


def test_a_slow_machine_does_not_show(tmp_path: Path) -> None:
    bar = r"\r 99% ▕███▌▏ (<1 second remaining)     \r100% ▕████▏ (00:00:02.99 elapsed)     \n"
    (turn,) = played(tmp_path, RunPython("Query.", f"print('{bar}' + 'done 100%')")).turns
    assert turn.outcome == Outcome("done 100%\n")


@pytest.mark.parametrize(
    "turn",
    [
        RunPython("Meant to fail.", "print(1)", "syntax-error"),
        RunPython("Meant to succeed.", "print(1"),
        RunShell("No Python here.", "ls missing", fails="syntax-error"),
        RunShell("Hides nothing.", "python -c 'print(1)' | cat", python=True, fails="timeout", hidden=True),
    ],
)
def test_a_call_that_ends_otherwise_than_its_script_says_stops_the_recording(tmp_path: Path, turn: Any) -> None:
    with pytest.raises(ScriptError, match="in-a-test"):
        played(tmp_path, turn)


def test_names_are_filled_into_a_snippet() -> None:
    assert py("Bars of $code.", "print('$code')", code="510300.SH") == RunPython(
        "Bars of 510300.SH.", "print('510300.SH')"
    )


def test_every_session_has_its_own_file_asks_something_and_runs_python() -> None:
    assert len({session.file for session in SESSIONS}) == len(SESSIONS)
    for session in SESSIONS:
        assert isinstance(session.turns[0], Ask)
        assert any(runs_python(turn) for turn in session.turns if not isinstance(turn, Ask | Answer))


def test_the_store_has_funds_that_were_listed_late_or_paused(tmp_path: Path) -> None:
    assert any(fund.listed > open_days()[0] for fund in FUNDS)
    assert all(set(fund.paused) <= set(open_days()) for fund in FUNDS)
    build_settings(tmp_path / "config")
    json.loads((tmp_path / "config" / "universe.json").read_text(encoding="utf-8"))
    with pytest.raises(json.JSONDecodeError):
        json.loads((tmp_path / "config" / "weights.json").read_text(encoding="utf-8"))


def test_figures_replace_only_what_is_between_their_marks() -> None:
    page = "# T\n\n<!-- figures: written by the recorder -->\nold\n<!-- end of figures -->\n\nend\n"
    new = with_figures(page, "new \\1")
    assert new == "# T\n\n<!-- figures: written by the recorder -->\n\nnew \\1\n\n<!-- end of figures -->\n\nend\n"
    assert with_figures(new, "new \\1") == new


RERECORD = """
import tempfile
from pathlib import Path
from recorder.record import as_lines, record
from recorder.sandbox import prepare
from recorder.sessions import SESSIONS
session = next(session for session in SESSIONS if session.file == {file!r})
with tempfile.TemporaryDirectory() as folder:
    prepare(Path(folder).resolve() / "workspace", Path({skills!r}))
    print(as_lines(record(session, Path(folder).resolve() / "workspace")[0]), end="")
"""


@pytest.mark.skipif(not PYTHON.exists(), reason="`make traces` has not been run here: no .venv-traces")
@pytest.mark.parametrize(
    "file", ["events/2026-10-23-survey-of-codes.jsonl", "claude-code/2026-11-03-september-drawdown.jsonl"]
)
def test_a_session_recorded_again_gives_the_same_bytes(file: str) -> None:
    said = "from recorder.sandbox import versions; import json; print(json.dumps(versions()))"
    environment = {"PYTHONPATH": str(REPO / "traces"), "PYTHONDONTWRITEBYTECODE": "1"}
    versions = subprocess.run([PYTHON, "-c", said], env=environment, capture_output=True, text=True, check=True).stdout
    if json.loads(versions) != RECORDED["versions"]:
        pytest.skip(f"the traces were recorded with {RECORDED['versions']}, here is {versions.strip()}")
    code = RERECORD.format(file=file, skills=str(REPO / "skills"))
    again = subprocess.run([PYTHON, "-c", code], env=environment, capture_output=True, text=True, check=True).stdout
    assert again == (REPO / "traces" / file).read_text(encoding="utf-8")
