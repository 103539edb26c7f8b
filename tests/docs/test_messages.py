"""The page of messages lists the forms that there are."""

from __future__ import annotations

import yaml
from messages_table import PAGE, table, with_table

from skills_lint.errors.said import read_message


def test_the_page_lists_all_forms_as_they_are():
    page = PAGE.read_text(encoding="utf-8")
    assert page == with_table(page), "run `python tests/docs/messages_table.py`"
    assert table().count("\n") > 50


def test_the_rules_on_the_page_name_what_the_reader_says():
    page = PAGE.read_text(encoding="utf-8")
    rules = yaml.safe_load(page.partition("```yaml\n")[2].partition("```")[0])["match"]
    none = read_message("AttributeError", "'NoneType' object has no attribute 'group'. Did you mean: 'x'?")
    assert none is not None
    assert (none.form, none.parts["owner"]) == (rules[0]["form"], rules[0]["where"]["owner"])
