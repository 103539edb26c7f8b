"""What the server does for an editor: it keeps the findings of open documents up to date, and answers questions."""

from __future__ import annotations

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from lsprotocol import types

from ..inert import inert
from ..place import InputError
from .board import Board
from .diagnose import Assessment, assess_document, assess_repo, error_as_diagnostic
from .folder import Folder
from .positions import ruler
from .protocol import as_action, as_diagnostic, overlap, path_of, uri_of
from .texts import Texts, real
from .view import View

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Set

    from pygls.lsp.server import LanguageServer
    from pygls.workspace import TextDocument

    from .board import Source
    from .positions import Ruler

_PAUSE = 0.15  # seconds without a change, after which a document is looked at
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")  # JSON can carry one, UTF-8 cannot

Answer = TypeVar("Answer")


class Service:
    """The state of the server. Its methods run in the event loop, what takes time in threads."""

    def __init__(self, server: LanguageServer, config_file: Path | None) -> None:
        self._server = server
        self._config_file = config_file
        self._folders: dict[Path, Folder] = {}
        self._board = Board()
        self._uris: dict[Path, str] = {}  # by real path, as the editor writes them
        self._sources: dict[Path, Source] = {}  # of the open documents: who finds something in them
        self._planned: dict[Source, asyncio.Task[None]] = {}
        self._told: dict[Source, str] = {}  # the last message about the folder of a trouble; "" after it
        self._linter = ThreadPoolExecutor(1, "lint")  # one document after the other

    def look_at(self, uri: str, *, at_once: bool = True) -> asyncio.Task[None] | None:
        """Have a document linted, at once or when its author pauses; what was planned for it before is dropped."""
        path = path_of(uri)
        if path is None:
            return None
        self._uris[real(path)] = uri
        return self._plan(("document", path), lambda: self._lint_document(path), 0 if at_once else _PAUSE)

    def open(self, uri: str) -> None:
        """Have a document linted, and its repo with the first one."""
        path = path_of(uri)
        if path is not None:
            start = self._start(path)
            if start not in self._folders:
                self._plan(("repo", start), lambda: self._lint_repo(start), 0)
            self.look_at(uri)

    def close(self, uri: str) -> None:
        """Forget a document. The findings of a skill go with the last document that belongs to it."""
        path = path_of(uri)
        if path is None:
            return
        planned = self._planned.pop(("document", path), None)
        if planned:
            planned.cancel()
        source = self._sources.pop(real(path), None)
        if source and source not in self._sources.values():
            self._publish(self._board.put(source, ()))

    def refresh(self, uris: Iterable[str], *, saved: bool = False) -> None:
        """Look anew at all that depends on files that have changed on disk; `saved` says that the editor wrote them."""
        paths = [path for path in map(path_of, uris) if path is not None]
        for start in {self._start(path) for path in paths} & self._folders.keys():
            self._refresh_folder(start, paths, saved=saved)

    async def ask(self, uri: str, question: Callable[[View, Path, Ruler], Answer]) -> Answer | None:
        """Return the answer to a question about a document, found in a thread; None where there can be none."""
        path = path_of(uri)
        if path is None:
            return None
        folder, texts, codec = self._folder(self._start(path)), self._texts(), self._server.workspace.position_codec

        def answer() -> Answer | None:
            try:
                return question(View(folder.project(), texts), path, ruler(texts.shown(path), codec))
            except InputError:  # told when the document was linted
                return None

        return await asyncio.to_thread(answer)

    async def actions(self, uri: str, range_: types.Range) -> list[types.CodeAction]:
        """Return the fixes of what is found in a range of a document as it is now."""
        path = path_of(uri)
        if path is None:
            return []
        planned = self._planned.get(("document", path))
        if planned and not planned.done() and (task := self.look_at(uri)):
            await asyncio.wait({task})
        measure = self._ruler(path, self._texts())
        actions = (as_action(one, one.fix, uri, measure) for one in self._board.of(real(path)) if one.fix)
        return [action for action in actions if action and overlap(action.diagnostics or (), range_)]

    def stop(self) -> None:
        """Drop what is planned."""
        for task in self._planned.values():
            task.cancel()
        self._linter.shutdown(wait=False, cancel_futures=True)

    def _plan(self, key: Source, work: Callable[[], Awaitable[None]], pause: float) -> asyncio.Task[None]:
        async def later() -> None:
            await asyncio.sleep(pause)
            try:
                await work()
            except Exception as error:  # of a task nobody else would hear of it
                self._tell(f"internal error: {type(error).__name__}: {error}; this is a bug, and worth a report")

        planned = self._planned.get(key)
        if planned:
            planned.cancel()
        self._planned[key] = asyncio.create_task(later())
        return self._planned[key]

    async def _lint_document(self, path: Path) -> None:
        start, texts = self._start(path), self._texts()
        loop = asyncio.get_running_loop()
        result = await loop.run_in_executor(self._linter, assess_document, self._folder(start), path, texts)
        if result.about is None:
            self._publish(self._report(("trouble", start), result))
            return
        source: Source = ("document", real(result.about))
        self._sources[real(path)] = source
        changed = self._report(("trouble", start), result)
        if result.trouble is None or result.diagnostics:
            changed |= self._board.put(source, result.diagnostics)
        self._publish(changed | {real(path)})  # an editor is told even that there is still nothing

    async def _lint_repo(self, start: Path) -> None:
        result = await asyncio.to_thread(assess_repo, self._folder(start), self._texts())
        changed = self._report(("repo trouble", start), result)
        if result.about is not None:
            changed |= self._board.put(("repo", start), result.diagnostics)
        self._publish(changed)

    def _refresh_folder(self, start: Path, changed: Iterable[Path], *, saved: bool) -> None:
        folder = self._folders[start]
        if not saved and not any(path.suffix == ".md" or folder.is_made_of(path) for path in changed):
            return
        folder.forget()
        self._plan(("repo", start), lambda: self._lint_repo(start), 0 if saved else _PAUSE)
        for document in self._documents().values():
            path = path_of(document.uri)
            if path is not None and self._start(path) == start:
                self.look_at(document.uri, at_once=saved)

    def _report(self, source: Source, result: Assessment) -> frozenset[Path]:
        """Note what keeps us from linting, and say it once, unless an open document shows it; return what changed."""
        trouble = result.trouble
        place = trouble.place if trouble else None
        file = real(Path(place.file)) if place else None
        is_open = file in self._sources
        noted = []
        if trouble and place and file and not is_open:
            noted = [error_as_diagnostic(trouble, place.file, self._texts().shown(file))]
        message = str(trouble) if trouble and not is_open else ""
        if message and message not in self._told.values():
            self._tell(message)
        self._told[source] = message
        return self._board.put(source, noted)

    def _tell(self, message: str) -> None:
        text = inert(f"skills-lint: {message}")
        self._server.window_show_message(types.ShowMessageParams(types.MessageType.Error, text))

    def _publish(self, files: Set[Path]) -> None:
        """Tell the editor what is found in files; of a document that is still to be looked at, it is told then."""
        texts, documents = self._texts(), self._documents()
        for file in sorted(files):
            uri = self._uris.get(file) or uri_of(file)
            document = documents.get(file)
            if document and self._is_awaited(path_of(document.uri)):
                continue
            measure = self._ruler(file, texts)
            found = [as_diagnostic(one, measure) for one in self._board.of(file)]
            params = types.PublishDiagnosticsParams(uri, found, document.version if document else None)
            self._server.text_document_publish_diagnostics(params)

    def _is_awaited(self, path: Path | None) -> bool:
        """Say whether a document will be looked at by another task than this one."""
        planned = self._planned.get(("document", path)) if path else None
        return planned is not None and not planned.done() and planned is not asyncio.current_task()

    def _ruler(self, path: Path, texts: Texts) -> Ruler:
        return ruler(texts.shown(path), self._server.workspace.position_codec)

    def _texts(self) -> Texts:
        documents = self._documents()
        return Texts({path: _LONE_SURROGATE.sub("\ufffd", each.source) for path, each in documents.items()})

    def _documents(self) -> dict[Path, TextDocument]:
        """Return the open documents by real path."""
        documents = ((path_of(each.uri), each) for each in self._server.workspace.text_documents.values())
        return {real(path): document for path, document in documents if path is not None}

    def _folder(self, start: Path) -> Folder:
        return self._folders.setdefault(start, Folder(start, self._config_file))

    def _start(self, path: Path) -> Path:
        """Return the folder whose project a file belongs to: the innermost one that is open, or the one it lies in."""
        workspace = self._server.workspace
        uris = [*(folder.uri for folder in workspace.folders.values()), workspace.root_uri or ""]
        opened = [path_of(uri) for uri in uris]
        around = [folder for folder in opened if folder is not None and path.is_relative_to(folder)]
        return max(around, key=lambda folder: len(folder.parts), default=path.parent)
