"""The built site in a real browser: Debian's chromium."""

from __future__ import annotations

import functools
import http.server
import json
import shutil
import threading
from pathlib import Path

import pytest

BROWSER, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
pytestmark = pytest.mark.skipif(not (BROWSER and DRIVER), reason="needs chromium and chromedriver")

EVIL = "<img src=x onerror=window.hacked=1><script>window.hacked=1</script></details> {{ 7*7 }} \x1b[31m \u202e"
ERROR = "TypeError: '<' not supported between instances of 'str' and 'int'"
BUCKETS = f"""buckets:
  - id: date-dtype-mismatch
    title: Date dtype mismatch
    match: [{{exception: TypeError}}]
    cause: Dates are text here and numbers there.
    fix: Turn them into one type.
    hint: Convert both sides first.
  - id: evil
    title: {json.dumps(EVIL.replace(chr(27), ""), ensure_ascii=False)}
    match: [{{exception: ValueError}}]
    cause: &evil {json.dumps(EVIL.replace(chr(27), ""), ensure_ascii=False)}
    fix: *evil
    hint: *evil
"""
PAGES = (
    "index.html",
    "causes/index.html",
    "causes/date-dtype-mismatch.html",
    "causes/evil.html",
    "skills/index.html",
    "skills/dates.html",
    "reports/index.html",
    "reports/2026-11-20.html",
    "reference/rules/index.html",
    "reference/rules/sk101.html",
    "reference/schemas.html",
    "reference/commands.html",
)
REPORT = """---
date: '2026-11-20'
window: {start: '2026-10-22', end: '2026-11-20'}
pipeline: 1
publish: examples
files: 1
sessions: 1
executions: 1
failures: 1
buckets:
- {id: date-dtype-mismatch, title: Date dtype mismatch, count: 1, sessions: 1, share: 1.0, covered: true}
validation: null
---

# Trace failure triage, 2026-11-20
"""


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site(tmp_path_factory, repo, build, events):
    """The built site of a repo with hostile traces, a hostile skill and a hostile bucket, set up as our own is."""
    folder: Path = tmp_path_factory.mktemp("site")
    ours = Path(__file__).parents[2]
    config = (ours / "mkdocs.yml").read_text(encoding="utf-8")
    own_pages = config.index("  - Guide:")
    evil_skill = f'---\nname: "{EVIL[:60]}"\ndescription: evil\n---\n\n# {EVIL}\n\n{EVIL}\n'
    files = {
        "mkdocs.yml": config[:own_pages],
        "docs/assets/iframe-worker.js": (ours / "docs/assets/iframe-worker.js").read_text(encoding="utf-8"),
        "docs/formats.md": (ours / "docs/formats.md").read_text(encoding="utf-8"),
        "buckets.yaml": BUCKETS,
        "skills/evil/SKILL.md": evil_skill.replace("\x1b", ""),
        "docs/reports/2026-11-20.md": REPORT,
        **{f"traces/{n}.jsonl": events(n, f"{ERROR} {EVIL}", f"a < b # {EVIL}", EVIL) for n in range(3)},
        "traces/long.jsonl": events(5, "ValueError: " + "x" * 5_000, "y" * 5_000, "z" * 5_000),
    }
    done = build(repo(folder, files))
    assert done.returncode == 0, done.stderr
    return folder / "site"


@pytest.fixture(scope="module")
def address(site):
    """The address at which the site is served."""
    handler = functools.partial(QuietHandler, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.fixture
def browser(tmp_path):
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = BROWSER
    for flag in (
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        f"--user-data-dir={tmp_path / 'profile'}",
    ):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(DRIVER))
    driver.implicitly_wait(20)
    driver.get("about:blank")
    driver.get_log("performance")  # what the browser's own first page asked for
    yield driver
    driver.quit()


def search(browser, words: str):
    """Return the first result of a search that is typed into the page."""
    browser.find_element("css selector", "input.md-search__input").click()
    browser.find_element("css selector", "input.md-search__input").send_keys(words)
    return browser.find_element("css selector", ".md-search-result__link")


def errors(browser) -> list[str]:
    return [entry["message"] for entry in browser.get_log("browser") if entry["level"] in ("SEVERE", "ERROR")]


def foreign(browser, address) -> set[str]:
    """Return what the pages asked of other hosts; the browser's own pages (`chrome://newtab`) are no hosts."""
    messages = (json.loads(entry["message"])["message"] for entry in browser.get_log("performance"))
    urls = {m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"}
    return {url for url in urls if not url.startswith((address, "data:", "blob:", "chrome:"))}


def heading(browser) -> str:
    return browser.find_element("css selector", ".md-content h1").text


def test_search_finds_a_cause_which_leads_to_its_skill_and_back(browser, address):
    browser.set_window_size(1280, 900)
    browser.get(address)
    search(browser, "date dtype mismatch")
    browser.find_element("css selector", ".md-search-result__link[href*='causes/date-dtype-mismatch']").click()
    assert heading(browser) == "Date dtype mismatch"
    browser.find_element("css selector", ".sl-pitfalls a").click()
    assert heading(browser) == "dates"
    browser.find_element("css selector", ".md-content a[href*='causes/date-dtype-mismatch']").click()
    assert heading(browser) == "Date dtype mismatch"
    assert errors(browser) == []
    assert foreign(browser, address) == set()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_every_kind_of_page_fits_runs_nothing_foreign_and_asks_no_other_host(browser, address, width, scheme):
    media = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": media})
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    for page in PAGES:
        browser.get(address + page)
        browser.execute_script("document.querySelectorAll('details').forEach(details => details.open = true)")
        assert browser.execute_script("return document.documentElement.scrollWidth") <= width, page
        assert browser.execute_script("return window.hacked") is None, page
    assert errors(browser) == []
    assert foreign(browser, address) == set()


def test_a_hostile_skill_is_found_by_search_and_runs_nothing(browser, address):
    browser.set_window_size(1280, 900)
    browser.get(address)
    browser.get(search(browser, "onerror").get_attribute("href"))
    assert browser.execute_script("return document.querySelectorAll('.md-content img').length") == 0
    assert browser.execute_script("return window.hacked") is None
    assert errors(browser) == []


def test_pages_and_search_work_from_a_folder_without_a_server(browser, site):
    browser.set_window_size(1280, 900)
    browser.get(f"{site.as_uri()}/index.html")
    search(browser, "date dtype mismatch").click()
    assert heading(browser) == "Date dtype mismatch"
    assert errors(browser) == []
