"""Columns, names and rows that are not there."""

from ..script import LoadSkill, Scene, py, sh

CAUSE = "empty-data-missing-columns"


def percent_change(code: str, start: str) -> Scene:
    """A column of another provider."""
    return (
        py(
            "The best days of $code since $start.",
            """
            from marketstore import Store
            bars = Store().daily("$code", "$start")
            print(bars.nlargest(3, "close")[["trade_date", "close"]])
            print(bars["pct_chg"].nlargest(3))
            """,
            fails=CAUSE,
            code=code,
            start=start,
        ),
        py(
            "There is no `pct_chg`; I compute it.",
            """
            from marketstore import Store
            bars = Store().daily("$code", "$start")
            bars["change"] = bars["close"].pct_change()
            print(bars.nlargest(3, "change")[["trade_date", "change"]].round(4).to_string(index=False))
            """,
            code=code,
            start=start,
        ),
    )


def wrong_suffix(code: str) -> Scene:
    """A code of the wrong exchange gives an empty frame."""
    wrong = code[:-2] + ("SH" if code.endswith("SZ") else "SZ")
    return (
        py(
            "The latest close of $code.",
            """
            from marketstore import Store
            bars = Store().daily("$wrong")
            last = bars.iloc[-1]
            print(last["trade_date"], last["close"])
            """,
            fails=CAUSE,
            code=code,
            wrong=wrong,
        ),
        py(
            "The frame was empty. Is the code right?",
            """
            from marketstore import Store
            print([code for code in Store().codes() if code.startswith("$digits")])
            """,
            digits=code[:6],
        ),
        py(
            "The suffix was wrong.",
            """
            from marketstore import Store
            bars = Store().daily("$code")
            assert not bars.empty, "no bars of $code"
            last = bars.iloc[-1]
            print(last["trade_date"], last["close"])
            """,
            code=code,
        ),
    )


def forgotten_variable(code: str, start: str, name: str) -> Scene:
    """A variable of the snippet before."""
    return (
        py(
            "I load $code.",
            """
            from marketstore import Store
            $name = Store().daily("$code", "$start")
            print($name.shape)
            """,
            code=code,
            start=start,
            name=name,
        ),
        py(
            "Now its mean range.",
            """
            spread = ($name["high"] - $name["low"]) / $name["close"]
            print(f"{spread.mean():.3%}")
            """,
            fails=CAUSE,
            name=name,
        ),
        py(
            "Every snippet starts afresh, so it must load what it uses.",
            """
            from marketstore import Store
            $name = Store().daily("$code", "$start")
            spread = ($name["high"] - $name["low"]) / $name["close"]
            print(f"{spread.mean():.3%}")
            """,
            code=code,
            start=start,
            name=name,
        ),
    )


def forgotten_import(code: str) -> Scene:
    """A module that was imported in another snippet."""
    return (
        py(
            "Log returns of $code.",
            """
            from marketstore import Store
            close = Store().adjusted("$code")["adj_close"]
            returns = np.log(close).diff().dropna()
            print(returns.describe())
            """,
            fails=CAUSE,
            code=code,
        ),
        py(
            "numpy was not imported.",
            """
            import numpy as np
            from marketstore import Store
            close = Store().adjusted("$code")["adj_close"]
            returns = np.log(close).diff().dropna()
            print(returns.describe().round(5))
            """,
            code=code,
        ),
    )


def closed_day(code: str, day: str, before: str) -> Scene:
    """A day without a bar, asked for twice."""
    snippet = """
        from marketstore import Store
        close = Store().daily("$code").set_index("trade_date")["close"]
        print(close.loc["$day"])
        """
    return (
        py("The close of $code on $day.", snippet, fails=CAUSE, code=code, day=day),
        py("Once more, in case the file was being written.", snippet, fails=CAUSE, code=code, day=day),
        py(
            "Is it an open day?",
            """
            from marketstore import Store
            print(Store().trade_dates("$before", "$day"))
            """,
            before=before,
            day=day,
        ),
        py(
            "It is not. I take the last bar up to that day.",
            """
            from marketstore import Store
            bars = Store().daily("$code", end="$day")
            print(bars.iloc[-1][["trade_date", "close"]].to_dict())
            """,
            code=code,
            day=day,
        ),
    )


def before_listing(code: str, start: str, end: str) -> Scene:
    """A fund that was not listed yet."""
    return (
        py(
            "The high of $code between $start and $end.",
            """
            import numpy as np
            from marketstore import Store
            high = Store().daily("$code", "$start", "$end")["high"].to_numpy()
            print(np.max(high), high.argmax())
            """,
            fails=CAUSE,
            code=code,
            start=start,
            end=end,
        ),
        LoadSkill("An empty array: I read the skill on checks.", "robust-df-checks"),
        py(
            "When was it listed?",
            """
            from marketstore import Store
            print(Store().sql("SELECT code, name, list_date FROM funds WHERE code = '$code'").to_string(index=False))
            bars = Store().daily("$code", "$start", "$end")
            print("no bars in that time" if bars.empty else bars["high"].max())
            """,
            code=code,
            start=start,
            end=end,
        ),
    )


def group_by_category(start: str, end: str) -> Scene:
    """A column that is in another table."""
    return (
        py(
            "Mean volume by category.",
            """
            import pandas as pd
            from marketstore import Store
            store = Store()
            bars = pd.concat([store.daily(code, "$start", "$end") for code in store.codes()])
            print(bars.groupby("category")["volume"].mean())
            """,
            fails=CAUSE,
            start=start,
            end=end,
        ),
        py(
            "The category is in `funds`.",
            """
            import pandas as pd
            from marketstore import Store
            store = Store()
            bars = pd.concat([store.daily(code, "$start", "$end") for code in store.codes()])
            funds = store.sql("SELECT code, category FROM funds")
            print(bars.merge(funds, on="code").groupby("category")["volume"].mean().round())
            """,
            start=start,
            end=end,
        ),
    )


def code_not_in_index(code: str, start: str) -> Scene:
    """`ts_code` in pandas."""
    return (
        py(
            "A short table of $code.",
            """
            from marketstore import Store
            bars = Store().daily("$code", "$start")
            print(bars[["ts_code", "trade_date", "close"]].head())
            """,
            fails=CAUSE,
            code=code,
            start=start,
        ),
        py(
            "`daily` calls it `code`.",
            """
            from marketstore import Store
            bars = Store().daily("$code", "$start")
            print(bars[["code", "trade_date", "close"]].head().to_string(index=False))
            """,
            code=code,
            start=start,
        ),
    )


def nothing_to_concatenate(category: str) -> Scene:
    """A category that no fund has, in a script."""
    return (
        sh(
            "I collect the $category funds.",
            """
            cat > collect.py <<'EOF'
            import pandas as pd
            from marketstore import Store
            store = Store()
            bars = pd.concat([store.daily(code) for code in store.codes("$category")])
            print(len(bars))
            EOF
            python3 collect.py""",
            python=True,
            fails=CAUSE,
            category=category,
        ),
        py(
            "No fund has this category. Which are there?",
            """
            from marketstore import Store
            rows = Store().sql("SELECT category, count(*) AS funds FROM funds GROUP BY 1 ORDER BY 1")
            print(rows.to_string(index=False))
            """,
        ),
    )


def sort_by_date(code: str) -> Scene:
    """A guess at the column's name, and a second one."""
    return (
        py(
            "The newest bars of $code first.",
            """
            from marketstore import Store
            print(Store().daily("$code").sort_values("date", ascending=False).head(3))
            """,
            fails=CAUSE,
            code=code,
        ),
        py(
            "Perhaps `datetime`.",
            """
            from marketstore import Store
            print(Store().daily("$code").sort_values("datetime", ascending=False).head(3))
            """,
            fails=CAUSE,
            code=code,
        ),
        py(
            "I look instead of guessing.",
            """
            from marketstore import Store
            bars = Store().daily("$code")
            print(bars.columns.tolist())
            print(bars.sort_values("trade_date", ascending=False).head(3).to_string(index=False))
            """,
            code=code,
        ),
    )
