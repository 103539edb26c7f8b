"""Runs in the interpreter of a snippet: notes the classes of the error that ends it, and leaves no trace in it."""

from __future__ import annotations

import json
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType

sys.path.remove(os.path.dirname(__file__))  # noqa: PTH120 - pathlib would be imported for it
_NOTE = open(os.environ.pop("RAISED_NOTE"), "w", encoding="utf-8")  # noqa: PTH123, SIM115 - now: it may lose its rights
del os.environ["PYTHONPATH"]  # what the snippet starts is not watched


def _note(type_: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
    names = [f"{base.__module__}.{base.__qualname__}" for base in type_.__mro__ if base is not object]
    with _NOTE:
        json.dump([name.removeprefix("builtins.") for name in names], _NOTE)
    sys.__excepthook__(type_, error, traceback)


sys.excepthook = _note
