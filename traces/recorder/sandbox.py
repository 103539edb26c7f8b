"""A folder in which one session really runs, and the masks that keep this machine out of what is recorded."""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from .market import build_data, build_settings
from .script import LoadSkill, ReadFile, RunPython, RunShell, WriteFile

if TYPE_CHECKING:
    from .script import Call, Format

READ_LINES = 40  # a file that the agent reads is cut after so many lines
LIBRARIES = ("duckdb", "numpy", "pandas", "pyarrow")
TEST_TIME = re.compile(r"(Ran \d+ tests? in )[\d.]+s")  # what unittest measures differs from run to run
PROGRESS = re.compile(r"\n? *\d+% ▕[^\n]*▏ \([^\n]*\) *\n?")  # DuckDB shows it where a query takes two seconds
BIN = ".sandbox/bin"  # hidden, so that `ls` shows only the work
TOOLS = ("bash", "cat", "dirname", "find", "grep", "head", "ls", "mkdir", "sed", "sh", "sort", "tail", "timeout", "wc")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a call gave."""

    stdout: str = ""
    stderr: str = ""
    exit_code: int = 0

    @property
    def text(self) -> str:
        return self.stdout + self.stderr


def versions() -> dict[str, str]:
    """Return what runs the snippets: Python and the libraries, with their versions."""
    return {"Python": platform.python_version(), **{name: version(name) for name in LIBRARIES}}


def prepare(folder: Path, skills: Path) -> None:
    """Make the workspace that sessions start from: data, modules, scripts, skills, and the log of a nightly run."""
    shutil.copytree(Path(__file__).parent / "workspace", folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(skills, folder / "skills")
    build_data(folder / "data")
    build_settings(folder / "config")
    (folder / BIN).mkdir(parents=True)
    for tool in TOOLS:  # and no other, whatever this machine has
        if found := shutil.which(tool):
            (folder / BIN / tool).symlink_to(found)
    (folder / "logs").mkdir()
    log = Sandbox(folder).shell("python scripts/nightly.py 2>&1").stdout
    (folder / "logs" / "nightly.log").write_text(log, encoding="utf-8")


class Sandbox:
    """Runs calls in a workspace, and shows it as `/workspace` and the interpreter as that of `/usr/local`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        prefixes = sorted({sys.prefix, sys.base_prefix}, key=len, reverse=True)
        self._private = re.compile(
            "|".join([re.escape(str(folder)), *(f"{re.escape(path)}(?=/)" for path in prefixes)])
        )
        self._environment = {
            "PATH": f"{Path(sys.prefix) / 'bin'}:{folder / BIN}",
            "HOME": str(folder),
            "PYTHONPATH": str(folder),
            "PYTHONHASHSEED": "0",
            "PYTHONDONTWRITEBYTECODE": "1",
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_NO_INDEX": "1",  # a sandbox without network
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
            "LANG": "C.UTF-8",
            "COLUMNS": "100",
            "NO_COLOR": "1",
        }

    def run(self, call: Call, format_: Format) -> Outcome:
        """Return what a call gives. How a snippet reaches Python depends on the program that is imitated."""
        match call:
            case RunPython(code=code):
                return self._python(code, format_)
            case RunShell(command=command):
                return self.shell(command)
            case ReadFile(path=path):
                return self._read(path, READ_LINES)
            case LoadSkill(path=path):
                return self._read(path, None)
            case WriteFile(path=path, content=content):
                return self._write(path, content)

    def shell(self, command: str) -> Outcome:
        """Return what bash gives for a command."""
        return self._process(["bash", "-c", command])

    def _python(self, code: str, format_: Format) -> Outcome:
        match format_:
            case "events":
                return self._process(["python", "-"], given=code)
            case "openai-chat":
                return self._process(["python", "-c", code])
            case "langchain-messages":
                snippet = self._folder / ".sandbox" / "snippet.py"
                snippet.parent.mkdir(exist_ok=True)
                snippet.write_text(code + "\n", encoding="utf-8")
                return self._process(["python", str(snippet)])
            case "claude-code":
                return self.shell(heredoc(code))

    def _process(self, command: list[str], given: str | None = None) -> Outcome:
        run = subprocess.run(
            command,
            input=given if given is not None else "",
            cwd=self._folder,
            env=self._environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
        return Outcome(self._masked(run.stdout), self._masked(run.stderr), run.returncode)

    def _read(self, path: str, lines: int | None) -> Outcome:
        try:
            text = (self._folder / path).read_text(encoding="utf-8")
        except OSError as error:
            return Outcome(stderr=f"{error.strerror}: {path}", exit_code=1)
        return Outcome("".join(text.splitlines(keepends=True)[:lines]))

    def _write(self, path: str, content: str) -> Outcome:
        target = self._folder / path
        try:
            target.write_text(content, encoding="utf-8")
        except OSError as error:
            return Outcome(stderr=f"{error.strerror}: {path}", exit_code=1)
        return Outcome(f"File created successfully at: /workspace/{path}")

    def _masked(self, text: str) -> str:
        text = self._private.sub(lambda found: "/workspace" if found[0] == str(self._folder) else "/usr/local", text)
        return PROGRESS.sub("", TEST_TIME.sub(r"\g<1>0.001s", text))


def heredoc(code: str) -> str:
    """Return the shell command that hands a snippet to Python."""
    return f"python - <<'EOF'\n{code}\nEOF"
