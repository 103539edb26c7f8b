"""Which code blocks parse: reported is only what is certain."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from skills_lint.lint.blocks.json import json_error
from skills_lint.lint.blocks.python import python_error
from skills_lint.lint.blocks.toml import toml_error
from skills_lint.lint.blocks.yaml import yaml_error

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from skills_lint.lint.blocks.error import BlockError
    from skills_lint.lint.diagnostic import Diagnostic

    Lint = Callable[[Mapping[str, str | bytes]], list[Diagnostic]]

FILE = "skills/etf/SKILL.md"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "print(2)",
        ">>> round(2.5)\n2",
        "In [1]: x",
        "%matplotlib inline\nprint(2)",
        "%%time\nx = 1",
        "!ls\nx = 1",
        "df.head?",
        "?df",
        "pip install polars\nimport polars",
        "answer = await client.get(url)",
        "async with a as b:\n    await b",
        "return 3",
        "...",
        "f(a=1, ...)",
        "f(..., b=1)",
        "x = {'a': 1, ...}",
        "x = {\n    'a': 1,\n    ...\n}",
        "x = [1, 2, …]",
        "from pkg.<module> import <Name>",
        "client = Client(api_key=<your key>)",
        "{name} = load({path})",
        "def f(a: int) -> int",
        "def f(a: int) -> int:",
        "class A:\n    def f(self): ...\n\n    def g(self) -> int",
        "store.daily(code: str, *, start: int = 0) -> DataFrame",
        "for row in rows:\n    # do something",
        "with open(x) as f:\n    # read it\n\nprint(1)",
        "    x = 1\n    return x",
        "def f():\n        x = 1\n    y = 2",
        "x = 1\n    y = 2",
        "source → sink",
        "%%bash\nls -la",
        "import {{module}}",
        "plot(\n    data: DataFrame,\n    *,\n    x: str = None,\n) -> Figure\n\nother()",
        "x = 1\nwith open(a) as f:  # read it",
        "else:\n    x = 1",
        "except ValueError:\n    pass",
        "'title': 'x',\n'kind': [1, 2],",
        "x=1,\ny=2,\n*rest",
        "f(\n    a: int,\n    b=2,\n    **kwargs,\n) -> list",
        "kernel((args...), rest...)",
        "@settings(max=1)  # here\n@settings(max=2)  # there",
        "if a == b:  # safe\nif a is b:  # not safe",
        "Traceback (most recent call last):\n  File x",
        "{% if x %}\ny\n{% endif %}",
        "x = 1  # note: \\d",
        "x = '\\d'",
        "files = !ls\nprint(files)",
        "a.b, c = %time f()",
    ],
)
def test_python_for_people_is_fine(text: str) -> None:
    assert python_error(text) is None


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("f(", 1, 2),
        ("a = 1\nprint(a\nb = 2", 2, 6),
        ("x = 'abc", 1, 5),
        ("if x\n    y", 1, 5),
        ("def f(a)\n    return a", 1, 9),
        ("read(a['$DATE']\nb = 1", 1, 5),
        ("print('a\\t'", 1, 6),
        ("rows.sort(key=lambda x: f(x[2])", 1, 10),
        ("for x in y:\nprint(x)", 2, 1),
        ("print 'a'", 1, 1),
        ("x = “abc”", 1, 5),
        ("  a = (1\n  b = 2", 1, 7),
        ("%time\ndef f(a:\n    pass", 2, 6),
        ("f(a=1, ...)\ng(", 2, 2),
        ("def f():\nreturn 1", 2, 1),
    ],
)
def test_python_that_cannot_run_is_found_at_its_place(text: str, line: int, column: int) -> None:
    error = python_error(text)
    assert error is not None
    assert (error.line, error.column) == (line, column)


@pytest.mark.parametrize("text", ["uv pip install polars", "lamin init --storage ./data", "$ ls -l"])
def test_a_shell_command_in_a_python_block_is_called_that(text: str) -> None:
    error = python_error(text)
    assert error is not None
    assert error.help == "this is a shell command: label the block `bash`"


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="the interpreter knows the syntax")
@pytest.mark.parametrize("text", ['f"{a["b"]}"', "type A = int", "def f[T](a: T): ..."])
def test_python_newer_than_the_interpreter_is_not_judged(text: str) -> None:
    assert python_error(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        '{"retries": 3} // at most',
        '# a comment\n{"a": "// no comment # here"}',
        '/* a\nb */ {"a": 1}',
        '{"a": 1}\n{"a": 2}',
        '"a": 1,\n"b": {"c": [2]}',
        '"a",\n"b",',
        '{"rows": [...], "next": null}',
        '{"rows": [1, 2, …]}',
        '{"id": <id>, "name": string}',
        '{"a": {{ value }} }',
        '{"a": ${VALUE}}',
        '{"a": $value}',
        '"cache": {"ttl": 5}  // short\n"cache": {"ttl": 60}  // long',
        '{"a": -1.5e3, "b": NaN}',
        '{"a": "two\nlines"}',
    ],
)
def test_json_for_people_is_fine(text: str) -> None:
    assert json_error(text) is None


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ('{"a": 1\n "b": 2}', 2, 2),
        ('{"a": 1', 1, 8),
        ("{'a': 1}", 1, 2),
        ('{"a": 1,}', 1, 8),
        ('// note\n{"a": 1 "b": 2}', 2, 9),
        ('{"a": "b}', 1, 7),
        ('{\n  a": 1\n}', 2, 3),
    ],
)
def test_json_that_cannot_be_read_is_found_at_its_place(text: str, line: int, column: int) -> None:
    error = json_error(text)
    assert error is not None
    assert (error.line, error.column) == (line, column)


def test_a_comma_behind_the_last_member_is_fine_in_jsonc_only() -> None:
    text = '{"a": [1, 2,], "b": ",}",}'
    assert json_error(text, trailing_commas=True) is None
    assert json_error(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a: 1",
        "a: 1\n---\nb: 2",
        "a: {{ value }}",
        "{% for x in y %}\n- a\n{% endfor %}",
        "a:\n  b: 1\n  ...",
        "a: !custom\n  b: 1",
        "---\nname: x\n---\n# Title: and: more\n\n\tText",
        "on: [push]",
        "  - name: x\njobs:\n  a: 1",
    ],
)
def test_yaml_for_people_is_fine(text: str) -> None:
    assert yaml_error(text) is None


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [("a: b: c", 1, 5), ("a: 1\n\tb: 2", 2, 1), ('a: "b\nc: 1', 1, 4), ("a: [1\nb: 2", 1, 4)],
)
def test_yaml_that_cannot_be_read_is_found_at_its_place(text: str, line: int, column: int) -> None:
    error = yaml_error(text)
    assert error is not None
    assert (error.line, error.column) == (line, column)


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ('a = "b', 1, 7),
        ("[table\nb = 1", 1, 7),
        ("a = 1\nb = c\n", 2, 5),
        ("a = [1,\n", 1, 8),
    ],
)
def test_toml_that_does_not_parse_is_found_at_its_place(text: str, line: int, column: int) -> None:
    error = toml_error(text)
    assert error is not None
    assert (error.line, error.column) == (line, column)


@pytest.mark.parametrize(
    "text",
    [
        '[tool.x]\na = ["b", "c"]  # why\n',
        "a = 1\n\n# or\na = 2\n",
        "# Either\n[x]\na = 1\n# or\n[x]\nb = 2\n",
        "a = <name>\n",
        "a = ...\n",
        "a = [...]\n",
        "...\nb = c d",
        "a = {{ value }}\n",
        "",
    ],
)
def test_toml_that_parses_or_is_a_sketch_is_fine(text: str) -> None:
    assert toml_error(text) is None


def test_a_yaml_block_of_brackets_only_is_left_alone() -> None:
    assert yaml_error("[" * 90_000) is None


@pytest.mark.parametrize(
    ("error", "line", "column"),
    [
        (json_error('{\n  "a": 1,\n  "b": {"c": 1, "c": 2},\n  "a": 3\n}\n'), 3, 17),
        (json_error('{\n\t"a": 1,\n\t"a": 2\n}\n'), 3, 2),
        (yaml_error("a: 1\nb:\n  c: 1\n  c: 2\na: 3\n"), 4, 3),
        (yaml_error("- a: 1\n  a: 2\n"), 2, 3),
        (toml_error("a = 1\na = 2\n"), 2, 6),
        (toml_error("[x]\na = 1\n\n[x]\nb = 2\n"), 4, 3),
        (toml_error("[x]\na =\nb = 1\n"), 2, 4),
        (yaml_error("c: 1\na:b\nd: 1\n"), 2, 1),
        (json_error('{"a": {"b": 1}\n'), 1, 15),
        (json_error('{"a": True, "b": null}'), 1, 7),
        (json_error("{“a”: 1}"), 1, 2),
    ],
)
def test_what_says_two_things_or_is_of_another_language_is_found(
    error: BlockError | None, line: int, column: int
) -> None:
    assert error is not None
    assert (error.line, error.column) == (line, column)


@pytest.mark.parametrize(
    "error",
    [
        json_error('[{"a": 1}, {"a": 2}]'),
        json_error('{"a": {"b": 1}, "c": {"b": 1}}'),
        json_error('{"a": 1}\n{"a": 2}\n'),
        json_error('{\n  "a": 1,\n  # or\n  "a": 2\n}'),
        json_error('{"ref": {"uri", "version"}}'),
        json_error('{"a": True, "b": <id>}'),
        json_error('{"a": "“quoted” True"}'),
        yaml_error("# either\na: 1\n# or\na: 2\n"),
        yaml_error("a: 1  # either\na: 2  # or\n"),
        yaml_error("a: 1\n\na: 2\n"),
        yaml_error("a:\n  <<: *x\n  <<: *y\n"),
        yaml_error("a: 1\n---\na: 2\n"),
        yaml_error("- a: 1\n- a: 2\n"),
        yaml_error("pattern: ($READER : *zip.Reader).Open($INPUT)\n"),
        yaml_error("verify: true\nVERIFY=false\n--no-verify\n"),
        toml_error("[[a]]\nx = 1\n[[a]]\nx = 2\n"),
    ],
)
def test_what_shows_alternatives_or_says_each_thing_once_is_fine(error: BlockError | None) -> None:
    assert error is None


HEAD = "---\nname: etf\ndescription: Read ETF prices.\n---\n"
BROKEN = "```python\ndef f(x)\n    return x\n```\n"


@pytest.mark.parametrize(
    "text",
    [
        f"Wrong:\n\n{BROKEN}",
        f"**Don't:**\n\n{BROKEN}",
        f"❌ No colon:\n\n{BROKEN}",
        f"### Bad\n\n{BROKEN}",
        f"This is a SyntaxError:\n\n{BROKEN}",
        "```python\n# Wrong\ndef f(x)\n    return x\n```\n",
        "```python\n# Bad: the colon is missing\ndef f(x)\n    return x\n```\n",
        "Wrong:\n\n```json\n{'a': 1}\n```\n",
    ],
)
def test_a_block_that_is_labelled_wrong_may_be_broken(lint: Lint, text: str) -> None:
    assert lint({FILE: HEAD + text}) == []


@pytest.mark.parametrize(
    "text",
    [
        f"Remember, and never forget, to read it first:\n\n{BROKEN}",
        f"Right:\n\n{BROKEN}",
        "```python\n# Wrong\nf(1)\n# Right\ndef f(x)\n    return x\n```\n",
        "```python\n# BAD: takes any value\ndef f(x)\n    return x\n```\n",
    ],
)
def test_a_block_that_is_to_be_imitated_may_not_be_broken(lint: Lint, text: str) -> None:
    assert [d.code for d in lint({FILE: HEAD + text})] == ["SK401"]


MARKS = "<<<<<<< HEAD\nx = 1\n=======\nx = 2\n>>>>>>> main\n"


@pytest.mark.parametrize("language", ["python", "bash", "json", "yaml"])
def test_a_conflict_in_a_block_of_code_is_told_as_such_and_once(lint: Lint, language: str) -> None:
    found = lint({FILE: f"{HEAD}Run:\n\n```{language}\n{MARKS}```\n"})
    assert [(d.code, d.line) for d in found] == [("SK501", 8), ("SK501", 10), ("SK501", 12)]


@pytest.mark.parametrize(
    "text", [f"Text.\n\n```diff\n{MARKS}```\n", f"To solve a conflict, keep one side:\n\n```python\n{MARKS}```\n"]
)
def test_a_conflict_that_is_an_example_is_fine(lint: Lint, text: str) -> None:
    assert lint({FILE: HEAD + text}) == []
