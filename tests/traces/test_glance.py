"""What is told at a glance is what a judge tells: whatever the tool, the status, and the text that it printed."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from skills_lint.traces.event import Call, Result, Spot
from skills_lint.traces.sources.fields import Raw
from skills_lint.traces.verdicts.glance import ran_well
from skills_lint.traces.verdicts.verdict import judge
from tests.traces.respelled import any_style, respelled

HERE = Path(__file__).parent
SPOT = Spot(1, None)
SAID = [
    f"{seen['type']}: {seen['message']}"
    for line in (HERE.parent / "errors/said/recorded.jsonl").read_text(encoding="utf-8").splitlines()
    for seen in json.loads(line)["seen"]
]
RESULTS = [
    row["result"]
    for name in ("failures", "decoys")
    for row in map(json.loads, (HERE / f"events/{name}.jsonl").read_text(encoding="utf-8").splitlines())
    if row["event"] == "tool_end"
]
TRACEBACK = 'Traceback (most recent call last):\n  File "a.py", line 2, in <module>\n    f()\n'
IPYTHON = (
    "---------------------------------------------------------------------------\n"
    "KeyError                                  Traceback (most recent call last)\n"
    "Cell In[3], line 1\n----> 1 f()\n\nKeyError: 'x'"
)
PIECES = (
    "7 rows",
    "loaded C:\\new\\temp",
    "x\tnull",
    " In the end",
    "结果 данные 😀",
    "a" * 300,
    "row 1\\nrow 2\\nrow 3\\n" * 9,
    "",
    "\n\n\n",
    " ",
    "\x1b[31mred\x1b[0m",
    "\x0c",
    "\r",
    "a\u2028b",
    '{"success": true}',
    '{"success": true, "n": 1}',
    "[]",
    '""',
    "'",
    "Exit code: 1",
    "exit code 0",
    "Exit code 2\n",
    "<returncode>1</returncode>",
    "<exit_code>0</exit_code>",
    "Process finished with exit code 3",
    "[exit code: 1]",
    "Output:",
    "stdout:",
    "STDERR:",
    "Errors:",
    "Wall time: 2 s",
    "Command timed out",
    "timeout",
    "Killed",
    "Error executing tool: KeyError: 'x'",
    "execution failed: ValueError: x",
    "Segmentation fault (core dumped)",
    "The user denied this",
    "Permission denied by",
    "KeyError: 'x'",
    "KeyError('x',)",
    "ValueError",
    IPYTHON,
    f"{TRACEBACK}KeyError: 'x'",
    f"{TRACEBACK}ValueError",
    TRACEBACK,
    'File "a.py", line 1\n    737,015\n        ^\nSyntaxError: leading zeros',
    "SyntaxError: invalid syntax",
    "FAILED tests/test_a.py::test_b - KeyError: 'x'",
    "E   KeyError: 'x'",
    "=== 1 failed, 2 passed in 0.12s ===",
    "=== 3 passed in 0.12s ===",
    "no tests ran in 0.01s",
    "Ran 2 tests in 0.1s\n\nFAILED (errors=1)",
    "usage: a.py [-h]\na.py: error: unrecognized arguments: -x",
    "python: can't open file 'a.py': [Errno 2] No such file",
    "/usr/bin/python3: No module named a",
    "Recovered, went on",
    "2026-10-01 12:00:00 ERROR failed",
    "1",
)
LINE = "a line of text that fills the page\n"
FILLERS = (  # lines most of the time, and what is hard to cut
    LINE,
    LINE,
    LINE,
    "words that go on ",
    "C:\\new\\names, ",
    "\\\\\n",
    "C:\\\n at ends\n",
    "результат\n",
    "😀",
    " \n",
)
TOOLS = ("execute_python", "Bash", "run", "read_file", "Grep", "mcp__jupyter__run_cell", "repl", "lookup", "mine", "")
COMMANDS = (
    "python a.py",
    "python3 - <<'EOF'\nprint(1)\nEOF",
    "ls -la",
    "cd /w && python a.py | tail -5",
    "pytest -q",
    "make test",
    "python a.py; echo $?",
    "python a.py || true",
    "cat a.log",
    "git status && ls",
    "uv run a.py 2>&1 | head",
    "timeout 5 python a.py",
    "python a.py; ls",
    "for f in *; do python $f; done",
    "",
    "bash run.sh",
    "python -m pip install x",
    "grep -r Traceback .",
)
STATUS: tuple[Any, ...] = (True, False, None, "true", 1, "", 0, [], {}, "KeyError: 'x'", {"type": "KeyError"}, "boom")
KEYS = (
    "success",
    "ok",
    "succeeded",
    "is_error",
    "isError",
    "error",
    "exit_code",
    "returncode",
    "status",
    "stdout",
    "stderr",
    "output",
    "exception_type",
    "error_type",
    "ename",
    "evalue",
    "message",
    "traceback",
    "data",
    "timed_out",
    "metadata",
)


def text(dice: Random) -> str:
    if dice.random() < 0.2:
        return TRACEBACK + dice.choice(SAID) + dice.choice(("", "\n", "\nwent on"))
    filler = dice.choice(FILLERS) * dice.choice((0, 0, 0, 3, 40, 150, 400))
    parts = dice.choices(PIECES, k=dice.randint(0, 4)) + ([filler] if filler else [])
    dice.shuffle(parts)
    return dice.choice(("\n", "\n", "\n", " ")).join(parts) + dice.choice(("", "", "\n", filler))


def payload(dice: Random, depth: int = 0) -> Any:
    """Return what a tool may answer, in any shape."""
    kind = dice.random()
    if kind < 0.1:
        return dice.choice(RESULTS)
    if kind < 0.4 or depth > 2:
        return text(dice)
    if kind < 0.5:
        return [{"type": "text", "text": text(dice)} for _ in range(dice.randint(0, 2))]
    first = {"success": dice.choice((True, True, True, False))} if dice.random() < 0.6 else {}
    told = first | {key: answer(dice, depth) for key in dice.sample(KEYS, dice.randint(0, 4))}
    if kind < 0.7:
        return told
    spelled = json.dumps(told, ensure_ascii=dice.random() < 0.5, separators=dice.choice(((",", ":"), (", ", ": "))))
    spelled = spelled + dice.choice(("", "", "", f"\n{text(dice)}", spelled, "\n"))
    return spelled if dice.random() < 0.8 else spelled[: dice.randint(0, len(spelled))]


def answer(dice: Random, depth: int) -> Any:
    return dice.choice(STATUS) if dice.random() < 0.6 else payload(dice, depth + 1)


def raw(value: Any, dice: Random) -> Any:
    """Return a value as a reader leaves it: as the JSON that it was, in any spelling, or plain."""
    kind = dice.random()
    if kind < 0.2:
        return value
    anyhow = respelled(value, any_style(dice), dice) if kind < 0.5 else json.dumps(value, ensure_ascii=kind < 0.8)
    return Raw(anyhow.encode())


def some_call(dice: Random) -> Call:
    command = dice.choice(COMMANDS)
    arguments = dice.choice(
        ({"command": command}, {"code": "print(1)\nf()"}, {"cmd": command}, {}, "print(1)", {"a": 1})
    )
    return Call(SPOT, "1", dice.choice(TOOLS), raw(arguments, dice))


def some_result(dice: Random) -> Result:
    result = Result(SPOT, "1", ok=dice.choice((None, None, None, True, True, False)))
    if dice.random() < 0.8:
        result.content = raw(payload(dice), dice)
    if dice.random() < 0.3:
        result.content, result.stdout = None, raw(payload(dice), dice)
    if dice.random() < 0.1:
        result.stderr = raw(text(dice), dice)
    if dice.random() < 0.05:
        result.exit_code = dice.choice((0, 1, 124))
    if dice.random() < 0.05:
        result.error = ("KeyError", "'x'")
    return result


@settings(max_examples=1500)
@given(dice=st.randoms(use_true_random=True))
def test_whatever_is_told_at_a_glance_a_judge_tells_too(dice: Random) -> None:
    call, result = some_call(dice), some_result(dice)
    well = ran_well(call, result, {"mine"})
    if well is not None:
        verdict = judge(call, result, {"mine"})
        assert (verdict.python, verdict.failed) == (well, False)
