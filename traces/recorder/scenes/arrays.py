"""Series of different length in one formula."""

from ..script import LoadSkill, Scene, py, sh

CAUSE = "misaligned-arrays"


def correlation(left: str, right: str) -> Scene:
    """Arrays of two funds, one listed later or paused."""
    return (
        py(
            "The correlation of $left and $right.",
            """
            import numpy as np
            from marketstore import Store
            store = Store()
            a = store.daily("$left")["close"].pct_change().dropna()
            b = store.daily("$right")["close"].pct_change().dropna()
            print(np.corrcoef(a, b)[0, 1])
            """,
            fails=CAUSE,
            left=left,
            right=right,
        ),
        py(
            "They have not the same days. I join on the date.",
            """
            from marketstore import Store
            panel = Store().panel(["$left", "$right"], "20251103", "20261030").dropna()
            returns = panel.pct_change().dropna()
            print(len(returns), "common days, correlation", round(returns.corr().iloc[0, 1], 3))
            """,
            left=left,
            right=right,
        ),
    )


def covariance(left: str, right: str) -> Scene:
    """Covariance, cut to the same length (wrong), then joined."""
    return (
        py(
            "The covariance of $left and $right.",
            """
            import numpy as np
            from marketstore import Store
            store = Store()
            a, b = (store.daily(code)["close"].to_numpy() for code in ("$left", "$right"))
            print(np.cov(np.diff(a) / a[:-1], np.diff(b) / b[:-1]))
            """,
            fails=CAUSE,
            left=left,
            right=right,
        ),
        LoadSkill("How are series joined here?", "joins-and-correlation"),
        py(
            "On the dates, not on the position.",
            """
            from marketstore import Store
            returns = Store().panel(["$left", "$right"], "20251103", "20261030").dropna().pct_change().dropna()
            print(returns.cov())
            """,
            left=left,
            right=right,
        ),
    )


def diff_assigned(code: str, start: str) -> Scene:
    """A difference is one shorter."""
    return (
        py(
            "Daily changes of $code as a column.",
            """
            import numpy as np
            from marketstore import Store
            bars = Store().daily("$code", "$start")
            bars["change"] = np.diff(bars["close"])
            print(bars["change"].abs().mean())
            """,
            fails=CAUSE,
            code=code,
            start=start,
        ),
        py(
            "`Series.diff` keeps the length.",
            """
            from marketstore import Store
            bars = Store().daily("$code", "$start")
            bars["change"] = bars["close"].diff()
            print(round(bars["change"].abs().mean(), 4))
            """,
            code=code,
            start=start,
        ),
    )


def frame_of_arrays(left: str, right: str) -> Scene:
    """A frame from two arrays, in a script."""
    return (
        sh(
            "Both closes side by side.",
            """
            cat > pair.py <<'EOF'
            import pandas as pd
            from marketstore import Store
            store = Store()
            pair = pd.DataFrame({code: store.daily(code)["close"].to_numpy() for code in ("$left", "$right")})
            print(pair.tail(2))
            EOF
            python pair.py""",
            python=True,
            fails=CAUSE,
            left=left,
            right=right,
        ),
        sh(
            "The panel aligns them by date.",
            """
            cat > pair.py <<'EOF'
            from marketstore import Store
            pair = Store().panel(["$left", "$right"], "20251103", "20261030")
            print(pair.isna().sum())
            print(pair.tail(2))
            EOF
            python pair.py""",
            python=True,
            left=left,
            right=right,
        ),
    )


def tracking_error(fund: str, benchmark: str, start: str) -> Scene:
    """A difference of two arrays, tried again with the other order."""
    snippet = """
        import numpy as np
        from marketstore import Store
        store = Store()
        fund = store.daily("$fund", "$start")["close"].pct_change().dropna().to_numpy()
        benchmark = store.daily("$benchmark", "$start")["close"].pct_change().dropna().to_numpy()
        print(np.std($difference) * 252 ** 0.5)
        """
    return (
        py(
            "The tracking error of $fund against $benchmark.",
            snippet,
            fails=CAUSE,
            fund=fund,
            benchmark=benchmark,
            start=start,
            difference="fund - benchmark",
        ),
        py(
            "The other way round?",
            snippet,
            fails=CAUSE,
            fund=fund,
            benchmark=benchmark,
            start=start,
            difference="benchmark - fund",
        ),
        py(
            "One of them paused for some days: pandas aligns by date.",
            """
            from marketstore import Store
            returns = Store().panel(["$fund", "$benchmark"], "$start", "20261030").dropna().pct_change().dropna()
            print(f"{(returns['$fund'] - returns['$benchmark']).std() * 252 ** 0.5:.2%} over {len(returns)} days")
            """,
            fund=fund,
            benchmark=benchmark,
            start=start,
        ),
    )
