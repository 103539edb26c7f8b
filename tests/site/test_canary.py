"""Hostile traces and skills in a real browser: nothing runs, nothing is fetched, and the layout holds."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.site.browsing import errors, needs_browser, open_all, opened, overflow, served, set_up
from tests.site.hostilecases import hostile_repo, hostile_texts, write

pytestmark = needs_browser

ALIVE = "script, img, iframe, object, embed, base, meta, link, style, math, template, noscript, foreignObject"
HANDLERS = (
    "[...document.querySelectorAll('.md-content *')].some(e => e.getAttributeNames().some(n => /^on|^style$/.test(n)))"
)
SCHEMES = "return [...new Set([...document.querySelectorAll('.md-content a[href]')].map(a => a.protocol))]"


@pytest.fixture(scope="module")
def site(tmp_path_factory, repo, build, events):
    """The built site of a repo in which everything is a trick."""
    folder: Path = tmp_path_factory.mktemp("hostile")
    write(repo(folder, {}), hostile_repo(events))
    built = build(folder)
    assert built.returncode == 0, built.stderr[-3_000:]
    return folder / "site"


@pytest.fixture(scope="module")
def address(site):
    with served(site) as address:
        yield address


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    with opened(tmp_path_factory.mktemp("profile")) as browser:
        set_up(browser, 390, "light")
        yield browser


def strange(browser, address, site) -> list[str]:
    """Return what pages asked for since the last look, beside files of the site."""
    messages = (json.loads(entry["message"])["message"] for entry in browser.get_log("performance"))
    urls = {m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"}
    others = {url for url in urls if not url.startswith(("data:", "about:"))}
    return sorted(url for url in others if not (url.startswith(address) and (site / path_of(url, address)).exists()))


def path_of(url: str, address: str) -> str:
    return unquote(url.removeprefix(address).partition("#")[0].partition("?")[0])


def test_there_are_enough_cases_and_each_has_its_pages(site):
    texts = hostile_texts()
    assert len(texts) >= 60
    assert len(list(site.glob("causes/case-*/index.html"))) == len(texts)
    assert len(list(site.glob("skills/*/index.html"))) >= len(texts) + 20
    assert list(site.glob("sessions/*/index.html"))


@pytest.mark.parametrize("folder", ["causes", "skills", "sessions", "reports", "."])
def test_nothing_runs_nothing_is_fetched_links_are_safe_and_the_layout_holds(browser, address, site, folder):
    pages = [site / "index.html"] if folder == "." else sorted((site / folder).rglob("index.html"))
    assert pages
    for page in pages:
        name = page.parent.relative_to(site).as_posix()
        browser.get(f"{address}{name}/")
        open_all(browser)
        live = browser.execute_script(
            f"return [window.hacked ?? null, document.querySelectorAll('.md-content :is({ALIVE})').length, {HANDLERS}]"
        )
        assert live == [None, 0, False], name
        assert set(browser.execute_script(SCHEMES)) <= {"http:", "https:", "mailto:"}, name
        assert overflow(browser) <= 0, name
        assert errors(browser) == [], name
    assert strange(browser, address, site) == []


def test_search_shows_hostile_texts_as_texts(browser, address, site):
    browser.get(address)
    set_up(browser, 1280, "light")
    box = browser.find_element("css selector", "input.md-search__input")
    box.click()
    box.send_keys("onerror")
    browser.find_element("css selector", ".md-search-result__link")
    assert browser.execute_script("return document.querySelectorAll('.md-search-result img').length") == 0
    assert browser.execute_script("return window.hacked") is None
    assert strange(browser, address, site) == []
    assert errors(browser) == []
