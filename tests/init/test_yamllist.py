"""A law of the extended list: read again, it is the old document with one more item, and every old line is there."""

from __future__ import annotations

import difflib
from typing import Any

import yaml
from hypothesis import given
from hypothesis import strategies as st

from skills_lint.setup.yamllist import append_item

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=12)
VALUES = st.recursive(
    TEXT | st.integers() | st.booleans() | st.just("one\ntwo\n"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)
ENTRIES = st.lists(st.dictionaries(TEXT, VALUES, min_size=1, max_size=3), min_size=1, max_size=3)


@given(entries=ENTRIES, behind=st.dictionaries(TEXT.filter(lambda key: key != "repos"), VALUES, max_size=2))
def test_an_item_is_added_and_nothing_else_changes(entries: list[Any], behind: dict[str, Any]) -> None:
    text = yaml.safe_dump({"repos": entries, **behind}, sort_keys=False, allow_unicode=True)
    added = append_item(text, ["repos"], "- id: new\n")
    assert added is not None
    assert yaml.safe_load(added) == {"repos": [*entries, {"id": "new"}], **behind}
    changes = list(difflib.ndiff(text.splitlines(), added.splitlines()))
    assert [change for change in changes if change.startswith(("+ ", "- "))] == ["+ - id: new"]
