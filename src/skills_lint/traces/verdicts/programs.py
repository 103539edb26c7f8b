"""Programs by name: which are Python, which may start it, and which merely start another one."""

# ruff: noqa: SIM905 - a table of words reads better than a list of literals

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Kind: TypeAlias = Literal["python", "script", "unknown", "other"]

_PYTHON = re.compile(r"(?:python|pypy)[\d.]*(?:t|w)?(?:\.exe)?|py(?:\.exe)?")
_RUNNERS_OF_PYTHON = frozenset(
    "pytest py.test ipython ipython3 bpython torchrun deepspeed nosetests papermill trial manage.py".split()
)
_NOT_PROGRAMS = frozenset("pip ensurepip venv virtualenv pipx".split())  # as modules: `python -m pip` is pip
_SHELLS = frozenset("sh bash zsh dash ksh ash fish".split())
_SCRIPTS = frozenset("npm yarn pnpm make just tox nox hatch task invoke doit snakemake ssh".split())
_CONTAINERS = frozenset("docker podman docker-compose nerdctl kubectl oc".split())
_RUN_HOOKS = frozenset("commit push merge rebase am".split())  # of git, which may be Python
_CONTAINER_RUNS = frozenset("run exec up start".split())
_KEYWORDS = frozenset({"if", "then", "else", "elif", "do", "while", "until", "!", "{", "time", "("})
_SKIPPED = frozenset({"for", "case", "function", "fi", "done", "esac", "}", "in", "select"})
# Programs that are not Python whatever they print: they show files, move them, or build and fetch other things.
_OTHERS = frozenset(
    """
    source . docker podman docker-compose nerdctl cat bat less more head tail tac nl grep egrep fgrep rg ag ack zgrep
    zcat sed awk gawk cut sort uniq tr wc tee diff cmp patch ls tree find fd locate stat file du df cp mv rm mkdir
    rmdir touch ln chmod chown tar zip unzip gzip gunzip xz echo printf cd pwd pushd popd export set unset alias which
    type whereis whoami id env hostname uname date sleep test [ [[ true false : exit return read wait trap kill pkill
    killall ps top htop free lsof git gh hg svn pip pip3 pipx conda mamba apt apt-get dpkg brew yum dnf apk npm npx
    yarn pnpm node bun deno cargo rustc go java javac mvn gradle gcc g++ cc c++ clang clang++ cmake ninja ld ar strip
    objdump nm gdb valgrind ruby perl php lua R Rscript julia curl wget jq yq xxd od hexdump strings base64 md5sum
    sha256sum journalctl dmesg kubectl psql mysql sqlite3 duckdb redis-cli vim vi nano emacs ed view open edit create
    goto scroll_up scroll_down search_dir search_file find_file submit str_replace_editor nvidia-smi systemctl service
    history clear column seq basename dirname realpath readlink virtualenv uvx poetry pipenv uv rye pdm terraform helm
    aws gcloud command
    """.split()
)
_ASSIGNMENT = re.compile(r"[A-Za-z_]\w*\+?=")
_DURATION = re.compile(r"[\d.]+[smhd]?")


def unwrapped(words: Sequence[str]) -> tuple[str, ...]:
    """Return the program that a command really starts, without keywords, `VAR=x`, `timeout 5`, `uv run`."""
    words = tuple(words)
    for _ in range(20):
        shorter = _without_wrapper(words)
        if shorter == words:
            break
        words = shorter
    return words


def _without_wrapper(words: tuple[str, ...]) -> tuple[str, ...]:
    if not words:
        return words
    name = words[0].rpartition("/")[2]
    if _ASSIGNMENT.match(words[0]) or words[0] in _KEYWORDS or (words[0] == "$"):
        return words[1:]
    if words[0] in _SKIPPED:
        return ()
    if name in _WRAPPERS:
        rest = _WRAPPERS[name](words[1:])
        return words if rest is None else rest
    return words


def _after_options(with_value: str = "") -> Callable[[tuple[str, ...]], tuple[str, ...] | None]:
    """Return a reader that drops options, and the values of those in `with_value`."""
    valued = frozenset(with_value.split())

    def read(words: tuple[str, ...]) -> tuple[str, ...] | None:
        at = 0
        while at < len(words) and (words[at].startswith("-") or _ASSIGNMENT.match(words[at])):
            if words[at] == "--":
                at += 1
                break
            at += 2 if words[at] in valued else 1
        return words[at:]

    return read


def _timeout(words: tuple[str, ...]) -> tuple[str, ...] | None:
    rest = _after_options("-k -s --kill-after --signal")(words) or ()
    return rest[1:] if rest and _DURATION.fullmatch(rest[0]) else rest


def _nice(words: tuple[str, ...]) -> tuple[str, ...] | None:
    return _after_options("-n -c --adjustment")(words)


def _command(words: tuple[str, ...]) -> tuple[str, ...] | None:
    """Read what follows `command`, which with `-v` only says where a program lies."""
    return None if words[:1] in (("-v",), ("-V",)) else _after_options()(words)


def _run(words: tuple[str, ...]) -> tuple[str, ...] | None:
    """Read what follows `uv`, `poetry`, `conda` …: a program only after `run`."""
    rest = _after_options("-n --name -p --prefix --directory --project -C")(words) or ()
    if rest[:1] not in (("run",), ("exec",)):
        return None
    valued = "-n --name -p --prefix --with --python --extra --group --env-file --package --with-requirements --project"
    inner = rest[1:]
    rest = _after_options(valued)(inner) or ()
    return ("python", *inner) if "-m" in inner[: len(inner) - len(rest)] else rest


def _uv(words: tuple[str, ...]) -> tuple[str, ...] | None:
    """Read what follows `uv`, of which `uv tool run` is `uvx`."""
    return _tool(words[1:]) if words[:2] == ("tool", "run") else _run(words)


def _tool(words: tuple[str, ...]) -> tuple[str, ...] | None:
    """Read what follows `uvx` or `pipx run`: a program, perhaps with its version."""
    rest = _after_options("--from --with --python -p --spec --index-url --with-editable")(
        words[words[:1] == ("run",) :]
    )
    return (rest[0].partition("@")[0], *rest[1:]) if rest else None


def _task(words: tuple[str, ...]) -> tuple[str, ...] | None:
    """Read what follows `pixi`, `pdm`, `hatch` …: a program, or a task of the project that may start any."""
    rest = _run(words)
    return ("task", *rest) if rest and kind_of(unwrapped(rest), None)[0] in ("other", "unknown") else rest


def _coverage(words: tuple[str, ...]) -> tuple[str, ...] | None:
    return (
        ("python", *(_after_options("--source --rcfile --omit --include")(words[1:]) or ()))
        if words[:1] == ("run",)
        else None
    )


def _found(words: tuple[str, ...]) -> tuple[str, ...] | None:
    """Read what `find … -exec` starts."""
    at = next((i for i, word in enumerate(words) if word in ("-exec", "-execdir", "-ok")), None)
    return None if at is None else words[at + 1 :]


def _launch(words: tuple[str, ...]) -> tuple[str, ...] | None:
    return ("python", *words[1:]) if words[:1] in (("launch",), ("run",)) else None


_WRAPPERS: dict[str, Callable[[tuple[str, ...]], tuple[str, ...] | None]] = {
    "command": _command,
    **dict.fromkeys(("sudo", "env"), _after_options("-u -g -C --user --unset --chdir")),
    **dict.fromkeys(
        ("nohup", "time", "exec", "builtin", "eval", "setsid", "unbuffer", "stdbuf"),
        _after_options("-o -e -i -f"),
    ),
    **dict.fromkeys(("xvfb-run", "strace", "catchsegv", "chronic"), _after_options("-s -n -e -o")),
    **dict.fromkeys(("nice", "ionice"), _nice),
    **dict.fromkeys(("srun", "mpirun", "mpiexec", "numactl", "taskset"), _after_options("-n -np -N -c")),
    "xargs": _after_options("-n -I -P -d -L -a"),
    "timeout": _timeout,
    "gtimeout": _timeout,
    **dict.fromkeys(("poetry", "pipenv", "conda", "mamba", "micromamba"), _run),
    **dict.fromkeys(("pdm", "rye", "pixi", "hatch"), _task),
    "uv": _uv,
    **dict.fromkeys(("uvx", "pipx"), _tool),
    "find": _found,
    "coverage": _coverage,
    **dict.fromkeys(("accelerate", "streamlit"), _launch),
}


def kind_of(words: Sequence[str], heredoc: str | None) -> tuple[Kind, str | None, str | None]:
    """Return the kind of a program, the command that it hands to a shell, and the Python source that it shows."""
    if not words:
        return "other", None, None
    name = words[0].rpartition("/")[2].rpartition("\\")[2]
    if _PYTHON.fullmatch(name):
        return _python(words[1:], heredoc)
    if name in _RUNNERS_OF_PYTHON:
        return "python", None, heredoc
    if name in _SHELLS:
        return _shell(words[1:], heredoc)
    if name == "jupyter" or name.startswith("jupyter-"):
        runs = any(word in ("--execute", "execute", "run") for word in words)
        return ("python" if runs else "unknown"), None, None
    if name in _SCRIPTS or (name in _CONTAINERS and any(word in _CONTAINER_RUNS for word in words[1:4])):
        return "script", None, None
    if name in _OTHERS:
        hooked = name == "git" and not _RUN_HOOKS.isdisjoint(words[1:])
        return ("unknown" if hooked else "other"), None, None
    if name.endswith(".py"):
        return "python", None, None
    if name.endswith((".sh", ".bash")) or "/" in words[0]:
        return "script", None, None
    return "unknown", None, None


def _python(arguments: Sequence[str], heredoc: str | None) -> tuple[Kind, str | None, str | None]:
    words = iter(arguments)
    for word in words:
        if word == "-c":
            return "python", None, next(words, None)
        if word == "-m":
            return ("other" if next(words, "") in _NOT_PROGRAMS else "python"), None, None
        if word in ("-W", "-X"):
            next(words, None)
        elif not word.startswith("-") or word == "-":
            break
        elif word.startswith("-m") and word[2:] in _NOT_PROGRAMS:
            return "other", None, None
        elif word.startswith("-") and not word.startswith("--") and word.endswith("c"):
            return "python", None, next(words, None)
    return "python", None, heredoc


def _shell(arguments: Sequence[str], heredoc: str | None) -> tuple[Kind, str | None, str | None]:
    words = iter(arguments)
    for word in words:
        if word.startswith("-") and not word.startswith("--") and "c" in word:
            return "script", next(words, ""), None
        if not word.startswith("-"):
            return "script", None, None
    return ("script", heredoc, None) if heredoc is not None else ("script", None, None)
