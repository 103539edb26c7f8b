"""Transcripts hold what a session did, in its order, as the scan counts it, without secrets, and never too much."""

from __future__ import annotations

import json
import os
import zipfile
from pathlib import Path

import pytest

from skills_lint.redaction import Redactor
from skills_lint.traces.scan import scan
from skills_lint.traces.transcripts.choose import chosen
from skills_lint.traces.transcripts.passages import held, redacted
from skills_lint.traces.transcripts.read import read_transcripts
from skills_lint.traces.transcripts.transcript import Called, Said

REDACTOR = Redactor(b"k" * 32)
OURS = Path(__file__).parents[2] / "traces"
SHARED = Path(__file__).parents[3] / "shared" / "corpus"
SECRET = "ghp_" + "x7Kq2Lm9Zt4Rw8Yb3Nd6Vc1Hf5Js0Pa7Ge2U"
TRACEBACK = "Traceback (most recent call last):\n  File \"<stdin>\", line 1, in <module>\nKeyError: 'close'"


def chat(*messages, **beside):
    """Return a session of chat messages, a message a line."""
    return "".join(json.dumps({"session_id": "s", **message, **beside}) + "\n" for message in messages)


def user(text):
    return {"role": "user", "content": text}


def call(id_, code, text="", tool="run_python"):
    function = {"name": tool, "arguments": json.dumps({"code": code})}
    return {"role": "assistant", "content": text, "tool_calls": [{"id": id_, "type": "function", "function": function}]}


def answer(id_, text, *, good=True):
    content = json.dumps({"success": good, "output" if good else "error": text})
    return {"role": "tool", "tool_call_id": id_, "content": content}


def read(folder, files):
    """Return the scan of some files, and the transcripts of its sessions by their keys."""
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    result = scan([folder], redactor=REDACTOR, jobs=1)
    return result, read_transcripts(result.sessions, redactor=REDACTOR)


def only(folder, text):
    """Return the transcript of the one session in a text."""
    _, found = read(folder, {"a.jsonl": text})
    (transcript,) = found.values()
    return transcript


def shown(passage):
    return passage.start + passage.end


def told(transcript):
    """Return speaker or tool, and the text, of each step."""
    return [
        (step.told.speaker, shown(step.told.text))
        if isinstance(step.told, Said)
        else (step.told.tool, shown(step.told.asked))
        if isinstance(step.told, Called)
        else ("skill", step.told.skill)
        for step in transcript.steps
    ]


def test_a_session_is_told_in_order_with_what_was_printed(tmp_path):
    transcript = only(
        tmp_path,
        chat(
            user("Last close?"),
            call("a", "print(df['close'])", "I look."),
            answer("a", TRACEBACK, good=False),
            call("b", "print(1)"),
            answer("b", "1"),
            {"role": "assistant", "content": "It is 1."},
        ),
    )
    assert told(transcript) == [
        ("user", "Last close?"),
        ("agent", "I look."),
        ("run_python", "print(df['close'])"),
        ("run_python", "print(1)"),
        ("agent", "It is 1."),
    ]
    failed, fine = (step.told for step in transcript.steps if isinstance(step.told, Called))
    assert (failed.outcome, failed.python, failed.language) == ("failed", True, "python")
    assert "KeyError: 'close'" in failed.answer.start
    assert (fine.outcome, fine.answer.start) == ("succeeded", "1")
    assert [step.number for step in transcript.steps] == [1, 2, 3, 4, 5]


def test_an_answered_call_stands_at_the_place_by_which_the_scan_knows_its_failure(tmp_path):
    result, found = read(tmp_path, {"a.jsonl": chat(user("x"), call("a", "1/0"), answer("a", TRACEBACK, good=False))})
    (failure,) = result.failures
    (transcript,) = found.values()
    assert (failure.file, failure.line, failure.pointer) == transcript.steps[-1].place


def test_a_call_without_an_answer_is_told_as_such(tmp_path):
    transcript = only(tmp_path, chat(user("x"), call("a", "1"), answer("a", "1"), call("b", "while True: pass")))
    assert transcript.steps[-1].told.answer is None
    assert transcript.steps[-1].told.outcome == "unanswered"


def test_logs_that_tell_a_conversation_from_its_start_again_are_told_once(tmp_path):
    messages = [user("What is the last close of the fund in November?"), call("a", "print(1)"), answer("a", "1")]
    more = [*messages, {"role": "assistant", "content": "The last close of the fund in November is 1."}]
    lines = [{"session_id": "s", "messages": part} for part in (messages[:2], messages, more)]
    transcript = only(tmp_path, "".join(json.dumps(line) + "\n" for line in lines))
    assert [name for name, _ in told(transcript)] == ["user", "run_python", "agent"]


def test_what_is_short_may_be_said_twice(tmp_path):
    transcript = only(tmp_path, chat(user("go on"), call("a", "1"), answer("a", "1"), user("go on")))
    assert [text for name, text in told(transcript) if name == "user"] == ["go on", "go on"]


def test_all_that_is_shown_is_redacted(tmp_path):
    text = f"TOKEN={SECRET}"
    transcript = only(
        tmp_path,
        chat(
            user(text),
            call("a", f"login('{SECRET}')", text, tool=f"tool {SECRET}"),
            answer("a", text),
            user(SECRET * 2),
        ),
    )
    assert len(transcript.steps) == 4
    assert SECRET not in repr(transcript)
    assert SECRET[4:20] not in repr(transcript)


@pytest.mark.parametrize("before", range(2_300, 2_440, 7))
def test_no_half_of_a_secret_is_left_where_a_long_text_is_cut(before):
    (passage,) = redacted([held("a " * (before // 2) + SECRET + " b" * 40_000)], REDACTOR)
    assert "ghp_" not in passage.start
    (passage,) = redacted([held("a " * 40_000 + SECRET + " b" * ((before + 1_200) // 2))], REDACTOR)
    assert SECRET[-8:] not in passage.end


def test_a_long_text_is_cut_and_tells_how_much_is_left_out():
    (passage,) = redacted([held("x" * 5_000_000)], REDACTOR)
    assert len(passage.start) + len(passage.end) + passage.left_out == 5_000_000
    assert len(passage.start) + len(passage.end) == 6_000


def test_all_texts_of_a_session_fit_on_a_page():
    passages = redacted([held("word " * 2_000)] * 600, REDACTOR)
    assert sum(len(passage.start) + len(passage.end) for passage in passages) <= 300_000
    assert all(passage.left_out for passage in passages)


def test_of_a_long_session_the_first_the_last_and_those_around_failures_are_shown():
    failed = [False] * 10_000
    failed[5_000] = failed[7_000] = True
    kept = chosen(failed)
    assert kept[:30] == list(range(30))
    assert kept[-15:] == list(range(9_985, 10_000))
    assert {4_997, 5_000, 5_004, 7_000} <= set(kept)
    assert len(kept) == 30 + 15 + 8 + 8


def test_however_many_failures_there_are_a_transcript_is_bounded():
    assert len(chosen([True] * 100_000)) <= 160


def test_steps_of_a_long_session_keep_their_numbers(tmp_path):
    runs = [message for n in range(300) for message in (call(f"c{n}", f"print({n})"), answer(f"c{n}", str(n)))]
    transcript = only(tmp_path, chat(user("x"), *runs))
    assert transcript.whole == 301
    assert transcript.steps[-1].number == 301
    assert len(transcript.steps) == 45


def test_one_of_many_sessions_in_a_file_is_read_alone(tmp_path):
    text = chat(user("one"), call("a", "1"), answer("a", "1"), session_id="one") + chat(
        user("two"), call("a", "2"), answer("a", "2"), session_id="two"
    )
    (tmp_path / "a.jsonl").write_text(text, encoding="utf-8")
    sessions = [s for s in scan([tmp_path], redactor=REDACTOR, jobs=1).sessions if s.id == "two"]
    (transcript,) = read_transcripts(sessions, redactor=REDACTOR).values()
    assert told(transcript) == [("user", "two"), ("run_python", "2")]


def test_sessions_without_ids_are_known_by_their_place(tmp_path):
    lines = [{"messages": [user(f"number {n}"), call("a", f"{n}"), answer("a", str(n))]} for n in range(3)]
    _, found = read(tmp_path, {"a.jsonl": "".join(json.dumps(line) + "\n" for line in lines)})
    assert sorted(told(transcript)[0][1] for transcript in found.values()) == ["number 0", "number 1", "number 2"]


def test_a_session_in_several_files_is_told_in_the_order_of_time(tmp_path):
    first = chat(user("first"), call("a", "1"), answer("a", "1"), timestamp="2026-11-02T10:00:00Z")
    second = chat(user("second"), call("b", "2"), answer("b", "2"), timestamp="2026-11-01T10:00:00Z")
    _, found = read(tmp_path, {"a.jsonl": first, "b.jsonl": second})
    (transcript,) = found.values()
    assert [text for _, text in told(transcript)] == ["second", "2", "first", "1"]


def test_a_file_that_is_gone_is_named_and_nothing_is_lost_of_the_rest(tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.jsonl").write_text(chat(user(name), call(name, "1"), answer(name, "1")), encoding="utf-8")
    sessions = scan([tmp_path], redactor=REDACTOR, jobs=1).sessions
    (tmp_path / "a.jsonl").unlink()
    (transcript,) = read_transcripts(sessions, redactor=REDACTOR).values()
    assert [text for _, text in told(transcript)] == ["b", "1"]
    assert transcript.unread == ("Its file is no longer there.",)


def test_a_file_that_is_too_large_is_left_out_with_a_sentence(tmp_path):
    file = tmp_path / "a.jsonl"
    file.write_text(chat(user("x"), call("a", "1"), answer("a", "1")), encoding="utf-8")
    sessions = scan([tmp_path], redactor=REDACTOR, jobs=1).sessions
    os.truncate(file, 33_000_000)
    (transcript,) = read_transcripts(sessions, redactor=REDACTOR).values()
    assert transcript.steps == ()
    assert transcript.unread == ("Its file is larger than 32 MB, so it is not read once more.",)


def test_a_session_in_an_archive_is_read_there(tmp_path):
    with zipfile.ZipFile(tmp_path / "runs.zip", "w") as archive:
        archive.writestr("a.jsonl", chat(user("in it"), call("a", "1"), answer("a", "1")))
    result = scan([tmp_path], redactor=REDACTOR, jobs=1)
    (transcript,) = read_transcripts(result.sessions, redactor=REDACTOR).values()
    assert told(transcript)[0] == ("user", "in it")


def test_lines_that_are_no_json_are_counted(tmp_path):
    transcript = only(tmp_path, chat(user("x"), call("a", "1"), answer("a", "1")) + '{"broken\n')
    assert transcript.unread == ("1 of the records in its file could not be read.",)


def test_a_skill_that_was_read_is_named(tmp_path):
    reading = {
        "role": "assistant",
        "content": "",
        "tool_calls": [
            {"id": "a", "function": {"name": "bash", "arguments": '{"command": "cat skills/dates/SKILL.md"}'}}
        ],
    }
    transcript = only(tmp_path, chat(user("x"), reading, answer("a", "# Dates")))
    assert transcript.steps[1].told.skill == "dates"
    assert transcript.steps[1].told.language == "bash"


def agreement(folder):
    """Return the failures of a folder by the scan, and by transcripts that are shown whole, with their sessions."""
    result = scan([folder], redactor=REDACTOR, jobs=1)
    found = read_transcripts(result.sessions, redactor=REDACTOR)
    whole = {key for key, transcript in found.items() if len(transcript.steps) == transcript.whole}
    scanned = {(f.file, f.line, f.pointer) for f in result.failures if f.session_key in whole}
    calls = {key: [step for step in found[key].steps if isinstance(step.told, Called)] for key in whole}
    read_ = {
        step.place for steps in calls.values() for step in steps if step.told.python and step.told.outcome == "failed"
    }
    counted = {s.key: (s.tool_calls, s.executions) for s in result.sessions if s.key in whole}
    counted_here = {key: (len(steps), sum(step.told.python for step in steps)) for key, steps in calls.items()}
    return scanned, read_, counted, counted_here


def test_transcripts_of_our_own_traces_have_the_calls_and_the_failures_that_the_scan_has():
    scanned, read_, counted, counted_here = agreement(OURS)
    assert scanned
    assert read_ == scanned
    assert counted_here == counted


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared corpus is not here")
def test_transcripts_of_the_shared_corpus_have_the_calls_and_the_failures_that_the_scan_has():
    scanned, read_, counted, counted_here = agreement(SHARED)
    assert len(scanned) > 500
    assert read_ == scanned
    assert counted_here == counted


LONG = "A" * 50_000
AGAIN = {
    "a call told again, and another one under its id": (
        [
            call("1", "a"),
            answer("1", "A"),
            call("1", "a"),
            call("1", "b"),
            answer("1", "B"),
            answer("1", "C", good=False),
        ],
        (2, 2),
    ),
    "a retry under the old id": ([call("1", "a"), answer("1", "A"), call("1", "a"), answer("1", "B")], (2, 2)),
    "an answer that differs far from its ends": (
        [call("1", "a"), answer("1", f"{LONG}x{LONG}"), call("1", "a"), answer("1", f"{LONG}y{LONG}")],
        (1, 1),
    ),
}


@pytest.mark.parametrize("name", AGAIN)
def test_what_is_told_again_under_one_id_stands_as_often_as_the_scan_counts_it(name, tmp_path):
    messages, expected = AGAIN[name]
    (tmp_path / "a.jsonl").write_text(chat(user("x"), *messages), encoding="utf-8")
    scanned, read_, counted, counted_here = agreement(tmp_path)
    assert read_ == scanned
    assert list(counted.values()) == list(counted_here.values()) == [expected]


SAID = "I look at the closes first."
AGENTS = {
    "claude-code": {
        "type": "assistant",
        "sessionId": "s",
        "message": {
            "role": "assistant",
            "content": [{"type": "thinking", "thinking": "T"}, {"type": "text", "text": SAID}],
        },
    },
    "anthropic-messages": {
        "messages": [
            {"role": "user", "content": "x"},
            {
                "role": "assistant",
                "content": [
                    {"type": "text", "text": SAID},
                    {"type": "tool_use", "id": "t", "name": "python", "input": {"code": "1"}},
                ],
            },
        ]
    },
    "codex": {
        "type": "response_item",
        "payload": {"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": SAID}]},
    },
    "gemini-cli": {
        "sessionId": "s",
        "messages": [{"type": "gemini", "content": SAID}, {"type": "user", "content": "x"}],
    },
    "vercel-ai": {
        "id": "m",
        "role": "assistant",
        "parts": [{"type": "reasoning", "text": "T"}, {"type": "text", "text": SAID}, {"type": "step-start"}],
    },
}


@pytest.mark.parametrize("name", AGENTS)
def test_what_an_agent_says_is_heard_without_its_thoughts_and_calls(name):
    from skills_lint.traces.engine import fitted_records
    from skills_lint.traces.event import Record
    from skills_lint.traces.formats import format_named
    from skills_lint.traces.transcripts.hearing import Hearing

    format_, hearing = format_named(name), Hearing(())
    for event in format_.events(fitted_records([Record(AGENTS[name], 1)], format_.record)):
        hearing.hear(event, "a")
    assert [note.text.start for note in hearing.notes() if note.kind == "agent"] == [SAID]
