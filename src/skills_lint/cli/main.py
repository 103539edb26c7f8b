"""The `skills-lint` command: subcommands are imported when they are called, so that start-up stays short."""

from __future__ import annotations

import os
import sys
from importlib import import_module

import click

from ..place import InputError, did_you_mean
from .options import Options, common_options, echo

COMMANDS = {  # name: what it does, for `--help`; the module of the same name holds `command`
    "check": "Lint skills.",
    "scan": "Find every failed Python execution in the traces.",
    "triage": "Group the failures into root causes.",
    "group": "Group failures that are read from standard input.",
    "coverage": "Check that skills warn about the top root causes.",
    "promote": "Draft a bucket for a discovered group.",
    "upgrade": "Propose the pitfalls that skills lack.",
    "effect": "Show whether the pitfalls helped.",
    "report": "Write the dated triage report.",
    "prompt": "Print the routine's request with the present figures.",
    "explain": "Explain a rule or a bucket.",
    "hint": "Say what to do about one error, to the agent that meets it.",
    "redact": "Remove secrets and personal names from text.",
    "init": "Set up skills-lint in this repo.",
    "lsp": "Serve an editor: the language server.",
}


class LazyGroup(click.Group):
    """A group whose commands live in modules that are imported on use."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f".{cmd_name}", __package__).command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        near = did_you_mean(args[0], COMMANDS) if args[0] not in COMMANDS else None
        if near:
            ctx.fail(f"no such command `{args[0]}`; did you mean `{near}`?")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def _print_version(ctx: click.Context, _param: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from importlib.metadata import version

        click.echo(f"skills-lint {version('skills-lint')}")
        ctx.exit()


@click.command(
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Without a command: lint, triage and coverage of the repo you stand in.",
)
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_print_version,
    help="Print the version.",
)
@common_options("text", "json", reads_traces=True)
@click.pass_context
def cli(context: click.Context, options: Options) -> int:
    """Agent traces in, root causes out, and skills that provably cover them."""
    command = context.invoked_subcommand
    if command is not None:
        for name in context.params:
            if context.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE:
                option = name.replace("_", "-")
                raise click.UsageError(f"options go behind the command: skills-lint {command} --{option} …")
        return 0
    from .loop import run_loop

    return run_loop(options)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit: 0 fine, 1 findings, 2 unusable input or not assessed, 130 interrupted."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        status = cli.main(args=arguments, prog_name="skills-lint", standalone_mode=False)
    except InputError as error:
        echo(f"error: {error}", err=True)
        sys.exit(2)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except BrokenPipeError:  # the reader of our output went away, as `| head` does
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
        sys.exit(0)
    except (click.Abort, KeyboardInterrupt):
        echo("interrupted", err=True)
        sys.exit(130)
    except Exception as error:
        if "-v" in sys.argv:
            raise
        told = "\n  ".join([f"{type(error).__name__}: {error}", *getattr(error, "__notes__", ())])
        echo(f"error: internal error: {told}", err=True)
        echo("  = help: this is a bug; `-v` shows where, and that is worth a report", err=True)
        sys.exit(2)
    sys.exit(status if isinstance(status, int) else 0)
