"""The page about formats says what the formats say of themselves."""

from __future__ import annotations

import re

import formats_page
import pytest

from skills_lint.traces.formats import Format, all_formats


def test_the_page_is_made_from_the_formats() -> None:
    made = formats_page.PAGE.read_text(encoding="utf-8")
    assert made == formats_page.page(), "run `python tests/docs/formats_page.py`"


@pytest.mark.parametrize("format_", all_formats(), ids=lambda format_: format_.name)
def test_a_format_says_by_what_it_is_known(format_: Format) -> None:
    about = format_.about
    assert all([about.title, about.files, about.recognised, about.execution, about.failure, about.source])
    assert re.fullmatch(r"[a-z0-9-]+", format_.name)
