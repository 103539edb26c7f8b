"""Further questions about the same fund, answered well at the first try."""

from ..script import Answer, Ask, Scene, py


def beta(fund: str, benchmark: str, start: str) -> Scene:
    """Beta, and on how many days it rests."""
    return (
        Ask(f"And its beta against {benchmark}?"),
        py(
            "On common days, from returns.",
            """
            from marketstore import Store
            returns = Store().panel(["$fund", "$benchmark"], "$start", "20261030").dropna().pct_change().dropna()
            beta = returns["$fund"].cov(returns["$benchmark"]) / returns["$benchmark"].var()
            print(f"beta {beta:.2f} over {len(returns)} days")
            """,
            fund=fund,
            benchmark=benchmark,
            start=start,
        ),
        Answer("See the beta above; it says little over few days."),
    )


def weekdays(code: str, start: str) -> Scene:
    """Mean change by weekday, then how many days stand behind it."""
    return (
        Ask("Is there a weekday effect?"),
        py(
            "Mean change by weekday.",
            """
            import pandas as pd
            from marketstore import Store
            bars = Store().adjusted("$code", "$start")
            day = pd.to_datetime(bars["trade_date"], format="%Y%m%d").dt.day_name()
            print(bars["adj_close"].pct_change().groupby(day).mean().map("{:+.3%}".format))
            """,
            code=code,
            start=start,
        ),
        py(
            "Is that more than noise?",
            """
            import pandas as pd
            from marketstore import Store
            bars = Store().adjusted("$code", "$start")
            day = pd.to_datetime(bars["trade_date"], format="%Y%m%d").dt.day_name()
            told = bars["adj_close"].pct_change().groupby(day).agg(["mean", "std", "count"])
            print((told["mean"] / (told["std"] / told["count"] ** 0.5)).round(2))
            """,
            code=code,
            start=start,
        ),
        Answer("Differences by weekday are above; below 2, call it noise."),
    )


def rolling_volatility(code: str, start: str) -> Scene:
    """Volatility over twenty days."""
    return (
        Ask("How did its volatility move?"),
        py(
            "Twenty-day volatility, at the end of each month.",
            """
            import pandas as pd
            from marketstore import Store
            bars = Store().adjusted("$code", "$start")
            close = bars.set_index(pd.to_datetime(bars["trade_date"], format="%Y%m%d"))["adj_close"]
            volatility = close.pct_change().rolling(20).std() * 252 ** 0.5
            print(volatility.resample("ME").last().dropna().map("{:.1%}".format))
            """,
            code=code,
            start=start,
        ),
        Answer("Volatility by month is above."),
    )


def dividends(code: str, start: str) -> Scene:
    """Plain and adjusted return."""
    return (
        Ask("How much of the return is dividends?"),
        py(
            "Adjusted against plain closes.",
            """
            from marketstore import Store
            from returns import total_return
            bars = Store().adjusted("$code", "$start")
            plain, adjusted = total_return(bars["close"]), total_return(bars["adj_close"])
            print(f"plain {plain:+.2%}, adjusted {adjusted:+.2%}, dividends {adjusted - plain:+.2%}")
            """,
            code=code,
            start=start,
        ),
        Answer("The difference of the two is the dividends."),
    )


def open_days(first: str, last: str) -> Scene:
    """Open days, and the holidays among the weekdays."""
    return (
        Ask("How many trading days were in that time, and which weekdays were holidays?"),
        py(
            "The calendar knows.",
            """
            from marketstore import Store
            print(len(Store().trade_dates("$first", "$last")), "open days")
            """,
            first=first,
            last=last,
        ),
        py(
            "Weekdays that were closed:",
            """
            import pandas as pd
            from marketstore import Store
            weekdays = {f"{day:%Y%m%d}" for day in pd.bdate_range("$first", "$last")}
            print(sorted(weekdays - set(Store().trade_dates("$first", "$last"))) or "none")
            """,
            first=first,
            last=last,
        ),
        Answer("Open days and holidays are above."),
    )


def listed(code: str) -> Scene:
    """Since when a fund is listed."""
    return (
        Ask("Since when is it listed?"),
        py(
            "From the table of funds.",
            """
            from marketstore import Store
            print(Store().sql("SELECT name, list_date FROM funds WHERE code = '$code'").to_string(index=False))
            """,
            code=code,
        ),
        Answer("The date of listing is above."),
    )


def liquidity(code: str, start: str) -> Scene:
    """Turnover, and its thinnest days."""
    return (
        Ask("Is it liquid enough to trade two million a day?"),
        py(
            "Turnover in millions.",
            """
            from marketstore import Store
            bars = Store().daily("$code", "$start")
            turnover = bars["close"] * bars["volume"] / 1e6
            print(turnover.describe(percentiles=[0.05, 0.5]).round(2))
            """,
            code=code,
            start=start,
        ),
        py(
            "The thinnest days.",
            """
            from marketstore import Store
            bars = Store().daily("$code", "$start")
            bars["turnover_m"] = (bars["close"] * bars["volume"] / 1e6).round(2)
            print(bars.nsmallest(3, "turnover_m")[["trade_date", "turnover_m"]].to_string(index=False))
            """,
            code=code,
            start=start,
        ),
        Answer("Mind the thin days above."),
    )


def extremes(code: str, start: str) -> Scene:
    """The day of the highest high and of the lowest low."""
    return (
        Ask("When were its high and its low?"),
        py(
            "By position of the extremes.",
            """
            from marketstore import Store
            bars = Store().daily("$code", "$start")
            for column, row in (("high", bars["high"].idxmax()), ("low", bars["low"].idxmin())):
                print(column, bars.loc[row, "trade_date"], bars.loc[row, column])
            """,
            code=code,
            start=start,
        ),
        Answer("Both days are above."),
    )


def rows_by_month(code: str) -> Scene:
    """Bars a month, by SQL."""
    return (
        Ask("How many bars are there a month?"),
        py(
            "The first six digits of the date are the month.",
            """
            from marketstore import Store
            rows = Store().sql("SELECT trade_date[1:6] AS month, count(*) AS bars FROM daily "
                               "WHERE code = '$code' GROUP BY 1 ORDER BY 1")
            print(rows.tail(6).to_string(index=False))
            """,
            code=code,
        ),
        Answer("The last six months are above."),
    )
