"""What is accepted at once satisfies the schema: the validator has nothing to say of it."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any, NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skills_lint.config import Config
from skills_lint.lint.accept import accepter
from skills_lint.lint.contract import OURS, Contract, load_contract

CONTRACTS = [load_contract(name, Config(Path())) for name in OURS]
SECTION = {"title": "Common pitfalls (from traces)", "level": 2, "line": 9}
NAMES = [*CONTRACTS[0].keys, *CONTRACTS[1].keys, *CONTRACTS[2].keys, "other"]

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-1, 9),
    st.just(1.0),
    st.just(datetime.date(2024, 1, 2)),
    st.sampled_from(["", " ", "etf-data", "etf_data", "Etf", "fork", "inline", "low", "a b", "a" * 65, "a" * 1025]),
)
values = st.one_of(scalars, st.lists(scalars, max_size=3), st.dictionaries(st.sampled_from(["a", "b"]), scalars))
sections = st.lists(
    st.one_of(st.just(SECTION), st.dictionaries(st.sampled_from(["title", "level", "line"]), scalars)), max_size=3
)
instances = st.fixed_dictionaries(
    {},
    optional={
        "frontmatter": st.dictionaries(st.sampled_from(NAMES), values, max_size=4).map(
            lambda some: {"name": "etf-data", "description": "d", **some}
        ),
        "sections": sections,
    },
)


@pytest.mark.parametrize("contract", CONTRACTS, ids=OURS)
@given(instance=instances)
def test_what_is_accepted_satisfies_the_schema(contract: Contract, instance: Any) -> None:
    assert contract.accepts is not None
    assert not contract.accepts(instance) or not list(contract.errors(instance))


@pytest.mark.parametrize("contract", CONTRACTS, ids=OURS)
def test_a_common_skill_is_accepted(contract: Contract) -> None:
    assert contract.accepts is not None
    front = {"name": "etf-data", "description": "Read prices.", "license": "MIT", "allowed-tools": "Read Write"}
    assert contract.accepts({"frontmatter": front, "sections": [SECTION, {**SECTION, "title": "After"}]})


def never(reference: str) -> NoReturn:
    raise AssertionError(reference)


@pytest.mark.parametrize(
    "schema", [{"not": {}}, {"properties": {"a": {"if": {}}}}, {"items": True}, {"contains": {}, "minContains": 2}]
)
def test_of_a_schema_that_demands_more_nothing_is_said(schema: dict[str, Any]) -> None:
    assert accepter(schema, never) is None
