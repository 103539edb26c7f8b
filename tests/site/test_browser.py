"""The built site in a real browser: found, read, filtered and printed, in light and dark, at any width."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest

from tests.site.browsing import (
    axe_script,
    errors,
    foreign,
    heading,
    kinds_of_page,
    needs_browser,
    open_all,
    opened,
    overflow,
    served,
    set_up,
)

pytestmark = needs_browser

ERROR = "TypeError: '<' not supported between instances of 'str' and 'int'"
OURS = Path(__file__).parents[2]
WINDOWS = [(360, "light"), (390, "light"), (390, "dark"), (1280, "light"), (1280, "dark"), (1600, "dark")]
REPORT = """---
date: '{date}'
window: {{start: '2026-10-22', end: '{date}'}}
pipeline: 1
publish: examples
files: 1
sessions: {count}
executions: 9
failures: {count}
buckets:
- {{id: date-dtype-mismatch, title: Date dtype mismatch, count: {count}, sessions: 1, share: 1.0, covered: true}}
validation: null
---

# Trace failure triage, {date}

| cause | failures |
| --- | ---: |
| date-dtype-mismatch | {count} |
"""
BASE = "/some/base/"
SITE_URL = f"site_url: https://example.org{BASE}\n"
GUIDE = '# A guide of ours\n\n| left | right |\n| :--- | ---: |\n| a | b |\n\n<p style="text-indent: 1em">Ours.</p>\n'


@pytest.fixture(scope="module")
def site(tmp_path_factory, repo, build, events):
    """The built site of a repo that shows all that it may, set up as our own is."""
    config = (OURS / "mkdocs.yml").read_text(encoding="utf-8")
    read = {"event": "tool_start", "tool": "read_file", "args": {"path": "skills/dates/SKILL.md"}}
    done = {"event": "tool_end", "tool": "read_file", "result": {"success": True, "output": "# Dates", "error": None}}
    loaded = [
        "".join(json.dumps({"ts": 1_795_000_000.0, "run_id": f"run-{n}", **event}) + "\n" for event in (read, done))
        for n in range(3)
    ]
    files = {
        "skills-lint.toml": 'publish = "sessions"\nbuckets = "buckets.yaml"\n',
        "mkdocs.yml": f"{SITE_URL}{config[: config.index('  - Guide:')]}  - Guide:\n      - guide.md\n",
        "docs/assets/iframe-worker.js": (OURS / "docs/assets/iframe-worker.js").read_text(encoding="utf-8"),
        "docs/formats.md": (OURS / "docs/formats.md").read_text(encoding="utf-8"),
        "docs/guide.md": GUIDE,
        "skills/plots/SKILL.md": "---\nname: plots\ndescription: Draw.\nodd: 1\n---\n\n# Plots\n\nSee [x](gone.md).\n",
        "docs/reports/2026-11-19.md": REPORT.format(date="2026-11-19", count=1),
        "docs/reports/2026-11-20.md": REPORT.format(date="2026-11-20", count=3),
        **{f"traces/{n}.jsonl": loaded[n] + events(n, ERROR) for n in range(3)},
        "traces/long.jsonl": events(5, "ValueError: " + "x" * 5_000, "y" * 5_000, "z" * 5_000),
    }
    folder: Path = tmp_path_factory.mktemp("site")
    built = build(repo(folder, files))
    assert built.returncode == 0, built.stderr
    return folder / "site"


@pytest.fixture(scope="module")
def address(site):
    """The address at which the site is served: below a folder, since many are."""
    with served(site, BASE) as address:
        yield address


@pytest.fixture
def browser(tmp_path):
    with opened(tmp_path / "profile") as browser:
        yield browser


def search(browser, words: str):
    """Return the first result of a search that is typed into the page."""
    browser.find_element("css selector", "input.md-search__input").click()
    browser.find_element("css selector", "input.md-search__input").send_keys(words)
    return browser.find_element("css selector", ".md-search-result__link")


def follow(browser, selector: str) -> None:
    """Follow the first link in the content that a selector finds, as a reader would."""
    open_all(browser)
    link = browser.find_element("css selector", f".md-content {selector}")
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", link)
    link.click()


@pytest.mark.parametrize(("width", "scheme"), [window for window in WINDOWS if window[0] in (390, 1280)])
def test_a_reader_walks_from_the_overview_to_a_cause_its_session_a_skill_and_back(browser, address, width, scheme):
    set_up(browser, width, scheme)
    browser.get(address + "index.html")
    follow(browser, "a[href*='causes/date-dtype-mismatch']")
    assert heading(browser) == "Date dtype mismatch"
    follow(browser, "details a[href*='sessions/']")
    assert "/sessions/" in browser.current_url
    follow(browser, "a[href*='skills/dates']")
    assert heading(browser) == "dates"
    follow(browser, "a[href*='causes/date-dtype-mismatch']")
    assert heading(browser) == "Date dtype mismatch"
    assert errors(browser) == []
    assert foreign(browser, address) == set()


def test_search_finds_a_cause_a_skill_and_an_error(browser, address):
    set_up(browser, 1280, "light")
    for words, place in (
        ("date dtype mismatch", "causes/date-dtype-mismatch"),
        ("compare dates as one type", "skills/dates"),
        ("not supported between instances", "causes/date-dtype-mismatch"),
        ("frontmatter-schema", "reference/rules/"),
    ):
        browser.get(address)
        search(browser, words)
        browser.find_element("css selector", f".md-search-result__link[href*='{place}']")
    assert errors(browser) == []


@pytest.mark.parametrize(("width", "scheme"), WINDOWS)
def test_every_kind_of_page_fits_and_asks_no_other_host(browser, address, site, width, scheme):
    set_up(browser, width, scheme)
    for page in kinds_of_page(site):
        browser.get(address + page)
        open_all(browser)
        assert overflow(browser) <= 0, page
        assert errors(browser) == [], page
    assert foreign(browser, address) == set()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_violation_on_any_kind_of_page(browser, address, site, scheme):
    script = axe_script()
    set_up(browser, 1280, scheme)
    found = []
    for page in kinds_of_page(site, most=1):
        browser.get(address + page)
        open_all(browser)
        browser.execute_cdp_cmd("Runtime.evaluate", {"expression": script})
        # What Material itself puts around the content is its own.
        asked = "axe.run({include: [['.md-content']]}, {resultTypes: ['violations']}).then(arguments[0])"
        for violation in browser.execute_async_script(asked)["violations"]:
            if violation["impact"] in ("serious", "critical"):
                found += [f"{page}: {violation['id']}: {node['html'][:200]}" for node in violation["nodes"]]
    assert "\n".join(found) == ""


def rows(browser) -> list[str]:
    """Return the first cells of the rows that a filtered table shows."""
    return browser.execute_script(
        "return [...document.querySelectorAll('.sl-filter tbody tr')].filter(row => row.offsetParent !== null)"
        ".map(row => row.cells[0].querySelector('a').textContent)"
    )


def test_a_long_table_is_filtered_and_sorted_with_the_keyboard_alone(browser, address):
    from selenium.webdriver.common.keys import Keys

    set_up(browser, 1280, "light")
    browser.get(address + "reference/rules/index.html")
    every = rows(browser)
    words = browser.find_element("css selector", ".sl-filters input")
    words.send_keys("hidden text")
    assert rows(browser) == ["SK002"]
    assert browser.find_element("css selector", ".sl-filters output").text == f"1 of {len(every)} rows"
    words.send_keys(Keys.ESCAPE + Keys.TAB)
    browser.switch_to.active_element.send_keys("error")
    errors_only = rows(browser)
    assert 1 < len(errors_only) < len(every)
    browser.switch_to.active_element.send_keys(Keys.HOME)
    assert rows(browser) == every
    browser.find_element("css selector", ".sl-filter th button").send_keys(Keys.ENTER + Keys.ENTER)
    assert rows(browser) == sorted(every, reverse=True)
    assert errors(browser) == []


def test_without_scripts_a_long_table_is_whole(browser, address):
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    browser.get(address + "reference/rules/index.html")
    browser.implicitly_wait(0)  # without scripts nothing comes later
    assert browser.find_elements("css selector", ".sl-filters") == []
    shown = browser.find_elements("css selector", ".sl-filter tbody tr")
    assert len(shown) > 30
    assert all(row.is_displayed() for row in shown)


def test_pages_and_search_work_from_a_folder_without_a_server(browser, site):
    set_up(browser, 1280, "light")
    browser.get(f"{site.as_uri()}/index.html")
    search(browser, "date dtype mismatch")
    browser.find_element("css selector", ".md-search-result__link[href*='causes/date-dtype-mismatch']").click()
    assert heading(browser) == "Date dtype mismatch"
    browser.get(f"{site.as_uri()}/reference/rules/index.html")
    assert browser.find_elements("css selector", ".sl-filters")
    assert errors(browser) == []


def test_nothing_is_cut_or_folded_in_print(browser, address, site):
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    set_size = {"width": 718, "height": 1000, "deviceScaleFactor": 1, "mobile": False}  # A4 within its margins
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", set_size)
    cut = (
        "return [...document.querySelectorAll('.md-content *')].filter(e => e.scrollWidth > e.clientWidth + 1"
        " && ['auto', 'scroll', 'hidden'].includes(getComputedStyle(e).overflowX) && e.clientWidth > 1)"
        ".map(e => e.outerHTML.slice(0, 120))"
    )
    folded = "return [...document.querySelectorAll('details > :not(summary)')].filter(e => !e.checkVisibility()).length"
    for page in kinds_of_page(site, most=1):
        browser.get(address + page)
        assert browser.execute_script(cut) == [], page
        assert browser.execute_script(folded) == 0, page
    pdf = base64.b64decode(browser.execute_cdp_cmd("Page.printToPDF", {})["data"])
    assert pdf.startswith(b"%PDF")


def test_the_policy_stops_a_script_that_would_get_into_a_page(browser, address):
    browser.get(address + "index.html")
    browser.execute_script(
        "document.querySelector('.md-content').insertAdjacentHTML('beforeend', arguments[0])",
        '<img src="x" onerror="window.hacked = 1"><iframe srcdoc="<script>parent.hacked = 1</script>"></iframe>',
    )
    browser.execute_script(
        "const s = document.createElement('script'); s.text = 'window.hacked = 1'; document.body.append(s)"
    )
    assert browser.execute_script("return window.hacked") is None
    assert any("Content Security Policy" in message for message in errors(browser))
