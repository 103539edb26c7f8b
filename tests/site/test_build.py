"""The site of a small repo, built by MkDocs as a user would build it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

CANARY = "CANARYq7x"
ERROR = "TypeError: '<' not supported between instances of 'str' and 'int'"
COMMAND = str(Path(sys.executable).with_name("skills-lint"))
NO_FOREIGN_HOST = re.compile(r"""(?:src|href)=["'](?:https?:)?//[^"']*""")


def built(folder: Path) -> dict[str, str]:
    """Return every text file of a built site by its name."""
    site = folder / "site"
    files = {path.relative_to(site).as_posix(): path for path in sorted(site.rglob("*")) if path.is_file()}
    return {name: path.read_text(encoding="utf-8", errors="replace") for name, path in files.items()}


def test_the_plugins_line_is_all_it_takes(tmp_path, repo, build):
    done = build(repo(tmp_path, {}))
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr
    site = built(tmp_path)
    assert "Date dtype mismatch" in site["index.html"]
    assert "compare dates as one type" in site["causes/date-dtype-mismatch/index.html"]
    assert {"skills/dates/index.html", "reports/index.html", "reference/rules/sk101/index.html"} <= site.keys()
    assert "skills-lint coverage" in site["reference/commands/index.html"]


def test_a_repo_keeps_its_own_home_and_navigation(tmp_path, repo, build):
    config = "site_name: Small\nplugins: [search, skills-lint]\nnav:\n  - Home: index.md\n"
    done = build(repo(tmp_path, {"docs/index.md": "# Our home\n", "mkdocs.yml": config}))
    assert done.returncode == 0, done.stderr
    site = built(tmp_path)
    assert "Our home" in site["index.html"]
    assert "Top root causes" in site["overview/index.html"]
    assert "causes/date-dtype-mismatch/" in site["index.html"]


def test_a_repo_without_anything_builds_and_says_so(tmp_path, build):
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: Empty\nplugins: [search, skills-lint]\n", encoding="utf-8")
    (tmp_path / "skills-lint.toml").write_text("", encoding="utf-8")
    done = build(tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Not assessed: there are no traces and no evidence" in built(tmp_path)["index.html"]


def test_evidence_is_enough(tmp_path, repo, build):
    record = (
        '{"session": "s%d", "date": "2026-11-20", "format": "tool-events", "model": null, "executions": 3, '
        '"failures": {"date-dtype-mismatch": 1}, "offered": [], "loaded": [], "hint": null, "pipeline": 1}\n'
    )
    config = 'publish = "examples"\nbuckets = "buckets.yaml"\nevidence = "evidence.jsonl"\ntraces = ["none"]\n'
    evidence = "".join(record % number for number in range(3))
    done = build(repo(tmp_path, {"skills-lint.toml": config, "evidence.jsonl": evidence}))
    assert done.returncode == 0, done.stderr
    site = built(tmp_path)
    assert "from the evidence; the traces are not here" in site["index.html"]
    assert "only the evidence is here" in site["causes/date-dtype-mismatch/index.html"]


def test_no_path_of_the_machine_is_on_the_site(tmp_path, repo, build):
    (tmp_path / "elsewhere").mkdir()
    repo(tmp_path / "repo", {})
    config, site = str(tmp_path / "repo/mkdocs.yml"), str(tmp_path / "site")
    done = build(tmp_path / "elsewhere", "--config-file", config, "--site-dir", site)
    assert done.returncode == 0, done.stderr
    pages = built(tmp_path)
    assert "skills/dates/SKILL.md:12" in pages["causes/date-dtype-mismatch/index.html"]
    assert [name for name, text in pages.items() if str(tmp_path) in text] == []


def test_a_broken_bucket_file_ends_the_build_with_its_line(tmp_path, repo, build):
    done = build(repo(tmp_path, {"buckets.yaml": "buckets:\n  - id: x\n"}))
    assert done.returncode != 0
    assert "buckets.yaml:2" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_broken_report_ends_the_build_with_its_line(tmp_path, repo, build):
    done = build(repo(tmp_path, {"docs/reports/2026-11-20.md": "# Report\n"}))
    assert done.returncode != 0
    assert "ERROR   -  docs/reports/2026-11-20.md:1" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_site_is_the_same_bytes_twice(tmp_path, repo, build, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795000000")  # else MkDocs writes the day of the build into its site map
    repo(tmp_path, {"skills-lint.toml": 'publish = "sessions"\nbuckets = "buckets.yaml"\n'})
    builds = []
    for _ in range(2):
        assert build(tmp_path).returncode == 0
        site = tmp_path / "site"
        builds.append({path.relative_to(site): path.read_bytes() for path in site.rglob("*") if path.is_file()})
    first, second = builds
    assert first.keys() == second.keys()
    assert [name for name, data in first.items() if data != second[name]] == []


@pytest.fixture(scope="module")
def canary_repo(tmp_path_factory, repo, events):
    """A repo whose traces hold a canary wherever a trace can hold text, and a discovered cause among them."""
    files = {
        f"traces/{CANARY}-{n}.jsonl": events(
            n, f"{ERROR} {CANARY}", code=f"{CANARY} < 1  # {CANARY}", request=f"Filter {CANARY}"
        )
        for n in range(3)
    }
    files |= {
        f"traces/{CANARY}-{n}.jsonl": events(n, f"TillError: '{CANARY}'", code=f"x['{CANARY}']", request=CANARY)
        for n in range(3, 6)
    }
    files["traces/broken.jsonl"] = f'{{"{CANARY}": \n'
    read = {"event": "tool_start", "tool": "read_file", "args": {"path": f"skills/{CANARY}/SKILL.md", "note": CANARY}}
    told = {"event": "tool_end", "tool": "read_file", "result": {"success": True, "output": CANARY, "error": CANARY}}
    said = {"event": "message", "direction": "out", "message_type": "AIMessage", "content": f"I try {CANARY}."}
    first = f"traces/{CANARY}-0.jsonl"
    lines = (json.dumps({"ts": 1_795_000_000.0, "run_id": "run-0", **event}) for event in (read, told, said))
    files[first] = "".join(f"{line}\n" for line in lines) + files[first]
    return repo(tmp_path_factory.mktemp("canary"), files)


def test_with_counts_no_text_of_a_trace_is_anywhere_on_the_site(canary_repo, build):
    report = [COMMAND, "report"]
    subprocess.run(report, cwd=canary_repo, check=True, capture_output=True)  # written with examples
    (canary_repo / "skills-lint.toml").write_text('publish = "counts"\nbuckets = "buckets.yaml"\n', encoding="utf-8")
    done = build(canary_repo)
    assert done.returncode == 0, done.stderr
    site = built(canary_repo)
    assert "search/search_index.json" in site
    assert [name for name, text in site.items() if CANARY.lower() in (name + text).lower()] == []
    assert "TillError (" in site["causes/index.html"]


def test_with_examples_the_examples_are_there_and_no_session(canary_repo, build):
    (canary_repo / "skills-lint.toml").write_text('publish = "examples"\nbuckets = "buckets.yaml"\n', encoding="utf-8")
    assert build(canary_repo).returncode == 0
    site = built(canary_repo)
    assert CANARY in site["causes/date-dtype-mismatch/index.html"]
    assert [name for name, text in site.items() if name.startswith("sessions/") or f"I try {CANARY}" in text] == []


SECRET = "ghp_" + "".join(chr(97 + 7 * n % 26) + str(n * 3 % 10) for n in range(18))


@pytest.mark.parametrize("publish", ["counts", "examples", "sessions"])
def test_a_secret_in_a_trace_is_nowhere_on_the_site_whatever_is_published(tmp_path, repo, build, events, publish):
    traces = {
        f"traces/{n}.jsonl": events(n, f"{ERROR} {SECRET}", code=f"a < b  # {SECRET}", request=f"Use {SECRET}")
        for n in range(3)
    }
    config = f'publish = "{publish}"\nbuckets = "buckets.yaml"\n'
    assert build(repo(tmp_path, {"skills-lint.toml": config, **traces})).returncode == 0
    site = built(tmp_path)
    assert [name for name, text in site.items() if SECRET in text] == []
    assert any(name.startswith("sessions/") for name in site) == (publish == "sessions")


class _Links(HTMLParser):
    """Collects the links and ids of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("href", "src") and value:
                self.links.append(value)
            if name == "id" and value:
                self.ids.add(value)


def dead_links(site: Path) -> list[str]:
    """Return the links of a built site that lead to no file or no anchor in it."""
    pages = {path: _Links() for path in site.rglob("*.html") if path.name != "404.html"}
    for path, page in pages.items():
        page.feed(path.read_text(encoding="utf-8"))
    return [
        f"{path.relative_to(site)}: {link}"
        for path, page in pages.items()
        for link in page.links
        if not re.match(r"[a-z]+:", link) and not leads_somewhere(link, path, pages)
    ]


def leads_somewhere(link: str, source: Path, pages: dict[Path, _Links]) -> bool:
    target, _, fragment = link.partition("#")
    file = (source.parent / unquote(target)).resolve() if target else source
    file = file / "index.html" if file.is_dir() else file
    if file not in pages or not fragment or fragment.startswith("__"):
        return file.is_file()
    return unquote(fragment) in pages[file].ids


@pytest.mark.parametrize("directory_urls", ["true", "false"])
def test_every_internal_link_and_anchor_of_the_built_site_resolves(tmp_path, repo, build, directory_urls):
    config = (
        f"site_name: Small\ntheme:\n  name: material\n  font: false\nuse_directory_urls: {directory_urls}\n"
        "plugins: [search, skills-lint]\n"
    )
    assert build(repo(tmp_path, {"mkdocs.yml": config})).returncode == 0
    assert dead_links(tmp_path / "site") == []


def test_the_site_of_this_repo_is_clean_and_its_links_resolve(tmp_path, build):
    done = build(Path(__file__).parents[2], "--site-dir", str(tmp_path / "site"))
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr
    assert "not included in the" not in done.stderr
    assert dead_links(tmp_path / "site") == []


def test_no_page_names_a_foreign_host_but_in_links_to_follow(tmp_path, repo, build):
    build(repo(tmp_path, {}))
    for name, text in built(tmp_path).items():
        if name.endswith(".html"):
            fetched = re.findall(r"<(?:script|link|img|iframe|source)\b[^>]*", text)
            foreign = [tag for tag in fetched if NO_FOREIGN_HOST.search(tag)]
            assert foreign == [], name


@pytest.mark.parametrize("theme", ["", "theme: readthedocs\n", "theme: material\n", "theme:\n  name: material\n"])
def test_no_theme_fetches_anything_unless_it_is_told_to(tmp_path, repo, build, theme):
    done = build(repo(tmp_path, {"mkdocs.yml": f"site_name: Small\n{theme}plugins: [search, skills-lint]\n"}))
    assert done.returncode == 0, done.stderr
    page = built(tmp_path)["index.html"]
    assert re.findall(r"""<(?:script|link|img)[^>]*(?:src|href)=["']?(?:https?:)?//[^"'>]*""", page) == []
