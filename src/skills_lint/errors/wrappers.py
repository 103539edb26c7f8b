"""Exceptions that only pass another one on, and name it in their message: of tools, runners, pools and databases."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .error import last_part
from .lines import TRACEBACK, exception_repr, names_an_exception
from .names import packages
from .parse import parse_error
from .said import read_message

if TYPE_CHECKING:
    from .error import Frame, PythonError

GENERIC = frozenset({"Exception", "BaseException", "RuntimeError", "SystemExit"})  # say nothing of what went wrong
_CARRIER = re.compile(  # classes whose errors are about the run of something, not about what went wrong in it
    r"(?:\w*(?:Tool|Cell|Code|Script|Agent|Step|Task|Job|Worker|Pipeline|Workflow|Interpreter|Notebook|Kernel|Node|Stage|Flow"
    r"|Activity|Papermill|Function|Execution|Remote|Retry)\w*(?:Error|Exception|Failed|Failure))$"
)
_RUNNERS = frozenset(  # packages that run what others wrote
    {
        "tenacity",
        "retrying",
        "nbclient",
        "nbconvert",
        "papermill",
        "ray",
        "joblib",
        "dask",
        "distributed",
        "celery",
        "mcp",
    }
    | {
        "prefect",
        "airflow",
        "luigi",
        "dagster",
        "langchain",
        "langchain_core",
        "langgraph",
        "llama_index",
        "smolagents",
    }
    | {"crewai", "autogen", "concurrent", "multiprocessing"}
)
_RETRIED = re.compile(r"RetryError\[<Future at \S+ state=finished raised (\w+)>\]$")
_SQLALCHEMY = re.compile(r"\(([\w.]+\.\w+)\) (.*?)(?:\n\[SQL: .*|\n\(Background on this error.*|\Z)", re.DOTALL)
_PANDAS_SQL = re.compile(r"Execution failed on sql:? ?'?.*(?:': |\n)(?!unable to rollback)(\S.*)", re.DOTALL)
_SQLITE = re.compile(
    r"no such (?:table|column|function): |near \".*\": syntax error|UNIQUE constraint failed: |unrecognized token: "
)
_NAMED_LAST = re.compile(r"(?:: |\bwith |\braised |\bgot |\bby |\bof )([A-Za-z_][\w.]*\(.*\))\.?$")
_ERRNO = re.compile(r"\[Errno (\d+)\]")
_OS_ERRORS = {
    "1": "PermissionError",
    "2": "FileNotFoundError",
    "13": "PermissionError",
    "17": "FileExistsError",
    "20": "NotADirectoryError",
    "21": "IsADirectoryError",
    "32": "BrokenPipeError",
    "104": "ConnectionResetError",
    "110": "TimeoutError",
    "111": "ConnectionRefusedError",
}
_SPEAKING = (  # classes whose own messages tell which of them it was
    *("NameError", "UnboundLocalError", "AttributeError", "ModuleNotFoundError", "ImportError", "ZeroDivisionError"),
    *("TypeError", "IndexError", "ValueError", "RecursionError", "UnicodeDecodeError", "UnicodeEncodeError"),
)
_FEWEST_BLANKS = 2  # in a message of CPython that is known by its words alone
_SPLITS = 3  # places in a message where what is passed on may begin


@dataclass(frozen=True, slots=True)
class Told:
    """An exception that the message of another one tells."""

    type: str
    qualified: str
    message: str
    by: str  # how it is told, in words
    frames: tuple[Frame, ...] = ()


def is_generic(qualified: str) -> bool:
    """Tell whether a class says nothing of what went wrong."""
    type_ = last_part(qualified)
    if type_ in GENERIC:
        return True
    root = qualified.partition(".")[0]
    return _CARRIER.match(type_) is not None and (root in _RUNNERS or root not in packages())


def unwrapped(type_: str, qualified: str, message: str) -> Told | None:
    """Return the exception that another one passes on, or None if it speaks for itself."""
    if message[:1] == "(" and (found := _SQLALCHEMY.match(message)) and _is_sqlalchemy(qualified, found):
        return _told(found[1].removeprefix("builtins."), found[2], f"what SQLAlchemy's {type_} wraps")
    if message.startswith("Execution failed on sql") and (found := _PANDAS_SQL.match(message)):
        name = "sqlite3.OperationalError" if _SQLITE.match(found[1]) else qualified
        return _told(name, found[1], f"what pandas' {type_} wraps")
    if type_ != "AssertionError" and (TRACEBACK in message or '\n  File "' in message):
        error = parse_error(message)
        return None if error is None or not error.frames else _read(error, f"the traceback in the message of {type_}")
    return _named(type_, message) if is_generic(qualified) else None


def _is_sqlalchemy(qualified: str, found: re.Match[str]) -> bool:
    root = qualified.partition(".")[0]
    return names_an_exception(found[1]) and (
        root == "sqlalchemy" or "(Background on this error" in found[0] or "\n[SQL: " in found[0]
    )


def _named(type_: str, message: str) -> Told | None:
    """Return the exception that the first line of a message names, or whose message it ends in."""
    if (found := _RETRIED.match(message)) is not None:
        return _told(found[1], "", "what was retried")
    head, _, rest = message.partition("\n")
    error = parse_error(head) if ":" in head or "(" in head else None
    if error is None and (found := _NAMED_LAST.search(head[:2_000])) is not None:
        named = exception_repr(found[1])
        if named is not None and names_an_exception(named[0]):
            return _told(named[0], named[1], f"what the message of {type_} names")
    if error is None:
        return _speaking(type_, head)
    told = f"{error.message}\n{rest}" if rest else error.message
    return _told(error.qualified, told, f"what the message of {type_} names")


def _speaking(type_: str, head: str) -> Told | None:
    """Return the exception of CPython whose message stands at the end of a line, behind words and a colon."""
    at = head.find(": ")
    for _ in range(_SPLITS):
        if at < 0:
            return None
        tail = head[at + 2 :].rstrip()
        errno = _ERRNO.match(tail)
        names = (_OS_ERRORS.get(errno[1], "OSError"),) if errno is not None else _SPEAKING
        if tail.count(" ") < _FEWEST_BLANKS:
            return None  # a word is no message, though a class may have no other
        for name in names:
            said = read_message(name, tail)
            if said is not None:
                return _told(name, tail, f"what the message of {type_} ends in")
        at = head.find(": ", at + 2)
    return None


def _read(error: PythonError, by: str) -> Told:
    return Told(error.type, error.qualified, error.message, by, error.frames)


def _told(name: str, message: str, by: str) -> Told:
    return Told(last_part(name), name, message.strip(), by)
