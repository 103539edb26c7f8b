"""Objects that are used as what they are not."""

from __future__ import annotations

from .form import form, says

_KINDS = ("context manager", "asynchronous context manager")
_MISSED = " (missed {_method:word} method)"
_LACKS = ("", _MISSED, *(f"{_MISSED} but it supports the {kind} protocol" for kind in _KINDS))
_ITERATION = (
    form(
        "not-iterable",
        "What is no collection is looped over, searched or unfolded.",
        says(
            "TypeError",
            "'{owner}' object is not iterable",
            "argument of type '{owner}' is not iterable",
            "argument of type '{owner}' is not a container or iterable",
            "'{owner}' object is not a container or iterable",
            "Value after * must be an iterable, not {owner}",
            "{_callee:callee}() argument after * must be an iterable, not {owner}",
            "{_callee:callee}() argument after ** must be a mapping, not {owner}",
            "'{owner}' object is not a mapping",
            "'{owner}' object is not an iterator",
            "iter() returned non-iterator of type '{owner}'",
            "'{owner}' object is not an async iterator",
            "'{owner}' object is not an async iterable",
            "'async for' requires an object with __aiter__ method, got {owner}",
            "'async for' requires an iterator with __anext__ method, got {owner}",
            "'{owner}' object is not reversible",
            "'{owner}' object is not a sequence",
            "can only join an iterable",
            "can only assign an iterable",
            "must assign iterable to extended slice",
        ),
    ),
    form(
        "not-unpackable",
        "What holds no values is assigned to several names.",
        says("TypeError", "cannot unpack non-iterable {owner} object"),
        says("TypeError", "cannot unpack non-sequence {owner}"),
    ),
    form(
        "unpack-count",
        "More or fewer values are assigned than there are names.",
        says("ValueError", "not enough values to unpack (expected {expected}, got {got})", relation="too-few"),
        says("ValueError", "not enough values to unpack (expected at least {expected}, got {got})", relation="too-few"),
        says("ValueError", "need more than {got} value to unpack", relation="too-few"),
        says("ValueError", "too many values to unpack (expected {expected})", relation="too-many"),
        says("ValueError", "too many values to unpack (expected {expected}, got {got})", relation="too-many"),
        says("ValueError", "dictionary update sequence element #{_n:number} has length {got}; {expected} is required"),
    ),
    form(
        "changed-size",
        "A collection is changed while it is looped over.",
        says("RuntimeError", "dictionary changed size during iteration", owner="dict"),
        says("RuntimeError", "dictionary keys changed during iteration", owner="dict"),
        says("RuntimeError", "OrderedDict mutated during iteration", owner="OrderedDict"),
        says("RuntimeError", "OrderedDict changed size during iteration", owner="OrderedDict"),
        says("RuntimeError", "Set changed size during iteration", owner="set"),
        says("RuntimeError", "deque mutated during iteration", owner="deque"),
    ),
)
_ACCESS = (
    form("not-callable", "What is no function is called.", says("TypeError", "'{owner}' object is not callable")),
    form(
        "not-subscriptable",
        "What has no items is indexed.",
        says("TypeError", "'{owner}' object is not subscriptable", "type '{owner}' is not subscriptable"),
        says("TypeError", "There are no type variables left in {owner:text}", "{owner:text} is not a generic class"),
    ),
    form(
        "no-item-assignment",
        "An item of what cannot be changed is set or deleted.",
        says(
            "TypeError",
            "'{owner}' object does not support item assignment",
            "'{owner}' object does not support item deletion",
            "'{owner}' object doesn't support item deletion",
            "'{owner}' object doesn't support item assignment",
            "'{owner}' object doesn't support slice assignment",
            "'{owner}' object doesn't support slice deletion",
        ),
    ),
    form(
        "no-length",
        "The length of what has none is asked.",
        says("TypeError", "object of type '{owner}' has no len()"),
    ),
    form(
        "index-type",
        "A sequence is indexed with what is no integer.",
        says("TypeError", "{owner:word} indices must be integers or slices, not {got}"),
        says("TypeError", "{owner:word} indices must be integers, not '{got}'"),
        says("TypeError", "{owner:word} indices must be integers, not {got}"),
        says("TypeError", "{owner:word} indices must be integers"),
        says("TypeError", "slice indices must be integers or None or have an __index__ method", owner="slice"),
        says("TypeError", "sequence index must be integer, not '{got}'", owner="sequence"),
    ),
    form(
        "index-range",
        "A sequence has fewer items than the index asks for, or none at all.",
        says(
            "IndexError",
            "{owner:word} index out of range",
            "{owner:word} object index out of range",
            "{owner:word} assignment index out of range",
            "pop from empty {owner:word}",
            "pop from an empty {owner:word}",
            "index out of range",
            "pop index out of range",
        ),
        says("IndexError", "index out of bounds on dimension {_dimension:number}", owner="memoryview"),
        says("IndexError", "Cannot choose from an empty sequence", owner="sequence"),
        says("KeyError", "'pop from an empty set'", owner="set"),
        says("KeyError", "'popitem(): dictionary is empty'", "'dictionary is empty'", owner="dict"),
    ),
    form("unhashable", "What can change is used as a key or in a set.",
        says("TypeError", "unhashable type: '{owner}'"),
        says("TypeError", "cannot use '{_outer:type}' as a dict key (unhashable type: '{owner}')"),
        says("TypeError", "cannot use '{_outer:type}' as a set element (unhashable type: '{owner}')"),
    ),
    form(
        "not-context-manager",
        "What is no context manager stands in a `with`.",
        says("AttributeError", "__enter__", "__exit__", "__aenter__", "__aexit__"),
        says(
            "TypeError",
            *(f"'{{owner}}' object does not support the {kind} protocol{rest}" for kind in _KINDS for rest in _LACKS),
        ),
    ),
    form(
        "not-awaitable",
        "What is no coroutine is awaited or run.",
        says("TypeError", "object {owner} can't be used in 'await' expression", "'{owner}' object can't be awaited"),
        says("ValueError TypeError", "a coroutine was expected, got {got:text}"),
        says("TypeError", "An asyncio.Future, a coroutine or an awaitable is required"),
        says("TypeError", "A coroutine object is required"),
        says("TypeError", "A Future, a coroutine or an awaitable is required"),
    ),
)  # fmt: skip
_OPERATORS = (
    form(
        "operand-types",
        "An operator stands between values that it cannot join.",
        says(
            "TypeError",
            "unsupported operand type(s) for {operator}: '{left}' and '{right}'",
            "unsupported operand type(s) for {operator}: '{left}', '{right}', '{_third:type}'",
        ),
        says("TypeError", 'can only concatenate {left:word} (not "{right}") to {_left:word}', operator="+"),
        says("TypeError", "can't concat {right} to {left}", operator="+"),
        says("TypeError", "must be str, not {right}", left="str", operator="+"),
        says("TypeError", "can't multiply sequence by non-int of type '{right}'", left="sequence", operator="*"),
        says("TypeError", "sum() can't sum strings [use ''.join(seq) instead]", left="int", right="str", operator="+"),
    ),
    form(
        "order-types",
        "Values that have no order are compared or sorted.",
        says("TypeError", "'{operator}' not supported between instances of '{left}' and '{right}'"),
        says("TypeError", "can't compare {left:word} to {right:word}"),
    ),
    form(
        "unary-type",
        "An operator stands before a value that it cannot change.",
        says("TypeError", "bad operand type for unary {operator}: '{operand}'"),
        says("TypeError", "bad operand type for {operator:callee}(): '{operand}'"),
    ),
    form(
        "naive-aware",
        "A date and time with a zone meets one without.",
        says(
            "TypeError",
            "can't compare offset-naive and offset-aware datetimes",
            "can't subtract offset-naive and offset-aware datetimes",
            "can't compare offset-naive and offset-aware times",
        ),
    ),
)

FORMS = (*_ITERATION, *_ACCESS, *_OPERATORS)
