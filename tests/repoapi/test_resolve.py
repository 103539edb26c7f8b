"""Names of the repo: there, missing or uncertain; imports, aliases and bases are followed."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

import pytest

from skills_lint.errors.fault import Fault
from skills_lint.errors.reading import Reading
from skills_lint.place import InputError
from skills_lint.repoapi import RepoApi, open_api

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

MISSED = Reading(Fault("AttributeError", "AttributeError", "'Store' object has no attribute 'x'", None, None))


@pytest.fixture
def api(tmp_path: Path) -> Callable[..., RepoApi]:
    def make(files: Mapping[str, str | bytes], *source: str) -> RepoApi:
        for name, content in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        found = open_api(tmp_path, source)
        assert found is not None
        return found

    return make


CASES = [
    ("pkg.a.Store.daily", "there", "pkg.a.Store.daily"),
    ("pkg.b.Renamed.daily", "there", "pkg.a.Store.daily"),
    ("pkg.b.Again", "there", "pkg.a.Store"),
    ("pkg.b.Store", "there", "pkg.a.Store"),  # by a star import
    ("pkg.b.Child.daily", "there", "pkg.a.Store.daily"),
    ("pkg.b.Child.weekly", "missing", "pkg.b.Child.weekly"),
    ("pkg.b.Child.args", "uncertain", "pkg.b.Child.args"),
    ("pkg.b.Fault.args", "uncertain", "pkg.b.Fault.args"),  # of ValueError
    ("pkg.b.Fault.arguments", "missing", "pkg.b.Fault.arguments"),
    ("pkg.b.nothing", "missing", "pkg.b.nothing"),
    ("pkg.a.Store.daily.cache", "uncertain", "pkg.a.Store.daily.cache"),
    ("pkg.c.nothing", "uncertain", "pkg.c.nothing"),  # a star import from outside
    ("pkg.d.loop", "uncertain", "pkg.d.loop"),
    ("pkg.dyn.any", "uncertain", "pkg.dyn.any"),
    ("pkg.gone", "missing", "pkg.gone"),
    ("pkg", "there", "pkg"),
]


@pytest.mark.parametrize(("path", "known", "leads_to"), CASES)
def test_a_dotted_name_is_there_missing_or_uncertain(
    api: Callable[..., RepoApi], path: str, known: str, leads_to: str
) -> None:
    repo = api(
        {
            "src/pkg/__init__.py": "",
            "src/pkg/a.py": "class Store:\n    def daily(self, code): ...\n",
            "src/pkg/b.py": (
                "from .a import Store as Renamed\nfrom .a import *\nimport pkg.a\nAgain = Renamed\n"
                "class Child(pkg.a.Store):\n    def __init__(self, args):\n        self.args, self.n = args\n"
                "class Fault(ValueError): ...\n"
            ),
            "src/pkg/c.py": "from outside import *\n",
            "src/pkg/d.py": "from .e import loop\n",
            "src/pkg/e.py": "from .d import loop\n",
            "src/pkg/dyn.py": "globals().update(x=1)\n",
        }
    )
    found = repo.resolve(path)
    assert found is not None
    assert (found.known, found.path) == (known, leads_to) or (known == found.known == "uncertain")


def test_a_name_of_another_library_is_not_ours(api: Callable[..., RepoApi]) -> None:
    assert api({"src/pkg/__init__.py": ""}).resolve("pandas.DataFrame") is None


def test_a_signature_tells_which_keywords_are_taken(api: Callable[..., RepoApi]) -> None:
    signature = api({"src/mod.py": "def f(a, /, b, *rest, c=1): ...\n"}).signature("mod.f")
    assert signature is not None
    assert str(signature) == "f(a, /, b, *rest, c)"
    assert [signature.takes_keyword(name) for name in ("a", "b", "c", "rest", "d")] == [False, True, True, False, False]


def test_the_order_of_bases_is_that_of_python(api: Callable[..., RepoApi]) -> None:
    repo = api(
        {"src/m.py": "class A:\n def f(s): ...\nclass B(A): ...\nclass C(A):\n def f(s): ...\nclass D(B, C): ...\n"}
    )
    found = repo.resolve("m.D.f")
    assert found is not None
    assert found.path == "m.C.f"


def test_without_configuration_the_packages_at_the_root_are_the_api(api: Callable[..., RepoApi]) -> None:
    repo = api(
        {"market/__init__.py": "", "market/store.py": "class Store: ...\n", "tests/__init__.py": "", "tools/x.py": ""}
    )
    assert [repo.resolve(name) is not None for name in ("market.store.Store", "tests", "tools.x")] == [
        True,
        False,
        False,
    ]


def test_a_configured_folder_that_is_a_package_is_imported_by_its_name(api: Callable[..., RepoApi]) -> None:
    repo = api({"lib/market/__init__.py": "", "lib/market/store.py": "class Store: ...\n"}, "lib/market")
    found = repo.resolve("market.store.Store")
    assert found is not None
    assert found.known == "there"


def test_a_repo_without_python_has_no_api(tmp_path: Path) -> None:
    assert open_api(tmp_path, ()) is None


def test_a_configured_folder_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="`source` names lib, which is no folder"):
        open_api(tmp_path, ["lib"])


HOSTILE = {
    "not Python": (b"class Store:\n  def (", "it is not valid Python"),
    "not UTF-8": (b"class Store: ...\n# \xff", "it is not UTF-8"),
    "a null byte": (b"class Store: ...\n\0", "null bytes|it is not valid Python|it cannot be read"),
    "huge": (b"class Store: ...\n" + b"#" * 1_000_001, "more than 1,000,000 bytes"),
    "deep brackets": (b"class Store: ...\nx = " + b"(" * 5_000 + b")" * 5_000, "nested|not valid"),
    "a deep expression": (b"class Store: ...\nx = " + b"-" * 50_000 + b"1", "nested|not valid"),
    "a long sum": (b"class Store: ...\nx = " + b"1+" * 20_000 + b"1", "nested|not valid"),
    "deep attributes": (b"class Store: ...\nx = a" + b".b" * 20_000, "nested|not valid"),
    "deep classes": (
        b"class Store: ...\n" + b"".join(b" " * n + b"class A:\n" for n in range(99)) + b" " * 99 + b"x=1",
        "",
    ),
}


@pytest.mark.parametrize(("content", "reason"), HOSTILE.values(), ids=HOSTILE)
def test_a_file_that_cannot_be_read_is_named_and_skipped(
    api: Callable[..., RepoApi], content: bytes, reason: str
) -> None:
    repo = api({"src/bad.py": content, "src/good.py": "class Shop: ...\n"})
    repo.misuse(MISSED)
    found = repo.resolve("bad.Store.x")
    assert found is not None
    assert repo.resolve("good.Shop") is not None
    assert all(name.endswith("bad.py") for name in repo.unread)
    if repo.unread:
        assert re.search(reason, next(iter(repo.unread.values())))
        assert found.known == "uncertain"


def test_circles_and_ladders_of_classes_come_to_an_end(api: Callable[..., RepoApi]) -> None:
    ladder = "".join(
        f"class {a}{n}({f'A{n - 1}, B{n - 1}' if n else 'object'}): ...\n" for n in range(200) for a in ("A", "B")
    )
    repo = api(
        {
            "src/circle.py": (
                "from circle import A as B\nclass A(B): ...\nclass Store(C): ...\nclass C(Store): ...\nC = A\n"
            ),
            "src/ladder.py": ladder,
            "src/chain.py": "class C0: ...\n" + "".join(f"class C{n}(C{n - 1}): ...\n" for n in range(1, 2_000)),
            "src/star.py": "from star import *\nfrom star2 import *\n",
            "src/star2.py": "from star import *\n",
            "src/names.py": "".join(f"a{n} = a{n + 1}\n" for n in range(1_000)) + "a1000 = a0\n",
        }
    )
    repo.misuse(MISSED)
    for path in ("circle.A.x", "circle.Store.x", "ladder.A199.x", "chain.C1999.x", "star.x", "names.a0"):
        found = repo.resolve(path)
        assert found is not None
        assert found.known == "uncertain"


def test_a_link_out_of_the_repo_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.py").write_text("class Store: ...\n")
    root = tmp_path / "repo"
    (root / "src").mkdir(parents=True)
    (root / "src" / "linked.py").symlink_to(outside / "secret.py")
    (root / "src" / "folder").symlink_to(outside)
    (root / "src" / "circle.py").symlink_to("circle.py")
    api = open_api(root, ())
    assert api is not None
    assert api.resolve("linked.Store") is None
    assert api.resolve("folder.secret.Store") is None
    assert api.misuse(MISSED) is None


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    os.mkfifo(tmp_path / "src" / "pipe.py")
    api = open_api(tmp_path, ())
    assert api is not None
    assert api.misuse(MISSED) is None
    assert list(api.unread.values()) == ["it is not a file"]


def test_what_a_file_would_do_when_imported_is_not_done(api: Callable[..., RepoApi], tmp_path: Path) -> None:
    repo = api({"src/evil.py": f"open({str(tmp_path / 'ran')!r}, 'w')\nclass Store: ...\n"})
    repo.misuse(MISSED)
    assert repo.resolve("evil.Store") is not None
    assert not (tmp_path / "ran").exists()


def test_an_installed_package_in_the_tree_is_left_out(api: Callable[..., RepoApi]) -> None:
    repo = api({"lib/mine.py": "", "lib/site-packages/x.py": ""}, "lib")
    assert repo.resolve("x") is None
    repo = api({"lib/vendor/theirs.py": "class Store: ...\n"}, "lib")
    assert repo.resolve("vendor.theirs") is None
