"""Values of a type that is not taken."""

from __future__ import annotations

from .form import form, says

_PATH = "str, bytes or os.PathLike"
_NUMBER = "number"

_PATHS = (
    says("TypeError", "expected str, bytes or os.PathLike object, not {got}", expected=_PATH),
    says(
        "TypeError", "{what:callee}() argument must be str, bytes, or os.PathLike object, not '{got}'", expected=_PATH
    ),
    says(
        "TypeError",
        "argument should be a str or an os.PathLike object where __fspath__ returns a str, not '{got}'",
        "{what:word}: path should be string, bytes, os.PathLike or integer, not {got}",
        "{what:word}: path should be string, bytes, os.PathLike, integer or None, not {got}",
        "{what:word}: path should be string, bytes or os.PathLike, not {got}",
        "{what:word}: path should be string, bytes, os.PathLike or None, not {got}",
        "{what:word}: {_argument:word} should be string, bytes or os.PathLike, not {got}",
        "argument should be str or an os.PathLike object where __fspath__ returns a str, not '{got}'",
        expected=_PATH,
    ),
    says("TypeError", "Can't mix strings and bytes in path components", expected="str", got="bytes"),
)
_TEXTS = (
    says("TypeError", "a bytes-like object is required, not '{got}'", expected="bytes-like"),
    says("TypeError", "sequence item {_n:number}: expected a bytes-like object, {got} found", expected="bytes-like"),
    says("TypeError", "sequence item {_n:number}: expected {expected:word} instance, {got} found"),
    says("TypeError", "the JSON object must be str, bytes or bytearray, not {got}", expected="str, bytes or bytearray"),
    says("TypeError", "expected string or bytes-like object, got '{got}'", expected="str or bytes-like"),
    says("TypeError", "expected string or bytes-like object", expected="str or bytes-like"),
    says("TypeError", "cannot use a string pattern on a bytes-like object", expected="str", got="bytes"),
    says("TypeError", "cannot use a bytes pattern on a string-like object", expected="bytes", got="str"),
    says("TypeError", "first argument must be string or compiled pattern", expected="str"),
    says("TypeError", "{what:word} first arg must be str or a tuple of str, not {got}", expected="str"),
    says("TypeError", "{what:word} first arg must be bytes or a tuple of bytes, not {got}", expected="bytes"),
    says("TypeError", "'in <string>' requires string as left operand, not {got}", expected="str"),
    says(
        "TypeError",
        "{what:word} arg must be None or str",
        "{what:word} arg must be None, str or unicode",
        expected="str",
    ),
    says("TypeError", "string argument without an encoding", expected="bytes", got="str"),
    says("TypeError", "{_what:word} must be str or None, not {got}", "must be str or None, not {got}", expected="str"),
    says("TypeError", "expected bytes, {got} found", expected="bytes"),
    says("TypeError", "Unicode-objects must be encoded before hashing", expected="bytes", got="str"),
    says("TypeError", "Strings must be encoded before hashing", expected="bytes", got="str"),
    says(
        "TypeError",
        "getattr(): attribute name must be string",
        "hasattr(): attribute name must be string",
        expected="str",
    ),
    says("TypeError", "attribute name must be string, not '{got}'", expected="str"),
    says("TypeError", "keywords must be strings", expected="str"),
    says("TypeError", "{what:callee}() arg 1 must be a string, bytes or code object", expected="str, bytes or code"),
    says("TypeError", "{expected:word} expected, not {got:word}"),
    says("TypeError", "fromisoformat: argument must be str", expected="str", what="fromisoformat"),
    says("TypeError", "decoding to str: need a bytes-like object, {got} found", expected="bytes-like"),
    says("TypeError", "decoding str is not supported", expected="bytes-like", got="str"),
    says("TypeError", "ord() expected string of length 1, but {got} found", expected="str", what="ord"),
    says(
        "TypeError",
        "ord() expected a character, but string of length {_n:number} found",
        expected="character",
        what="ord",
    ),
    says("TypeError", "ord(): expected a character, got {_got:text}", expected="character", what="ord"),
    says("TypeError", "the fill character must be exactly one character long", expected="character"),
    says("TypeError", '"delimiter" must be a 1-character string', expected="character"),
    says("TypeError", "must be called with a {expected:word} as its first argument, got {got}"),
    says(
        "Error",
        "iterator should return strings, not bytes (did you open the file in text mode?)",
        "iterator should return strings, not bytes (the file should be opened in text mode)",
        expected="str",
        got="bytes",
    ),
)
_NUMBERS = (
    says(
        "TypeError",
        "{what:callee}() argument must be a string, a bytes-like object or a number, not '{got}'",
        "{what:callee}() argument must be a string, a bytes-like object or a real number, not '{got}'",
        "{what:callee}() argument must be a string or a number, not '{got}'",
        "{what:callee}() argument must be a string or a real number, not '{got}'",
        "{what:callee}() first argument must be a string or a number, not '{got}'",
        "{what:callee}() second argument must be a number, not '{got}'",
        expected=_NUMBER,
    ),
    says("TypeError", "complex() argument must be a string or a number, not {got}", what="complex", expected=_NUMBER),
    says("TypeError", "'{got}' object cannot be interpreted as an integer", expected="int"),
    says("TypeError", "an integer is required (got type {got})", "an integer is required, not {got}", expected="int"),
    says("TypeError", "an integer is required", expected="int"),
    says("TypeError", "integer argument expected, got {got}", expected="int"),
    says("TypeError", "must be real number, not {got}", expected=_NUMBER),
    says("TypeError", "type {got} doesn't define {what:word} method", expected=_NUMBER),
    says("TypeError", "unsupported type for timedelta {what:word} component: {got}", expected=_NUMBER),
    says("TypeError", "int() can't convert non-string with explicit base", expected="str", what="int"),
    says("TypeError", "can't convert complex to {expected:word}", got="complex"),
    says("TypeError", "argument should be a string or a Rational instance", expected=_NUMBER, what="Fraction"),
    says("ValueError", "non-integer arg {_n:number} for {what:callee}()", expected="int", got="float"),
    says("ValueError", "non-integer stop for {what:callee}()", expected="int", got="float"),
    says(
        "ValueError",
        "Stop argument for {what:callee}() must be None or an integer: 0 <= x <= sys.maxsize.",
        "Indices for {what:callee}() must be None or an integer: 0 <= x <= sys.maxsize.",
        expected="int",
    ),
    says("TypeError", "can't convert type '{got}' to numerator/denominator", expected=_NUMBER),
)
_CLASSES = (
    says(
        "TypeError",
        "{what:callee}() arg 2 must be a type or tuple of types",
        "{what:callee}() arg 2 must be a type, a tuple of types, or a union",
        "{what:callee}() arg 2 must be a class or tuple of classes",
        "{what:callee}() arg 2 must be a class, a tuple of classes, or a union",
        "{what:callee}() argument 2 cannot be a parameterized generic",
        "{what:callee}() arg 1 must be a class",
        expected="type",
    ),
    says("TypeError", "Subscripted generics cannot be used with class and instance checks", expected="type"),
    says("TypeError", "exceptions must derive from BaseException", expected="exception", what="raise"),
    says("TypeError", "exception causes must derive from BaseException", expected="exception", what="raise"),
    says(
        "TypeError",
        "catching classes that do not inherit from BaseException is not allowed",
        expected="exception",
        what="except",
    ),
    says(
        "TypeError", "super(type, obj): obj must be an instance or subtype of type", expected="instance", what="super"
    ),
    says(
        "TypeError",
        "super(type, obj): obj ({_got:text}) is not an instance or subtype of type ({_type:inside}).",
        expected="instance",
        what="super",
    ),
    says("TypeError", "super() argument 1 must be a type, not {got}", expected="type", what="super"),
    says("TypeError", "descriptor '{what:name}' for '{expected:type}' objects doesn't apply to a '{got}' object"),
    says("TypeError", "descriptor '{what:name}' requires a '{expected:type}' object but received a '{got}'"),
    says(
        "TypeError",
        "tzinfo argument must be None or of a tzinfo subclass, not type '{got}'",
        expected="tzinfo",
        what="tzinfo",
    ),
)
_OTHERS = (
    says("TypeError", "{what:callee}() argument '{_name:name}' must be {expected:alternatives}, not {got}"),
    says("TypeError", "{what:callee}() argument {_n:number} must be {expected:alternatives}, not {got}"),
    says("TypeError", "{what:callee}() argument must be {expected:alternatives}, not {got}"),
    says("TypeError", "{what:callee}(): argument {_n:number} must be {expected:alternatives}, not {got}"),
    says("TypeError", "{what:callee}() {_place:word} argument must be {expected:alternatives}, not {got}"),
    says("TypeError", "argument {_n:number} must be {expected:alternatives}, not {got}"),
    says("TypeError", "heap argument must be a list", expected="list"),
    says(
        "TypeError",
        "Population must be a sequence.  For dicts or sets, use sorted(d).",
        "Population must be a sequence or set.  For dicts, use list(d).",
        expected="sequence",
        what="sample",
    ),
    says("TypeError", "{what:word} returned non-string (type {got})", expected="str"),
    says("TypeError", "{what:word} should return {expected:word}, returned {got}"),
    says("TypeError", "{what:word} should return {expected:word}, not '{got}'"),
    says("TypeError", "{what:word} returned non-{expected:word} (type {got})"),
    says("TypeError", "__init__() should return None, not '{got}'", expected="None", what="__init__"),
    says(
        "TypeError", "cannot convert dictionary update sequence element #{_n:number} to a sequence", expected="sequence"
    ),
    says("TypeError", "cannot convert '{got}' object to {expected:word}"),
    says("ValueError", "argument must be a sequence of length 3", expected="sequence"),
    says(
        "TypeError", "{what:callee}() argument after ** must be a mapping with string keys, not {got}", expected="str"
    ),
    says("TypeError", "write() argument must be str, not bytes", expected="str", got="bytes", what="write"),
    says(
        "TypeError", "NotImplemented should not be used in a boolean context", expected="bool", got="NotImplementedType"
    ),
)

FORMS = (
    form(
        "wrong-type",
        "A value is of a type that the called thing does not take.",
        *_PATHS,
        *_TEXTS,
        *_NUMBERS,
        *_CLASSES,
        *_OTHERS,
    ),
)
