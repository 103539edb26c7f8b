"""Print the exception classes of some modules with their bases, as JSON; runs under any Python from 3.8 on.

python ask.py '["module", …]' [stdlib]
"""

import importlib
import json
import sys
import warnings

ODD = {"antigravity", "this", "idlelib", "turtledemo", "pty", "tty"}  # do more than define when they are imported
ABOVE = {BaseException, Exception}
BUILT_IN = {"builtins", "pickle", "thread", "asyncio"}


def main(modules, of_library):
    """Print class → bases, and whether the top-level package offers it too."""
    warnings.simplefilter("ignore")
    roots = set() if of_library else set(BUILT_IN)
    for name in modules:
        if name.startswith("_") or name in ODD:
            continue
        try:
            importlib.import_module(name)
        except Exception as error:
            if of_library:
                print("not asked:", name, repr(error)[:200], file=sys.stderr)
            continue
        roots.add(package(name))
    classes = {one for one in below(BaseException) if package(one.__module__) in roots and "<" not in one.__qualname__}
    print(json.dumps({full_name(one): [bases(one), is_offered(one)] for one in classes - ABOVE}))


def below(one):
    """Yield all classes derived from one."""
    for other in type.__subclasses__(one):
        yield other
        yield from below(other)


def bases(one):
    """Return the full names of the exceptions that a class is directly derived from."""
    return [full_name(base) for base in one.__bases__ if issubclass(base, BaseException) and base not in ABOVE]


def is_offered(one):
    """Tell whether the top-level package has a class that one of its modules defines."""
    root = one.__module__.partition(".")[0].lstrip("_")
    return one.__module__ != root and getattr(sys.modules.get(root), one.__name__, None) is one


def full_name(one):
    """Return the name that a traceback prints."""
    return one.__qualname__ if one.__module__ == "builtins" else one.__module__ + "." + one.__qualname__


def package(name):
    """Return the package that a module belongs to: that of `_pickle` is `pickle`."""
    return name.partition(".")[0].lstrip("_")


if __name__ == "__main__":
    main(json.loads(sys.argv[1]), "stdlib" not in sys.argv)
