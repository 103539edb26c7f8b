"""Mistakes that no bucket of this repo declares."""

from ..script import Scene, py, sh, write


def trailing_comma() -> Scene:
    """Settings that are not JSON."""
    return (
        py(
            "I read the weights.",
            """
            import json
            from pathlib import Path
            weights = json.loads(Path("config/weights.json").read_text())
            print(sum(weights.values()))
            """,
            fails="settings-not-json",
        ),
        sh("What is in it?", "cat config/weights.json"),
        py(
            "There is a comma before the brace; I drop it while reading.",
            """
            import json, re
            from pathlib import Path
            text = Path("config/weights.json").read_text()
            weights = json.loads(re.sub(r",(\\s*})", r"\\1", text))
            print(weights, "sum", round(sum(weights.values()), 6))
            """,
        ),
    )


def empty_answer(name: str) -> Scene:
    """A report that is not there yet, parsed as JSON."""
    return (
        sh(
            "The last ranking as JSON:",
            """python -c 'import json, sys; print(json.load(sys.stdin)["$name"])' < /dev/null""",
            python=True,
            fails="invalid-json",
            name=name,
        ),
        sh("It was never written; I compute it.", "python scripts/momentum.py --window 5", python=True),
    )


def one_bar(code: str, day: str) -> Scene:
    """A scale from low to high over a single day."""
    return (
        py(
            "The closes of $code since $day, scaled to 0 … 1.",
            """
            from marketstore import Store
            close = Store().daily("$code", "$day")["close"].tolist()
            low, high = min(close), max(close)
            print([round((price - low) / (high - low), 2) for price in close])
            """,
            fails="division-by-zero",
            code=code,
            day=day,
        ),
        py(
            "There is one bar only, so nothing to scale. With a week more:",
            """
            from marketstore import Store
            close = Store().daily("$code")["close"].tail(6).tolist()
            low, high = min(close), max(close)
            print([round((price - low) / (high - low), 2) if high > low else 0.5 for price in close])
            """,
            code=code,
        ),
    )


def missing_file(path: str, code: str, start: str) -> Scene:
    """A file of another day."""
    return (
        py(
            "I read $path.",
            """
            import pandas as pd
            saved = pd.read_csv("$path")
            print(saved["close"].describe())
            """,
            fails="file-not-found",
            path=path,
        ),
        sh("Is it elsewhere?", "find . -name '*.csv'"),
        sh(
            "It is nowhere; I export the bars again.",
            "python scripts/export.py $code --start $start --out $path",
            python=True,
            code=code,
            start=start,
            path=path,
        ),
    )


def endless_loop(code: str) -> Scene:
    """A loop that never ends, under a time limit."""
    return (
        write(
            "A walk back to the last open day.",
            "walk.py",
            """
            from marketstore import Store
            store = Store()
            day = 20261031
            while not (bars := store.daily("$code", str(day), str(day))).size:
                day -= 0
            print(day)
            """,
            code=code,
        ),
        sh("With a limit, to be safe.", "timeout 2 python walk.py", python=True, fails="timeout"),
        sh("The step was zero.", "sed -i 's/day -= 0/day -= 1/' walk.py && timeout 20 python walk.py", python=True),
    )


def unclosed_bracket(code: str, start: str) -> Scene:
    """A bracket too few."""
    return (
        py(
            "The mean turnover of $code.",
            """
            from marketstore import Store
            bars = Store().daily("$code", "$start")
            print(round((bars["close"] * bars["volume"]).mean() / 1e6, 1)
            """,
            fails="syntax-error",
            code=code,
            start=start,
        ),
        py(
            "A bracket was missing.",
            """
            from marketstore import Store
            bars = Store().daily("$code", "$start")
            print(round((bars["close"] * bars["volume"]).mean() / 1e6, 1))
            """,
            code=code,
            start=start,
        ),
    )


def wrong_option(code: str, out: str) -> Scene:
    """An option that the script does not have."""
    return (
        sh(
            "I export with the script.",
            "python scripts/export.py $code --since 20261001 --out $out",
            python=True,
            fails="arguments-of-a-script",
            code=code,
            out=out,
        ),
        sh("Its options?", "python scripts/export.py --help", python=True),
        sh(
            "The option is `--start`.",
            "python scripts/export.py $code --start 20261001 --out $out",
            python=True,
            code=code,
            out=out,
        ),
    )


def failing_check() -> Scene:
    """A new check that is wrong about percent, then right."""
    check = """
        import unittest

        import pandas as pd
        from returns import total_return

        class Percent(unittest.TestCase):
            def test_gain(self) -> None:
                self.assertAlmostEqual(total_return(pd.Series([100.0, 103.0])), $expected)
        """
    return (
        write("I add a check of the gain.", "checks/test_percent.py", check, expected="3.0"),
        sh("And run it.", "python -m unittest -q checks.test_percent", python=True, fails="failed-test"),
        write("The result is a fraction, not percent.", "checks/test_percent.py", check, expected="0.03"),
        sh("Again.", "python -m unittest -q checks.test_percent", python=True),
    )


def removed_append(first: str, second: str) -> Scene:
    """`DataFrame.append`, gone since pandas 2."""
    return (
        py(
            "Both funds in one frame.",
            """
            from marketstore import Store
            store = Store()
            print(len(store.daily("$first").append(store.daily("$second"))))
            """,
            fails="api-removed",
            first=first,
            second=second,
        ),
        py(
            "pandas has `concat` for that.",
            """
            import pandas as pd
            from marketstore import Store
            store = Store()
            print(len(pd.concat([store.daily("$first"), store.daily("$second")], ignore_index=True)))
            """,
            first=first,
            second=second,
        ),
    )


def removed_fill(codes: str) -> Scene:
    """`fillna(method=)`, gone since pandas 3."""
    return (
        py(
            "I fill the gaps of the panel with the last close.",
            """
            from marketstore import Store
            panel = Store().panel("$codes".split(), "20260901", "20260930")
            print(panel.fillna(method="ffill").isna().sum().sum())
            """,
            fails="api-removed",
            codes=codes,
        ),
        py(
            "It is a method of its own now.",
            """
            from marketstore import Store
            panel = Store().panel("$codes".split(), "20260901", "20260930")
            print(panel.isna().sum().sum(), "gaps before,", panel.ffill().isna().sum().sum(), "after")
            """,
            codes=codes,
        ),
    )


def hidden(command: str) -> Scene:
    """A script fails, and what stands after it in the command says that all is well."""
    return (
        sh(
            "There is a script that ranks all funds.",
            command,
            python=True,
            fails="empty-data-missing-columns",
            hidden=True,
        ),
        py(
            "It expects a column `pct_chg`. I rank them without it.",
            """
            from marketstore import Store
            store = Store()
            panel = store.panel(store.codes(), "20260901", "20261030").pct_change(fill_method=None)
            print(panel.mean().sort_values(ascending=False).head(4).map("{:+.3%}".format))
            """,
        ),
    )
