"""Is it Python, and did it fail? Commands that hide it, and commands that only look like it."""

from __future__ import annotations

import pytest

from skills_lint.traces.event import Call, Result, Spot
from skills_lint.traces.verdicts.glance import ran_well
from skills_lint.traces.verdicts.verdict import judge

TRACEBACK = (
    'Traceback (most recent call last):\n  File "/w/x.py", line 2, in <module>\n'
    "    print(d[\"close\"])\n          ~^^^^^^^^^\nKeyError: 'close'\n"
)
TESTS = """============================= test session starts ==============================
collected 2 items

test_a.py .F                                                             [100%]

=================================== FAILURES ===================================
___________________________________ test_b _____________________________________

    def test_b():
>       assert f(1) == 2
E       assert 1 == 2

test_a.py:6: AssertionError
=========================== short test summary info ============================
FAILED test_a.py::test_b - assert 1 == 2
========================= 1 failed, 1 passed in 0.05s ==========================
"""
RAISED = 'Traceback (most recent call last):\n  File "<stdin>", line 1, in <module>\n'
FINE, NO_PYTHON = "it ran well", "no Python ran"
# a command, its exit status, what it printed, and the type of the exception in which Python failed; None for a failure
# without one
CASES: list[tuple[str, int, str, str | None]] = [
    ("python x.py || echo failed", 0, TRACEBACK + "failed\n", "KeyError"),
    ("python x.py || true", 0, TRACEBACK, "KeyError"),
    ("python -m pytest; echo done", 0, TESTS + "done\n", "AssertionError"),
    (
        "pytest -x | tail -5",
        0,
        "\ntest_a.py:6: AssertionError\n"
        "=========================== short test summary info ============================\n"
        "FAILED test_a.py::test_b - assert 1 == 2\n"
        "========================= 1 failed, 1 passed in 0.05s ==========================\n",
        "AssertionError",
    ),
    ("pytest -q 2>&1 | tail -1", 0, "1 failed, 1 passed in 0.05s\n", None),
    ("pytest -q 2>&1 | tail -1", 0, "2 passed in 0.05s\n", FINE),
    ("grep -rn Traceback app.log", 0, "app.log:3:Traceback (most recent call last):\n", NO_PYTHON),
    ("grep -A20 Traceback app.log", 0, TRACEBACK, NO_PYTHON),
    ("cat app.log", 0, TRACEBACK, NO_PYTHON),
    ("tail -50 /var/log/app.log | grep -A5 Error", 0, TRACEBACK, NO_PYTHON),
    ("set -e\npython a.py\npython x.py\necho ok", 1, TRACEBACK, "KeyError"),
    ("set -euo pipefail; python x.py | tee out.log", 1, TRACEBACK, "KeyError"),
    ("(cd src && python x.py)", 1, TRACEBACK, "KeyError"),
    ("bash -c 'cd src; python x.py; exit 0'", 0, TRACEBACK, "KeyError"),
    ("docker exec -it web python manage.py migrate", 1, TRACEBACK, "KeyError"),
    ("docker compose exec web python manage.py test", 1, TRACEBACK, "KeyError"),
    (
        "docker run --rm img python -c 'import x'",
        1,
        RAISED + "ModuleNotFoundError: No module named 'x'\n",
        "ModuleNotFoundError",
    ),
    ("docker exec web ls", 1, "OCI runtime exec failed\n", NO_PYTHON),
    ("ssh host 'python3 /srv/x.py'", 1, TRACEBACK, "KeyError"),
    ("ssh host python3 /srv/x.py", 255, "ssh: connect to host host port 22: Connection refused\n", NO_PYTHON),
    ("make test", 2, "pytest -q\n" + TESTS + "make: *** [Makefile:2: test] Error 1\n", "AssertionError"),
    ("make build", 2, "gcc -o a a.c\na.c:1:1: error: expected\nmake: *** [a] Error 1\n", NO_PYTHON),
    (
        "tox -e py311",
        1,
        TESTS + "py311: exit 1 (0.52 seconds) /w> pytest pid=1\n  py311: FAIL code 1\n",
        "AssertionError",
    ),
    ("nox -s tests", 1, TESTS + "nox > Command pytest failed with exit code 1\n", "AssertionError"),
    ("coverage run -m pytest && coverage report", 1, TESTS, "AssertionError"),
    ("hatch run test", 1, TESTS, "AssertionError"),
    ("hatch run python x.py", 1, TRACEBACK, "KeyError"),
    ("pixi run python x.py", 1, TRACEBACK, "KeyError"),
    ("rye run python x.py", 1, TRACEBACK, "KeyError"),
    ("pdm run python x.py", 1, TRACEBACK, "KeyError"),
    ("pipenv run python x.py", 1, TRACEBACK, "KeyError"),
    ("uvx ruff check .", 1, "a.py:1:1: F401 unused\nFound 1 error.\n", NO_PYTHON),
    ("npx pyright", 1, '/w/a.py:1:1 - error: "x" is not defined\n1 error\n', NO_PYTHON),
    ("npm test", 1, "> jest\nFAIL a.test.js\nTypeError: undefined is not a function\n", NO_PYTHON),
    ("node x.js", 1, "TypeError: Cannot read properties of undefined\n    at main (x.js:1:1)\n", NO_PYTHON),
    ("python3 <<'EOF'\nimport sys\nd={}\nd['close']\nEOF", 1, TRACEBACK, "KeyError"),
    ("cat > x.py <<'EOF'\nprint(d['close'])\nEOF\npython x.py", 1, TRACEBACK, "KeyError"),
    ("cat > x.py <<'EOF'\npython x.py\nEOF", 0, "", NO_PYTHON),
    ("cat <<'EOF' > run.sh\n#!/bin/sh\npython x.py\nEOF\nchmod +x run.sh", 0, "", NO_PYTHON),
    ("timeout 5 python x.py", 124, "", None),
    ("env PYTHONPATH=src .venv/bin/python -u x.py 2>&1 | head -20", 0, TRACEBACK, "KeyError"),
    ("git log --grep=python", 0, "", NO_PYTHON),
    ("which python && python --version", 0, "/usr/bin/python\nPython 3.11.7\n", FINE),
    ("pip install foo", 1, "ERROR: No matching distribution found for foo\n", NO_PYTHON),
    ("python -m pip install foo", 1, "ERROR: No matching distribution found for foo\n", NO_PYTHON),
    (
        "python -m py_compile x.py && echo ok",
        1,
        '  File "x.py", line 1\n    def f(:\n          ^\nSyntaxError: invalid syntax\n',
        "SyntaxError",
    ),
    ("for i in 1 2; do python x.py $i; done", 0, TRACEBACK + "fine\n", "KeyError"),
    ("python x.py && grep foo nothing.txt", 1, "fine\n", None),
    ("python x.py; grep foo nothing.txt", 1, "fine\n", None),
    ("./manage.py migrate", 1, TRACEBACK, "KeyError"),
    (
        "django-admin check",
        1,
        "Traceback (most recent call last):\n"
        '  File "/usr/bin/django-admin", line 8, in <module>\n    sys.exit(main())\n'
        "ModuleNotFoundError: No module named 'settings'\n",
        "ModuleNotFoundError",
    ),
    ("flask run &\nsleep 2; curl localhost:5000", 7, "curl: (7) Failed to connect\n", NO_PYTHON),
    ("python -c 'import json; json.loads(\"x\")' 2>/dev/null; echo $?", 0, "1\n", None),
    (
        "python x.py > out.txt 2>&1; tail -3 out.txt",
        0,
        "    print(d[\"close\"])\n          ~^^^^^^^^^\nKeyError: 'close'\n",
        "KeyError",
    ),
    ('python x.py; echo "exit: $?"', 0, TRACEBACK + "exit: 1\n", "KeyError"),
    ('python x.py; echo "exit: $?"', 0, "fine\nexit: 0\n", FINE),
    ("sudo -u app python x.py", 1, TRACEBACK, "KeyError"),
    ("sudo -u app python x.py", 1, "sudo: a password is required\n", NO_PYTHON),
    (
        "conda run -n base python x.py",
        1,
        TRACEBACK + "\nERROR conda.cli.main_run:execute(49): `conda run python x.py` failed. (See above for error)\n",
        "KeyError",
    ),
    ("xargs -I{} python {} < list.txt", 123, TRACEBACK, "KeyError"),
    ("find . -name 'test_*.py' -exec python {} \\;", 0, TRACEBACK, "KeyError"),
    (
        "ls *.py | xargs -n1 python -m doctest",
        123,
        '**********\nFile "a.py", line 3, in a.f\nFailed example:\n    f(1)\nExpected:\n'
        "    2\nGot:\n    1\n***Test Failed*** 1 failures.\n",
        None,
    ),
    ("poetry run pytest --co -q", 5, "no tests collected in 0.01s\n", None),
    ("time python x.py", 1, TRACEBACK + "\nreal\t0m0.1s\nuser\t0m0.1s\nsys\t0m0.0s\n", "KeyError"),
    ("stdbuf -oL python x.py", 1, TRACEBACK, "KeyError"),
    ("nohup python x.py > log 2>&1 &", 0, "[1] 1234\n", FINE),
    ("python x.py &\nwait", 0, TRACEBACK, "KeyError"),
    ("if ! python x.py; then echo bad; fi", 0, TRACEBACK + "bad\n", "KeyError"),
    ("diff <(python a.py) <(python b.py)", 1, TRACEBACK, "KeyError"),
    ('out=$(python x.py); echo "$out"', 0, TRACEBACK + "\n", "KeyError"),
    (
        "echo 'print(1/0)' | python",
        1,
        RAISED + "ZeroDivisionError: division by zero\n",
        "ZeroDivisionError",
    ),
    ("mypy src", 1, "src/a.py:1: error: x\nFound 1 error in 1 file\n", NO_PYTHON),
    (
        "jupyter nbconvert --to notebook --execute a.ipynb",
        1,
        "[NbConvertApp] Converting\nTraceback (most recent call last):\n"
        '  File "/usr/bin/jupyter-nbconvert", line 8, in <module>\n    sys.exit(main())\n'
        "nbclient.exceptions.CellExecutionError: An error occurred while executing the following cell:\n"
        "------------------\n1/0\n------------------\n\n"
        "---------------------------------------------------------------------------\n"
        "ZeroDivisionError                         Traceback (most recent call last)\n"
        "Cell In[1], line 1\n----> 1 1/0\n\nZeroDivisionError: division by zero\n",
        "ZeroDivisionError",
    ),
    ("kubectl exec pod -- python x.py", 1, TRACEBACK + "command terminated with exit code 1\n", "KeyError"),
    ("micromamba run -n e python x.py", 1, TRACEBACK, "KeyError"),
    ("python3.12 -X dev x.py", 1, TRACEBACK, "KeyError"),
    ("streamlit run app.py", 1, TRACEBACK, "KeyError"),
    ("uvicorn app:app --port 80", 1, "ERROR:    [Errno 13] error while attempting to bind on address\n", NO_PYTHON),
    (
        "just test",
        1,
        "pytest -q\n" + TESTS + "error: Recipe `test` failed on line 2 with exit code 1\n",
        "AssertionError",
    ),
    (
        "ipython -c '1/0'",
        1,
        "---------------------------------------------------------------------------\n"
        "ZeroDivisionError                         Traceback (most recent call last)\n"
        "Cell In[1], line 1\n----> 1 1/0\n\nZeroDivisionError: division by zero\n",
        "ZeroDivisionError",
    ),
    (
        "python -m unittest -v | cat",
        0,
        "test_a (t.T.test_a) ... FAIL\n\n"
        "======================================================================\n"
        "FAIL: test_a (t.T.test_a)\n"
        "----------------------------------------------------------------------\n"
        'Traceback (most recent call last):\n  File "/w/t.py", line 5, in test_a\n'
        "    self.assertEqual(1, 2)\nAssertionError: 1 != 2\n\n"
        "----------------------------------------------------------------------\n"
        "Ran 1 test in 0.000s\n\nFAILED (failures=1)\n",
        "AssertionError",
    ),
    ("command -v python3 || echo none", 0, "none\n", NO_PYTHON),
    ("apt-get install -y python3-pip", 100, "E: Unable to locate package python3-pip\n", NO_PYTHON),
    ("sed -n '1,40p' x.py", 0, "def f():\n    raise KeyError('close')\n", NO_PYTHON),
    ("wc -l python.txt && cat notes.md", 0, "3 python.txt\n" + TRACEBACK, NO_PYTHON),
    ("git commit -m 'Fix python x.py'", 1, "ruff.....Failed\n", NO_PYTHON),
    ("pre-commit run -a", 1, "mypy.....Failed\n", NO_PYTHON),
    (
        "PYTHONPATH=. python <(echo 'import x')",
        1,
        RAISED + "ModuleNotFoundError: No module named 'x'\n",
        "ModuleNotFoundError",
    ),
    ("uv run ruff check . && uv run pytest", 1, "a.py:1:1: F401 unused\nFound 1 error.\n", NO_PYTHON),
    ("black --check . && python x.py", 1, "would reformat a.py\n\nOh no! x\n1 file would be reformatted.\n", NO_PYTHON),
    ("cd nowhere && python x.py", 1, "bash: line 1: cd: nowhere: No such file or directory\n", NO_PYTHON),
    ("source venv/bin/activate && python x.py", 1, "bash: venv/bin/activate: No such file or directory\n", NO_PYTHON),
    ("docker exec web python x.py", 1, "Error response from daemon: No such container: web\n", NO_PYTHON),
    ("ssh h 'python x.py'", 255, "h: Permission denied (publickey).\n", NO_PYTHON),
    ("python x.py", 139, "Segmentation fault (core dumped)\n", None),
    ("python x.py", 137, "Killed\n", None),
    (
        "uv run x.py",
        2,
        "error: Failed to spawn: `x.py`\n  Caused by: No such file or directory (os error 2)\n",
        NO_PYTHON,
    ),
    ("poetry run python x.py", 1, "\nPoetry could not find a pyproject.toml file in /w or its parents\n", NO_PYTHON),
    (
        "conda run -n nope python x.py",
        1,
        "EnvironmentLocationNotFound: Not a conda environment: /opt/envs/nope\n",
        NO_PYTHON,
    ),
    ("conda activate nope && python x.py", 1, "\nCondaError: Run 'conda init' before 'conda activate'\n", NO_PYTHON),
    ("python x.py", 2, "python: can't open file '/w/x.py': [Errno 2] No such file or directory\n", None),
    ("pytest nothere.py", 4, "ERROR: file or directory not found: nothere.py\n\nno tests ran in 0.00s\n", None),
    ("python -c \"print('a)", 2, "bash: -c: line 1: unexpected EOF while looking for matching `\"'\n", NO_PYTHON),
    ("python x.py 2>&1 | grep -v Warning | tail -2", 0, "    print(d[\"close\"])\nKeyError: 'close'\n", "KeyError"),
    ("! python x.py", 0, TRACEBACK, "KeyError"),
    ("python x.py; true", 0, TRACEBACK, "KeyError"),
    ("python a.py && python b.py 2>&1 | tail -3", 0, TRACEBACK, "KeyError"),
    ("python -m pytest -q || (echo bad; false)", 1, TESTS + "bad\n", "AssertionError"),
    ("pytest --lf -q; git status", 0, "1 failed, 1 passed in 0.05s\nOn branch main\n", None),
    ("pytest -q; git diff", 0, "2 passed in 0.05s\ndiff --git a/x b/x\n+raise KeyError('x')\n", FINE),
    ("python x.py; cat README.md", 0, "fine\n# Errors\n\n```\n" + TRACEBACK + "```\n", FINE),
    ("python x.py && cat app.log", 0, "fine\n" + TRACEBACK, FINE),
    ("cat app.log; python x.py", 0, TRACEBACK + "fine\n", FINE),
    (
        "git show HEAD:x.py | python -",
        1,
        RAISED + "NameError: name 'a' is not defined\n",
        "NameError",
    ),
    ("python x.py | jq .", 5, "parse error: Invalid numeric literal at line 1, column 10\n", None),
    ("curl -s http://h/x.py | python3", 1, TRACEBACK, "KeyError"),
    (
        "python -m venv .venv && .venv/bin/pip install foo",
        1,
        "ERROR: No matching distribution found for foo\n",
        NO_PYTHON,
    ),
    ("python -m http.server 8000", 1, "OSError: [Errno 98] Address already in use\n", "OSError"),
    ("pyright && python x.py", 1, "0 errors\n" + TRACEBACK, "KeyError"),
    ("ruff check . && pytest", 1, "a.py:1:1: F401 unused\nFound 1 error.\n", NO_PYTHON),
    ("mypy . && python x.py", 1, "a.py:1: error: bad\nFound 1 error in 1 file (checked 1 source file)\n", NO_PYTHON),
    ("npm run build && python x.py", 1, "npm ERR! missing script: build\n", NO_PYTHON),
    ("python x.py > /dev/null", 0, "", FINE),
    (
        "echo 'Traceback (most recent call last):'; echo 'KeyError: 1'",
        0,
        "Traceback (most recent call last):\nKeyError: 1\n",
        NO_PYTHON,
    ),
    ("python -c \"print('Traceback (most recent call last):')\"", 0, "Traceback (most recent call last):\n", FINE),
    ("python demo.py", 0, "Demo: a caught error\n" + TRACEBACK + "Recovered, going on\nAll done\n", FINE),
    ("python -m doctest x.py", 0, "", FINE),
    ("make lint", 2, "ruff check .\nFound 1 error.\nmake: *** [Makefile:5: lint] Error 1\n", NO_PYTHON),
    ("make run 2>&1 | tail -4", 0, "KeyError: 'close'\nmake: *** [Makefile:2: run] Error 1\n", "KeyError"),
    ("python train.py 2>&1 | tee log | tail -1", 0, "KeyError: 'close'\n", "KeyError"),
    (
        "python <<< 'print(1/0)'",
        1,
        RAISED + "ZeroDivisionError: division by zero\n",
        "ZeroDivisionError",
    ),
    (
        "rm -f x && python3 - <<'PY' || echo no\nimport x\nPY",
        0,
        RAISED + "ModuleNotFoundError: No module named 'x'\nno\n",
        "ModuleNotFoundError",
    ),
]


@pytest.mark.parametrize(("command", "status", "printed", "expected"), CASES)
def test_a_command_is_judged_by_what_it_ran_and_printed(
    command: str, status: int, printed: str, expected: str | None
) -> None:
    call = Call(Spot(1, None), "c", "Bash", {"command": command})
    result = Result(Spot(2, None), "c", ok=status == 0, exit_code=status, stdout=printed)
    verdict = judge(call, result)
    if expected in (FINE, NO_PYTHON):
        assert (verdict.python, verdict.python and verdict.failed) == (expected == FINE, False)
    else:
        assert (verdict.python, verdict.failed) == (True, True)
        assert verdict.fault is not None
        assert verdict.fault.type == expected
    assert ran_well(call, result, ()) in (None, expected == FINE)
