"""Calls with arguments that do not fit."""

from __future__ import annotations

from .form import form, says

_MISSING = "{callee}() missing {count} required "
_GIVEN = "{callee}() takes {takes} positional argument%s but {given} %s given"
_KEYWORD_ONLY = "{callee}() takes {takes} positional argument%s but {given} positional argument%s (and {_and:text})"

FORMS = (
    form(
        "unexpected-keyword",
        "A call passes a keyword that the called thing does not have.",
        says(
            "TypeError",
            "{callee}() got an unexpected keyword argument '{keyword}'",
            "'{keyword}' is an invalid keyword argument for {callee}()",
            "'{keyword}' is an invalid keyword argument for this function",
            "{callee}() takes no keyword arguments",
            "this function got an unexpected keyword argument '{keyword}'",
        ),
    ),
    form(
        "missing-argument",
        "A call leaves out an argument that is required.",
        says(
            "TypeError",
            _MISSING + "positional argument: {names}",
            _MISSING + "positional arguments: {names}",
            _MISSING + "keyword-only argument: {names}",
            _MISSING + "keyword-only arguments: {names}",
            "{callee}() missing required argument {names} (pos {_position:number})",
            "{callee:word} missing required argument {names} (pos {_position:number})",
            "{callee}() takes at least {_least:number} positional arguments ({given} given)",
            "{callee}() takes at least {_least:number} positional argument ({given} given)",
            "{callee}() takes at least {_least:number} arguments ({given} given)",
            "{callee}() takes at least {_least:number} argument ({given} given)",
            "{callee:word} expected at least {_least:number} arguments, got {given}",
            "{callee:word} expected at least {_least:number} argument, got {given}",
            "{callee:word} expected at least {_least:number} positional argument, got {given}",
        ),
        says(
            "TypeError",
            "{callee}() needs an argument",
            "unbound method {callee}() needs an argument",
            "descriptor '{callee}' of '{_owner:type}' object needs an argument",
            count="1",
        ),
    ),
    form(
        "too-many-arguments",
        "A call passes more arguments than the called thing takes.",
        says(
            "TypeError",
            *(_GIVEN % words for words in (("", "were"), ("s", "was"), ("s", "were"))),
            "{callee}() takes from {_least:number} to {takes} positional arguments but {given} were given",
            *(_KEYWORD_ONLY % (one, other) + " were given" for one in ("", "s") for other in ("", "s")),
            *(_KEYWORD_ONLY % (one, other) + " was given" for one in ("", "s") for other in ("", "s")),
            "{callee}() takes at most {takes} arguments ({given} given)",
            "{callee}() takes at most {takes} argument ({given} given)",
            "{callee}() takes at most {takes} positional arguments ({given} given)",
            "{callee}() takes at most {takes} positional argument ({given} given)",
            "{callee}() takes at most {takes} keyword arguments ({given} given)",
            "{callee}() takes at most {takes} keyword argument ({given} given)",
            "{callee:word} takes at most {takes} arguments ({given} given)",
            "{callee:word} takes at most {takes} argument ({given} given)",
            "{callee:word} expected at most {takes} arguments, got {given}",
            "{callee:word} expected at most {takes} argument, got {given}",
            # an exact number: `said.py` tells too few from too many
            "{callee}() takes exactly {takes} arguments ({given} given)",
            "{callee}() takes exactly {takes:word} argument ({given} given)",
            "{callee}() takes exactly {takes} positional arguments ({given} given)",
            "{callee}() takes exactly {takes} positional argument ({given} given)",
            "{callee:word} takes exactly {takes} arguments ({given} given)",
            "{callee:word} takes exactly {takes:word} argument ({given} given)",
            "{callee:word} expected {takes} arguments, got {given}",
            "{callee:word} expected {takes} argument, got {given}",
        ),
    ),
    form(
        "repeated-argument",
        "A call passes one argument twice.",
        says(
            "TypeError",
            "{callee}() got multiple values for argument '{argument}'",
            "{callee}() got multiple values for keyword argument '{argument}'",
            "type object got multiple values for keyword argument '{argument}'",
            "argument for {callee}() given by name ('{argument}') and position ({_position:number})",
            "argument for {callee:word} given by name ('{argument}') and position ({_position:number})",
        ),
    ),
    form(
        "positional-only",
        "A call names an argument that can only be given by position.",
        says("TypeError", "{callee}() got some positional-only arguments passed as keyword arguments: {names}"),
    ),
    form(
        "no-arguments",
        "A call passes arguments to what takes none.",
        says("TypeError", "{callee}() takes no arguments", "{callee}() takes no parameters"),
        says("TypeError", "{callee}() takes no arguments ({given} given)"),
    ),
    form(
        "abstract-class",
        "An instance is made of a class that leaves methods abstract.",
        says(
            "TypeError",
            "Can't instantiate abstract class {owner} with abstract method {methods:names}",
            "Can't instantiate abstract class {owner} with abstract methods {methods:names}",
            "Can't instantiate abstract class {owner} without an implementation for abstract method {methods:names}",
            "Can't instantiate abstract class {owner} without an implementation for abstract methods {methods:names}",
        ),
    ),
)
