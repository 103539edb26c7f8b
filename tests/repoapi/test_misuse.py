"""Failures held against the repo's own API: what it certainly refuses is said, all else is left alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from skills_lint.errors.fault import Fault
from skills_lint.errors.reading import Reading
from skills_lint.repoapi import RepoApi, open_api, read_failure

if TYPE_CHECKING:
    from pathlib import Path

    from skills_lint.repoapi.complaint import Misuse

FILES = {
    "market/__init__.py": """
        from .store import Store, open_store
        from .shapes import *
        Shop = Store
        """,
    "market/base.py": """
        class Base:
            def __init__(self, root="data"):
                self.root = root
            def codes(self, category=None): ...
        """,
    "market/store.py": """
        from typing import Any, overload
        from .base import Base
        class Store(Base):
            def daily(self, code, start=None, end=None): ...
            def panel(self, codes, *, field="close"): ...
            def only(self, code, /, day): ...
            @staticmethod
            def parse(text): ...
            @classmethod
            def opened(cls, root): ...
            @property
            def size(self): ...
            @overload
            def get(self, code: str) -> int: ...
            @overload
            def get(self, code: list) -> list: ...
            def get(self, code: Any) -> Any: ...
            def any(self, **options): ...
            def many(self, *codes): ...
            def warm(self):
                self.cache = 1
        def open_store(root, mode="r") -> Store: ...
        """,
    "market/shapes.py": """
        from dataclasses import KW_ONLY, dataclass, field
        from typing import ClassVar
        @dataclass
        class Bar:
            code: str
            close: float = 0.0
            seen: list = field(default_factory=list)
            hidden: int = field(init=False, default=0)
            kinds: ClassVar[int] = 3
            _: KW_ONLY
            day: str
        class Tick(Bar): ...
        """,
    "market/magic.py": """
        import functools, outside
        class Ghost:
            def __getattr__(self, name): ...
        class Model(outside.Model):
            def save(self, force=False): ...
        class Wrapped:
            @outside.retry
            def fetch(self, url): ...
        def __getattr__(name): ...
        """,
    "market/twice.py": """
        try:
            from fast import load
        except ImportError:
            def load(path): ...
        if outside:
            def save(path): ...
        else:
            def save(path, mode): ...
        class Reader:
            def lines(self, start): ...
        """,
    "market/other.py": """
        class Reader:
            def lines(self, start, end): ...
            def words(self, start): ...
        """,
    "market/frames.py": "class DataFrame:\n    def show(self): ...\n",
    "market/fixed.py": "def alpha(x): ...\nLIMIT = 1\n",
}
IMPORT = "from market import Store\n"


def write(folder: Path, files: dict[str, str]) -> None:
    import textwrap

    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(textwrap.dedent(text).lstrip("\n"), encoding="utf-8")


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> RepoApi:
    root = tmp_path_factory.mktemp("repo")
    write(root / "src", FILES)
    found = open_api(root, ())
    assert found is not None
    return found


def misuse(api: RepoApi, error: str, code: str | None = None) -> Misuse | None:
    type_, _, message = error.partition(": ")
    return api.misuse(Reading(Fault(type_, type_, message, None, code)))


DAILY = "TypeError: Store.daily() got an unexpected keyword argument 'offset'"
SAID = [
    (
        DAILY,
        IMPORT + "Store().daily('a', offset=1)",
        "unsupported keyword `offset` for `Store.daily(code, start, end)`",
    ),
    (DAILY, "store.daily('a', offset=1)", "unsupported keyword `offset` for `Store.daily(code, start, end)`"),
    (
        DAILY,
        IMPORT + "Store().daily('a', offset='2025', end='2026')",  # one parameter is left open
        "unsupported keyword `offset` for `Store.daily(code, start, end)`; did you mean `start`?",
    ),
    (
        DAILY,
        IMPORT + "Store().daily(*codes, offset='2025', end='2026')",
        "unsupported keyword `offset` for `Store.daily(code, start, end)`",
    ),
    (DAILY, None, "unsupported keyword `offset` for `Store.daily(code, start, end)`"),
    (
        DAILY,
        "cd work && python - <<'EOF'\nimport bazaar\nfrom market import Store\nStore().daily(offset=1)\nEOF",
        "unsupported keyword `offset` for `Store.daily(code, start, end)`",
    ),
    (DAILY, "python run.py", "unsupported keyword `offset` for `Store.daily(code, start, end)`"),
    (
        "TypeError: daily() got an unexpected keyword argument 'starts'",  # as Python 3.9 says it
        IMPORT + "with Store() as store:\n    store.daily('a', starts=1)",
        "unsupported keyword `starts` for `Store.daily(code, start, end)`; did you mean `start`?",
    ),
    (
        "TypeError: Store.panel() got an unexpected keyword argument 'fields'",
        "import market as m\ns = m.Shop()\ns.panel([], fields=1)",
        "unsupported keyword `fields` for `Store.panel(codes, *, field)`; did you mean `field`?",
    ),
    (
        "TypeError: Base.codes() got an unexpected keyword argument 'kind'",
        IMPORT + "Store().codes(kind=1)",
        "unsupported keyword `kind` for `Base.codes(category)`; did you mean `category`?",
    ),
    (
        "TypeError: Base.__init__() got an unexpected keyword argument 'path'",
        IMPORT + "Store(path=1)",
        "unsupported keyword `path` for `Base(root)`",
    ),
    (
        "TypeError: __init__() got an unexpected keyword argument 'path'",
        IMPORT + "Store(path=1)",
        "unsupported keyword `path` for `Store(root)`; did you mean `root`?",
    ),
    (
        "TypeError: Bar.__init__() got an unexpected keyword argument 'closes'",
        "from market import Bar\nBar('a', closes=1)",
        "unsupported keyword `closes` for `Bar(code, close, seen, *, day)`; did you mean `close`?",
    ),
    (
        "TypeError: Bar.__init__() missing 1 required keyword-only argument: 'day'",
        "from market import Tick\nTick('a')",
        "missing argument `day` for `Bar(code, close, seen, *, day)`",
    ),
    (
        "TypeError: open_store() missing 1 required positional argument: 'root'",
        "from market import open_store\nopen_store()",
        "missing argument `root` for `open_store(root, mode)`",
    ),
    (
        "TypeError: Store.only() missing 2 required positional arguments: 'code' and 'day'",
        IMPORT + "Store().only()",
        "missing arguments `code` and `day` for `Store.only(code, /, day)`",
    ),
    (
        "TypeError: Store.daily() takes from 2 to 4 positional arguments but 5 were given",
        IMPORT + "Store().daily(1, 2, 3, 4)",
        "4 positional arguments instead of at most 3 for `Store.daily(code, start, end)`",
    ),
    (
        "TypeError: Store.parse() takes 1 positional argument but 2 were given",
        IMPORT + "Store.parse(1, 2)",
        "2 positional arguments instead of at most 1 for `Store.parse(text)`",
    ),
    (
        "TypeError: Store.daily() got multiple values for argument 'code'",
        IMPORT + "Store().daily(1, code=1)",
        "argument `code` given twice for `Store.daily(code, start, end)`",
    ),
    (
        "TypeError: Store.get() got an unexpected keyword argument 'day'",
        IMPORT + "Store().get('a', day=1)",
        "unsupported keyword `day` for `Store.get(code)`",
    ),
    (
        "AttributeError: 'Store' object has no attribute 'get_daily'",
        IMPORT + "Store().get_daily('a')",
        "no attribute `get_daily` in `Store`; did you mean `daily`?",
    ),
    (
        "AttributeError: type object 'Bar' has no attribute 'opening'",
        "from market import Bar\nBar.opening",
        "no attribute `opening` in `Bar`; it has `close`, `code`, `day`, `hidden`, `kinds`, `seen`",
    ),
    (
        "AttributeError: module 'market.fixed' has no attribute 'alphas'",
        "import market.fixed\nmarket.fixed.alphas(1)",
        "no name `alphas` in `market.fixed`; did you mean `alpha`?",
    ),
    (
        "ImportError: cannot import name 'beta' from 'market.fixed' (/work/src/market/fixed.py)",
        "from market.fixed import beta",
        "no name `beta` in `market.fixed`; it has `LIMIT`, `alpha`",
    ),
    (
        "ModuleNotFoundError: No module named 'market.stores'",
        "import market.stores",
        "no name `stores` in `market`; did you mean `store`?",
    ),
]


@pytest.mark.parametrize(("error", "code", "sentence"), SAID)
def test_what_the_repo_certainly_does_not_have_is_said_in_a_sentence(
    api: RepoApi, error: str, code: str | None, sentence: str
) -> None:
    found = misuse(api, error, code)
    assert found is not None
    assert found.sentence == sentence


LEFT_ALONE = {
    "the keyword is there": ("TypeError: Store.daily() got an unexpected keyword argument 'start'", IMPORT),
    "it takes all keywords": ("TypeError: Store.any() got an unexpected keyword argument 'start'", IMPORT),
    "it takes any number": ("TypeError: Store.many() takes 1 positional argument but 2 were given", IMPORT),
    "other numbers": ("TypeError: Store.daily() takes 2 positional arguments but 5 were given", IMPORT),
    "what is missing is optional": ("TypeError: Store.daily() missing 1 required positional argument: 'end'", IMPORT),
    "a class of the code itself": (DAILY, "class Store:\n    def daily(self): ...\nStore().daily(offset=1)"),
    "a class of another library": (DAILY, "from bazaar import Store\nStore().daily(offset=1)"),
    "code that only knows another library": (DAILY, "import bazaar\nstore = bazaar.open()\nstore.daily(offset=1)"),
    "an object of another library beside ours": (
        DAILY,
        "import bazaar, market\nstore = bazaar.Store()\nstore.daily(offset=1)",
    ),
    "a function of a common name without a sign of us": (
        "TypeError: alpha() missing 1 required positional argument: 'x'",
        "alpha()",
    ),
    "a last name without a sign of us": (
        "TypeError: daily() missing 1 required positional argument: 'code'",
        "python a.py",
    ),
    "a function within a function": (
        "TypeError: make.<locals>.daily() missing 1 required positional argument: 'x'",
        "",
    ),
    "a decorator from outside": (
        "TypeError: Wrapped.fetch() got an unexpected keyword argument 'x'",
        "from market.magic import Wrapped",
    ),
    "defined in one of two ways": (
        "TypeError: save() got an unexpected keyword argument 'x'",
        "from market.twice import save",
    ),
    "perhaps imported instead": (
        "TypeError: load() got an unexpected keyword argument 'x'",
        "from market.twice import load",
    ),
    "two classes of this name that differ": ("TypeError: Reader.lines() got an unexpected keyword argument 'x'", None),
    "an attribute that is there": ("AttributeError: 'Store' object has no attribute 'codes'", IMPORT),
    "an attribute that a method sets": ("AttributeError: 'Store' object has no attribute 'cache'", IMPORT),
    "a class that answers all": (
        "AttributeError: 'Ghost' object has no attribute 'x'",
        "from market.magic import Ghost",
    ),
    "a base from outside": ("AttributeError: 'Model' object has no attribute 'x'", "from market.magic import Model"),
    "a module that answers all": ("AttributeError: module 'market.magic' has no attribute 'x'", "import market.magic"),
    "an attribute of every class": ("AttributeError: 'Store' object has no attribute '__len__'", IMPORT),
    "a name that is there": ("ImportError: cannot import name 'alpha' from 'market.fixed' (x.py)", ""),
    "a module that is there": ("ModuleNotFoundError: No module named 'market.store'", ""),
    "the package itself": ("ModuleNotFoundError: No module named 'market'", ""),
    "another library's module": ("ModuleNotFoundError: No module named 'bazaar.shop'", ""),
    "another library's class": ("AttributeError: 'DataFrame' object has no attribute 'append'", IMPORT),
    "a class that a well-known library has too": ("AttributeError: 'DataFrame' object has no attribute 'append'", None),
    "another error": ("KeyError: 'close'", IMPORT),
    "no name of Python": ("TypeError: Store.daily() got an unexpected keyword argument 'a `b`'", IMPORT),
    "a name without end": (f"TypeError: Store.daily() got an unexpected keyword argument '{'a' * 100}'", IMPORT),
}


@pytest.mark.parametrize(("error", "code"), LEFT_ALONE.values(), ids=LEFT_ALONE)
def test_what_may_be_right_or_may_be_of_another_is_left_alone(api: RepoApi, error: str, code: str | None) -> None:
    assert misuse(api, error, code) is None


def test_the_code_tells_two_classes_of_one_name_apart(api: RepoApi) -> None:
    error = "TypeError: Reader.lines() got an unexpected keyword argument 'step'"
    found = misuse(api, error, "from market.other import Reader\nreader = Reader()\nreader.lines(1, step=2)")
    assert found is not None
    assert found.signature == "Reader.lines(start, end)"


def test_two_methods_of_one_name_that_agree_are_enough(tmp_path: Path) -> None:
    write(tmp_path / "src", {f"{name}.py": "class Log:\n    def add(self, text): ...\n" for name in ("a", "b")})
    api = open_api(tmp_path, ())
    assert api
    found = misuse(api, "TypeError: Log.add() got an unexpected keyword argument 'level'")
    assert found is not None
    assert found.sentence == "unsupported keyword `level` for `Log.add(text)`"


@pytest.mark.parametrize(
    ("error", "facts"),
    [
        (DAILY, {"callee-is": "repo"}),
        ("AttributeError: 'Store' object has no attribute 'query'", {"owner-is": "repo"}),
        ("ImportError: cannot import name 'beta' from 'market.fixed' (x.py)", {"module-is": "task"}),
        ("ModuleNotFoundError: No module named 'market.stores'", {"module-is": "task"}),
    ],
)
def test_a_failure_is_told_to_be_about_the_repo(api: RepoApi, error: str, facts: dict[str, str]) -> None:
    type_, _, message = error.partition(": ")
    reading = read_failure(Fault(type_, type_, message, None, IMPORT), api)
    found = misuse(api, error)
    assert found is not None
    assert reading.detail == found.sentence
    assert "own API" in [step.name for step in reading.steps()]
    assert {name: reading.part(name) for name in facts} == facts


def test_a_misuse_names_the_place_of_what_is_there(api: RepoApi) -> None:
    found = misuse(api, DAILY)
    assert found is not None
    assert str(found.place).endswith("src/market/store.py:4")


def test_a_signature_with_many_parameters_is_cut(tmp_path: Path) -> None:
    write(tmp_path / "src", {"wide.py": f"def wide({', '.join(f'p{n}' for n in range(30))}): ...\n"})
    api = open_api(tmp_path, ())
    assert api
    found = misuse(api, "TypeError: wide() got an unexpected keyword argument 'x'", "from wide import wide")
    assert found is not None
    assert found.signature == f"wide({', '.join(f'p{n}' for n in range(12))}, …)"
