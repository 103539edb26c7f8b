"""Python in a code block, as people write it for people: with magics, placeholders, and bodies left out."""

from __future__ import annotations

import ast
import re
import symtable
import sys
import warnings

from ...lines import split_lines
from .error import BlockError

_MOST_REPAIRS = 40
_MAGIC = re.compile(  # `pip install` works in notebooks
    r"\s*(?:[%!?]|[\w.]+\?{1,2}\s*$|[\w.][\w., ]*=\s*(?:!|%\w)|(?:pip3?|conda|mamba)\s+\w)"
)
_NOT_A_PROGRAM = re.compile(  # Snakemake's rules hold Python, and are shown as such for their colours
    r"^\s*(?:>>>|In \[\d+\]:|Traceback \(most recent|%%(?!time|capture|prun)|(?:rule|checkpoint) \w+:\s*$)",
    re.MULTILINE,
)
_PROMPT = re.compile(r"\s*(?:>>>|\.\.\.)(?: |$)")
_ELLIPSIS_IN_LIST = re.compile(r"(?<=\w)\.\.\.|,\s*(?:…|\.\.\.)(?=\s*(?:[)\]},]|$))|(?<=[(\[{])\s*(?:…|\.\.\.)\s*,")
_PLACEHOLDER = re.compile(r"<[A-Za-z][\w .-]*>|\{{1,2} ?[\w.]+ ?\}{1,2}")
_HEADER = re.compile(r"\s*(?:async\s+)?(?:def|class)\b")
_SIGNATURE = re.compile(r"\s*[\w.]+\((?!.*\blambda\b).*\)\s*(?:->\s*[^:]+)?$")
_PARAMETER = re.compile(r"\s*\*{0,2}\w+\s*:\s*\w|\s*[*/],\s*$")
_PARAMETER_OR_NAME = re.compile(rf"{_PARAMETER.pattern}|\s*\*{{0,2}}\w+\s*(?:=[^=].*)?,?\s*(?:#.*)?$|\s*#")
_RETURNS = re.compile(r"\s*(?:return|yield)\b")
_CONTINUES = re.compile(r"\s*(?:elif|else|except|finally|case)\b")
_LISTED_DECORATORS = re.compile(r"\s*@[\w.]+\s*,\s*@")  # names to know, and no program
_COLON_AT_END = re.compile(r":\s*(?:#.*)?$")
_UNDECORATED = "def _(): ..."
_SHELL = re.compile(
    r"\s*(?:\$\s|(?:uv|npm|npx|git|cd|export|curl|brew|apt|sudo|bash|python3?)\s+[\w./-]|[a-z][\w-]*\s(?:[\w./-]+\s)*--?[a-z])"
)
_STRING = re.compile(r"\"[^\"]*\"|'[^']*'")
_TEMPLATE = re.compile(r"\{%|\$[A-Z{]")
_QUOTED_IN_BRACES = re.compile(r"\{[^{}\"']*[\"'][^{}]*\}")
_ODD_CHARACTER = re.compile(r"invalid character '([^'])'")
_CERTAINLY_WRONG = frozenset("‘’“”–—−，（）：；")  # what editors put in place of quotes, hyphens and punctuation
_NEWER_SYNTAX = {  # what an older interpreter takes for an error
    (3, 12): re.compile(r"\s*type\s+\w+.*=|\s*(?:async\s+)?(?:def|class)\s+\w+\["),
    (3, 14): re.compile(r"(?:.*[\s(=,\[{:+])?[rR]?[tT][rR]?[\"']|\s*except\s+[\w.]+\s*,"),
}


def python_error(text: str) -> BlockError | None:
    """Return what cannot be Python in a block; None if it can be, or if that is not certain.

    Fine are magics, prompts, top-level `await` and `return`, `...` and `<name>` in place of something, signatures
    without a body, bodies that are only a comment, and an excerpt that is indented.
    """
    if _syntax_error([text]) is None or _NOT_A_PROGRAM.search(text):
        return None
    lines = [re.match(r"\s*", line)[0] + "pass" if _MAGIC.match(line) else line for line in split_lines(text)]  # type: ignore[index]
    lines, margin = _dedented(lines)
    error = _syntax_error(lines)
    if error is not None:
        lines = _without_placeholders(lines)
        error = _first_certain_error(lines)
    if error is None or _is_fragment(lines):
        return None
    line = lines[error.lineno - 1] if error.lineno and error.lineno <= len(lines) else ""
    way_out = "this is a shell command: label the block `bash`" if _SHELL.match(line) else None
    number = min(error.lineno or 1, len(lines))
    return BlockError(error.msg, number, margin + min(max(error.offset or 1, 1), len(line) + 1), way_out)


def plain_python(text: str) -> tuple[str, int] | None:
    """Return a block as Python that parses, line for line, and how many columns were taken off each line.

    Magics are left out, and so is what a prompt shows as output. None for a block that does not parse even so.
    """
    lines = split_lines(text)
    if any(line.lstrip().startswith(">>>") for line in lines):
        prompts = [_PROMPT.match(line) for line in lines]
        lines = [" " * len(p[0]) + line[p.end() :] if p else "" for p, line in zip(prompts, lines, strict=True)]
    plain, margin = _dedented([_indentation(line) + "pass" if _MAGIC.match(line) else line for line in lines])
    for candidate in (plain, _without_placeholders(plain)):
        if _syntax_error(candidate) is None:
            return "\n".join(candidate), margin
    return None


def _dedented(lines: list[str]) -> tuple[list[str], int]:
    """Return the lines without the indentation that all of them share, and its width."""
    width = min((len(_indentation(line)) for line in lines if line.strip()), default=0)
    return [line[width:] for line in lines], width


def _without_placeholders(lines: list[str]) -> list[str]:
    """Return the lines with `...` left out of lists and `<name>` turned into a name, as wide as it was."""
    plain = []
    for line in lines:
        if line.strip().rstrip(",") in ("...", "…"):
            line = line.replace("...", "# .", 1).replace("…", "#", 1)
        line = _ELLIPSIS_IN_LIST.sub(lambda found: " " * len(found[0]), line)
        line = _PLACEHOLDER.sub(lambda found: "_" * len(found[0]), line)
        plain.append(line.replace("…", "_"))
    return plain


def _first_certain_error(lines: list[str]) -> SyntaxError | None:
    """Return the first error that no repair removes; None if there is none, or if it may be the reader's fault."""
    for _ in range(_MOST_REPAIRS):
        error = _syntax_error(lines)
        if error is None or error.lineno is None or _is_doubtful(error, lines):
            return None
        repaired = _repaired(lines, error)
        if repaired is None:
            return error
        lines = repaired
    return None


def _is_fragment(lines: list[str]) -> bool:
    """Say whether the lines are the inside of a dictionary, or of a call's or a list's brackets."""
    return any(_syntax_error([opening, *lines, closing]) is None for opening, closing in ("{}", ["f(", ")"]))


def _syntax_error(lines: list[str]) -> SyntaxError | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            _parse("\n".join(lines))
    except SyntaxError as error:
        return error
    except (ValueError, RecursionError, MemoryError):  # a NUL byte, nesting too deep for the parser
        return None
    return None


def _parse(text: str) -> None:
    """Raise what `ast.parse` raises, if it does; the table of symbols that takes less time has further errors."""
    try:
        symtable.symtable(text, "<block>", "exec")
    except (SyntaxError, RecursionError, MemoryError):
        ast.parse(text)


def _is_doubtful(error: SyntaxError, lines: list[str]) -> bool:
    """Say whether an error may come from an excerpt, a drawing, or an interpreter that is too old."""
    if error.msg.startswith(("unexpected indent", "unindent does not match")):
        return True
    number = min(error.lineno or 1, len(lines))
    if _LISTED_DECORATORS.match(lines[number - 1]):
        return True
    if _CONTINUES.match(lines[number - 1]) and not "".join(lines[: number - 1]).strip():
        return True
    odd = _ODD_CHARACTER.match(error.msg)
    if odd and odd[1] not in _CERTAINLY_WRONG:
        return True
    if _TEMPLATE.search(_STRING.sub("", lines[number - 1])):
        return True
    if error.msg.startswith("f-string") and sys.version_info < (3, 12):  # which allowed quotes within quotes
        return _QUOTED_IN_BRACES.search(lines[number - 1]) is not None
    return any(
        sys.version_info < version and newer.match(lines[number - 1]) for version, newer in _NEWER_SYNTAX.items()
    )


def _repaired(lines: list[str], error: SyntaxError) -> list[str] | None:
    """Return the lines with what people leave out put in; None if the error is of another kind."""
    number = min(error.lineno or 1, len(lines))
    line = lines[number - 1]
    if error.msg.startswith("expected an indented block"):
        return _with_body(lines, error)
    if error.msg.startswith("unterminated"):
        return None
    written = [n for n, line in enumerate(lines, 1) if line.strip()]
    if number == written[-1] and line.startswith("@") and lines[-1] != _UNDECORATED:
        return [*lines, _UNDECORATED]
    if error.msg == "expected ':'" and (_HEADER.match(line) or line.lstrip().startswith(")")):
        following = next((later for later in lines[number:] if later.strip()), "")
        if len(_indentation(following)) > len(_indentation(line)):
            return None  # a body follows: the colon is missing
        return _replaced(lines, number, f"{line.rstrip()}: ...")
    if _SIGNATURE.match(line) and re.search(r"->|\w:\s*\w|[(,]\s*[*/]\s*[,)]", line):
        return _replaced(lines, number, _indentation(line) + "pass")
    return _without_long_signature(lines, number)


def _without_long_signature(lines: list[str], number: int) -> list[str] | None:
    """Return the lines with `pass` for a signature without `def` that spans several lines, one of them `number`."""
    first = next((n for n in range(number, 0, -1) if lines[n - 1].rstrip().endswith("(")), None)
    last = next((n for n in range(number, len(lines) + 1) if lines[n - 1].lstrip().startswith(")")), None)
    if first is None or last is None or _HEADER.match(lines[first - 1]):
        return None
    inner = [line for line in lines[first : last - 1] if line.strip()]
    if not (any(map(_PARAMETER.match, inner)) and all(map(_PARAMETER_OR_NAME.match, inner))):
        return None
    return [*lines[: first - 1], _indentation(lines[first - 1]) + "pass", *[""] * (last - first), *lines[last:]]


def _with_body(lines: list[str], error: SyntaxError) -> list[str] | None:
    """Return the lines with `pass` for a body that is only a comment, or that is left out of a signature."""
    opener = re.search(r"on line (\d+)", error.msg)
    first = int(opener[1]) if opener else 1
    last = min(error.lineno or 1, len(lines))
    header = lines[first - 1]
    if _RETURNS.match(lines[last - 1]) and _indentation(lines[last - 1]) == _indentation(header):
        return None  # the body is there, without its indentation
    for number in range(first + 1, last + 1):
        if lines[number - 1].lstrip().startswith("#"):
            return _replaced(lines, number, _indentation(header) + "    pass")
    at_end = not "".join(lines[last:]).strip() and not lines[last - 1].strip()
    listed = header.rpartition("#")[0].rstrip().endswith(":")  # `if x:  # why`, and no more
    if not (_HEADER.match(header) or at_end or listed or last == first):
        return None
    colon = next((n for n in range(last, first - 1, -1) if _COLON_AT_END.search(lines[n - 1])), None)
    return _replaced(lines, colon, _COLON_AT_END.sub(": ...", lines[colon - 1])) if colon else None


def _indentation(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def _replaced(lines: list[str], number: int, line: str) -> list[str]:
    return [*lines[: number - 1], line, *lines[number:]]
