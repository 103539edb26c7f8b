"""`skills-lint lsp`: the language server."""

from __future__ import annotations

from importlib.util import find_spec

import click

from ..place import InputError
from .options import Options, common_options


@click.command()
@click.option("--stdio", is_flag=True, help="Talk over standard input and output, as is done anyway.")
@common_options("text")
def command(stdio: bool, options: Options) -> None:
    """Serve an editor: findings as you type, quick fixes, and what there is to know about root causes.

    Speaks the Language Server Protocol over standard input and output; an editor starts it. Needs `skills-lint[lsp]`.
    """
    if find_spec("pygls") is None:
        raise InputError("the language server needs pygls", way_out="install it with: pip install 'skills-lint[lsp]'")
    from ..lsp.server import serve

    serve(options.config)
