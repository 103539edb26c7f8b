"""Folders in the navigation stand for their pages."""

from __future__ import annotations

from markupsafe import Markup

from skills_lint.site.nav import expand, with_own_section, without_long_folders
from skills_lint.site.page import Page

TITLES = {"index.md": "Overview", "causes/index.md": "Root causes", "causes/a.md": "A", "guide/start.md": None}


def test_a_folder_gives_way_to_its_pages_in_order():
    assert expand([{"Causes": "causes/"}], TITLES) == [
        {"Causes": [{"Root causes": "causes/index.md"}, {"A": "causes/a.md"}]}
    ]


def test_a_page_that_people_wrote_keeps_its_own_title():
    assert expand(["guide/"], TITLES) == ["guide/start.md"]


def test_a_folder_without_pages_is_left_out_at_any_depth():
    assert expand([{"More": [{"Skills": "skills/"}]}, "index.md"], TITLES) == ["index.md"]


def test_what_is_no_folder_stays_as_it_is():
    nav = ["index.md", {"Web": "https://example.org"}, {"Deep": [{"Page": "causes/a.md"}]}]
    assert expand(nav, TITLES) == nav


def test_a_navigation_that_leads_to_our_pages_stays_as_it_is():
    nav = [{"Deep": [{"Skills": "skills/"}]}]
    assert with_own_section(nav, "index.md") == nav


def test_a_navigation_of_others_gets_a_section():
    nav = with_own_section([{"Home": "index.md"}], "overview.md")
    assert nav[1]["Root causes and skills"][0] == {"Overview": "overview.md"}


def test_of_a_folder_with_very_many_pages_only_its_list_is_in_the_navigation():
    def page(uri):
        return Page(uri, uri, lambda _links: Markup())

    skills = [page("skills/index.md"), *(page(f"skills/{number}.md") for number in range(150))]
    causes = [page("causes/index.md"), *(page(f"causes/{number}.md") for number in range(20))]
    listed = [each.uri for each in without_long_folders([*skills, *causes]) if each.listed]
    assert listed == ["skills/index.md", *(each.uri for each in causes)]
