"""What a pitfall says of its bucket: what to do, what goes wrong, wrong → right, and when it does not apply."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ..buckets.bucket import Instead, MatchRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..buckets.bucket import Bucket
    from ..triage.result import BucketRecovery

MOST_LINES = 6
_WIDTH = 120
_NAMED = 3  # exceptions, in what it does not apply to
_OFTEN = 2  # times that a recovering edit was made
_LONGEST_CODE = 80  # characters
_PIECE = re.compile(r"(?:(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)|\S)+")  # a code span is not broken
_SAFE_START = re.compile(r"(?!\d+[.)]|```|~~~)[\w`\"'(]")  # what begins a line and is no Markdown


def pitfall_lines(bucket: Bucket, lead: str) -> list[str]:
    """Return the pitfall of a bucket as the lines of a list item, at most six, in the bucket's own sentences.

    `lead` is what the first line begins with: the marker, the id and the colon. The others are indented by two. What
    does not fit is left out, the least useful first; advice that is longer than six lines by itself is one long line.
    """
    for parts in _drafts(bucket):
        lines = [line for part in parts if part for line in _folded(part, lead if part is parts[0] else "  ")]
        if len(lines) <= MOST_LINES:
            return lines
    return [f"{lead}{_sentence(bucket.fix)}"]


def with_recovered(bucket: Bucket, recovery: BucketRecovery | None) -> Bucket:
    """Return a bucket that shows no wrong → right of its own with the edits by which agents got out of it.

    Taken are those that were made more than once, fit on a line and hold nothing that does not print: they come from
    traces, and nobody has read them yet.
    """
    if bucket.instead or recovery is None:
        return bucket
    often = (pair for pair in recovery.pairs if pair.count >= _OFTEN)
    return replace(bucket, instead=tuple(Instead(p.wrong, p.right) for p in often if _fits(p.wrong) and _fits(p.right)))


def _fits(code: str) -> bool:
    return bool(code.strip()) and code.isprintable() and len(code) <= _LONGEST_CODE


def _drafts(bucket: Bucket) -> Iterator[tuple[str, ...]]:
    """Yield what the pitfall may say, the fullest first."""
    fix, hint = _sentence(bucket.fix), _sentence(bucket.hint)
    whole = fix if hint in fix else hint if fix in hint else f"{fix} {hint}"
    wrong, unless = f"What goes wrong: {_sentence(bucket.cause)}", _unless(bucket)
    for most in range(len(bucket.instead), 0, -1):  # code is followed where prose is not, so the hint goes first
        yield whole, wrong, _pairs(bucket.instead[:most]), unless
        yield fix, wrong, _pairs(bucket.instead[:most]), unless
    if bucket.instead:
        yield fix, _pairs(bucket.instead[:1]), unless
    yield whole, wrong, unless
    yield fix, wrong, unless
    yield whole, unless
    yield fix, unless
    yield (fix,)


def _pairs(pairs: tuple[Instead, ...]) -> str:
    return "; ".join(f"{_code(pair.wrong)} → {_code(pair.right)}" for pair in pairs) + "."


def _code(text: str) -> str:
    """Return a text as a code span that it cannot end."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    gap = " " if longest else ""
    return f"{'`' * (longest + 1)}{gap}{text.strip()}{gap}{'`' * (longest + 1)}"


def _unless(bucket: Bucket) -> str:
    """Return when the advice does not apply: what the bucket says, else what its rules leave to other buckets."""
    if bucket.unless:
        return f"Does not apply if {_sentence(bucket.unless)}"
    broad = {rule.exception for rule in bucket.match if rule == MatchRule(rule.exception)}
    narrow = dict.fromkeys(rule.exception for rule in bucket.match if rule.exception not in broad)
    names = [f"`{name}`" for name in narrow if name]
    if not names or len(names) > _NAMED:
        return ""
    listed = " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
    return f"Does not apply to any other {listed}."


def _sentence(text: str) -> str:
    """Return a text on one line, with a full stop if nothing else ends it."""
    text = " ".join(text.split())
    return text if text.endswith((".", "!", "?", ":", ";")) else f"{text}."


def _folded(text: str, lead: str) -> list[str]:
    """Return a text as lines of which none but the first begins with what Markdown would take for more than text."""
    pieces: list[str] = []
    for match in _PIECE.finditer(text):
        if pieces and not _SAFE_START.match(match[0]):
            pieces[-1] += f" {match[0]}"
        else:
            pieces.append(match[0])
    lines = [lead + pieces[0]]
    for piece in pieces[1:]:
        if len(lines[-1]) + 1 + len(piece) <= _WIDTH:
            lines[-1] += f" {piece}"
        else:
            lines.append(f"  {piece}")
    return lines
