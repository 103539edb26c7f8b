"""`skills-lint redact`: a filter that takes secrets and personal names out of text and traces."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..config import load_config
from ..place import InputError, Place
from .options import Options, common_options

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..redaction import Redactor

_BOM = b"\xef\xbb\xbf"


@click.command()
@click.argument("file", type=click.Path(path_type=Path), default=Path("-"))
@common_options("text")
def command(options: Options, file: Path) -> None:
    """Remove secrets, e-mail addresses, user names and home folders from FILE or standard input.

    A line that is JSON keeps its structure and has all its strings redacted, any other line is redacted as text; a
    line comes out for each line that goes in. A file that is one JSON document stays one.
    """
    from ..redaction import open_redactor

    redactor = open_redactor(load_config(Path.cwd(), options.config).root)
    lines = sys.stdin.buffer if str(file) == "-" else _lines_of(file)
    for line in _redacted(lines, redactor):
        sys.stdout.buffer.write(line)
        sys.stdout.buffer.flush()  # the reader of a filter may wait for each line


def _lines_of(file: Path) -> Iterator[bytes]:
    """Yield the lines of a file, or the whole of it where it is one JSON document of many lines."""
    try:
        with file.open("rb") as stream:
            first = stream.readline()
            if first.removeprefix(_BOM).lstrip()[:1] in (b"{", b"[") and not _is_json(_text(first)):
                whole = first + stream.read()
                yield from [whole] if _is_json(_text(whole)) else whole.splitlines(keepends=True)
                return
            yield first
            yield from stream
    except OSError as error:
        way_out = "name a file, or nothing to read standard input"
        raise InputError(f"cannot read it: {error.strerror}", place=Place(str(file)), way_out=way_out) from error


def _redacted(lines: Iterable[bytes], redactor: Redactor) -> Iterator[bytes]:
    for line in lines:
        body = line.rstrip(b"\r\n")
        mark = _BOM if body.startswith(_BOM) else b""
        text = _text(body)
        redacted = _document(text, redactor) if _is_json(text) else redactor.text(text)
        yield mark + redacted.encode("utf-8", "surrogateescape") + line[len(body) :]


def _document(document: str, redactor: Redactor) -> str:
    """Return a JSON document with its strings redacted; whatever is not redacted stays as it was written."""
    from ..redaction.pieces import tokens_of, written

    tokens = tokens_of(document)
    parts: list[str] = []
    end = 0
    for token, text in zip(tokens, redactor.pieces([token.piece for token in tokens]), strict=True):
        if text != token.piece.text:
            parts += (document[end : token.start], written(text, document[token.start : token.end]))
            end = token.end
    return "".join((*parts, document[end:]))


def _text(line: bytes) -> str:
    return line.removeprefix(_BOM).decode("utf-8", "surrogateescape")  # what is not UTF-8 comes out as it went in


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True
