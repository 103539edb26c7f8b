"""The reference of the lint rules, made from the rules themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .markdown import reference_body
from .names import page_title
from .page import Links, Page, render

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from ..lint.rule import Rule


def rule_uri(code: str) -> str:
    """Return the address of a rule's page."""
    return f"reference/rules/{code.lower()}.md"


def rules_page(rules: Sequence[Rule]) -> Page:
    """Return the list of all rules."""
    title = "Rules"
    return Page(
        "reference/rules/index.md",
        page_title(title),
        lambda links: render("rules.html", links, title=title, rules=rules),
    )


def rule_page(rule: Rule) -> Page:
    """Return the page of one rule."""
    from ..lint.reference import rule_page as explained

    def body(_links: Links) -> Markup:
        return reference_body(explained(rule))

    return Page(rule_uri(rule.code), page_title(f"{rule.code} {rule.name}"), body, listed=False)
