"""Messages with what varies from one failure to the next masked: values, names in quotes, paths, numbers."""

from __future__ import annotations

import re

_READ_LIMIT = 2_000  # characters of a line that are masked; what is longer is data
_LONGEST = 200  # characters of a masked message; what varies tends to stand behind
_DTYPE = (
    r"(?:u?int(?:8|16|32|64)|U?Int(?:8|16|32|64)|[fF]loat(?:16|32|64)|bfloat16|complex(?:64|128)|date(?:32|64)(?:\[\w+\])?"
    r"|time(?:32|64|stamp)\[[\w, /=+:]{1,40}\]|(?:datetime|timedelta)64(?:\[[\w, /+:]{1,40}\])?"
    r"|(?:duration|period)\[\w+\]|decimal(?:128|256)\(\d+, ?\d+\)|[Uu]tf-?(?:8|16|32)|latin-?1|cp125\d|iso8859-\d+"
    r"|[<>|=][UMmSOifbuc]\d{1,3}(?:\[\w+\])?)"
)
_TYPE = (  # names that are types wherever they stand
    r"(?:[a-z_]+\.)*(?:NoneType|str|int|float|bool|bytes|bytearray|list|tuple|dict|frozenset|complex|ndarray|Tensor|DataFrame"
    rf"|Series|Timestamp|Timedelta|LazyFrame|DatetimeIndex|RangeIndex|MultiIndex|PosixPath|WindowsPath|{_DTYPE})"
)
_OPERATOR = r"[<>=!]=?|[-+*/%@&|^~]|\*\*|//|<<|>>"
_KEPT = re.compile(rf"{_TYPE}|dtype\('?{_TYPE}'?\)|{_OPERATOR}|None|True|False|NaN|nan")
_TYPE_BEFORE = re.compile(r"(?:types?|dtypes?|instances? of|class)[: ]{0,2}$")  # what follows is a type
_TYPE_AFTER = re.compile(r" (?:object|instance|type|dtype)s?\b")
_NAME = re.compile(r"[A-Za-z_][\w.]*(?:\[\w+\])?")
_QUOTED = re.compile(r"""(?<!\w)[bru]?(?:'([^'\n]*)'|"([^"\n]*)"|`([^`\n]*)`|“([^”\n]*)”)(?!\w)""")
_CLASS = re.compile(r"<class '[\w.]+'>")
_ANGLED = re.compile(r"<([^<>\n\s=][^<>\n]*)>")
_SENTENCE = re.compile(r"\w+(?: [\w'*,:\[\]().-]+)+")  # in angle brackets: `<urlopen error timed out>`
_OBJECT = re.compile(
    r" at 0x| object\b|^(?:function|bound method|built-in|module|class|generator|coroutine|Future|Task) "
)
_WORDS = re.compile(rf"(?<![\w.]){_DTYPE}(?![\w.])|dtype\('[^']{{1,30}}'\)")
_STATUS = re.compile(r"[45]\d\d [A-Z][A-Za-z -]{1,40}$")  # of HTTP
_SHELF = re.compile("[\ue000-\uf8ff]")  # stand for what must not be masked
_SHELVES = 0xF8FF - 0xE000

_PLACEHOLDER = re.compile(r"\[(?:redacted|user|withheld):[^\]\n]{0,90}\]")  # these differ from clone to clone
_ADVICE = re.compile(r"(?:\.|\?|;)? ?\(?\b(?:Did you (?:mean|forget)|Perhaps you meant)\b.*")  # newer versions add it
_URL = re.compile(r"[a-z][a-z+.-]{1,20}://[^\s'\"<>`]+")
_EMAIL = re.compile(r"(?<![\w.+@-])[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+")
_ENDINGS = (
    r"py|ipynb|csv|tsv|txt|jsonl?|ya?ml|toml|xlsx?|parquet|feather|pkl|db|sqlite3?|duckdb|h5|hdf5|npy|npz|gz|zip|png|jpe?g"
    r"|pdf|html?|md|log|so|pt|pth|arrow|xml"
)
_PATHS = (
    re.compile(r"(?:(?<![\w.])(?:[A-Za-z]:|~|\.{1,2})?|(?<=\s)[\w.@+-]{1,80})(?:[\\/][\w.@~+*-]{1,200}){2,}[\\/]?"),
    re.compile(r"(?<![\w.])(?:[A-Za-z]:|~|\.{1,2})[\\/][\w.@~+-]{1,200}"),
    re.compile(r"(?<![^\s=(])/[\w.@~+-]{1,200}/?(?![\w/])|(?<=url: )\S+"),
    re.compile(rf"(?<![\w./\\])[\w@+-]{{1,80}}[\\/][\w@+-]{{1,80}}(?:\.\w{{1,20}})?\.(?:{_ENDINGS})\b"),
)
_FILE = re.compile(rf"(?<![\w.])[\w@+-]{{1,80}}(?:\.[\w-]{{1,20}})?\.(?:{_ENDINGS})\b")
_FIXED_NUMBER = re.compile(  # says what went wrong, and how
    r"\[(?:Errno|WinError) -?\d+\]|(?<![\w.])[45]\d\d (?=[A-Z][a-z])|\b[0-4]-?[dD]\b|\bHTTP[/ ]\d\S*(?: \d{3})?"
)
_UNIT = r"(?:\s?(?:[KMGTP]i?B|[kMG]B|bytes?|ms|µs|ns|s|sec(?:onds?)?|min(?:utes?)?|h|%)(?!\w))?"
_NUMBERS = (
    re.compile(r"\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b"),
    re.compile(r"0x[0-9a-fA-F]+"),
    re.compile(
        r"(?<![\w-])\d{4}[-/]\d{1,2}(?:[-/]\d{1,2})?(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?)?"
        r"(?:\s?(?:Z|UTC|[+-]\d{2}:?\d{2}))?(?!\w)"
    ),
    re.compile(r"(?<![\w:])T?\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?![\w:])"),
    re.compile(r"\b(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{8,}\b"),
    re.compile(
        rf"(?<![\w.])[-+]?\d+(?:[,_]\d{{3}})*(?:\.\d+)*(?:[eE][-+]?\d+)?(?:(?:rc|dev|post|[ab])\d+)?{_UNIT}(?!\w)"
    ),
    re.compile(r"(?<![\w.])\d+(?:x\d+)+(?!\w)"),
    re.compile(r"(?<![A-Za-z\d*])\d+(?:\.\d+)?|\d+(?![A-Za-z\d])"),  # digits within a word belong to it
)
_DIGIT = re.compile(r"\d")
_VALUE = r"(?:'\*'|\*|\[\*\]|\(\*\)|None|True|False|nan|NaN)"
_COLLECTIONS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(rf"\[{_VALUE}?(?:,?\s*(?:\.\.\.|{_VALUE}))*,?\]"), "[*]"),
    (re.compile(rf"\{{(?:{_VALUE}(?::\s*[\w.]*{_VALUE})?(?:,\s*|(?=\}})))*(?:\.\.\.)?\}}"), "*"),
    (re.compile(rf"(?<!\w)\({_VALUE}?(?:,\s*{_VALUE})*,?\)"), "(*)"),
)
_NAMED_AFTER = re.compile(
    r"(?i)\b((?:table|column|key|field|variable|relation|view|schema|database|feature|function|option|argument|parameter"
    r"|symbol|identifier)s?:|(?:with name|named|called)) [\w.$*-]+(?:, ?[\w.$*-]+)*"
)
_INFORMATIVE = re.compile(
    r"(?i)\b(?!(?:errors?|exceptions?|failed|failure|messages?|details?|traceback|warning|fatal)\b)[^\W\d_]{2,}"
)


def mask(message: str) -> str:
    """Return a message with what varies from one failure to the next replaced by `*`; types and operators stay."""
    message = _SHELF.sub("*", message[:_READ_LIMIT])
    shelf: list[str] = []
    if "[" in message:
        message = _PLACEHOLDER.sub("*", message)
    message = _ADVICE.sub("", message)
    if "://" in message:
        message = _URL.sub("*", message)
    if "<class '" in message:
        message = _CLASS.sub(lambda found: _put(found[0], shelf), message)
    message = _QUOTED.sub(lambda found: _quoted(found, shelf), message)
    if "<" in message:
        message = _ANGLED.sub(_angled, message)
    message = _without_numbers(_without_paths(message), shelf)
    if "*" in message:
        message = _without_collections(message)
    message = _NAMED_AFTER.sub(r"\1 *", message)
    return _shortened(_SHELF.sub(lambda found: shelf[ord(found[0]) - 0xE000], message))


def _without_paths(message: str) -> str:
    if "@" in message:
        message = _EMAIL.sub("*", message)
    if "/" in message or "\\" in message:
        for pattern in _PATHS:
            message = pattern.sub("*", message)
    return _FILE.sub("*", message) if "." in message else message


def _without_numbers(message: str, shelf: list[str]) -> str:
    if _DIGIT.search(message) is None:
        return message
    message = _WORDS.sub(lambda found: _put(found[0], shelf), message)
    message = _FIXED_NUMBER.sub(lambda found: _put(found[0], shelf), message)
    for pattern in _NUMBERS:
        message = pattern.sub("*", message)
    return message


def _without_collections(message: str) -> str:
    for _ in range(3):  # collections in collections
        before = message
        for pattern, stands_for in _COLLECTIONS:
            message = pattern.sub(stands_for, message)
        if message == before:
            break
    return message


def _put(text: str, shelf: list[str]) -> str:
    """Return a character that stands for a text until all else is masked."""
    if len(shelf) >= _SHELVES:
        return "*"
    shelf.append(text)
    return chr(0xE000 + len(shelf) - 1)


def _quoted(found: re.Match[str], shelf: list[str]) -> str:
    text = next(group for group in found.groups() if group is not None)
    if _KEPT.fullmatch(text) or _STATUS.match(text) or (_NAME.fullmatch(text) and _is_type(found)):
        return _put(f"'{text}'", shelf)
    return "'*'"


def _is_type(found: re.Match[str]) -> bool:
    """Tell whether the words around a quoted name say that it is a type."""
    before = found.string[max(0, found.start() - 20) : found.start()]
    return _TYPE_BEFORE.search(before) is not None or _TYPE_AFTER.match(found.string, found.end()) is not None


def _angled(found: re.Match[str]) -> str:
    return found[0] if _SENTENCE.fullmatch(found[1]) and not _OBJECT.search(found[1]) else "<*>"


def _shortened(masked: str) -> str:
    masked = masked.strip()
    if len(masked) <= _LONGEST:
        return masked
    return masked[:_LONGEST].rpartition(" ")[0] or masked[:_LONGEST]


def first_line(message: str) -> str:
    """Return the first line of a message that says something, else the first that is no ruler, else nothing."""
    lines = [line.strip() for line in message.splitlines()]
    telling = (line for line in lines if _INFORMATIVE.search(line[:_READ_LIMIT]))
    return next(telling, None) or next((line for line in lines if any(map(str.isalnum, line))), "")


def says_something(masked: str) -> bool:
    """Tell whether a masked message has words of its own."""
    return len(re.findall(r"[^\W\d_]{2,}", masked)) > 1
