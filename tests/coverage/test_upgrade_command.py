"""`upgrade` on a repo, as a process."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

SKILL = "---\nname: {name}\ndescription: {about}\n---\n\n# {name}\n\nRead this.\n"
BUCKETS = "routines/trace_failure_triage/buckets.yaml"


def without_evidence(repo: Any) -> None:
    (repo.root / "routines/trace_failure_triage/evidence.jsonl").unlink()


def without_pitfall(repo: Any, bucket: str) -> Path:
    path: Path = repo.root / "skills/robust-frames/SKILL.md"
    path.write_text(re.sub(rf"- `{bucket}`.*\n", "", path.read_text("utf-8")), encoding="utf-8")
    return path


def test_a_bucket_named_by_hand_needs_no_traces_and_a_second_run_changes_nothing(repo: Any) -> None:
    without_evidence(repo)
    path = without_pitfall(repo, "missing-column")
    assert repo.run("upgrade", "missing-column", "--write").stdout == "skills/robust-frames/SKILL.md: pitfall added\n"
    text = path.read_text("utf-8")
    assert text.endswith(
        "- `missing-column`: Check the columns before selecting. Print `df.columns` first.\n"
        "  What goes wrong: The frame lacks the column.\n"
    )
    again = repo.run("upgrade", "missing-column", "--write")
    assert (again.stdout, path.read_text("utf-8")) == ("", text)


def test_the_skill_that_failing_sessions_loaded_is_taken_before_the_nearest(repo: Any) -> None:
    without_pitfall(repo, "text-dates")
    repo.write("skills/loaded/SKILL.md", SKILL.format(name="loaded", about="Something else."))
    repo.write("skills/dates/SKILL.md", SKILL.format(name="dates", about="Compare dates stored as text and numbers."))
    repo.evidence({"failures": {"text-dates": 1}, "loaded": ["loaded"]}, {"failures": {"text-dates": 1}})
    done = repo.run("upgrade", "text-dates", "--write")
    assert done.stdout == "skills/loaded/SKILL.md: pitfall added\n"
    assert "goes to the skill `loaded`: loaded in 1 of 2 failing sessions" in done.stderr
    without_evidence(repo)
    repo.write("skills/loaded/SKILL.md", SKILL.format(name="loaded", about="Something else."))
    assert repo.run("upgrade", "text-dates", "--write").stdout == "skills/dates/SKILL.md: pitfall added\n"


def test_a_cause_that_no_skill_is_near_to_gets_a_new_skill_beside_the_others(repo: Any) -> None:
    shutil.rmtree(repo.root / "skills")
    repo.write(".claude/skills/poems/SKILL.md", SKILL.format(name="poems", about="Write poems."))
    done = repo.run("upgrade", "text-dates", "--write")
    assert done.stdout == ".claude/skills/text-dates/SKILL.md: written\n"
    assert "no skill is near to it" in done.stderr
    found = json.loads(repo.run("check", ".claude/skills/text-dates", "--output-format", "json").stdout)
    assert found["diagnostics"] == []
    assert not repo.run("upgrade", "text-dates", "--write").stdout


def test_what_is_cured_elsewhere_gets_no_pitfall_and_is_told_where(repo: Any) -> None:
    text = (repo.root / BUCKETS).read_text("utf-8")
    repo.write(BUCKETS, text + "    remedy: environment\n")
    path = without_pitfall(repo, "text-dates")
    before = path.read_bytes()
    done = repo.run("upgrade", "text-dates", "--write")
    assert "text-dates: cured in the environment, not by a skill: Turn the dates" in done.stderr
    assert (done.stdout, path.read_bytes()) == ("", before)


def test_a_pitfall_that_a_person_edited_is_never_rewritten(repo: Any) -> None:
    path = repo.root / "skills/robust-frames/SKILL.md"
    before = path.read_bytes()
    for arguments in ([], ["--skill", "robust-frames"]):
        assert not repo.run("upgrade", "missing-column", "text-dates", *arguments, "--write").stdout
        assert path.read_bytes() == before


def test_nothing_is_written_where_one_of_several_changes_cannot_be_made(repo: Any) -> None:
    text = (repo.root / BUCKETS).read_text("utf-8")
    repo.write(BUCKETS, f"{text}    skills: [robust-frames, z-open]\n")
    path = without_pitfall(repo, "text-dates")
    before = path.read_bytes()
    repo.write("skills/z-open/SKILL.md", SKILL.format(name="z-open", about="Open.") + "\n<!-- never closed\n")
    done = repo.run("upgrade", "text-dates", "--write", status=2)
    assert "not closed" in done.stderr
    assert path.read_bytes() == before


def test_a_skill_that_cannot_be_read_is_told_with_the_way_out(repo: Any) -> None:
    skill = "skills/robust-frames/SKILL.md"
    (repo.root / skill).write_bytes(b"\xef\xbb\xbf" + (repo.root / skill).read_bytes())
    refused = repo.run("upgrade", "text-dates", "--skill", "robust-frames", status=2).stderr
    assert "the file begins with a byte order mark" in refused
    assert "`skills-lint check`" in refused


def test_a_group_that_is_no_bucket_yet_is_told_how_to_become_one(repo: Any) -> None:
    failures = {"failures": {"0123456789ab": 3}}
    repo.evidence(failures, failures, failures)
    done = repo.run("upgrade")
    assert "0123456789ab: no bucket yet; run `skills-lint promote 0123456789ab` first" in done.stderr
    assert not done.stdout


def write_trace(repo: Any, session: str, wrong: str, right: str) -> None:
    """Write a session in which a snippet fails for a missing column, and the next one succeeds."""
    error = (
        f"Traceback (most recent call last):\n  File \"<stdin>\", line 1, in <module>\n    {wrong}\nKeyError: 'Close'\n"
    )
    tool = {"run_id": session, "tool": "tool_execute_python"}
    events = [
        {"event": "tool_start", "args": {"code": wrong}},
        {"event": "tool_end", "result": {"success": False, "output": "", "error": error}},
        {"event": "tool_start", "args": {"code": right}},
        {"event": "tool_end", "result": {"success": True, "output": "1"}},
    ]
    lines = [json.dumps({"ts": 1793608900.0 + number, **tool, **event}) for number, event in enumerate(events)]
    repo.write(f"traces/{session}.jsonl", "".join(f"{line}\n" for line in lines))


def test_where_a_bucket_shows_no_code_the_edits_that_helped_more_than_once_are_shown(repo: Any) -> None:
    path = without_pitfall(repo, "missing-column")
    for session in ("a", "b"):
        write_trace(repo, session, "print(bars['Close'].mean())", "print(bars['close'].mean())")
    write_trace(repo, "c", "total = bars['Close'].sum() / 2", "total = bars['close'].sum() / 2")
    withheld = repo.run("upgrade", "missing-column")
    assert "→" not in withheld.stdout
    assert "`publish` is `counts`, so code of traces is left out" in withheld.stderr
    repo.write("skills-lint.toml", 'schema = "skill"\npublish = "examples"\n')
    repo.run("upgrade", "missing-column", "--write")
    text = path.read_text("utf-8")
    assert "\n  `print(bars['Close'].mean())` → `print(bars['close'].mean())`.\n" in text
    assert "sum()" not in text
