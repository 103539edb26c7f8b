"""What every command takes: output format, configuration and verbosity."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..inert import inert, inert_json

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..change import Change


_LONG = 1_000_000  # characters of JSON; `json` lays them out in the time that it takes to import something faster
_JOBS = "How many processes read traces; by default one for each processor."


@dataclass(frozen=True, slots=True)
class Options:
    """The options that all commands share."""

    output_format: str
    config: Path | None
    verbosity: int  # -1 quiet, 0 normal, 1 and more verbose
    no_cache: bool = False
    jobs: int | None = None  # processes that read traces

    def say(self, message: str) -> None:
        """Print progress or a warning on stderr, unless quiet."""
        if self.verbosity >= 0:
            echo(message, err=True)


def common_options(*formats: str, reads_traces: bool = False) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Add the shared options to a command; it receives them as one `Options`, named `options`.

    `formats` are the output formats that the command knows, its default first; one that reads traces takes `--jobs`.
    """

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        def wrapper(
            *args: Any,
            output_format: str,
            config: Path | None,
            no_cache: bool,
            quiet: bool,
            verbose: int,
            jobs: int | None = None,
            **kwargs: Any,
        ) -> Any:
            options = Options(output_format, config, -1 if quiet else verbose, no_cache, jobs)
            return function(*args, options=options, **kwargs)

        wrapper.__name__, wrapper.__doc__ = function.__name__, function.__doc__
        wrapper.__click_params__ = getattr(function, "__click_params__", [])  # type: ignore[attr-defined]
        if reads_traces:
            wrapper = click.option("--jobs", type=click.IntRange(min=1), help=_JOBS)(wrapper)
        for option in (
            click.option("-v", "--verbose", count=True, help="Say more on stderr."),
            click.option("-q", "--quiet", is_flag=True, help="Print results only."),
            click.option("--no-cache", is_flag=True, help="Neither read nor write a cache."),
            click.option("--config", type=click.Path(path_type=Path), help="The configuration file to use."),
            click.option(
                "--output-format",
                type=click.Choice(formats),
                default=formats[0],
                show_default=True,
                help="How to print.",
            ),
        ):
            wrapper = option(wrapper)
        return wrapper

    return decorate


def echo(text: str, *, err: bool = False) -> None:
    """Print lines on stdout, or on stderr; names and texts in them move no cursor and hide nothing."""
    click.echo(inert(text).removesuffix("\n"), err=err)


def print_diff(change: Change) -> None:
    """Print a diff: to people without what moves the cursor, to programs exactly, so that it can be applied."""
    if sys.stdout.isatty():
        echo(change.diff())
    else:
        sys.stdout.write(change.diff())


def print_json(value: Any) -> None:
    """Print a result as JSON on stdout."""
    import json

    document = json.dumps(value, ensure_ascii=False)
    sys.stdout.write(inert_json(_laid_out(document) or json.dumps(value, ensure_ascii=False, indent=1)) + "\n")


def _laid_out(document: str) -> str | None:
    """Return a long JSON document with line ends, in a tenth of the time that `json` takes; None for any other."""
    if len(document) < _LONG:
        return None
    import msgspec

    try:
        return msgspec.json.format(document, indent=1)
    except (msgspec.MsgspecError, UnicodeError):  # what is no JSON, as `NaN`, or no UTF-8, as half a character
        return None
