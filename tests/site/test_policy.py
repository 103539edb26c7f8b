"""The policy of a page allows what its theme needs, and nothing that its content says."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest

from skills_lint.site.policy import with_policy

FRAME = (
    '<!doctype html><html><head><meta charset="utf-8"><link rel="canonical" href="https://example.org/a/">'
    "<script>theme()</script></head><body>{}</body></html>"
)


def directives(page: str) -> dict[str, list[str]]:
    """Return the sources that a page's policy names, by directive."""
    (policy,) = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', page)
    words = [directive.split() for directive in policy.split("; ")]
    return {name: sources for name, *sources in words}


def digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def policy(content: str, *, trusted: bool = False, hosts: tuple[str, ...] = ()) -> dict[str, list[str]]:
    return directives(with_policy(FRAME.format(content), content, trusted=trusted, hosts=hosts))


def test_the_inline_scripts_of_the_theme_run_and_no_others():
    assert policy("<p>x</p>")["script-src"] == ["'self'", digest("theme()")]


@pytest.mark.parametrize(
    "content",
    [
        "<script>evil()</script>",
        "<script>evil()</script><!--",
        '<img src="https://evil.example/x" onerror="evil()">',
        '<iframe src="//evil.example"></iframe>',
        "<style>*{display:none}</style>",
        '<p style="background:url(https://evil.example)">x</p>',
        '<link rel="stylesheet" href="https://evil.example/x.css">',
    ],
)
def test_a_content_that_got_out_of_its_place_allows_nothing_to_itself(content):
    assert policy(content) == policy("<p>x</p>")
    assert policy(content) != policy(content, trusted=True)


def test_a_page_whose_content_was_changed_on_the_way_allows_files_of_the_site_only():
    page = FRAME.format("<b>changed</b><script>evil()</script>")
    assert directives(with_policy(page, "<p>other</p>", trusted=False))["script-src"] == ["'self'"]


def test_a_page_that_people_wrote_may_name_scripts_styles_and_hosts():
    content = (
        '<script>mine()</script><style>b{}</style><p style="color: red">x</p>'
        '<button onclick="go(&quot;x&quot;)">x</button><script src="https://cdn.example/x.js"></script>'
        "<img src=//pictures.example/x.png>"
    )
    found = policy(content, trusted=True, hosts=("https://more.example",))
    hosts = ["https://cdn.example", "https://pictures.example", "https://more.example"]
    assert found["default-src"] == ["'self'", *hosts]
    assert {digest("mine()"), digest('go("x")'), "'unsafe-hashes'", *hosts} < set(found["script-src"])
    assert {digest("b{}"), digest("color: red"), *hosts} < set(found["style-src"])


def test_a_link_to_follow_names_no_host_that_is_fetched_from():
    page = with_policy(FRAME.format('<a href="https://example.org">x</a>'), "", trusted=True)
    assert "example.org" not in str(directives(page))


def test_nothing_is_allowed_without_a_limit():
    found = policy("<script>mine()</script>", trusted=True)
    assert not {"'unsafe-inline'", "'unsafe-eval'", "*", "https:", "http:"} & {
        word for sources in found.values() for word in sources
    }
    assert found["object-src"] == ["'none'"]
    assert found["base-uri"] == ["'self'"]


def test_data_in_a_script_element_needs_no_hash():
    page = FRAME.format('<script id="__config" type="application/json">{"a": 1}</script>')
    assert directives(with_policy(page, "", trusted=False))["script-src"] == ["'self'", digest("theme()")]


def test_the_policy_stands_behind_the_charset_and_before_all_that_it_governs():
    page = with_policy(FRAME.format(""), "", trusted=False)
    assert page.index("charset") < page.index("Content-Security-Policy") < page.index("<script>")
