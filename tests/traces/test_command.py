"""Shell commands: whether they start Python, and whether their status speaks for it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skills_lint.traces.verdicts.command import read_command

PYTHON = [
    "python x.py",
    "python3.11 -u x.py --rows 3",
    "/usr/bin/python x.py",
    "python -m pytest -q",
    "pytest tests -x",
    "python -c 'print(1)'",
    "python - <<'EOF'\nprint(1)\nEOF",
    "cat <<EOF | python\nprint(1)\nEOF",
    "cd /work && python x.py",
    "PYTHONPATH=. A='b c' python x.py",
    "env A=1 timeout -k 5 60s nice -n 5 python x.py",
    "uv run python x.py",
    "uv run --with pandas --python 3.12 python x.py",
    "uv run pytest",
    "poetry run pytest -q",
    "conda run -n env python x.py",
    "torchrun --nproc_per_node=2 train.py",
    "coverage run -m pytest",
    "jupyter nbconvert --to notebook --execute a.ipynb",
    "ipython x.py",
    "./manage.py migrate",
    "bash -c 'cd /work; python x.py'",
    'sh -lc "python x.py"',
    "for f in *.py; do python $f; done",
    "if python x.py; then echo yes; fi",
    "# it's a comment\npython x.py",
    "cat > x.py <<'EOF'\nraise ValueError\nEOF\npython x.py",
    "out=$(python x.py)",
    "out=`python x.py`",
    "echo \"rows: $(python -c 'print(1)')\"",
    'out="$(cd a && python x.py)"',
    "(cd a && python x.py)",
    "python x.py 2>&1 | tail -3",
    "echo start; python x.py",
    "sudo -u bob python x.py",
    "xargs -n 1 python < files",
    "find . -name 'test_*.py' -exec python {} +",
    "uvx --from pytest pytest tests",
    "uvx pytest@8 -q",
    "uv tool run --python 3.12 pytest",
    "pipx run pytest",
    "pixi run python x.py",
]


@pytest.mark.parametrize("command", PYTHON)
def test_python_is_started_by(command: str) -> None:
    assert read_command(command).kind == "python"


OTHER = [
    "",
    "ls -la",
    "cat app.log",
    "uv tool install x",
    "kubectl logs pod",
    "grep -n 'Traceback' app.log",
    "grep -n ';;' x.py",
    "echo 'python x.py'",
    'echo "a; python b"',
    "cat > x.py <<'EOF'\npython y.py\nEOF",
    "tee x.py <<EOF\nimport os\nEOF",
    "pip install pandas",
    "python -m pip install pandas",
    "python3 -mpip list",
    "uv pip install x",
    "poetry add pandas",
    "git diff HEAD~1",
    "which python",
    "gcc x.c",
    "sed -n '1,5p' run_python.py",
    "# python x.py",
    "source .venv/bin/activate && python -m pip install x",
    "edit 3:4\npython x.py\nend_of_edit",
    "docker logs app",
    "git tag -m \"$(cat <<'EOF'\npython x.py\nEOF\n)\"",
    "echo '$(python x.py)'",
    'echo "$(date)"',
    "find . -name '*.py' | head",
]


@pytest.mark.parametrize("command", OTHER)
def test_no_python_is_started_by(command: str) -> None:
    assert read_command(command).kind == "other"


@pytest.mark.parametrize(
    "command",
    [
        "sh run_all.sh",
        "bash -x ./build.sh",
        "./run.sh",
        "make test",
        "tox -e py311",
        "pixi run test",
        "hatch run test:unit",
        "kubectl exec pod -- python x.py",
    ],
)
def test_a_script_may_start_python(command: str) -> None:
    assert read_command(command).kind == "script"
    assert read_command(command).masked


@pytest.mark.parametrize("command", ["sqlfluff lint a.sql", "django-admin check", "mypy src", "git commit -m x"])
def test_an_unknown_program_may_be_python(command: str) -> None:
    assert read_command(command).kind == "unknown"


MASKED = [
    "python x.py | tail -3",
    "python x.py 2>&1 | tee log",
    "python x.py || true",
    "python x.py; echo done",
    "python x.py\nls",
    "python x.py &",
    "bash -c 'python x.py | head'",
    "for f in *.py; do python $f; done",
    "if python x.py; then echo yes; fi",
    'echo "$(python x.py)"',
    "find . -name '*.py' -exec python {} \\;",
]


@pytest.mark.parametrize("command", MASKED)
def test_the_status_is_not_that_of_python_in(command: str) -> None:
    assert read_command(command).masked


PLAIN = [
    "python x.py",
    "cd /work && python x.py",
    "ls; python x.py",
    "cat rows | python -",
    "python x.py > log 2>&1",
    "set -e\npython x.py\nls",
    "set -o pipefail; python x.py | tail -3",
    "python -c 'a | b; c'",
    "python - <<'EOF'\na | b; c\nEOF",
]


@pytest.mark.parametrize("command", PLAIN)
def test_the_status_is_that_of_python_in(command: str) -> None:
    assert not read_command(command).masked


@pytest.mark.parametrize(
    ("command", "source"),
    [
        ("python -c 'print(1)'", "print(1)"),
        ("python - <<'EOF'\nprint(1)\nprint(2)\nEOF", "print(1)\nprint(2)"),
        ('python -c "print(\\"a\\")"', 'print("a")'),
        ("python x.py", None),
    ],
)
def test_the_source_is_seen_where_the_command_shows_it(command: str, source: str | None) -> None:
    assert read_command(command).source == source


def test_programs_that_must_succeed_first_are_named() -> None:
    assert read_command("cd /work && pip install x && python x.py").first == ("pip", "cd")
    assert read_command("cd /work; python x.py").first == ()


def test_a_status_that_is_printed_last_is_asked_for() -> None:
    assert read_command("python x.py; echo exit=$?").reports
    assert read_command('python x.py | tail -3; echo "${PIPESTATUS[0]}"').reports
    assert not read_command("python x.py; echo done").reports


@pytest.mark.parametrize(
    ("command", "shows"),
    [
        ("python x.py; cat app.log", True),
        ("grep -A5 Traceback out.txt; python x.py", True),
        ("python x.py > run.log 2>&1; tail run.log", False),
        ("python x.py; cat rows.csv", False),
    ],
)
def test_a_log_that_the_command_did_not_write_is_shown_beside_python(command: str, shows: bool) -> None:
    assert read_command(command).shows_log is shows


@given(st.text(alphabet=" \n;|&<>'\"\\$(){}#=-abEOFpython.", max_size=200))
def test_any_text_is_read_as_a_command(text: str) -> None:
    assert read_command(text).kind in ("python", "script", "unknown", "other")


@pytest.mark.parametrize("piece", ["<<A\n", "'", '"', "\\", "(", "a;", "bash -c '", "$(", "<<< a "])
def test_time_does_not_explode_on(piece: str) -> None:
    read_command(piece * (200_000 // len(piece)))
