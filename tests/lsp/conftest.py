"""An editor: a real client that talks to a real `skills-lint lsp` over its standard input and output."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest
from lsprotocol import types
from pygls.lsp.client import LanguageClient

Answer = TypeVar("Answer")
_PATIENCE = 30  # seconds, for a machine that is busy; nothing waits longer than it must


class Editor:
    """An editor with a folder open. Lines and characters are given as the protocol counts them."""

    def __init__(self, root: Path, loop: asyncio.AbstractEventLoop) -> None:
        self.root = root
        self.texts: dict[str, str] = {}
        self.versions: dict[str, int] = {}
        self.published: dict[str, types.PublishDiagnosticsParams] = {}
        self.messages: list[str] = []
        self.watching: list[str] = []
        self.capabilities: types.ServerCapabilities
        self._loop = loop
        self._news = threading.Condition()
        self._client = LanguageClient("test", "1")
        self._listen()

    def _listen(self) -> None:
        @self._client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def published(params: types.PublishDiagnosticsParams) -> None:
            with self._news:
                self.published[params.uri] = params
                self._news.notify_all()

        @self._client.feature(types.WINDOW_SHOW_MESSAGE)
        def said(params: types.ShowMessageParams) -> None:
            with self._news:
                self.messages.append(params.message)
                self._news.notify_all()

        @self._client.feature(types.CLIENT_REGISTER_CAPABILITY)
        def asked(params: types.RegistrationParams) -> None:
            with self._news:
                self.watching += [registration.method for registration in params.registrations]
                self._news.notify_all()

    def start(
        self,
        *arguments: str,
        encodings: list[types.PositionEncodingKind] | None = None,
        hover: list[types.MarkupKind] | None = None,
        watches: bool = False,
        folder: bool = True,
    ) -> Editor:
        workspace = types.WorkspaceClientCapabilities(
            did_change_watched_files=types.DidChangeWatchedFilesClientCapabilities(dynamic_registration=watches)
        )
        document = types.TextDocumentClientCapabilities(hover=types.HoverClientCapabilities(content_format=hover))
        general = types.GeneralClientCapabilities(position_encodings=encodings)
        params = types.InitializeParams(
            capabilities=types.ClientCapabilities(workspace=workspace, text_document=document, general=general),
            workspace_folders=[types.WorkspaceFolder(self.root.as_uri(), "root")] if folder else None,
        )
        command = [sys.executable, "-m", "skills_lint", "lsp", *arguments]
        self._run(self._client.start_io(*command, cwd=str(self.root)))
        self.capabilities = self._run(self._client.initialize_async(params)).capabilities
        self._call(self._client.initialized, types.InitializedParams())
        return self

    def stop(self) -> int | None:
        """End the server as the protocol has it; return its exit status."""
        server = self._client._server
        if server is None:
            return None
        if server.returncode is None:
            self._run(self._client.shutdown_async(None))
            self._call(self._client.exit, None)
        return self._run(server.wait())

    def uri(self, name: str) -> str:
        return (self.root / name).as_uri()

    def open(self, name: str, text: str | None = None) -> None:
        """Open a file, with the text that is on disk unless one is given."""
        self.texts[name] = (self.root / name).read_bytes().decode() if text is None else text
        self.versions[name] = 1
        language = "yaml" if name.endswith("yaml") else "markdown"
        item = types.TextDocumentItem(self.uri(name), language, 1, self.texts[name])
        self._call(self._client.text_document_did_open, types.DidOpenTextDocumentParams(item))

    def write(self, name: str, text: str) -> None:
        """Change the text of an open document without saving it."""
        self.texts[name] = text
        self.versions[name] += 1
        document = types.VersionedTextDocumentIdentifier(self.versions[name], self.uri(name))
        change = types.TextDocumentContentChangeWholeDocument(text)
        self._call(self._client.text_document_did_change, types.DidChangeTextDocumentParams(document, [change]))

    def save(self, name: str) -> None:
        (self.root / name).write_bytes(self.texts[name].encode())
        params = types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(self.uri(name)))
        self._call(self._client.text_document_did_save, params)

    def close(self, name: str) -> None:
        del self.versions[name]
        params = types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(self.uri(name)))
        self._call(self._client.text_document_did_close, params)

    def changed_on_disk(self, *names: str, how: types.FileChangeType = types.FileChangeType.Changed) -> None:
        events = [types.FileEvent(self.uri(name), how) for name in names]
        self._call(self._client.workspace_did_change_watched_files, types.DidChangeWatchedFilesParams(events))

    def rename(self, old: str, new: str) -> None:
        """Rename the folder or the file of an open document that is saved, as editors do it."""
        self.close(old)
        (self.root / new).parent.mkdir(parents=True, exist_ok=True)
        (self.root / old).rename(self.root / new)
        self.open(new)
        self.changed_on_disk(old, how=types.FileChangeType.Deleted)
        self.changed_on_disk(new, how=types.FileChangeType.Created)

    def delete(self, name: str) -> None:
        (self.root / name).unlink()
        self.changed_on_disk(name, how=types.FileChangeType.Deleted)

    def findings(
        self, name: str, until: Callable[[list[types.Diagnostic]], bool] = lambda found: True
    ) -> list[types.Diagnostic]:
        """Return what is found in the present version of a document, or, of a closed one, in its file.

        With `until`, the first findings of that version of which it holds.
        """

        def arrived() -> bool:
            params = self.published.get(self.uri(name))
            return params is not None and params.version == self.versions.get(name) and until(list(params.diagnostics))

        self._wait(arrived, f"findings in {name}")
        return list(self.published[self.uri(name)].diagnostics)

    def codes(self, name: str) -> list[str]:
        return [str(found.code) for found in self.findings(name)]

    def message(self, part: str) -> str:
        """Return the message that holds a text."""
        self._wait(lambda: any(part in message for message in self.messages), f"a message with {part!r}")
        return next(message for message in self.messages if part in message)

    def is_watched(self) -> bool:
        self._wait(lambda: bool(self.watching), "a registration")
        return self.watching == [types.WORKSPACE_DID_CHANGE_WATCHED_FILES]

    def place(self, name: str, text: str, units: Callable[[str], int] = len) -> types.Position:
        """Return where a text begins in a document, for documents without characters that count as two."""
        before = self.texts[name][: self.texts[name].index(text)]
        return types.Position(before.count("\n"), units(before.rpartition("\n")[2]))

    def hover(self, name: str, position: types.Position) -> types.Hover | None:
        document = types.TextDocumentIdentifier(self.uri(name))
        return self._run(self._client.text_document_hover_async(types.HoverParams(document, position)))

    def complete(self, name: str, position: types.Position) -> list[types.CompletionItem]:
        document = types.TextDocumentIdentifier(self.uri(name))
        answer = self._run(self._client.text_document_completion_async(types.CompletionParams(document, position)))
        return list(answer.items) if isinstance(answer, types.CompletionList) else []

    def definition(self, name: str, position: types.Position) -> list[tuple[str, int, int]]:
        document = types.TextDocumentIdentifier(self.uri(name))
        found = self._run(self._client.text_document_definition_async(types.DefinitionParams(document, position)))
        return self._places(found)

    def references(self, name: str, position: types.Position, *, declaration: bool) -> list[tuple[str, int, int]]:
        params = types.ReferenceParams(
            types.ReferenceContext(declaration), types.TextDocumentIdentifier(self.uri(name)), position
        )
        return self._places(self._run(self._client.text_document_references_async(params)))

    def actions(
        self, name: str, range_: types.Range, only: list[types.CodeActionKind | str] | None = None
    ) -> list[types.CodeAction]:
        context = types.CodeActionContext(diagnostics=[], only=only)
        params = types.CodeActionParams(types.TextDocumentIdentifier(self.uri(name)), range_, context)
        answer = self._run(self._client.text_document_code_action_async(params))
        return [action for action in answer or () if isinstance(action, types.CodeAction)]

    def _places(self, found: Any) -> list[tuple[str, int, int]]:
        prefix = f"{self.root.as_uri()}/"
        return [(one.uri.removeprefix(prefix), one.range.start.line, one.range.start.character) for one in found or ()]

    def _wait(self, arrived: Callable[[], bool], what: str) -> None:
        with self._news:
            if not self._news.wait_for(arrived, _PATIENCE):
                pytest.fail(f"no {what}; published: {self.published}; messages: {self.messages}")

    def _run(self, work: Coroutine[Any, Any, Answer]) -> Answer:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(_PATIENCE)

    def _call(self, function: Callable[..., None], *arguments: Any) -> None:
        async def call() -> None:
            function(*arguments)

        self._run(call())


@pytest.fixture
def editor(tmp_path: Path) -> Iterator[Editor]:
    """An editor in the folder of the test, yet to be started."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    made = Editor(tmp_path, loop)
    try:
        yield made
        made.stop()
    finally:
        server = made._client._server
        if server is not None and server.returncode is None:
            loop.call_soon_threadsafe(server.kill)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
