"""Is it Python, and did it fail? One case a sentence of the design page's words."""

from __future__ import annotations

from typing import Any

import pytest

from skills_lint.traces.event import Call, Result, Spot
from skills_lint.traces.verdicts.verdict import Verdict, judge

SPOT = Spot(1, None)
TRACEBACK = """Traceback (most recent call last):
  File "/work/x.py", line 3, in <module>
    row["close"]
KeyError: 'close'
"""
CELL = """KeyError                                  Traceback (most recent call last)
Cell In[1], line 1
----> 1 row['close']

KeyError: 'close'"""
DOCTEST = "Expecting:\n    Traceback (most recent call last):\n      ...\n    KeyError: 1\nok\n"
JSON_IN_JSON = '{"result": "{\\"success\\": false, \\"error\\": \\"KeyError: 1\\"}"}'
ARGPARSE = "usage: x.py [-h]\nx.py: error: unrecognized arguments: -z"
CATCHES = "import traceback\ntry:\n    go()\nexcept Exception:\n    traceback.print_exc()\nprint('on')"
CATCHES_AND_ENDS = (
    "import sys, traceback\ntry:\n    go()\nexcept Exception:\n    traceback.print_exc()\n    sys.exit(1)"
)


def verdict(tool: str, arguments: Any, content: Any = None, **fields: Any) -> Verdict:
    return judge(Call(SPOT, "1", tool, arguments), Result(SPOT, "1", content, **fields))


def shell(command: str, content: Any = None, **fields: Any) -> Verdict:
    return verdict("Bash", {"command": command}, content, **fields)


def python(code: str, content: Any = None, **fields: Any) -> Verdict:
    return verdict("execute_python", {"code": code}, content, **fields)


FAILURES: dict[str, tuple[Verdict, str | None]] = {
    # reported by the tool
    "success is false": (python("x", {"success": False, "error": "KeyError: 'close'"}), "KeyError"),
    "the error is a traceback": (python("x", {"success": False, "error": TRACEBACK}), "KeyError"),
    "an error without a status": (python("x", {"output": "", "error": TRACEBACK}), "KeyError"),
    "a structured error": (python("x", {"error": {"type": "KeyError", "message": "'close'"}}), "KeyError"),
    "a notebook's error": (
        python("x", {"outputs": [], "ename": "KeyError", "evalue": "'close'", "traceback": [CELL]}),
        "KeyError",
    ),
    "JSON in a string": (python("x", '{"success": false, "error": "KeyError: 1"}'), "KeyError"),
    "JSON in JSON": (python("x", {"output": JSON_IN_JSON}), "KeyError"),
    "a repr": (python("x", "{'success': False, 'error': \"KeyError: 'close'\"}"), "KeyError"),
    "timed out": (python("x", {"timed_out": True, "output": ""}), None),
    "timed out, in words": (python("x", "EXECUTION TIMED OUT"), None),
    "an exit status alone": (shell("python -c 'import sys; sys.exit(3)'", "", ok=False, exit_code=3), None),
    "killed after a while": (shell("timeout 1 python x.py", "", ok=False, exit_code=124), None),
    "an exit status in words": (shell("python x.py", "Exit code 1\n" + TRACEBACK), "KeyError"),
    "an exit status in a tag": (shell("python x.py", "<returncode>1</returncode>\n<output>\n</output>"), None),
    "a process that exited": (shell("python x.py", "Process exited with code 2\nOutput:\n"), None),
    "another part of the command failed": (shell("python x.py; ls /nope", "ls: cannot access '/nope'", ok=False), None),
    "a test": (shell("pytest -q", "1 failed in 0.1s", ok=False), None),
    "a tool's prefix before its error": (
        verdict("query", {"table": "t"}, "Error executing tool query: KeyError: 'close'"),
        "KeyError",
    ),
    "the error payload of another tool": (
        verdict("store_query", {"table": "t"}, {"success": False, "error": "KeyError: 'close'"}),
        "KeyError",
    ),
    "a handler that prints and ends the run": (shell("python x.py", TRACEBACK, ok=False, exit_code=1), "KeyError"),
    # shown by the text where no status speaks
    "no status": (python("x", TRACEBACK), "KeyError"),
    "no status and an exception alone": (python("x", "KeyError: 'close'"), "KeyError"),
    "no status and a handler that ends the run": (python(CATCHES_AND_ENDS, TRACEBACK), "KeyError"),
    "a pipe": (shell("python x.py 2>&1 | tail -2", '    row["close"]\nKeyError: \'close\'', ok=True), "KeyError"),
    "a pipe that leaves one line": (shell("python x.py 2>&1 | tail -1", "KeyError: 'close'", ok=True), "KeyError"),
    "|| true": (shell("python x.py || true", "start\n" + TRACEBACK, ok=True), "KeyError"),
    "a semicolon": (shell("python x.py; echo next", TRACEBACK + "next", ok=True), "KeyError"),
    "a script": (shell("sh run_all.sh", "step 1\n" + TRACEBACK, ok=False), "KeyError"),
    "a script that hides it": (shell("sh run_all.sh", "step 1\n" + TRACEBACK + "step 2", ok=True), "KeyError"),
    "a console script": (shell("sqlfluff lint a.sql", TRACEBACK), "KeyError"),
    "a syntax error": (
        shell("python x.py | cat", '  File "x.py", line 1\n    f(:\n      ^\nSyntaxError: invalid syntax', ok=True),
        "SyntaxError",
    ),
    "pytest's summary": (shell("pytest | tail", "FAILED a.py::t - KeyError: 1\n1 failed in 0s", ok=True), "KeyError"),
    "unittest's summary": (shell("python -m unittest 2>&1 | tail -1", "FAILED (failures=1)", ok=True), None),
    "argparse": (shell("python x.py -z | cat", ARGPARSE, ok=True), None),
    "no such file": (shell("python x.py", "python: can't open file '/work/x.py': [Errno 2] No such file"), None),
    "no such module": (shell("python -m nope", "/usr/bin/python: No module named nope"), None),
    "IPython's own traceback, though its tool is done": (python("x", {"success": True, "output": CELL}), "KeyError"),
    "output that was buffered until the end": (shell("python x.py", TRACEBACK + "rows: 3\n"), "KeyError"),
    "a status that the command prints": (shell("python x.py; echo exit=$?", "no\nexit=2", ok=True), None),
    "a traceback in the log that it wrote": (
        shell("python x.py > run.log 2>&1; cat run.log", TRACEBACK, ok=True),
        "KeyError",
    ),
    "a repr of an exception": (python("x", {"success": False, "error": "KeyError('close')"}), "KeyError"),
    "a repr behind a tool's words": (
        python("x", "Error: KeyError('close')\n Please fix your mistakes.", ok=False),
        "KeyError",
    ),
    "a class of any name in a tool's error": (
        python("x", {"success": False, "error": "InvalidOperation: [<class 'ConversionSyntax'>]"}),
        "InvalidOperation",
    ),
    "a message of several lines": (
        python("x", {"success": False, "error": "ValueError: no\nrows:\nKeyError: 3"}),
        "ValueError",
    ),
    "a log that a group of commands wrote": (
        shell("(python x.py; echo $?) > run.log 2>&1; tail -9 run.log", TRACEBACK + "1", ok=True),
        "KeyError",
    ),
    "logs whose names are not written out": (
        shell("for i in 1 2; do python x.py $i > run_$i.log 2>&1; done; cat run_*.log", TRACEBACK, ok=True),
        "KeyError",
    ),
    "a hook of git": (shell("git commit -m x", "checking\n" + TRACEBACK, ok=False, exit_code=1), "KeyError"),
    "Python killed in a script": (
        shell("sh x.sh", "x.sh: line 3:  6122 Killed                  python x.py", ok=False, exit_code=137),
        None,
    ),
    "the end of a traceback below headings": (
        shell("python x.py | tail -2", 'Exit code: 0\nWall time: 0.3 s\nOutput:\n    row["close"]\nKeyError: 1'),
        "KeyError",
    ),
    "another tool that answers with a traceback": (verdict("store_query", {"table": "t"}, TRACEBACK), "KeyError"),
    "a tool's words and a repr": (
        verdict("store_query", {"table": "t"}, "Error calling tool 'store_query': KeyError('close')"),
        "KeyError",
    ),
    "an end that an output limit cut": (
        shell("python x.py", "row 1\n" + TRACEBACK[:80] + "\n... [1234 characters truncated] ..."),
        None,
    ),
    "a command in a quoted word": (shell('echo "got $(python x.py)"', TRACEBACK + "got", ok=True), "KeyError"),
    "what find starts": (shell("find . -name x.py -exec python {} \\;", TRACEBACK, ok=True), "KeyError"),
    "a status below one line": (
        shell("python x.py | tail -1", "KeyError: 'close'\n[The command completed with exit code 0.]"),
        "KeyError",
    ),
    "streams and a status in sections": (
        shell("python x.py", "STDOUT:\n\nSTDERR:\n" + TRACEBACK + "\nReturn code: 1"),
        "KeyError",
    ),
    "a killed process that a shell tells": (
        shell("sh -c 'python x.py; true'; python y.py", "sh: line 1:  4242 Killed                  python x.py"),
        None,
    ),
    "a crash of the interpreter": (
        shell("python x.py | cat", "Fatal Python error: Segmentation fault\n\nCurrent thread", ok=True),
        None,
    ),
    "pytest's usage": (
        shell("pytest --x | cat", "ERROR: usage: pytest\npytest: error: unrecognized arguments: --x", ok=True),
        None,
    ),
    "a document that another part wrote": (
        shell("python x.py --to a.md; cat a.md", TRACEBACK + "cat: a.md: No such file or directory", ok=False),
        "KeyError",
    ),
    "a cut-off end": (shell("python x.py | head -3", "\n".join(TRACEBACK.split("\n")[:3]), ok=True), None),
}  # fmt: skip


@pytest.mark.parametrize(("found", "type_"), FAILURES.values(), ids=FAILURES.keys())
def test_a_failure_is(found: Verdict, type_: str | None) -> None:
    assert found.python
    assert found.failed
    assert found.fault is not None
    assert found.fault.type == type_


EXECUTIONS: dict[str, Verdict] = {
    "a success": python("x", {"success": True, "output": "3"}),
    "one that caught, printed and went on": python(CATCHES, {"success": True, "output": TRACEBACK + "on"}),
    "the same without a status": python(CATCHES, TRACEBACK + "on"),
    "a printed traceback with a good status": shell("python x.py", "1\n" + TRACEBACK + "3\ndone", ok=True),
    "a run that says that it went on": shell("python x.py || true", "1\n" + TRACEBACK + "3\n1 row skipped", ok=True),
    "the same, and the command says something": shell(
        "python x.py; echo next", "1\n" + TRACEBACK + "3\nrest done\nnext", ok=True
    ),
    "a traceback that a log line introduces": shell("python x.py", "ERROR:root:row 3\n" + TRACEBACK + "rows: 2\n"),
    "one that the interpreter ignored": shell("python x.py", "Exception ignored in: <f>\n" + TRACEBACK),
    "warnings": shell("python x.py", "x.py:2: DeprecationWarning: old\n  warnings.warn('old')\nError: 0 rows\n"),
    "printed JSON": shell("python x.py", stdout='{"success": false, "error": "none found"}', ok=True),
    "a good status that the command prints": shell("python x.py | cat; echo ${PIPESTATUS[0]}", "3\n0", ok=True),
    "a traceback from a log that is shown beside it": shell("python x.py; cat app.log", "3\n" + TRACEBACK, ok=True),
    "tests of which none was asked for": shell("pytest --collect-only | tail -1", "no tests ran in 0.01s", ok=True),
    "a written script that prints what it catches": shell(
        f"cat > x.py <<'EOF'\n{CATCHES}\nEOF\npython x.py | tail", TRACEBACK
    ),
    "a document that is shown beside it": shell("python x.py; cat issue.md", "3\n" + TRACEBACK, ok=True),
    "a test that printed what it caught": shell("pytest -s", TRACEBACK + ".\n1 passed, 2 warnings in 0.01s"),
    "unittest that went well": shell("python -m unittest", TRACEBACK + "Ran 1 test in 0.1s\n\nOK (skipped=1)"),
    "a status in words that speaks of another process": shell(
        "python x.py", "child\nexit code 2\n[The command completed with exit code 0.]"
    ),
    "a doctest's outline": shell("python -m doctest -v x.py", DOCTEST),
    "a call without a result": judge(Call(SPOT, "1", "Bash", {"command": "python x.py"}), None),
}  # fmt: skip


@pytest.mark.parametrize("found", EXECUTIONS.values(), ids=EXECUTIONS.keys())
def test_an_execution_that_did_not_fail_is(found: Verdict) -> None:
    assert (found.python, found.failed) == (True, False)


OTHERS: dict[str, Verdict] = {
    "a shell error": shell("ls /nope", "ls: cannot access '/nope': No such file or directory", ok=False),
    "pip": shell("pip install nope", "ERROR: No matching distribution found for nope", ok=False),
    "python -m pip": shell("python -m pip install nope", "/usr/bin/python: No module named pip", ok=False),
    "a compiler": shell("gcc x.c", "cc1: fatal error: x.c: No such file or directory", ok=False),
    "a script without Python": shell("make", "make: *** [all] Error 2", ok=False),
    "no interpreter": shell("python x.py", "bash: line 1: python: command not found", ok=False, exit_code=127),
    "no such interpreter": shell("env python9 x.py", "env: 'python9': No such file or directory", ok=False),
    "an environment that is not there": shell(
        "source venv/bin/activate && python x.py",
        "bash: line 1: venv/bin/activate: No such file or directory",
        ok=False,
    ),
    "a file without permission": shell("./x.py", "bash: ./x.py: Permission denied", ok=False, exit_code=126),
    "a folder that is not there": shell("cd /nope && python x.py", "bash: line 1: cd: /nope: No such file", ok=False),
    "a program that failed first": shell("ls /nope && python x.py", "ls: cannot access '/nope'", ok=False),
    "an install that failed first": shell(
        "pip install nope && python x.py", "ERROR: No matching distribution", ok=False
    ),
    "a wrapper that is not there": shell(
        "coverage run x.py", "bash: line 1: coverage: command not found", ok=False, exit_code=127
    ),
    "a compiler that failed first": shell(
        "gcc x.c && python x.py", "cc1: fatal error: x.c: No such file\ncompilation terminated.", ok=False
    ),
    "a build that failed first": shell("npm run b && python x.py", "npm error code ENOENT\nnpm error path /", ok=False),
    "a console script's usage": shell("mypy --x", "usage: mypy\nmypy: error: unrecognized arguments: --x", ok=False),
    "an edit": verdict("str_replace", {"path": "x.py"}, {"success": False, "error": "no such text in the file"}),
    "a query": verdict("store_query", {"table": "t"}, {"success": False, "error": "no such table"}),
}


@pytest.mark.parametrize("found", OTHERS.values(), ids=OTHERS.keys())
def test_a_failure_without_python_is(found: Verdict) -> None:
    assert (found.python, found.failed) == (False, True)


NOTHING: dict[str, Verdict] = {
    "an issue that ends with a traceback": verdict(
        "get_issue", {"number": 3}, "## Bug\n\nSteps: run it\n\n" + TRACEBACK
    ),
    "a subagent's report": verdict("Task", {"prompt": "run python x.py"}, "It fails with\n\n" + TRACEBACK),
    "an opened file": verdict("read_file", {"path": "app.log"}, TRACEBACK),
    "an opened file with a status": verdict("open_file", {"path": "x"}, {"success": True, "output": TRACEBACK}),
    "a log": shell("cat app.log", TRACEBACK),
    "grep's findings": shell("grep -n -A3 Traceback app.log", "3:Traceback (most recent call last):\n6-KeyError: 'x'"),
    "a commit that quotes a traceback": shell("git commit -m x", "[main 1] x\n" + TRACEBACK, ok=True),
    "a diff": shell("git diff", "+" + TRACEBACK),
    "a file that is written": shell("cat > x.py <<'EOF'\nraise ValueError\nEOF", ""),
    "a call that the user refused": shell(
        "python x.py", "The user doesn't want to proceed with this tool use.", ok=False
    ),
    "a call that a hook blocked": shell("python x.py", "Bash operation blocked by hook:\n- not allowed", ok=False),
    "a call that the user rejected": shell("python x.py", "Tool execution was rejected by the user", ok=False),
    "a call of a tool that is not there": python("x", "Error: python is not a valid tool, try one of [a].", ok=False),
    "a call that its tool refused": shell("python x.py", "<tool_use_error>InputValidationError: no", ok=False),
    "a console script that survived": shell("sqlfluff lint a.sql", TRACEBACK, ok=True),
}


@pytest.mark.parametrize("found", NOTHING.values(), ids=NOTHING.keys())
def test_neither_execution_nor_failure_is(found: Verdict) -> None:
    assert (found.python, found.failed) == (False, False)


PYTHON_TOOLS = [
    "execute_python", "tool_execute_python", "run_ipython", "code_interpreter", "python", "PythonREPL",
    "python_repl_ast", "jupyter_execute_cell", "mcp__ide__executeCode", "run_code",
]  # fmt: skip


@pytest.mark.parametrize("tool", PYTHON_TOOLS)
def test_a_python_tool_is_known_by_its_name(tool: str) -> None:
    assert verdict(tool, {"code": "1"}, "1").python


@pytest.mark.parametrize(
    "tool",
    ["NotebookEdit", "read_python_file", "search_python_docs", "install_python_package", "js_repl", "execute_sql"],
)
def test_a_tool_that_runs_no_python_is_known_by_its_name(tool: str) -> None:
    assert not verdict(tool, {"path": "x"}, "1").python


def test_further_python_tools_come_from_the_configuration() -> None:
    call, result = Call(SPOT, "1", "lab", {"cell": "x"}), Result(SPOT, "1", {"success": False, "error": "stopped"})
    assert not judge(call, result).python
    assert judge(call, result, {"lab"}).python


def test_the_message_of_an_exit_without_an_exception_is_kept() -> None:
    fault = shell("python x.py", "usage: x.py\nx.py: error: unrecognized arguments: -z", ok=False, exit_code=2).fault
    assert fault is not None
    assert (fault.type, fault.message, fault.exit_code) == (None, "x.py: error: unrecognized arguments: -z", 2)


@pytest.mark.parametrize("words", ["Command timed out after 2m 0.0s", "step 1\nstep 2\nEXECUTION TIMED OUT", "Timeout"])
def test_a_run_whose_time_is_up_in_words_has_the_exit_status_of_the_program_timeout(words: str) -> None:
    fault = shell("python x.py", words, ok=False).fault
    assert fault is not None
    assert (fault.type, fault.exit_code) == (None, 124)


def test_an_exception_about_time_is_no_end_of_the_run() -> None:
    fault = python("x", "TimeoutError: the server did not answer", ok=False).fault
    assert fault is not None
    assert fault.exit_code is None


def test_a_very_long_text_is_kept_with_a_note_of_what_is_left_out() -> None:
    fault = python("x", {"success": False, "error": "y" * 200_000 + "\n" + TRACEBACK}).fault
    assert fault is not None
    assert fault.type == "KeyError"
    assert fault.traceback is not None
    assert len(fault.traceback) < 60_000
    assert "characters left out" in fault.traceback
