"""Work that goes well."""

from ..script import RunPython, Scene, py, sh


def look_around() -> Scene:
    """The agent looks at what is there."""
    return (
        sh("Let me see what the store offers.", "ls data && grep -n 'def ' marketstore.py"),
        py(
            "And which funds it holds.",
            """
            from marketstore import Store
            store = Store()
            print(store.sql("SELECT code, name, category, list_date FROM funds ORDER BY code").to_string(index=False))
            """,
        ),
    )


def summary(code: str, start: str, end: str) -> Scene:
    """Describe the closes of one fund."""
    return (
        py(
            "I summarise the closes of $code from $start to $end.",
            """
            from marketstore import Store
            bars = Store().daily("$code", "$start", "$end")
            print(len(bars), "bars", bars["trade_date"].min(), bars["trade_date"].max())
            print(bars["close"].describe().round(3))
            """,
            code=code,
            start=start,
            end=end,
        ),
    )


def monthly_returns(code: str, start: str) -> Scene:
    """Returns by calendar month."""
    return (
        py(
            "Monthly returns: the text dates become timestamps first.",
            """
            import pandas as pd
            from marketstore import Store
            bars = Store().adjusted("$code", "$start")
            close = bars.set_index(pd.to_datetime(bars["trade_date"], format="%Y%m%d"))["adj_close"]
            print(close.resample("ME").last().pct_change().dropna().map("{:+.2%}".format))
            """,
            code=code,
            start=start,
        ),
    )


def coverage(start: str) -> Scene:
    """Which funds have gaps."""
    return (
        py(
            "First I count the bars of each fund against the exchange calendar.",
            """
            from marketstore import Store
            store = Store()
            days = len(store.trade_dates("$start", "20261030"))
            rows = store.sql(
                "SELECT code, count(*) AS bars FROM daily WHERE trade_date >= '$start' GROUP BY code ORDER BY 2, 1"
            )
            print("open days:", days)
            print(rows.assign(missing=days - rows["bars"]).to_string(index=False))
            """,
            start=start,
        ),
    )


def movers(category: str, start: str, end: str) -> Scene:
    """The best and the worst of a category."""
    return (
        py(
            "I rank the $category funds by their total return.",
            """
            from marketstore import Store
            store = Store()
            panel = store.panel(store.codes("$category"), "$start", "$end").dropna(axis=1)
            print((panel.iloc[-1] / panel.iloc[0] - 1).sort_values(ascending=False).map("{:+.2%}".format))
            """,
            category=category,
            start=start,
            end=end,
        ),
    )


def risk(code: str, start: str) -> Scene:
    """Drawdown and volatility, then how it splits by month."""
    return (
        py(
            "Risk figures of $code since $start.",
            """
            from marketstore import Store
            from returns import drawdown, total_return
            close = Store().adjusted("$code", "$start")["adj_close"]
            print(f"return {total_return(close):+.2%}, drawdown {drawdown(close):.2%}")
            print(f"volatility {close.pct_change().std() * 252 ** 0.5:.2%} a year")
            """,
            code=code,
            start=start,
        ),
        py(
            "And the five worst days.",
            """
            from marketstore import Store
            bars = Store().adjusted("$code", "$start")
            change = bars.set_index("trade_date")["adj_close"].pct_change()
            print(change.nsmallest(5).map("{:+.2%}".format))
            """,
            code=code,
            start=start,
        ),
    )


def volume_leaders(start: str, end: str) -> Scene:
    """Traded volume by fund."""
    return (
        py(
            "Volume by fund, in SQL.",
            """
            from marketstore import Store
            print(Store().sql('''
                SELECT code, round(avg(volume) / 1e6, 2) AS mean_volume_m, max(trade_date) AS last_day
                FROM daily WHERE trade_date BETWEEN '$start' AND '$end'
                GROUP BY code ORDER BY mean_volume_m DESC LIMIT 5
            ''').to_string(index=False))
            """,
            start=start,
            end=end,
        ),
    )


def momentum(window: int, category: str) -> Scene:
    """A script of the workspace."""
    return (
        sh(
            "There is a script for this ranking.",
            "python scripts/momentum.py --window $window --category $category",
            python=True,
            window=window,
            category=category,
        ),
    )


def checks() -> Scene:
    """The checks of the workspace pass."""
    return (sh("I run the checks before I answer.", "python -m unittest -q checks.test_returns", python=True),)


def export(code: str, start: str, out: str) -> Scene:
    """Write and count a CSV file."""
    return (
        sh(
            "I export the bars.",
            "python scripts/export.py $code --start $start --out $out",
            python=True,
            code=code,
            start=start,
            out=out,
        ),
        sh("Does the file look right?", "wc -l $out && head -3 $out", out=out),
    )


def verify_count(code: str, start: str, end: str) -> RunPython:
    """Check an answer against the calendar."""
    return py(
        "A last check: are all open days there?",
        """
        from marketstore import Store
        store = Store()
        days = set(store.trade_dates("$start", "$end"))
        have = set(store.daily("$code", "$start", "$end")["trade_date"])
        print("missing:", sorted(days - have) or "none")
        """,
        code=code,
        start=start,
        end=end,
    )
