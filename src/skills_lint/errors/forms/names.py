"""Names, attributes and modules that are not there."""

from __future__ import annotations

from .form import form, says

_NO_PLACE = " and no __dict__ for setting new attributes"
_ATTRIBUTES = (
    form(
        "missing-attribute",
        "An object, a class or a module has no attribute of this name.",
        says("AttributeError", "'{owner}' object has no attribute '{attribute}'", of="object"),
        says("AttributeError", "'{owner}' object has no attribute '{attribute}'" + _NO_PLACE, of="object"),
        says("AttributeError", "type object '{owner}' has no attribute '{attribute}'", of="type"),
        says("AttributeError", "module '{owner}' has no attribute '{attribute}'", of="module"),
        says("AttributeError", "{attribute:identifier}"),  # of a slot, and of an enum up to 3.11
    ),
    form(
        "read-only-attribute",
        "An attribute is there, but cannot be set or deleted.",
        says(
            "AttributeError",
            "attribute '{attribute}' of '{owner}' objects is not writable",
            "'{owner}' object attribute '{attribute}' is read-only",
            "property '{attribute}' of '{owner}' object has no setter",
            "property '{attribute}' of '{owner}' object has no deleter",
            "can't set attribute '{attribute}'",
            "can't delete attribute '{attribute}'",
            "can't set attribute",
            "can't delete attribute",
            "readonly attribute",
        ),
        says("FrozenInstanceError", "cannot assign to field '{attribute}'", "cannot delete field '{attribute}'"),
        says(
            "TypeError",
            "cannot set '{attribute}' attribute of immutable type '{owner}'",
            "can't set attributes of built-in/extension type '{owner}'",
        ),
    ),
)
_NAMES = (
    form(
        "undefined-name",
        "A name is used that nothing has defined.",
        says("NameError", "name '{name}' is not defined", "global name '{name}' is not defined"),
    ),
    form(
        "unbound-local",
        "A local name is used before it has a value.",
        says(
            "UnboundLocalError",
            "local variable '{name}' referenced before assignment",
            "cannot access local variable '{name}' where it is not associated with a value",
        ),
        says(
            "NameError",
            "free variable '{name}' referenced before assignment in enclosing scope",
            "cannot access free variable '{name}' where it is not associated with a value in enclosing scope",
        ),
    ),
)
_CIRCLE = " (most likely due to a circular import)"
_STANDARD = (
    " (consider renaming '{path}' since it has the same name as the standard library module named '{_same:name}'"
    " and the import system gives it precedence)"
)
_LIKE_OTHERS = " (consider renaming '{path}' if it has the same name as a %s you intended to import)"
_IMPORTS = (
    form(
        "missing-module",
        "A module is imported that is not there.",
        says("ModuleNotFoundError ImportError", "No module named '{module}'"),
        says("ModuleNotFoundError", "No module named '{module}'; '{of}' is not a package"),
        says("ModuleNotFoundError", "import of {module:word} halted; None in sys.modules"),
    ),
    form(
        "missing-import",
        "A module is there, but has not the name that is imported from it.",
        says(
            "ImportError",
            "cannot import name '{name}' from '{module}' ({path:inside})",
            "cannot import name '{name}' from '{module}'",
            "cannot import name '{name}'",
        ),
    ),
    form(
        "circular-import",
        "A module is used before it is fully imported; it, or a file of the same name, imports itself.",
        says(
            "ImportError",
            "cannot import name '{name}' from partially initialized module '{module}'" + _CIRCLE + " ({path:inside})",
            "cannot import name '{name}' from partially initialized module '{module}'" + _CIRCLE,
        ),
        says(
            "AttributeError",
            "partially initialized module '{module}' has no attribute '{name}'" + _CIRCLE,
            "partially initialized module '{module}' from '{path}' has no attribute '{name}'" + _CIRCLE,
            "cannot access submodule '{name}' of module '{module}'" + _CIRCLE,
            "module '{module}' has no attribute '{name}'" + _LIKE_OTHERS % "third-party module",
            "module '{module}' has no attribute '{name}'" + _LIKE_OTHERS % "library",
        ),
        says(
            "ImportError",
            "cannot import name '{name}' from '{module}'" + _LIKE_OTHERS % "third-party module",
            "cannot import name '{name}' from '{module}'" + _LIKE_OTHERS % "library",
        ),
        says("AttributeError", "module '{module}' has no attribute '{name}'" + _STANDARD, reason="shadowing"),
        says("ImportError", "cannot import name '{name}' from '{module}'" + _STANDARD, reason="shadowing"),
    ),
    form(
        "relative-import",
        "A relative import stands where there is no package to be relative to.",
        says(
            "ImportError ValueError",
            "attempted relative import with no known parent package",
            "attempted relative import beyond top-level package",
        ),
    ),
    form(
        "broken-module",
        "A module is installed, but its compiled part cannot be loaded.",
        says("ImportError", "DLL load failed while importing {module:word}: {reason}"),
        says("ImportError OSError", "{library:path}: cannot open shared object file: No such file or directory"),
        says("ImportError OSError", "{library:path}: undefined symbol: {symbol:word}"),
        says("ImportError OSError", "{library:path}: file too short", "{library:path}: invalid ELF header"),
        says("ImportError OSError", "{_path:path}: version `{library:word}' not found (required by {_by:inside})"),
        says("ImportError", "dynamic module does not define module export function ({_function:inside})"),
    ),
)

FORMS = (*_ATTRIBUTES, *_NAMES, *_IMPORTS)
