"""CPython's own messages, read by a strict grammar into a form and its parts."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, cached_property
from string import Formatter
from typing import TYPE_CHECKING

from .forms import FORMS
from .names import standard

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from .forms import Wording

_LONGEST = 2000  # characters of a message that are read
_SUGGESTION = re.compile(
    r"\.? Did you (?:mean|forget)\b.*|\.? Or did you forget\b.*"
    r"|\. Site initialization is disabled, did you forget .*"
)
_LOCATION = re.compile(r" \([^()]*, line \d+\)")  # what `str` adds to a SyntaxError

_LITERAL = r"b?'(?:[^'\\]|\\.)*'?|b?\"(?:[^\"\\]|\\.)*\"?"  # some messages are cut before the closing quote
# What a part of a message can hold. Kinds that can hold anything stand at a seam of fixed words only.
_KINDS = {
    "alternatives": r"[^'\n]+",
    "any": r".*",
    "callee": r"[\w.<>]+",
    "clause": r"[^:]+",
    "float": r"[-+]?(?:\d[\d.eE+\-]*|inf|nan)",
    "identifier": r"[^\W\d]\w*",
    "inside": r".+",
    "key": rf"{_LITERAL}|-?\d[\d.eE+\-]*|None|True|False|NaT|nan|\(.*\)|[A-Za-z_][\w.]*\(.*\)|<[\w.]+: .+>",
    "literal": _LITERAL,
    "name": r"[^'\"]+",
    "names": r"'?[^']+'?(?:(?:, and |, | and )'[^']+')*",
    "number": r"-?\d+",
    "path": r"[^:]+",
    "place": rf"{_LITERAL}|\d+|[A-Z]\w*Path\('.*'\)",
    "program": r"[\w./\\\-]+(?: [\w\-]+)*",
    "range": r"\d+-\d+",
    "symbol": r"[^\s'\w]+(?: or pow\(\))?|divmod\(\)|pow\(\)",
    "text": r".+",
    "type": r"[\w.\-\[\], |]+",
    "word": r"[\w.\-]+",
    "words": r"[\w '\-]+",
}
_KIND_OF = {
    "attribute": "name", "callee": "callee", "codec": "name", "count": "number", "errno": "number",
    "expected": "number", "given": "number", "got": "type", "key": "key", "keyword": "name", "left": "type",
    "literal": "literal", "module": "name", "name": "name", "names": "names", "of": "name", "operand": "type",
    "operator": "symbol", "owner": "type", "path": "name", "reason": "text", "right": "type", "takes": "number",
    "text": "text", "argument": "name",
}  # fmt: skip
_QUOTED = {"key", "literal", "place"}  # kinds that hold a text as Python would write it

_KEY_IN_WORDS = re.compile(
    r"(?i)\b(?:not|no|none of|is|are|has|have|was|does|cannot|can't|must|should|found|missing|invalid|unknown"
    r"|unexpected|expected|required|requires|failed|error)\b.* |.* (?:not|found|missing|failed|exists?)\b|\[|: .* "
)
_SIGNALS = {
    1: "SIGHUP", 2: "SIGINT", 3: "SIGQUIT", 4: "SIGILL", 6: "SIGABRT", 7: "SIGBUS", 8: "SIGFPE", 9: "SIGKILL",
    11: "SIGSEGV", 13: "SIGPIPE", 14: "SIGALRM", 15: "SIGTERM", 24: "SIGXCPU", 25: "SIGXFSZ",
}  # fmt: skip
_SHELL_SAYS = {
    "Killed": "SIGKILL", "Terminated": "SIGTERM", "Aborted": "SIGABRT", "Segmentation fault": "SIGSEGV",
    "Bus error": "SIGBUS",
}  # fmt: skip
_ENDED_BY_SIGNAL = re.compile(rf"\S+: line \d+:\s+\d+ ({'|'.join(_SHELL_SAYS)})\b.*")


@dataclass(frozen=True, slots=True)
class Said:
    """What a message of CPython says, in whichever version: its form, and the parts that vary."""

    form: str  # "missing-attribute"
    parts: Mapping[str, str]  # {"owner": "NoneType", "attribute": "group", "of": "object"}


def read_message(type_: str | None, message: str | None) -> Said | None:
    """Return what a message of CPython says; None where no form fits it as a whole.

    What newer versions add (*Did you mean …?*) and the notes that follow on further lines (PEP 678) are left out first.
    A type of None stands for what an interpreter or argparse says when it ends a run without an exception.
    """
    if type_ is None and not message:
        return None
    table = _tables().get((type_ or "").rpartition(".")[2])
    if table is None:
        return None
    line = (message or "")[:_LONGEST].strip().partition("\n")[0].rstrip()
    said = table.read(line)
    if said is None and (told := _without_additions(line)) != line:
        said = table.read(told)
    return said


def read_exit(exit_code: int | None, message: str | None) -> Said:
    """Return what the end of a run without an exception says: its own complaint, else its exit status.

    The `code` is "?" where it is not known. A `signal` is told by a negative code, by one above 128 and by the shell.
    """
    said = read_message(None, message)
    if said is not None:
        return said
    parts = {"code": "?" if exit_code is None else str(exit_code)}
    told = _ENDED_BY_SIGNAL.match((message or "")[:_LONGEST])
    number = 0 if exit_code is None else -exit_code if exit_code < 0 else exit_code - 128
    signal = _SHELL_SAYS[told[1]] if told else _SIGNALS.get(number)
    return Said("exit", parts | {"signal": signal} if signal else parts)


class _Reader:
    """A wording, made ready to read messages."""

    def __init__(self, form: str, wording: Wording) -> None:
        self.form = form
        self.wording = wording
        self.pieces = tuple(_pieces(wording.text))
        self.varies = any(name is not None for _, name, _ in self.pieces)
        self.start = self.pieces[0][0][:1]  # empty where a part stands first
        self.fixed = max((fixed for fixed, _, _ in self.pieces), key=len)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The wording as a regular expression; most are never asked for."""
        groups: list[str] = []
        for fixed, name, kind in self.pieces:
            groups.append(re.escape(fixed))
            if name is not None:
                expression = _KINDS[kind or _KIND_OF[name]]
                groups.append(f"(?:{expression})" if name.startswith("_") else f"(?P<{name}>{expression})")
        return re.compile("".join(groups))

    @cached_property
    def kinds(self) -> Mapping[str, str]:
        """The kind of each part that is kept."""
        return {name: kind or _KIND_OF[name] for _, name, kind in self.pieces if name and not name.startswith("_")}

    def read(self, line: str) -> Said | None:
        """Return what a line says if it is worded so."""
        found = self.pattern.fullmatch(line)
        if found is None:
            return None
        parts = {name: _plain(text, self.kinds[name]) for name, text in found.groupdict().items()}
        return _settled(self.form, parts | dict(self.wording.parts))


def _pieces(text: str) -> Iterator[tuple[str, str | None, str | None]]:
    """Yield fixed words with the name and kind of the part that follows them, if one does."""
    fixed = ""
    for words, name, kind, _ in Formatter().parse(text):
        fixed += words
        if name is not None:
            yield fixed, name, kind
            fixed = ""
    if fixed or not text:
        yield fixed, None, None


class _Table:
    """The wordings of one exception, found by their whole text or their first character."""

    def __init__(self, readers: Iterable[_Reader]) -> None:
        readers = tuple(readers)
        self._whole = {reader.fixed: reader for reader in readers if not reader.varies}
        varying = [reader for reader in readers if reader.varies]
        self._any = tuple((reader.fixed, reader) for reader in varying if not reader.start)
        self._by_start = {
            start: tuple((reader.fixed, reader) for reader in varying if reader.start in ("", start))
            for start in {reader.start for reader in varying} - {""}
        }

    def read(self, line: str) -> Said | None:
        """Return what a line says, None where no wording fits it."""
        whole = self._whole.get(line)
        if whole is not None:
            return _settled(whole.form, dict(whole.wording.parts))
        for fixed, reader in self._by_start.get(line[:1], self._any):
            if fixed in line and (said := reader.read(line)) is not None:
                return said
        return None


@cache
def _tables() -> Mapping[str, _Table]:
    readers: dict[str, list[_Reader]] = defaultdict(list)
    for form in FORMS:
        for wording in form.wordings:
            reader = _Reader(form.name, wording)
            for name in wording.types or ("",):
                readers[name].append(reader)
    return {name: _Table(group) for name, group in readers.items()}


def _without_additions(line: str) -> str:
    """Return a message without the suggestion of newer versions and without the place of a syntax error."""
    if "id you " in line:
        line = _SUGGESTION.sub("", line)
    if line.endswith(")") and ", line " in line:
        place = line.rfind(" (")
        line = line[:place] if _LOCATION.fullmatch(line, place) else line
    return line


def _plain(text: str, kind: str) -> str:
    """Return a part without the marks that only some versions or places put around it."""
    if kind == "callee":
        return text.rpartition("<locals>.")[2].removeprefix("__main__.")
    if kind == "names":
        return text.replace("'", "").replace(", and ", ", ").replace(" and ", ", ")
    if kind == "symbol":
        return text.removesuffix(" or pow()").removesuffix("()")
    if kind in _QUOTED and text[:1] in ("'", '"'):
        return text[1:].removesuffix(text[0])
    return "1" if text == "one" else text


def _settled(form: str, parts: dict[str, str]) -> Said | None:
    """Return a form with its parts, where what they hold decides."""
    if form == "too-many-arguments" and parts["takes"].isdecimal() and int(parts["given"]) < int(parts["takes"]):
        return Said("missing-argument", parts)  # "takes exactly 2 arguments (1 given)"
    if form == "missing-key" and " " in parts["key"] and _KEY_IN_WORDS.search(parts["key"]):
        return None  # a sentence of a library
    if form == "circular-import" and "reason" not in parts:
        own = parts["module"].partition(".")[0] not in standard()
        return Said(form, parts | {"reason": "circle" if own else "shadowing"})
    return Said(form, parts)
