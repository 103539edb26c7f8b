"""A real browser and a server for built sites: Debian's chromium, driven by selenium."""

from __future__ import annotations

import functools
import http.server
import json
import os
import shutil
import subprocess
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

BROWSER, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
needs_browser = pytest.mark.skipif(not (BROWSER and DRIVER), reason="needs chromium and chromedriver")
_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_OWN = ("data:", "blob:", "about:", "chrome:")  # addresses that no host stands behind
_AXE = Path(__file__).with_name("axe")


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    """Serves files below a folder of the server, and says nothing."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def served(site: Path, base: str = "/") -> Iterator[str]:
    """Give the address at which a folder is served, at the root or below the path `base`."""

    class Handler(QuietHandler):
        def translate_path(self, path: str) -> str:
            inside = path.removeprefix(base) if path.startswith(base) else "nothing-here"
            return super().translate_path(f"/{inside}")

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}{base}"
    server.shutdown()
    server.server_close()


@contextmanager
def opened(profile: Path) -> Iterator[Any]:
    """Give a browser with a profile of its own."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = BROWSER
    for flag in (*_FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(DRIVER))
    driver.implicitly_wait(20)
    driver.get("about:blank")
    driver.get_log("performance")  # what the browser's own first page asked for
    try:
        yield driver
    finally:
        driver.quit()


def set_up(browser: Any, width: int, scheme: str) -> None:
    """Make the browser's window as wide as told, and prefer light or dark."""
    media = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": media})
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)


def errors(browser: Any) -> list[str]:
    """Return what the console was told since the last look, errors only; what the policy stopped is one."""
    return [entry["message"] for entry in browser.get_log("browser") if entry["level"] in ("SEVERE", "ERROR")]


def foreign(browser: Any, address: str) -> set[str]:
    """Return what pages asked of other places than `address` since the last look."""
    messages = (json.loads(entry["message"])["message"] for entry in browser.get_log("performance"))
    urls = {m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"}
    return {url for url in urls if not url.startswith((address, *_OWN))}


def heading(browser: Any) -> str:
    """Return the title that a page shows."""
    return str(browser.find_element("css selector", ".md-content h1").text)


def open_all(browser: Any) -> None:
    """Unfold whatever a page folds."""
    browser.execute_script("document.querySelectorAll('details').forEach(details => details.open = true)")


def overflow(browser: Any) -> int:
    """Return by how many pixels a page is wider than its window."""
    return int(browser.execute_script("return document.documentElement.scrollWidth - window.innerWidth"))


def kinds_of_page(site: Path, most: int = 2) -> list[str]:
    """Return pages of a built site, at most so many of each folder, and its list: a new kind comes in by itself."""
    pages = sorted(path.relative_to(site) for path in site.rglob("*.html"))
    lists = [page for page in pages if page.name == "index.html" or len(page.parts) == 1]
    folders: dict[Path, list[Path]] = {}
    for page in pages:
        if page not in lists:
            folders.setdefault(page.parent, []).append(page)
    return [page.as_posix() for page in (*lists, *(page for found in folders.values() for page in found[:most]))]


def axe_script() -> str:
    """Return the source of axe-core, installed from its lock into a cache folder; skips without npm or its registry."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("needs npm")
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "skills-lint-tests" / "axe"
    script = cache / "node_modules" / "axe-core" / "axe.min.js"
    lock = (_AXE / "package-lock.json").read_bytes()
    kept = cache / "package-lock.json"
    if not (script.exists() and kept.exists() and kept.read_bytes() == lock):
        cache.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(_AXE / name, cache / name)
        command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        done = subprocess.run(command, cwd=cache, capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.skip(f"axe-core cannot be installed: {done.stderr.strip().splitlines()[-1:]}")
    return script.read_text(encoding="utf-8")
