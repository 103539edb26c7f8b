"""Measures how long the site takes to build, beside MkDocs with the same pages as files: `python -m benchmarks.site`.

A repo is made with skills, buckets and failures (`--skills`, `--buckets`, `--failures`). Its site is built by the
plugin, and by plain MkDocs with Material, for which the very same pages were written out first. Both run in turn.
*Nothing cached* is a build in which all traces are read; the next ones find them unchanged. Then `mkdocs serve` runs on
`--served` skills, and one of them is changed: told is how long it takes until its page shows that.
"""

from __future__ import annotations

import argparse
import os
import posixpath
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.made_repo import make_repo, skill_text
from benchmarks.measure import Contender, Row, in_turn, machine, peak_memory, print_table, run, taken
from skills_lint.project import open_project
from skills_lint.site.build import build_site
from skills_lint.site.facts import gather
from skills_lint.site.nav import without_long_folders

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_BUILD = (sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "-f")
_PATIENCE = 120  # seconds until a served page has to show
_CONFIG = """site_name: Measured
site_url: https://example.org/measured/
theme:
  name: material
  font: false
"""
_BUCKETS_SERVED, _FAILURES_SERVED = 10, 500


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--skills", metavar="N", type=int, default=1_000)
    parser.add_argument("--buckets", metavar="N", type=int, default=150)
    parser.add_argument("--failures", metavar="N", type=int, default=50_000)
    parser.add_argument("--served", metavar="N", type=int, default=50)
    parser.add_argument("--runs", metavar="N", type=int, default=3)
    given = parser.parse_args()
    print(machine())
    print_table(rows(given.skills, given.buckets, given.failures, given.runs))
    with tempfile.TemporaryDirectory() as folder:
        took = served_after(Path(folder), given.served, given.runs)
    listed = ", ".join(f"{seconds:.2f}" for seconds in took)
    print(f"mkdocs serve, {given.served} skills: a changed one shows after {statistics.median(took):.2f} s ({listed})")


def rows(skills: int, buckets: int, failures: int, runs: int) -> Iterator[Row]:
    """Yield what a build takes in which nothing is cached, the next ones, and MkDocs on the same pages."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment = _environment(folder / "cache")
        ours, plain = folder / "ours", folder / "plain"
        make_repo(ours, skills, buckets, failures)
        (ours / "mkdocs.yml").write_text(f"{_CONFIG}plugins: [search, skills-lint]\n", encoding="utf-8")
        plugin = Contender("the plugin, traces unchanged", (*_BUILD, str(ours / "mkdocs.yml")))
        memory = peak_memory(plugin, environment)
        shutil.rmtree(folder / "cache")
        cold = taken(f"{skills:,} skills, {buckets} buckets, {failures:,} failures", [run(plugin, environment)])
        yield Row(cold.name, cold, cold, memory=memory, note="nothing cached")
        pages = write_out(ours, plain)
        without, again = in_turn(
            [Contender(f"MkDocs on the same {pages:,} pages", (*_BUILD, str(plain / "mkdocs.yml"))), plugin],
            runs,
            environment,
        )
        yield Row(again.name, again, again, memory=peak_memory(plugin, environment))
        yield Row(without.name, without, again)


def write_out(repo: Path, folder: Path) -> int:
    """Write the pages of a repo's site as files of another MkDocs site; return how many there are."""
    docs = folder / "docs"
    site = build_site(gather(open_project(repo)), overview="index.md", documents={})
    pages = without_long_folders(site.pages)
    for page in pages:
        links = site.links(lambda target, source=page.uri: _relative(target, source))  # type: ignore[misc]
        file = docs / page.uri
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"---\ntitle: '{page.title}'\n---\n\n{page.body(links)}\n", encoding="utf-8")
    shutil.copy(repo / "docs" / "about.md", docs / "about.md")
    unlisted = "".join(f"  /{page.uri}\n" for page in pages if not page.listed)  # the same sidebar on both sides
    config = f"{_CONFIG}plugins: [search]\nnot_in_nav: |\n{unlisted}"
    (folder / "mkdocs.yml").write_text(config, encoding="utf-8")
    return len(pages)


def served_after(folder: Path, skills: int, runs: int) -> list[float]:
    """Return the seconds from the change of a skill until its served page shows it, once for each run."""
    repo = folder / "repo"
    make_repo(repo, skills, _BUCKETS_SERVED, _FAILURES_SERVED)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    served = f"{_CONFIG.replace('https://example.org', f'http://127.0.0.1:{port}')}plugins: [search, skills-lint]\n"
    (repo / "mkdocs.yml").write_text(served, encoding="utf-8")
    command = (sys.executable, "-m", "mkdocs", "serve", "--quiet", "--dev-addr", f"127.0.0.1:{port}")
    with subprocess.Popen(command, cwd=repo, env=_environment(folder / "cache"), stderr=subprocess.DEVNULL) as server:
        try:
            page = f"http://127.0.0.1:{port}/measured/skills/topic-0001/"
            _wait_for(page, "topic-0001")
            return [_changed(repo / "skills" / "topic-0001" / "SKILL.md", page, number) for number in range(runs)]
        finally:
            server.terminate()


def _changed(skill: Path, page: str, number: int) -> float:
    time.sleep(1)  # as long as the server watches for more
    mark = f"Heed change {number}"
    skill.write_text(skill_text(1, _BUCKETS_SERVED).replace("Read this", mark), encoding="utf-8")
    start = time.perf_counter()
    _wait_for(page, mark)
    return time.perf_counter() - start


def _wait_for(page: str, text: str) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(page) as answer:  # noqa: S310 - our own server
                if text in answer.read().decode():
                    return
        except OSError:
            pass
        time.sleep(0.05)
    raise TimeoutError(f"{page} did not show {text!r} in {_PATIENCE} s")


def _relative(target: str, source: str) -> str:
    uri, hash_, fragment = target.partition("#")
    address = f"{uri.removesuffix('.md')}/".removesuffix("index/")
    own = f"{source.removesuffix('.md')}/".removesuffix("index/")
    return posixpath.relpath(address or ".", own or ".") + "/" + hash_ + fragment


def _environment(cache: Path) -> Mapping[str, str]:
    return {**os.environ, "XDG_CACHE_HOME": str(cache), "NO_MKDOCS_2_WARNING": "1"}


if __name__ == "__main__":
    main()
