"""Findings, fixes and places in the words of the protocol."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from lsprotocol import types
from pygls.uris import from_fs_path, to_fs_path

from ..place import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..lint.diagnostic import Diagnostic, Fix
    from .completion import Proposal
    from .positions import Ruler

UNSAFE = "quickfix.unsafe"  # a kind of quick fix, for editors that tell kinds apart; the title says it to people
_SEVERITY = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "info": types.DiagnosticSeverity.Information,
}


def path_of(uri: str) -> Path | None:
    """Return the file that a URI names; None for what is no file, such as a text that was never saved."""
    path = to_fs_path(uri)
    return Path(path) if path else None


def uri_of(path: Path) -> str:
    """Return the URI of a file."""
    return from_fs_path(str(path)) or path.as_uri()


def as_diagnostic(found: Diagnostic, ruler: Ruler) -> types.Diagnostic:
    """Return a finding in a text that `ruler` measures; the way out is its last line."""
    return types.Diagnostic(
        range=ruler.range(Span(found.line, found.column, found.end_line, found.end_column)),
        message=f"{found.message}\n{found.help}" if found.help else found.message,
        severity=_SEVERITY[found.severity],
        code=found.code or None,
        source="skills-lint",
    )


def as_action(found: Diagnostic, fix: Fix, uri: str, ruler: Ruler) -> types.CodeAction | None:
    """Return the fix of a finding as a quick fix; only a safe one is preferred.

    None for one that changes nothing: an editor hides a byte order mark, and the text that it shows has none.
    """
    edits = [types.TextEdit(ruler.range(edit.span), edit.text) for edit in fix.edits]
    if not any(edit.new_text or edit.range.start != edit.range.end for edit in edits):
        return None
    title = fix.title[:1].upper() + fix.title[1:]
    return types.CodeAction(
        title=title if fix.safe else f"{title} (unsafe)",
        kind=types.CodeActionKind.QuickFix if fix.safe else UNSAFE,
        diagnostics=[as_diagnostic(found, ruler)],
        is_preferred=fix.safe,
        edit=types.WorkspaceEdit(changes={uri: edits}),
    )


def as_item(proposal: Proposal, order: int, ruler: Ruler) -> types.CompletionItem:
    """Return a proposal as the one that is shown at a place in the order."""
    return types.CompletionItem(
        label=proposal.name,
        kind=types.CompletionItemKind.Reference,
        detail=proposal.detail,
        documentation=proposal.documentation,
        sort_text=f"{order:05}",
        text_edit=types.TextEdit(ruler.range(proposal.span), proposal.text),
    )


def overlap(diagnostics: Iterable[types.Diagnostic], range_: types.Range) -> bool:
    """Say whether a diagnostic shares a place with a range; one that is empty is a place, too."""
    start, end = _key(range_.start), _key(range_.end)
    return any(_key(one.range.start) <= end and start <= _key(one.range.end) for one in diagnostics)


def _key(position: types.Position) -> tuple[int, int]:
    return position.line, position.character
