"""JSON in a code block, as people write it for people: with comments, fragments and sketches."""

from __future__ import annotations

import json
import re

import yaml

from ...lines import LineIndex
from .error import BlockError
from .twice import first_repeated, repeated_keys

_TOKEN = re.compile(
    r"""(?P<string>"(?:[^"\\\n]|\\.)*(?:"|(?=\n)|\Z)|'(?:[^'\\\n]|\\.)*')
    |(?P<comment>//[^\n]*|/\*.*?\*/|(?:(?<=\n)|^)[ \t]*\#[^\n]*)
    |(?P<word>[A-Za-z_$<…{][\w$<>.…{]*|\.\.\.)""",
    re.VERBOSE | re.DOTALL,
)
# Outside of strings: `"a" | "b"` and `1-10` say what may stand there, and a comment what else does.
_ALTERNATIVES = re.compile(r"[\"\d\]}]\s*\|\s*[\"\d\[{tfn]|(?<![\w.\"])\d+-\d+(?![\w.\"])")
_ONLY_KEYS = re.compile(r"\{\s*\"[^\"\n]*\"\s*(?:,\s*\"[^\"\n]*\"\s*)*\}")  # `{"id", "name"}` lists what an object has
_COMMENT_FOR_MEMBERS = re.compile(r",[ \t]*\n\s*(?://|/\*)[^\n]*\n\s*[}\]]")
_NUMBER_PARTS = frozenset({"E", "e"})
_LONGEST_SEARCHED = 10_000  # characters in which equal keys are looked for: the parser that places them is slow
_PYTHON_WORDS = {"True": "true", "False": "false", "None": "null"}
_CURLY_QUOTE = re.compile("[“”„]")
_WORDS = frozenset({"true", "false", "null", "NaN", "Infinity"}) | _NUMBER_PARTS
_STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"')
_TRAILING_COMMA = re.compile(r'("(?:[^"\\\n]|\\.)*")|,(?=\s*[}\]])')


def json_error(text: str, *, trailing_commas: bool = False) -> BlockError | None:
    """Return what cannot be JSON in a block, or a key that is there twice; None for what can be, and for a sketch.

    Fine are comments, several documents, and members or items without the brackets around them. A block with words
    that JSON does not know is a sketch: `...`, `<id>`, `string`; so is one that lists what may stand in a place, as in
    `"a" | "b"` and `1-10`, or that ends with a comment for the members that are left out.
    """
    foreign = _foreign(text)
    if foreign is not None:
        return foreign
    plain = _without_comments(text)
    if (
        plain is None
        or _ONLY_KEYS.search(plain)
        or _COMMENT_FOR_MEMBERS.search(text)
        or _ALTERNATIVES.search(_STRING.sub('""', plain))
    ):
        return None
    if trailing_commas:
        plain = _TRAILING_COMMA.sub(lambda found: found[1] or " ", plain)
    error = _first_error(plain)
    if error is None:
        return _key_twice(text, plain)
    if _is_fragment(plain):
        return None
    message, place = _worded(error, plain)
    return BlockError(message, *LineIndex(text).place(min(place, len(text.rstrip()))))


def _foreign(text: str) -> BlockError | None:
    """Return a quote of prose in place of one of JSON, or a word of Python where no other word makes it a sketch."""
    quote = _CURLY_QUOTE.search(_STRING.sub(lambda found: " " * len(found[0]), text))
    if quote:
        return BlockError(f"`{quote[0]}` is no quote of JSON", *LineIndex(text).place(quote.start()), 'write `"`')
    words = [token for token in _TOKEN.finditer(text) if (token["word"] or "").lstrip("{") not in {"", *_WORDS}]
    if not words or not all(token["word"] in _PYTHON_WORDS for token in words):
        return None
    word = words[0]["word"]
    return BlockError(f"`{word}` is Python", *LineIndex(text).place(words[0].start()), f"write `{_PYTHON_WORDS[word]}`")


def _key_twice(text: str, plain: str) -> BlockError | None:
    """Return the first key that an object has already, unless a comment makes it an alternative."""
    twice: list[bool] = []

    def note(pairs: list[tuple[str, object]]) -> None:
        twice.append(len(pairs) > len({key for key, _ in pairs}))

    try:
        json.loads(plain, strict=False, object_pairs_hook=note)
        if not any(twice) or len(plain) > _LONGEST_SEARCHED:
            return None
        # A JSON document is YAML, whose parser knows the places of keys.
        repeated = list(repeated_keys(yaml.parse(plain.replace("\t", " "), Loader=yaml.SafeLoader)))
    except (ValueError, RecursionError, yaml.YAMLError):  # several documents
        return None
    return first_repeated(text, repeated)


def _worded(error: json.JSONDecodeError, text: str) -> tuple[str, int]:
    """Return message and offset of an error, the same for all versions of Python."""
    before = text[: error.pos].rstrip()
    if before.endswith(",") and text[error.pos : error.pos + 1] in ("}", "]"):
        return "a comma behind the last entry", len(before) - 1
    if error.msg.startswith("Illegal trailing comma"):
        return "a comma behind the last entry", error.pos
    if error.msg.startswith("Unterminated string"):
        return "the string that opens here is never closed", error.pos
    return error.msg[0].lower() + error.msg[1:], error.pos


def _without_comments(text: str) -> str | None:
    """Return the text with comments blanked, every place kept; None if it holds words that JSON does not know."""
    parts, end = [], 0
    for token in _TOKEN.finditer(text):
        word = (token["word"] or "").lstrip("{")
        if word and word not in _WORDS:
            if text[token.end() : token.end() + 1] != '"':
                return None
            break  # a quote is missing before the word
        if token["comment"]:
            parts += [text[end : token.start()], re.sub(r"[^\n]", " ", token["comment"])]
            end = token.end()
    return "".join([*parts, text[end:]])


def _is_fragment(text: str) -> bool:
    """Say whether the text is JSON within braces or brackets, or each of its lines is, as one of several examples."""
    lines = [line for line in text.split("\n") if line.strip()]
    return _is_inside(text) or (bool(lines) and all(_is_inside(line) for line in lines))


def _is_inside(text: str) -> bool:
    inner = text.rstrip().removesuffix(",")
    return any(_first_error(f"{opening}{inner}{closing}") is None for opening, closing in ("{}", "[]"))


def _first_error(text: str) -> json.JSONDecodeError | None:
    """Return the first error in JSON documents that follow each other."""
    decoder, place = json.JSONDecoder(strict=False), _skip_space(text, 0)
    try:
        while place < len(text):
            _, end = decoder.raw_decode(text, place)
            place = _skip_space(text, end)
            if text[place : place + 1] in (":", ",") and place < len(text):
                return json.JSONDecodeError("Extra data", text, place)
    except json.JSONDecodeError as error:
        return error
    except (RecursionError, ValueError):  # nesting too deep, a number too long
        return None
    return None


def _skip_space(text: str, place: int) -> int:
    return len(text) - len(text[place:].lstrip())
