"""The catalogue's pages stand on their own; they are found from their list and not in the navigation."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import escape

from skills_lint.buckets.catalogue import load_catalogue
from skills_lint.site.catalogue import catalogue_pages, entry_uri


def test_every_cause_of_the_catalogue_has_a_page_with_its_facts(facts, pages):
    found = pages(facts)
    for bucket in load_catalogue():
        html = found[entry_uri(bucket.id)]
        assert f"<h1>{escape(bucket.title)}</h1>" in html
        for heading in ("Cause", "Fix", "Hint", "Cured in"):
            assert f"<dt>{heading}</dt>" in html


def test_the_list_leads_to_every_page(facts, pages):
    listed = pages(facts)["reference/catalogue/index.md"]
    assert all(f"<code>{bucket.id}</code>" in listed for bucket in load_catalogue())


def test_only_the_list_is_in_the_navigation():
    assert [page.uri for page in catalogue_pages() if page.listed] == ["reference/catalogue/index.md"]


def test_a_cause_from_the_catalogue_leads_to_its_entry(facts, pages):
    entry = load_catalogue()[0]
    coverage = facts.assessment.coverage
    first = coverage.buckets[0]
    known = replace(first, bucket=replace(first.bucket, id=entry.id, source="catalogue"))
    changed = replace(facts.assessment, coverage=replace(coverage, buckets=(known, *coverage.buckets[1:])))
    assert "an entry of the built-in catalogue" in pages(replace(facts, assessment=changed))[f"causes/{entry.id}.md"]
