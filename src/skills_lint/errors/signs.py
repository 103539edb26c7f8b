"""Signs of an error in a text, all looked for at once: what shows none of them need not be read line by line."""

from __future__ import annotations

from enum import Flag
from functools import cache, reduce
from operator import or_
from typing import Final

import re2


class Sign(Flag):
    """What a text may hold."""

    NONE = 0
    BLOCK = 1  # a traceback
    TEST_RUN = 2  # the summary of a test run that failed or was empty
    EXIT = 4  # what the interpreter or argparse says when it ends a run


# Each matches in more texts than hold what it is a sign of, and in a text as it is as well as in its spelling as JSON.
_SIGNS: Final = (
    (Sign.BLOCK, r'Traceback \(most recent call last\)|File \\*"| In'),
    (Sign.TEST_RUN, r"FAILED |ERROR |INTERNALERROR> |ImportError while loading conftest|(?:^|\n|\\[nr])E  "),
    (Sign.TEST_RUN, r"\d (?:failed|errors?)\b[^\n]* in \d|no tests ran in "),
    (Sign.EXIT, r"ython|pypy|usage: "),
)


def signs_in(text: bytes) -> Sign:
    """Return the signs of errors in a text; it may be spelled as JSON spells it, unless with `\\u00…` for letters."""
    found = _signs().Match(text)
    return reduce(or_, (_SIGNS[index][0] for index in found), Sign.NONE) if found else Sign.NONE


@cache
def _signs() -> re2.Set:
    options = re2.Options()
    options.encoding = re2.Options.Encoding.LATIN1  # bytes are what is searched
    signs = re2.Set.SearchSet(options)
    for _, pattern in _SIGNS:
        signs.Add(pattern)
    signs.Compile()
    return signs
