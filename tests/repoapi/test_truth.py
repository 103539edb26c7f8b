"""What the source is said to hold, compared with what Python finds when it imports it: certain is certain."""

from __future__ import annotations

import importlib
import inspect
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import markdown_it
import pytest

import skills_lint
from skills_lint.repoapi import RepoApi, open_api

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

LIBRARIES = [skills_lint, click, markdown_it]


@pytest.fixture(params=LIBRARIES, ids=lambda library: library.__name__)
def library(request: pytest.FixtureRequest) -> tuple[RepoApi, list[ModuleType]]:
    folder = Path(request.param.__file__).parent
    api = open_api(folder.parent, [folder.name])
    assert api is not None
    names = (
        ".".join(path.relative_to(folder.parent).with_suffix("").parts).removesuffix(".__init__")
        for path in sorted(folder.rglob("*.py"))
        if path.name not in ("__main__.py", "plugin.py") and "_shipped" not in path.parts
    )
    return api, list(_imported(names))


def _imported(names: Iterator[str]) -> Iterator[ModuleType]:
    for name in names:
        try:
            yield importlib.import_module(name)
        except (ImportError, AssertionError):  # of an optional part, or of another system
            continue


def _named(modules: list[ModuleType]) -> Iterator[tuple[str, Any]]:
    """Yield all names of modules and of their classes, with what they really are."""
    for module in modules:
        for name, value in vars(module).items():
            yield f"{module.__name__}.{name}", value
            if inspect.isclass(value) and value.__module__ == module.__name__:
                yield from ((f"{module.__name__}.{name}.{each}", getattr(value, each, None)) for each in dir(value))


def test_nothing_that_is_there_is_called_missing(library: tuple[RepoApi, list[ModuleType]]) -> None:
    api, modules = library
    found = {path: api.resolve(path) for path, _ in _named(modules)}
    assert [path for path, name in found.items() if name and name.known == "missing"] == []
    assert sum(bool(name and name.known == "there") for name in found.values()) > 100


def test_signatures_have_the_parameters_that_python_sees(library: tuple[RepoApi, list[ModuleType]]) -> None:
    api, modules = library
    compared = 0
    for path, value in _named(modules):
        signature = api.signature(path) if inspect.isfunction(value) or inspect.isclass(value) else None
        if signature is None:
            continue
        try:
            real = list(inspect.signature(value).parameters)
        except (TypeError, ValueError):
            continue
        if inspect.isfunction(value) and signature.bound:
            real = real[1:]
        assert [parameter.name for parameter in signature.parameters] == real, path
        compared += 1
    assert compared > 50
