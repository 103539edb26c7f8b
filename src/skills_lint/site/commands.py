"""The reference of the command line, made from the commands themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .names import page_title
from .page import Links, Page, render

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import click
    from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class OptionView:
    """An option with its names and what it means."""

    names: str
    meaning: str


@dataclass(frozen=True, slots=True)
class CommandView:
    """A command with its usage and options."""

    id: str
    name: str
    help: str
    usage: str
    options: tuple[OptionView, ...]


def commands_page(command: click.Group, name: str) -> Page:
    """Return the reference of a group of commands that is called `name` on the command line."""
    title = "Command line"

    def body(links: Links) -> Markup:
        return render("commands.html", links, title=title, commands=list(_commands(command, name)))

    return Page("reference/commands.md", page_title(title), body)


def _commands(group: click.Group, name: str) -> Iterator[CommandView]:
    """Yield the group and its commands; an option that all of them take stands with the group only."""
    import click

    context = click.Context(group, info_name=name)
    shared = _options(group, context)
    yield _view(group, context, shared)
    for inner in group.list_commands(context):
        command = group.get_command(context, inner)
        if command is not None:
            own = click.Context(command, parent=context, info_name=inner)
            yield _view(command, own, [option for option in _options(command, own) if option not in shared])


def _options(command: click.Command, context: click.Context) -> list[OptionView]:
    import click

    options = (parameter for parameter in command.get_params(context) if isinstance(parameter, click.Option))
    records = (option.get_help_record(context) for option in options)
    return [OptionView(*record) for record in records if record]


def _view(command: click.Command, context: click.Context, options: Sequence[OptionView]) -> CommandView:
    return CommandView(
        id=context.command_path.replace(" ", "-"),
        name=context.command_path,
        help=re.sub(r"\s+", " ", command.help or command.short_help or "").strip(),
        usage=" ".join([context.command_path, *command.collect_usage_pieces(context)]),
        options=tuple(options),
    )
