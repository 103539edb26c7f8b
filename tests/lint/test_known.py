"""What only the repo's own evidence and code can say: stale API, stale and unread pitfalls, overlap, budget."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skills_lint.lint.api_use import python_uses
from skills_lint.lint.overlap import overlaps
from skills_lint.lint.shell_use import files_named, modules_run

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from skills_lint.lint.diagnostic import Diagnostic

    Lint = Callable[..., list[Diagnostic]]

FILE = "skills/etf/SKILL.md"
HEAD = "---\nname: etf\ndescription: Read ETF prices.\n---\n"
EVIDENCE = "routines/trace_failure_triage/evidence.jsonl"
SOURCE = {
    "skills-lint.toml": 'source = ["src"]\n',
    "src/market/__init__.py": "from .store import Store\n",
    "src/market/store.py": (
        "class Store:\n"
        "    def daily(self, code, *, start=None):\n        return []\n\n"
        "    def any(self, **more):\n        return []\n\n"
        "def open_store(path):\n    return Store()\n"
    ),
    "src/market/lazy.py": "def __getattr__(name):\n    return name\n",
    "src/market/odd.py": "from pandas import DataFrame\n\nclass Frame(DataFrame):\n    pass\n",
    "src/market/units.py": "from .fill import fill, this_module\n\nfill(this_module())\n",
    "src/market/fill.py": "def fill(module):\n    setattr(module, 'metre', 1)\n\ndef this_module():\n    ...\n",
}


def stale(lint: Lint, text: str, **more: str) -> list[tuple[int, int, int, str, str | None]]:
    found = lint({FILE: HEAD + text, **SOURCE, **more})
    assert {d.code for d in found} <= {"SK602"}
    return [(d.line, d.column, d.end_column, d.message, d.help) for d in found]


def python(code: str) -> str:
    return f"Text.\n\n```python\n{code}\n```\n"


@pytest.mark.parametrize(
    ("code", "row", "column", "end", "says", "near"),
    [
        ("from market.stor import Store", 1, 13, 17, "`market` has no `stor`", "store"),
        ("from market import Stores", 1, 20, 26, "`market` has no `Stores`", "Store"),
        ("import market.stor as s", 1, 15, 19, "`market` has no `stor`", "store"),
        ("import market.gone.deep", 1, 15, 19, "`market` has no `gone`", None),
        ("from market import Store\n\nStore().dayly('VTI')", 3, 9, 14, "`market.Store` has no `dayly`", "daily"),
        ("from market import Store\ns = Store()\ns.dayly('VTI')", 3, 3, 8, "has no `dayly`", "daily"),
        ("from market import Store\nStore().daily('VTI', begin=1)", 2, 22, 27, "takes no keyword `begin`", None),
        ("from market import Store\nStore().daily(\n    'VTI',\n    strat=1,\n)", 4, 5, 10, "keyword `strat`", "start"),
        ("import market\nmarket.open_stor('x')", 2, 8, 17, "`market` has no `open_stor`", None),
        (">>> from market import Stores\n>>> 2\n2", 1, 24, 30, "has no `Stores`", "Store"),
        ("%pip install market\nfrom market import Stores", 2, 20, 26, "has no `Stores`", "Store"),
        ("é = 'é'; from market import Stores", 1, 29, 35, "has no `Stores`", "Store"),
    ],
)
def test_what_the_source_does_not_have_is_found_at_its_place(
    lint: Lint, code: str, row: int, column: int, end: int, says: str, near: str | None
) -> None:
    ((line, at, until, message, help_),) = stale(lint, python(code))
    assert (line, at, until) == (7 + row, column, end)
    assert says in message
    assert near is None or help_ == f"did you mean `{near}`?"


@pytest.mark.parametrize(
    "code",
    [
        "from market import Store\nStore().daily('VTI', start='2026-01-02')",
        "from market import Store\nStore().any(begin=1)",
        "from market.lazy import anything",
        "from market.odd import Frame\nFrame().anything()",
        "from market.units import metre",
        "from market.store import open_store\nopen_store('x').anything()",
        "import pandas as pd\npd.anything(nothing=1)",
        "try:\n    from market import Stores\nexcept ImportError:\n    Stores = None",
        "class Store:\n    pass\n\nStore().dayly()",
        "def f(market):\n    return market.anything",
        "from market import Store\ns = Store()\ns.note = 1\nprint(s.note)",
        "from market import Store\nstore = Store()\nstore = other()\nstore.dayly()",
        "from market.my_signals import mine",
        "# Wrong\nfrom market import Stores",
        "from market import Stores  # removed in 2.0",
        "from market import Stores (",
    ],
)
def test_what_is_there_or_not_certain_is_fine(lint: Lint, code: str) -> None:
    found = lint({FILE: HEAD + python(code), **SOURCE})
    assert [d for d in found if d.code == "SK602"] == []


def test_the_line_above_a_block_may_say_that_it_is_wrong(lint: Lint) -> None:
    assert stale(lint, "Do not write:\n\n```python\nfrom market import Stores\n```\n") == []


@pytest.mark.parametrize(
    ("text", "line", "column", "says"),
    [
        ("```bash\npython -m market.stor --all\n```\n", 6, 11, "`market` has no `stor`"),
        ("Run `python -m market.stor` first.\n", 5, 16, "`market` has no `stor`"),
        ("See `src/market/stor.py`.\n", 5, 6, "there is no src/market/stor.py"),
        ("```sh\npytest src/market/stor.py\n```\n", 6, 8, "there is no src/market/stor.py"),
    ],
)
def test_commands_and_paths_are_held_against_the_source(
    lint: Lint, text: str, line: int, column: int, says: str
) -> None:
    ((at, from_, _, message, help_),) = stale(lint, text)
    assert (at, from_) == (line, column)
    assert message.startswith(f"the module {says}") or message == says
    assert help_ == f"did you mean `{'src/market/store.py' if 'src/' in says else 'store'}`?"


@pytest.mark.parametrize(
    "text",
    [
        "```bash\npython -m market.store\npython -m pytest\npython -m market\n```\n",
        "See `src/market/store.py`, and `src/<package>/store.py`.\n",
        "Create `src/market/signals.py` first.\n",
        "```bash\ntouch src/market/signals.py\ngit show HEAD:src/market/old.py > x\n```\n",
        "See `src/other/store.py` in any repo.\n",
        "See `src/market/my_rule.py`.\n",
        "```yaml\npath: src/market/stor.py\n```\n",
    ],
)
def test_commands_and_paths_that_may_be_right_are_fine(lint: Lint, text: str) -> None:
    assert stale(lint, text) == []


def test_code_in_a_file_beside_the_skill_is_held_against_the_source(lint: Lint) -> None:
    aside = {"skills/etf/references/api.md": "# API\n\n```python\nfrom market import Stores\n```\n"}
    (found,) = lint({FILE: f"{HEAD}See [the API](references/api.md).\n", **SOURCE, **aside})
    assert (found.file, found.code, found.line, found.column) == ("skills/etf/references/api.md", "SK602", 4, 20)


def test_the_source_is_not_read_for_a_skill_that_does_not_name_it(lint: Lint) -> None:
    broken = {"src/market/store.py": "def f(:\n"}
    assert stale(lint, python("import pandas\npandas.DataFrame()"), **broken) == []


def test_a_function_that_takes_the_place_of_its_module_is_left_in_doubt(lint: Lint) -> None:
    more = {"src/market/__init__.py": "from .trace import *\n", "src/market/trace.py": "def trace(x):\n    return x\n"}
    assert stale(lint, python("from market import trace\ntrace(1).real"), **more) == []


def record(number: int, date: str | None, failures: Mapping[str, int], **more: Any) -> str:
    values = {"session": f"{number:032x}", "date": date, "format": "f", "model": None, "executions": 1, "hint": None}
    return json.dumps({**values, "failures": failures, "offered": [], "loaded": [], "pipeline": 1, **more}) + "\n"


def known(lint: Lint, code: str, text: str, *records: str, **more: str) -> list[str]:
    found = lint({FILE: HEAD + text, EVIDENCE: "".join(records), **more}, preview=True)
    return [d.message for d in found if d.code == code]


PITFALLS = "Text.\n\n## Common pitfalls (from traces)\n\n- `old-names`: use the new names.\n"
SEEN = record(1, "2026-05-01", {"old-names": 2})


def test_a_pitfall_whose_bucket_is_not_seen_any_more_tells_since_when(lint: Lint) -> None:
    newer = [record(2, "2026-08-01", {}), record(3, "2026-09-01", {}, loaded=["etf"])]
    assert known(lint, "SK603", PITFALLS, SEEN, *newer) == [
        "the bucket `old-names` was last seen on 2026-05-01, 123 days before the newest session; "
        "2 sessions since had no such failure, 1 of them without this skill"
    ]


@pytest.mark.parametrize(
    "records",
    [
        [],
        [SEEN],
        [record(1, "2026-05-01", {"other": 1}), record(2, "2026-09-01", {})],  # never seen
        [SEEN, record(2, "2026-07-29", {})],  # 89 days
        [SEEN, record(2, "2026-09-01", {}, loaded=["etf"])],  # the pitfall may be what prevents it
        [SEEN, record(2, "2026-09-01", {}, loaded=["funds:etf"])],  # a plugin's
        [SEEN, record(2, None, {})],
    ],
)
def test_a_pitfall_that_may_still_matter_is_not_stale(lint: Lint, records: list[str]) -> None:
    assert known(lint, "SK603", PITFALLS, *records) == []


def failed(number: int, **more: Any) -> str:
    return record(number, "2026-09-01", {"old-names": 1}, **more)


def test_a_pitfall_that_no_failing_session_loaded_is_found(lint: Lint) -> None:
    records = [failed(1, offered=["etf"], loaded=["reports"]), failed(2, loaded=["reports"]), failed(3)]
    (message,) = known(lint, "SK604", PITFALLS, *records)
    assert message == (
        "2 sessions failed with `old-names` and tell which skills they loaded; none loaded this one, "
        "though it was offered to 1"
    )


@pytest.mark.parametrize(
    "records",
    [
        [failed(1), failed(2)],  # traces that tell nothing of skills
        [failed(1, offered=["etf"])],  # one session
        [failed(1, loaded=["reports"]), failed(2, loaded=["etf"])],
        [failed(1, loaded=["reports"]), failed(2, loaded=["other"])],  # another skill with this pitfall
    ],
)
def test_a_pitfall_that_was_read_or_may_have_been_is_fine(lint: Lint, records: list[str]) -> None:
    other = HEAD.replace("etf", "other") + PITFALLS
    assert known(lint, "SK604", PITFALLS, *records, **{"skills/other/SKILL.md": other}) == []


@pytest.mark.parametrize(
    ("advice", "only_forbids"),
    [
        ("never compare dates of different types", True),
        ("Do not read the whole file. Avoid `read_all`.", True),
        ("**Don't** call `drop()` on a copy", True),
        ("never compare dates of different types; convert them first", False),
        ("do not use `a` but `b`", False),
        ("avoid `a`: call `b`", False),
        ("never call `open` without a mode", False),
        ("do not forget to close the store", False),
        ("dates are text. Do not compare them with numbers.", False),
        ("compare dates as one type", False),
    ],
)
def test_a_pitfall_says_what_to_do(lint: Lint, advice: str, only_forbids: bool) -> None:
    text = PITFALLS.replace("use the new names.", advice)
    assert bool(known(lint, "SK605", text)) is only_forbids


PRICES = "Read daily prices of exchange traded funds from the store and compare dates."


def described(name: str, text: str, more: str = "") -> dict[str, str]:
    return {f"skills/{name}/SKILL.md": f"---\nname: {name}\ndescription: {text}\n{more}---\nOpen the store.\n"}


def overlapping(lint: Lint, *skills: Mapping[str, str]) -> list[Diagnostic]:
    files = {name: text for skill in skills for name, text in skill.items()}
    return [d for d in lint(files, preview=True) if d.code == "SK105"]


def test_two_descriptions_that_say_the_same_are_told_with_their_sentences(lint: Lint) -> None:
    other = "Made by us. Reads the daily prices of exchange traded funds in the store; compares dates."
    (found,) = overlapping(lint, described("a-prices", PRICES), described("b-prices", other))
    assert (found.file, found.line, found.column) == ("skills/b-prices/SKILL.md", 3, 14)
    assert "the same as that of `a-prices`" in found.message
    assert f"“{PRICES}”" in found.message
    assert "“Reads the daily prices of exchange traded funds in the store;”" in found.message


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("List what each fund holds, by weight and country.", ""),
        (f"{PRICES[:-1]} of bonds, not those that a-prices is for.", ""),
        (PRICES, "disable-model-invocation: true\n"),
        ("Read prices.", ""),
    ],
)
def test_descriptions_that_an_agent_can_tell_apart_are_fine(lint: Lint, text: str, more: str) -> None:
    assert overlapping(lint, described("a-prices", PRICES), described("b-prices", text, more)) == []


def test_a_copy_of_a_skill_for_another_agent_does_not_overlap(lint: Lint) -> None:
    (text,) = described("a-prices", PRICES).values()
    copies = {".claude/skills/a-prices/SKILL.md": text, ".agents/skills/a-prices/SKILL.md": text}
    assert overlapping(lint, copies) == []


def test_rare_words_weigh_more() -> None:
    texts = ["alpha common", "alpha other", "beta common", "beta common", "gamma common"]
    shares = {(pair.one, pair.other): pair.share for pair in overlaps(texts, 0.01)}
    assert shares[0, 1] > shares[0, 4] > 0


def test_a_body_is_measured_without_its_frontmatter(lint: Lint) -> None:
    at_most = HEAD + "line\n" * 500
    assert [d.code for d in lint({FILE: at_most}, preview=True)] == []
    (found,) = lint({FILE: at_most + "line\n"}, preview=True)
    assert (found.code, found.severity, found.line) == ("SK106", "info", 5)
    assert "501 lines and costs about 627 tokens" in found.message


def test_all_descriptions_together_are_told_once_at_the_longest(lint: Lint) -> None:
    words = [f"word{number}" for number in range(2000)]
    files: dict[str, str] = {}
    for number in range(10):
        text = " ".join(words[number * 110 : number * 110 + 105 + number])
        files |= described(f"skill-{number}", text)
    (found,) = [d for d in lint(files, preview=True) if d.code == "SK106"]
    assert found.file == "skills/skill-9/SKILL.md"
    assert "the descriptions of all 10 skills cost about" in found.message


WORDS = st.sampled_from(
    [
        "import a.b",
        "from a import b as c",
        "a.b(c=1)",
        ">>> ",
        "try:\n",
        "`",
        "python -m a.b",
        "src/a.py",
        "\n",
        " ",
        "é",
    ]
)


@given(st.one_of(st.text(), st.lists(WORDS).map("".join)))
def test_no_text_stops_the_linter(text: str) -> None:
    python_uses(text)
    list(modules_run(text))
    list(files_named(text, ("src", "a.b")))
    list(overlaps([text, f"{text} more", "one two three"], 0.1))


BUCKETS = {
    "routines/trace_failure_triage/buckets.yaml": (
        "buckets:\n- {id: old-names, title: t, cause: c, fix: Use `new`., hint: h, match: [{code: 'old\\('}]}\n"
        "- {id: other, title: t, cause: c, fix: f, hint: h, match: [{code: 'print\\(', exception: TypeError}]}\n"
    )
}


def taught(lint: Lint, text: str, *records: str) -> list[tuple[int, int, int, str]]:
    found = lint({FILE: HEAD + text, EVIDENCE: "".join(records), **BUCKETS})
    return [(d.line, d.column, d.end_column, d.message) for d in found if d.code == "SK601"]


TEACHES = "the code does what bucket `old-names` is about"


@pytest.mark.parametrize(
    ("code", "row"),
    [
        ("a = old(1)\nprint(a)", 1),
        ("# wrong\na = old(1)\n# right\na = old(2)", 4),
        ("# wrong\na = old(1)", None),
        ("a = old(1)  # never", None),
        ("a = new(1)", None),
    ],
)
def test_code_that_a_bucket_is_about_is_found_unless_it_is_shown_as_wrong(
    lint: Lint, code: str, row: int | None
) -> None:
    assert taught(lint, python(code)) == ([(7 + row, 5, 9, TEACHES)] if row else [])


def test_how_often_agents_failed_with_what_a_skill_teaches_is_told(lint: Lint) -> None:
    once, more = record(1, None, {"old-names": 1}), record(2, None, {"old-names": 2})
    assert taught(lint, python("a = old(1)"), once) == [
        (8, 5, 9, f"{TEACHES}, with which agents failed 1 time in 1 session")
    ]
    assert taught(lint, python("a = old(1)"), once, more)[0][3].endswith("failed 3 times in 2 sessions")


@pytest.mark.parametrize("fix", ["Use `new`.", "Use `new`"])
def test_the_fix_of_a_taught_mistake_is_a_sentence_whether_it_ends_or_not(lint: Lint, fix: str) -> None:
    buckets = {path: text.replace("Use `new`.", fix) for path, text in BUCKETS.items()}
    helps = [d.help for d in lint({FILE: HEAD + python("a = old(1)"), **buckets}) if d.code == "SK601"]
    assert helps == ["Use `new`. To show it as wrong, say so in a comment, or in the line above"]
