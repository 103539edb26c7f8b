"""Dates as text on one side and as numbers or timestamps on the other."""

from ..script import LoadSkill, Scene, py, sh

CAUSE = "date-dtype-mismatch"


def filter_by_number(code: str, start: str) -> Scene:
    """A text column against a number."""
    return (
        py(
            "Bars of $code since $start.",
            """
            from marketstore import Store
            bars = Store().daily("$code")
            recent = bars[bars["trade_date"] >= $start]
            print(len(recent), recent["close"].mean())
            """,
            fails=CAUSE,
            code=code,
            start=start,
        ),
        py(
            "`trade_date` is text here, so the bound must be text.",
            """
            from marketstore import Store
            bars = Store().daily("$code")
            recent = bars[bars["trade_date"] >= "$start"]
            print(len(recent), round(recent["close"].mean(), 4))
            """,
            code=code,
            start=start,
        ),
    )


def filter_twice(code: str, start: str) -> Scene:
    """From one mismatch into the next, then the skill."""
    return (
        py(
            "The factors of $code since $start.",
            """
            from marketstore import Store
            factors = Store().factors("$code")
            print(factors[factors["trade_date"] >= "$start"])
            """,
            fails=CAUSE,
            code=code,
            start=start,
        ),
        py(
            "I turn the dates into timestamps.",
            """
            import pandas as pd
            from marketstore import Store
            factors = Store().factors("$code")
            factors["trade_date"] = pd.to_datetime(factors["trade_date"].astype(str))
            print(factors[factors["trade_date"] >= $start])
            """,
            fails=CAUSE,
            code=code,
            start=start,
        ),
        LoadSkill("There is a skill on trade dates.", "trade-dates"),
        py(
            "Both sides timestamps.",
            """
            import pandas as pd
            from marketstore import Store
            factors = Store().factors("$code")
            factors["trade_date"] = pd.to_datetime(factors["trade_date"].astype(str), format="%Y%m%d")
            recent = factors[factors["trade_date"] >= pd.Timestamp("$start")]
            print(len(recent), recent["adj_factor"].unique().tolist())
            """,
            code=code,
            start=start,
        ),
    )


def merge(code: str) -> Scene:
    """A join of text and numbers."""
    return (
        py(
            "I put the factors next to the bars.",
            """
            from marketstore import Store
            store = Store()
            both = store.daily("$code").merge(store.factors("$code"), on="trade_date")
            print(both[["trade_date", "close", "adj_factor"]].tail())
            """,
            fails=CAUSE,
            code=code,
        ),
        py(
            "The key is text in one and int in the other.",
            """
            from marketstore import Store
            store = Store()
            factors = store.factors("$code")
            factors["trade_date"] = factors["trade_date"].astype(str)
            both = store.daily("$code").merge(factors, on="trade_date", validate="one_to_one")
            print(both[["trade_date", "close", "adj_factor"]].tail().to_string(index=False))
            """,
            code=code,
        ),
    )


def month_of_text(code: str) -> Scene:
    """`.dt` on text."""
    return (
        py(
            "Mean volume of $code by month.",
            """
            from marketstore import Store
            bars = Store().daily("$code")
            print(bars.groupby(bars["trade_date"].dt.month)["volume"].mean())
            """,
            fails=CAUSE,
            code=code,
        ),
        py(
            "Timestamps first.",
            """
            import pandas as pd
            from marketstore import Store
            bars = Store().daily("$code")
            month = pd.to_datetime(bars["trade_date"], format="%Y%m%d").dt.to_period("M")
            print(bars.groupby(month)["volume"].mean().tail(3).round())
            """,
            code=code,
        ),
    )


def sql_number(code: str, start: str) -> Scene:
    """The same in SQL."""
    return (
        py(
            "In SQL:",
            """
            from marketstore import Store
            print(Store().sql("SELECT max(close) FROM daily WHERE code = '$code' AND trade_date >= $start"))
            """,
            fails=CAUSE,
            code=code,
            start=start,
        ),
        py(
            "With the date in quotes.",
            """
            from marketstore import Store
            print(Store().sql("SELECT max(close) FROM daily WHERE code = '$code' AND trade_date >= '$start'"))
            """,
            code=code,
            start=start,
        ),
    )


def sql_date(code: str, day: str) -> Scene:
    """A date with dashes against numbers."""
    plain = day.replace("-", "")
    return (
        py(
            "The factors from $day on.",
            """
            from marketstore import Store
            print(Store().sql("SELECT * FROM factors WHERE ts_code = '$code' AND trade_date >= '$day' LIMIT 3"))
            """,
            fails=CAUSE,
            code=code,
            day=day,
        ),
        py(
            "Here the dates are numbers.",
            """
            from marketstore import Store
            rows = Store().sql("SELECT * FROM factors WHERE ts_code = '$code' AND trade_date >= $plain ORDER BY 2")
            print(rows.head(3))
            """,
            code=code,
            plain=plain,
        ),
    )


def arrow_kernel(start: str) -> Scene:
    """Arrow compares like with like."""
    return (
        py(
            "I filter while reading.",
            """
            import pyarrow.parquet as pq
            table = pq.read_table("data/daily.parquet", filters=[("trade_date", ">=", $start)])
            print(table.num_rows)
            """,
            fails=CAUSE,
            start=start,
        ),
        py(
            "With text.",
            """
            import pyarrow.parquet as pq
            table = pq.read_table("data/daily.parquet", filters=[("trade_date", ">=", "$start")])
            print(table.num_rows)
            """,
            start=start,
        ),
    )


def shift_text(code: str, days: int) -> Scene:
    """Arithmetic on a date that is text, in a script."""
    return (
        sh(
            "I write the window as a script.",
            """
            cat > window.py <<'EOF'
            from marketstore import Store
            bars = Store().daily("$code")
            last = bars["trade_date"].max()
            print("from", last - $days, "to", last)
            EOF
            python window.py""",
            python=True,
            fails=CAUSE,
            code=code,
            days=days,
        ),
        sh(
            "Dates are no numbers, and text even less.",
            """
            cat > window.py <<'EOF'
            import pandas as pd
            from marketstore import Store
            bars = Store().daily("$code")
            last = pd.Timestamp(bars["trade_date"].max())
            print("from", f"{last - pd.Timedelta(days=$days):%Y%m%d}", "to", f"{last:%Y%m%d}")
            EOF
            python window.py""",
            python=True,
            code=code,
            days=days,
        ),
    )


def compare_in_a_loop(start: str) -> Scene:
    """Plain Python compares text with a number."""
    return (
        py(
            "Which funds were listed long before $start, and have bars since?",
            """
            from marketstore import Store
            store = Store()
            for code in store.codes("equity"):
                days = [day for day in store.daily(code)["trade_date"] if day >= $start]
                print(code, len(days))
            """,
            fails=CAUSE,
            start=start,
        ),
        py(
            "The same with an int on both sides.",
            """
            from marketstore import Store
            store = Store()
            for code in store.codes("equity"):
                days = [day for day in store.daily(code)["trade_date"] if int(day) >= $start]
                print(code, len(days))
            """,
            start=start,
        ),
    )
