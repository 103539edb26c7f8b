"""The server: which messages of the protocol it takes, and what each of them asks for."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from .completion import proposals
from .definition import definitions, references
from .hover import hover_text
from .mentions import mention_at
from .positions import ruler
from .protocol import UNSAFE, as_item, uri_of
from .service import Service

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from .definition import Target
    from .positions import Ruler
    from .view import View

_WATCHED = "**/*.{md,toml,yaml,yml,json,jsonl}"


def serve(config_file: Path | None = None) -> None:
    """Serve an editor over standard input and output until it goes away.

    `config_file` replaces the configuration that would be found.
    """
    # Whole texts, since pygls splits lines at more characters than the protocol does when it applies a change.
    server = LanguageServer("skills-lint", version("skills-lint"), types.TextDocumentSyncKind.Full)
    service = Service(server, config_file)
    _register_documents(server, service)
    _register_actions(server, service)
    _register_hover(server, service)
    _register_completion(server, service)
    _register_navigation(server, service)
    server.start_io()


def _register_documents(server: LanguageServer, service: Service) -> None:
    @server.feature(types.INITIALIZED)
    def initialized(_: types.InitializedParams) -> None:
        workspace = server.client_capabilities.workspace
        watching = workspace.did_change_watched_files if workspace else None
        if watching and watching.dynamic_registration:
            options = types.DidChangeWatchedFilesRegistrationOptions([types.FileSystemWatcher(_WATCHED)])
            wanted = types.Registration("watch", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
            server.client_register_capability(types.RegistrationParams([wanted]))

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: types.DidOpenTextDocumentParams) -> None:
        service.open(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: types.DidChangeTextDocumentParams) -> None:
        service.look_at(params.text_document.uri, at_once=False)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(params: types.DidSaveTextDocumentParams) -> None:
        service.refresh([params.text_document.uri], saved=True)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        service.close(params.text_document.uri)

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def changed_on_disk(params: types.DidChangeWatchedFilesParams) -> None:
        service.refresh([change.uri for change in params.changes])

    @server.feature(types.SHUTDOWN)
    def stopped(_: None) -> None:
        service.stop()


def _register_actions(server: LanguageServer, service: Service) -> None:
    @server.feature(
        types.TEXT_DOCUMENT_CODE_ACTION,
        types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix, UNSAFE]),
    )
    async def actions(params: types.CodeActionParams) -> list[types.CodeAction]:
        found = await service.actions(params.text_document.uri, params.range)
        wanted = params.context.only
        return [action for action in found if wanted is None or _is_of_kind(action.kind or "", wanted)]


def _is_of_kind(kind: str, wanted: Iterable[str]) -> bool:
    return any(kind == one or not one or kind.startswith(f"{one}.") for one in wanted)


def _register_hover(server: LanguageServer, service: Service) -> None:
    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def hover(params: types.HoverParams) -> types.Hover | None:
        kind = _hover_kind(server.client_capabilities)

        def answer(view: View, path: Path, measure: Ruler) -> types.Hover | None:
            mention = mention_at(view, path, *measure.place(params.position))
            if mention is None or mention.kind == "skill":
                return None
            text = hover_text(mention.name, view.project, markdown=kind is types.MarkupKind.Markdown)
            return types.Hover(types.MarkupContent(kind, text), measure.range(mention.span)) if text else None

        return await service.ask(params.text_document.uri, answer)


def _hover_kind(capabilities: types.ClientCapabilities) -> types.MarkupKind:
    """Return the kind of text that an editor likes best in a hover."""
    document = capabilities.text_document
    formats = document.hover.content_format if document and document.hover else None
    return formats[0] if formats else types.MarkupKind.PlainText


def _register_completion(server: LanguageServer, service: Service) -> None:
    @server.feature(types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=["`", "[", ","]))
    async def completion(params: types.CompletionParams) -> types.CompletionList | None:
        def answer(view: View, path: Path, measure: Ruler) -> types.CompletionList:
            found = proposals(view, path, *measure.place(params.position))
            items = [as_item(proposal, order, measure) for order, proposal in enumerate(found)]
            return types.CompletionList(is_incomplete=False, items=items)

        return await service.ask(params.text_document.uri, answer)


def _register_navigation(server: LanguageServer, service: Service) -> None:
    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    async def definition(params: types.DefinitionParams) -> list[types.Location] | None:
        def answer(view: View, path: Path, measure: Ruler) -> list[types.Location]:
            mention = mention_at(view, path, *measure.place(params.position))
            return _locations(definitions(mention, view), view, server) if mention else []

        return await service.ask(params.text_document.uri, answer)

    @server.feature(types.TEXT_DOCUMENT_REFERENCES)
    async def find_references(params: types.ReferenceParams) -> list[types.Location] | None:
        def answer(view: View, path: Path, measure: Ruler) -> list[types.Location]:
            mention = mention_at(view, path, *measure.place(params.position))
            if mention is None:
                return []
            found = references(mention, view, declaration=params.context.include_declaration)
            return _locations(found, view, server)

        return await service.ask(params.text_document.uri, answer)


def _locations(targets: Iterable[Target], view: View, server: LanguageServer) -> list[types.Location]:
    codec = server.workspace.position_codec
    return [
        types.Location(uri_of(target.path), ruler(view.texts.shown(target.path), codec).range(target.span))
        for target in targets
    ]
