"""Values of the right type that cannot be taken: keys, numbers, dates, formats, encodings."""

from __future__ import annotations

from .form import form, says

_COLLECTIONS = (
    form("missing-key", "A mapping has no such key.", says("KeyError", "{key}")),
    form(
        "missing-value",
        "A value is looked up or removed that a sequence does not hold.",
        says("ValueError", "{value:text} is not in list", owner="list"),
        says("ValueError", "list.remove(x): x not in list", "list.index(x): x not in list", owner="list"),
        says("ValueError", "tuple.index(x): x not in tuple", owner="tuple"),
        says("ValueError", "substring not found", owner="str"),
        says("ValueError", "subsection not found", owner="bytes"),
        says("ValueError", "{value:number} is not in range", "sequence.index(x): x not in sequence", owner="range"),
        says("ValueError", "{value:text} is not in deque", "deque.remove(x): x not in deque", owner="deque"),
    ),
    form(
        "empty-sequence",
        "The greatest, the least or the mean of nothing is asked.",
        says("ValueError", "{callee}() arg is an empty sequence", "{callee}() iterable argument is empty"),
        says(
            "TypeError",
            "{callee}() of empty sequence with no initial value",
            "{callee}() of empty iterable with no initial value",
        ),
        says(
            "StatisticsError",
            "{callee:word} requires at least one data point",
            "{callee:word} requires at least two data points",
            "no {callee:word} for empty data",
        ),
    ),
    form(
        "length-mismatch",
        "Sequences that must be of one length are not.",
        says(
            "ValueError",
            "zip() argument {_n:number} is longer than argument {_other:number}",
            "zip() argument {_n:number} is shorter than argument {_other:number}",
            "zip() argument {_n:number} is longer than arguments {_first:number}-{_last:number}",
            "zip() argument {_n:number} is shorter than arguments {_first:number}-{_last:number}",
            "attempt to assign sequence of size {got:number} to extended slice of size {expected:number}",
        ),
    ),
    form(
        "bad-slice",
        "The step of a slice or range is zero.",
        says("ValueError", "slice step cannot be zero", "range() arg 3 must not be zero"),
    ),
)
_NUMBERS = (
    form(
        "invalid-number",
        "A text or a number cannot be turned into the kind of number that is asked for.",
        says("ValueError", "invalid literal for int() with base {_base:number}: {literal}", kind="int"),
        says("ValueError", "could not convert string to float: {literal}", kind="float"),
        says("ValueError", "complex() arg is a malformed string", kind="complex"),
        says("ValueError", "non-hexadecimal number found in fromhex() arg at position {_at:number}", kind="hex"),
        says("ValueError", "could not convert string to complex: {literal}", kind="complex"),
        says("ValueError", "Invalid literal for Fraction: {literal}", kind="Fraction"),
        says("InvalidOperation", "[<class 'decimal.ConversionSyntax'>]", kind="Decimal"),
        says("ValueError", "cannot convert float NaN to integer", kind="int", literal="nan"),
        says("OverflowError", "cannot convert float infinity to integer", kind="int", literal="inf"),
        says("ValueError", "cannot convert NaN to integer", kind="int", literal="nan"),
        says("OverflowError", "cannot convert Infinity to integer", kind="int", literal="inf"),
    ),
    form(
        "int-too-large",
        "A whole number is larger than what it is stored in or shown as.",
        says(
            "OverflowError",
            "cannot fit '{_type:type}' into an index-sized integer",
            "Python int too large to convert to C {_type:words}",
            "int too large to convert to float",
            "integer division result too large for a float",
            "int too big to convert",
            "timestamp too large to convert to C {_type:word}",
            "timestamp out of range for platform time_t",
            "can't convert negative int to unsigned",
            "can't convert negative value to unsigned int",
            "signed {_type:words} is greater than maximum",
            "signed {_type:words} is less than minimum",
            "{_type:words} is greater than maximum",
            "{_type:words} is less than minimum",
            "unsigned {_type:words} is greater than maximum",
            "cannot serialize a bytes object larger than 4 GiB",
        ),
        says(
            "ValueError",
            "Exceeds the limit ({_limit:inside}) for integer string conversion: value has {_digits:number} digits;"
            " use sys.set_int_max_str_digits() to increase the limit",
            "Exceeds the limit ({_limit:inside}) for integer string conversion;"
            " use sys.set_int_max_str_digits() to increase the limit",
            "chr() arg not in range({_limit:inside})",
            "byte must be in range(0, 256)",
            "bytes must be in range(0, 256)",
        ),
        says(
            "error",
            "argument out of range",
            "'{_code:name}' format requires {_least:number} <= number <= {_most:number}",
            "{_type:word} format requires {_least:number} <= number <= {_most:number}",
        ),
    ),
    form(
        "number-overflow",
        "The result of a calculation is too large for a float.",
        says("OverflowError", "math range error", "(34, 'Numerical result out of range')"),
        says("Overflow", "[<class 'decimal.Overflow'>]"),
    ),
    form(
        "division-by-zero",
        "A number is divided by zero.",
        says(
            "ZeroDivisionError",
            "division by zero",
            "float division by zero",
            "complex division by zero",
            "integer division or modulo by zero",
            "integer modulo by zero",
            "float modulo",
            "float modulo by zero",
            "float divmod()",
            "float floor division by zero",
            "0.0 cannot be raised to a negative power",
            "0.0 to a negative or complex power",
            "zero to a negative power",
            "zero to a negative or complex power",
            "Fraction({_top:number}, 0)",
        ),
        says("DivisionByZero", "[<class 'decimal.DivisionByZero'>]"),
        says("DivisionUndefined InvalidOperation", "[<class 'decimal.DivisionUndefined'>]"),
    ),
    form(
        "math-domain",
        "A function of `math` is asked for a value that it is not defined for.",
        says("ValueError", "math domain error", "expected a positive input"),
        says(
            "ValueError",
            "expected a positive input, got {_value:float}",
            "expected a nonnegative input, got {_value:float}",
            "expected a finite input, got {_value:float}",
            "expected argument value > {_least:float}, got {_value:float}",
            "expected a noninteger or positive integer, got {_value:float}",
            "expected a number between {_least:float} and {_most:float}, got {_value:float}",
            "expected a number in range from {_least:float} up to {_most:float}, got {_value:float}",
        ),
        says("ValueError", "factorial() not defined for negative values", "isqrt() argument must be nonnegative"),
    ),
)
_DATES = (
    form(
        "bad-date",
        "A text is read as a date with a format that does not fit it.",
        says("ValueError", "time data '{value:text}' does not match format '{format:text}'"),
        says("ValueError", "unconverted data remains: {rest:text}"),
        says("ValueError", 'unconverted data remains when parsing with format "{format:text}": "{rest:text}"'),
        says("ValueError", "'{_directive:name}' is a bad directive in format '{format:text}'"),
        says("ValueError", "stray % in format '{format:text}'", "Invalid format string"),
    ),
    form(
        "bad-isoformat",
        "A text is read as an ISO date that is none.",
        says("ValueError", "Invalid isoformat string: {value:literal}"),
    ),
    form(
        "date-range",
        "A date or time that no calendar has.",
        says(
            "ValueError",
            "day is out of range for month",
            "day {_day:number} must be in range 1..{_most:number} for month {_month:number} in year {_year:number}",
            "{_what:word} must be in {_least:number}..{_most:number}",
            "{_what:word} must be in {_least:number}..{_most:number}, not {_value:number}",
            "year {_year:number} is out of range",
            "Invalid week: {_week:number}",
            "Invalid weekday: {_day:number} (range is [1, 7])",
            "Year is out of range: {_year:number}",
            "Invalid day: {_day:number} (range is [1, 7])",
        ),
        says("OverflowError", "date value out of range"),
        says("OverflowError", "days={_days:number}; must have magnitude <= 999999999"),
    ),
    form(
        "missing-timezone",
        "A time zone has a name that is not known here.",
        says("ZoneInfoNotFoundError", "'No time zone found with key {zone:name}'"),
    ),
)
_JSON = (
    form(
        "bad-json",
        "A text is read as JSON that is none.",
        says("JSONDecodeError", "{reason:text}: line {_line:number} column {_column:number} (char {_at:number})"),
        says(
            "JSONDecodeError",
            "{reason:text}: line {_line:number} column {_column:number} - line {_l:number} column {_c:number}"
            " (char {_at:number} - {_to:number})",
        ),
    ),
    form(
        "not-json-serializable",
        "A value is written as JSON that JSON has no word for.",
        says("TypeError", "Object of type {owner} is not JSON serializable"),
        says("TypeError", "keys must be str, int, float, bool or None, not {owner}"),
        says("ValueError", "Out of range float values are not JSON compliant", owner="float"),
        says("ValueError", "Out of range float values are not JSON compliant: {_value:float}", owner="float"),
    ),
    form("circular-reference", "A value holds itself.", says("ValueError", "Circular reference detected")),
)
_CODECS = (
    form(
        "decode-error",
        "Bytes are read in an encoding that they are not in.",
        says(
            "UnicodeDecodeError",
            "'{codec}' codec can't decode byte {_byte:word} in position {_at:number}: {reason}",
            "'{codec}' codec can't decode bytes in position {_at:range}: {reason}",
        ),
    ),
    form(
        "encode-error",
        "A text is written in an encoding that has not all its characters.",
        says(
            "UnicodeEncodeError",
            "'{codec}' codec can't encode character '{_character:name}' in position {_at:number}: {reason}",
            "'{codec}' codec can't encode characters in position {_at:range}: {reason}",
        ),
    ),
    form(
        "unknown-encoding",
        "An encoding or error handler has a name that Python does not know.",
        says("LookupError", "unknown encoding: {codec:path}"),
        says("LookupError", "unknown error handler name '{handler:name}'"),
    ),
)
_FORMATS = (
    form(
        "bad-format",
        "A value and the format that it is written in do not go together.",
        says("ValueError", "Unknown format code '{code:name}' for object of type '{owner}'"),
        says("ValueError", "Invalid format specifier '{code:text}' for object of type '{owner}'"),
        says("TypeError", "unsupported format string passed to {owner:word}.__format__"),
        says("TypeError", "%{code:word} format: a number is required, not {owner}"),
        says("TypeError", "%{code:word} format: a real number is required, not {owner}"),
        says("TypeError", "%{code:word} format: an integer is required, not {owner}"),
        says(
            "TypeError",
            "not enough arguments for format string",
            "not all arguments converted during string formatting",
        ),
        says("TypeError", "format requires a mapping"),
        says("ValueError", "unsupported format character '{code:text}' ({_code:inside}) at index {_at:number}"),
        says("ValueError", "Single '{{' encountered in format string", "Single '}}' encountered in format string"),
        says("ValueError", "Invalid format specifier", "incomplete format", "incomplete format key"),
        says("ValueError", "expected '}}' before end of string", "Precision not allowed in integer format specifier"),
        says("ValueError", "Sign not allowed in string format specifier", "unmatched '{{' in format spec"),
        says("ValueError", "Cannot specify both ',' and '_'.", "Cannot specify ',' with '{code:name}'."),
        says("ValueError", "cannot switch from manual field specification to automatic field numbering"),
        says("ValueError", "cannot switch from automatic field numbering to manual field specification"),
        says("IndexError", "Replacement index {_n:number} out of range for positional args tuple"),
    ),
    form(
        "bad-pattern",
        "A regular expression is not well formed.",
        says(
            "error PatternError",
            "{reason:text} at position {_at:number}",
            "{reason:text} at position {_at:number} (line {_line:number}, column {_column:number})",
            "look-behind requires fixed-width pattern",
        ),
    ),
    form(
        "bad-literal",
        "A text is read as a Python literal that is none.",
        says(
            "ValueError",
            "malformed node or string: {_node:text}",
            "malformed node or string on line {_line:number}: {_node:text}",
        ),
    ),
    form(
        "bad-enum-value",
        "A value is turned into an enum that has not got it.",
        says("ValueError", "{value:literal} is not a valid {owner:callee}"),
        says("ValueError", "{value:float} is not a valid {owner:callee}"),
        says("ValueError", "{value:identifier} is not a valid {owner:callee}"),
    ),
)

FORMS = (*_COLLECTIONS, *_NUMBERS, *_DATES, *_JSON, *_CODECS, *_FORMATS)
