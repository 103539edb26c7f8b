"""The MkDocs plugin: puts the pages on the site, and does nothing else."""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import entry_points
from importlib.resources import files as resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.toc import get_toc
from mkdocs.utils import get_relative_url

from ..parallel import spread
from ..place import InputError
from ..project import Project, open_project
from .build import build_site
from .commands import commands_page
from .facts import gather
from .nav import expand, with_own_section, without_long_folders
from .page import Heading, headings
from .policy import with_policy
from .reports import report_links

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page as MkDocsPage

    from .build import Site
    from .page import Links, Page

_STYLE, _SCRIPT = "assets/skills-lint.css", "assets/skills-lint.js"
_SHIPPED = {_STYLE: "style.css", _SCRIPT: "filter.js"}
_PAGE = '<div class="sl-page">{}</div>'  # so that our styles are for our pages
_LAST = -100  # priority of what has to see the finished page
_FETCHES = {"material": "font", "mkdocs": "highlightjs", "readthedocs": "highlightjs"}  # by theme, unless told not to
_log = get_plugin_logger(__name__)


class PluginConfig(Config):  # type: ignore[no-untyped-call]
    """What may stand below `skills-lint` in mkdocs.yml."""

    hosts = config_options.ListOfItems(config_options.Type(str), default=[])


class SkillsLintPlugin(BasePlugin[PluginConfig]):  # type: ignore[no-untyped-call]
    """Pages about skills, root causes and reports, made from the repo that mkdocs.yml lies in."""

    _serves = False
    _site: Site
    _pages: dict[str, Page]
    _bodies: dict[str, str]  # their HTML, until it is on the site

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Know a server from a single build."""
        self._serves = command == "serve"

    def on_config(self, config: MkDocsConfig) -> None:
        """Ask for our own assets, and keep the theme from fetching what nobody asked for from another host."""
        if _STYLE not in config.extra_css:
            config.extra_css.append(_STYLE)
        if _SCRIPT not in config.extra_javascript:
            config.extra_javascript.append(_SCRIPT)
        fetches = _FETCHES.get(config.theme.name or "")
        if fetches and not any(fetches in _theme_settings(written) for written in config.user_configs):
            config.theme[fetches] = False

    def on_files(self, files: Files, config: MkDocsConfig) -> None:
        """Add the pages, made from the repo as it is now."""
        project = _project(config)
        written = [file for file in files.documentation_pages() if file.abs_src_path]
        documents = {Path(str(file.abs_src_path)).resolve(): file.src_uri for file in written}
        try:
            facts = gather(project)
            has_home = any(files.get_file_from_path(name) for name in ("index.md", "README.md"))
            overview = "overview.md" if has_home else "index.md"
            self._site = build_site(facts, overview=overview, documents=documents)
        except InputError as error:
            raise PluginError(str(error)) from error
        pages = without_long_folders([*self._site.pages, *_command_pages()])
        self._pages = {page.uri: page for page in pages if _put(page, files, config)}
        self._add_reports(files, config, project.root / project.config.reports)
        for uri, name in _SHIPPED.items():
            text = resources(__package__).joinpath(name).read_text(encoding="utf-8")
            files.append(File.generated(config, uri, content=text))
        if config.nav is not None:
            config.nav = expand(with_own_section(config.nav, overview), self._titles(files))

    def on_nav(self, nav: Navigation, config: MkDocsConfig, files: Files) -> None:
        """Write our pages: now it is known where each can be linked to."""

        def body(uri: str) -> str:
            return str(self._pages[uri].body(self._links(uri, files)))

        # A server does that itself, since it remembers the parts of pages for the next time.
        uris = list(self._pages)
        self._bodies = dict(zip(uris, map(body, uris) if self._serves else spread(body, uris), strict=True))

    def on_page_content(self, html: str, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Give a page of ours its HTML and table of contents, and a report its links."""
        uri = page.file.src_uri
        if (body := self._bodies.pop(uri, None)) is not None:
            page.toc = get_toc(_toc_tokens(headings(body)))
            return _PAGE.format(body)
        if report := self._site.reports.get(uri):
            difference, links = self._site.differences.get(report.file), self._links(uri, files)
            return html + str(report_links(report, self._site.causes, difference, links))
        return html

    def _links(self, uri: str, files: Files) -> Links:
        return self._site.links(lambda target: _url(target, uri, files))

    @event_priority(_LAST)
    def on_post_page(self, output: str, page: MkDocsPage, config: MkDocsConfig) -> str:
        """Put the policy into a page; only what people wrote may name more than the theme does."""
        uri = page.file.src_uri
        trusted = uri not in self._pages and uri not in self._site.reports
        return with_policy(output, page.content or "", trusted=trusted, hosts=self.config.hosts)

    @event_priority(_LAST)
    def on_post_template(self, output_content: str, template_name: str, config: MkDocsConfig) -> str:
        """Put the policy into a page of the theme's own, as for what is not found."""
        return with_policy(output_content, "", trusted=False) if template_name.endswith(".html") else output_content

    def on_serve(self, server: LiveReloadServer, config: MkDocsConfig, builder: Any) -> None:
        """Build again when a skill, a trace, the evidence, the buckets or the configuration change."""
        for path, recursive in _watched(_project(config)).items():
            server.watch(str(path), recursive=recursive)

    def _add_reports(self, files: Files, config: MkDocsConfig, folder: Path) -> None:
        """Add the reports that lie outside the folder of the docs."""
        for uri in self._site.reports:
            if files.get_file_from_path(uri) is None:
                text = (folder / Path(uri).name).read_text(encoding="utf-8")
                files.append(File.generated(config, uri, content=text))

    def _titles(self, files: Files) -> dict[str, str | None]:
        """Return all pages in the order of the navigation: ours as they were made, then what people wrote."""
        titles: dict[str, str | None] = {uri: page.title for uri, page in self._pages.items() if page.listed}
        titles |= {uri: str(report.date) for uri, report in reversed(list(self._site.reports.items()))}
        listed = files.documentation_pages(inclusion=InclusionLevel.is_in_nav)
        return titles | {file.src_uri: None for file in listed if file.src_uri not in titles}


def _theme_settings(written: dict[str, Any]) -> dict[str, Any]:
    theme = written.get("theme")
    return theme if isinstance(theme, dict) else {}


def _project(config: MkDocsConfig) -> Project:
    try:
        return open_project(Path(config.config_file_path or ".").resolve().parent, cached=True)
    except InputError as error:
        raise PluginError(str(error)) from error


def _command_pages() -> Iterable[Page]:
    """Yield the reference of the installed command line, found by its entry point: the site does not import it."""
    for entry in entry_points(group="console_scripts", name="skills-lint"):
        yield commands_page(import_module(entry.module).cli, entry.name)


def _put(page: Page, files: Files, config: MkDocsConfig) -> bool:
    """Add a page of ours; return False where it gives way to one that people wrote."""
    existing = files.get_file_from_path(page.uri)
    if existing is not None and not page.replaces:
        _log.info("%s is there already, so ours is left out", page.uri)
        return False
    if existing is not None:
        files.remove(existing)
    hidden = "hide: [navigation]\n" if page.alone else ""
    hidden += "" if page.searched else "search: {exclude: true}\n"
    inclusion = InclusionLevel.UNDEFINED if page.listed else InclusionLevel.NOT_IN_NAV
    content = f"---\ntitle: '{page.title}'\n{hidden}---\n"
    files.append(File.generated(config, page.uri, content=content, inclusion=inclusion))
    return True


def _url(target: str, page: str, files: Files) -> str:
    uri, hash_, fragment = target.partition("#")
    file, source = files.get_file_from_path(uri), files.get_file_from_path(page)
    if file is None or source is None:
        raise PluginError(f"{page} links to {uri}, which is not on the site")
    return get_relative_url(file.url, source.url) + hash_ + fragment


def _toc_tokens(found: Iterable[Heading]) -> list[Any]:
    tokens: list[Any] = []
    for heading in found:
        token = {"level": heading.level, "id": heading.id, "name": heading.title, "children": []}
        (tokens[-1]["children"] if heading.level > 2 and tokens else tokens).append(token)
    return tokens


def _watched(project: Project) -> dict[Path, bool]:
    """Return the files and folders that pages are made from, each with whether all below it counts.

    The folder of a file is watched with it, since editors replace files, and since it may yet come.
    """
    root, config = project.root.resolve(), project.config
    files = [project.bucket_file, project.evidence_file, config.file or root / "skills-lint.toml"]
    files += [project.baseline_file] if project.baseline_file else []
    folders = [*project.traces, root / config.reports]
    for skill in project.skills:
        folder = skill.path.resolve().parent
        folders.append(folder if folder.parent == root else folder.parent)
    watched = {file.resolve().parent: False for file in files} | {folder.resolve(): True for folder in folders}
    return {path: recursive for path, recursive in watched.items() if path.exists()}
