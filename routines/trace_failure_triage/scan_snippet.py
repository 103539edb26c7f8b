"""The failed Python executions in tool-event traces, in plain standard library: paste it into a sandbox.

usage: python scan_snippet.py FILE_OR_FOLDER …

It reads JSON lines with `event: tool_start | tool_end | message`, and prints a line a failure and the count of each
type. `skills-lint scan` reads all formats, and looks closer; on these it finds the same.
"""

import json
import re
import sys
from collections import Counter, defaultdict, deque
from pathlib import Path

PYTHON_TOOL = re.compile(r"python|jupyter|code_?interpreter|(?:execute|run)_?code|repl\b", re.IGNORECASE)
FILE_TOOL = re.compile(r"read|edit|write|open|view|list|search|grep", re.IGNORECASE)
SHELL_TOOL = re.compile(r"shell|bash|terminal|command", re.IGNORECASE)
STARTS_PYTHON = re.compile(  # at the start of a command or of one of its parts
    r"(?:^|[;&|(\n])\s*(?:(?:\w+=\S*|timeout \S+|env|uv run|poetry run|nohup|sudo) )*"
    r"(?:\S*/)?(?:(?:python|pypy)[\d.]*(?! -m (?:pip|venv)\b)|pytest|torchrun|ipython)(?=\s|$)"
)
RUNS_A_SCRIPT = re.compile(r"(?:^|[;&|]\s*)(?:(?:ba)?sh \S+\.sh|\./\S+|make)\b")
HIDES_STATUS = re.compile(r"(?:python|pytest|\.sh|\./|make)[^\n]*(?:\||;|&\s*$)|\n\S")
HEREDOC = re.compile(r"<<-?\s*(['\"]?)(\w+)\1.*?\n\s*\2(?=\s|$)", re.DOTALL)  # `cat > x.py <<EOF` runs nothing
EXCEPTION = re.compile(
    r"^(?:E   )?((?:\w+\.)*\w*(?:Error|Exception|Interrupt|Exit|Iteration|Group|Warning)"
    r"|(?:\w+\.)+(?:[A-Z]\w+|error))(?:: ?(.*))?$",
    re.MULTILINE,
)
UNCAUGHT = re.compile(
    r"^Traceback \(most recent|^(?:E   )?\S*(?:Error|Exception)\b|^\d+ failed\b|: error: ", re.MULTILINE
)
CAUGHT = re.compile(r"print_exc|format_exc|logging\.exception|logger\.exception")


def failures(path):
    """Yield place, type, message, code and the user's last request of each failure in a file."""
    opened, request = defaultdict(deque), {}
    for number, line in enumerate(path.read_text(encoding="utf-8-sig", errors="replace").splitlines(), 1):
        try:
            event = json.loads(line)
        except ValueError:
            continue  # blank, or half a last line
        if not isinstance(event, dict):
            continue
        run, tool = event.get("run_id"), str(event.get("tool"))
        if event.get("message_type") == "HumanMessage":
            request[run] = str(event.get("content"))
        elif event.get("event") == "tool_start":
            opened[run, tool].append(str((event.get("args") or {}).get("code", "")))
        elif event.get("event") == "tool_end":
            code = opened[run, tool].popleft() if opened[run, tool] else ""
            result = event.get("result") if isinstance(event.get("result"), dict) else {}
            text = str(result.get("error") or event.get("error") or result.get("output") or "")
            if failed(tool, code, result.get("success"), text):
                kind, message = (EXCEPTION.findall(text) or [(None, text.strip()[-80:])])[-1]
                yield f"{path}:{number}", kind and kind.rpartition(".")[2], message, code, request.get(run, "")


def failed(tool, code, success, text):
    """Return whether a call ran Python and failed, by its status where that speaks for Python, else by its text."""
    command = HEREDOC.sub("", code)
    if SHELL_TOOL.search(tool):
        if STARTS_PYTHON.search(command):
            return success is False or (bool(HIDES_STATUS.search(command)) and bool(UNCAUGHT.search(text)))
        return bool(RUNS_A_SCRIPT.search(command)) and "\nTraceback (most recent" in f"\n{text}"
    if PYTHON_TOOL.search(tool) and not FILE_TOOL.search(tool):
        shows = success is None and bool(UNCAUGHT.search(text)) and not CAUGHT.search(code)
        return success is False or shows
    return success is False and bool(EXCEPTION.match(text) or text.startswith("Traceback (most recent"))


def main(names):
    """Print the failures in these files and folders."""
    counts = Counter()
    for name in names:
        paths = sorted(Path(name).rglob("*.jsonl")) if Path(name).is_dir() else [Path(name)]
        for place, kind, message, code, request in (found for path in paths for found in failures(path)):
            counts[kind] += 1
            print(f"{place}: {kind}: {message}\n    code: {code.strip()[:120]!r}\n    asked: {request.strip()[:120]!r}")
    for kind, count in counts.most_common():
        print(f"{count:5} {kind or 'without an exception'}")


if __name__ == "__main__":
    main(sys.argv[1:] or ["traces"])
