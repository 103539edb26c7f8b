"""Calls that the store does not know."""

from ..script import LoadSkill, Scene, py, sh

CAUSE = "store-api-misuse"


def offset(code: str, n: int) -> Scene:
    """`offset=` as a web API has it, then the right call."""
    return (
        py(
            "I take the last $n bars of $code.",
            """
            from marketstore import Store
            bars = Store().daily("$code", offset=-$n)
            print(bars[["trade_date", "close"]])
            """,
            fails=CAUSE,
            code=code,
            n=n,
        ),
        py(
            "`daily` takes a start and an end, no offset; the tail of the frame does it.",
            """
            from marketstore import Store
            bars = Store().daily("$code").tail($n)
            print(bars[["trade_date", "close"]].to_string(index=False))
            """,
            code=code,
            n=n,
        ),
    )


def limit_twice(code: str, n: int) -> Scene:
    """Two guesses at a keyword, then a look at the signature."""
    return (
        py(
            "The latest $n closes:",
            """
            from marketstore import Store
            print(Store().daily("$code", limit=$n)["close"].round(3).tolist())
            """,
            fails=CAUSE,
            code=code,
            n=n,
        ),
        py(
            "Perhaps the keyword is `count`.",
            """
            from marketstore import Store
            print(Store().daily("$code", count=$n)["close"].round(3).tolist())
            """,
            fails=CAUSE,
            code=code,
            n=n,
        ),
        sh("I stop guessing and read the signatures.", "grep -n -A1 'def ' marketstore.py"),
        py(
            "No limit there: I cut the frame myself.",
            """
            from marketstore import Store
            print(Store().daily("$code")["close"].tail($n).round(3).tolist())
            """,
            code=code,
            n=n,
        ),
    )


def invented_method(method: str, code: str, start: str) -> Scene:
    """A method that other libraries have."""
    return (
        py(
            "I load the prices of $code.",
            """
            from marketstore import Store
            prices = Store().$method("$code", "$start")
            print(prices["close"].agg(["min", "max", "mean"]).round(3))
            """,
            fails=CAUSE,
            method=method,
            code=code,
            start=start,
        ),
        py(
            "The store has no `$method`; which methods has it?",
            """
            from marketstore import Store
            print([name for name in dir(Store) if not name.startswith("_")])
            """,
            method=method,
        ),
        py(
            "`daily` is the one.",
            """
            from marketstore import Store
            prices = Store().daily("$code", "$start")
            print(prices["close"].agg(["min", "max", "mean"]).round(3))
            """,
            code=code,
            start=start,
        ),
    )


def adjust_keyword(code: str, start: str, keyword: str) -> Scene:
    """Adjusted prices asked for by a keyword."""
    return (
        py(
            "The return with dividends of $code since $start:",
            """
            from marketstore import Store
            bars = Store().daily("$code", "$start", $keyword)
            print(f"{bars['close'].iloc[-1] / bars['close'].iloc[0] - 1:+.2%}")
            """,
            fails=CAUSE,
            code=code,
            start=start,
            keyword=keyword,
        ),
        py(
            "Adjusted prices are a method of their own.",
            """
            from marketstore import Store
            bars = Store().adjusted("$code", "$start")
            print(f"{bars['adj_close'].iloc[-1] / bars['adj_close'].iloc[0] - 1:+.2%}")
            """,
            code=code,
            start=start,
        ),
    )


def panel_fields(category: str, start: str, end: str) -> Scene:
    """A keyword in the plural."""
    return (
        py(
            "A panel of the $category closes.",
            """
            from marketstore import Store
            store = Store()
            panel = store.panel(store.codes("$category"), "$start", "$end", fields=["close"])
            print(panel.tail(3))
            """,
            fails=CAUSE,
            category=category,
            start=start,
            end=end,
        ),
        py(
            "The keyword is `field`, one column at a time.",
            """
            from marketstore import Store
            store = Store()
            panel = store.panel(store.codes("$category"), "$start", "$end", field="close")
            print(panel.tail(3).to_string())
            """,
            category=category,
            start=start,
            end=end,
        ),
    )


def too_many_arguments(code: str, start: str, end: str) -> Scene:
    """Columns as a fourth argument; the skill has the answer."""
    return (
        py(
            "Only the volume of $code:",
            """
            from marketstore import Store
            print(Store().daily("$code", "$start", "$end", ["volume"]).sum())
            """,
            fails=CAUSE,
            code=code,
            start=start,
            end=end,
        ),
        LoadSkill("I read how the store is meant to be called.", "etf-data"),
        py(
            "All columns come; I choose from the frame.",
            """
            from marketstore import Store
            print("volume:", Store().daily("$code", "$start", "$end")["volume"].sum())
            """,
            code=code,
            start=start,
            end=end,
        ),
    )


def query_method(category: str) -> Scene:
    """`query` for `sql`, tried again unchanged on a new object."""
    snippet = """
        from marketstore import Store
        store = Store($root)
        print(store.query("SELECT code, name FROM funds WHERE category = '$category' ORDER BY code"))
        """
    return (
        py("The $category funds, by SQL.", snippet, fails=CAUSE, root="", category=category),
        py("Maybe it needs its folder first.", snippet, fails=CAUSE, root='"data"', category=category),
        py(
            "The method is `sql`.",
            snippet.replace("query", "sql"),
            root="",
            category=category,
        ),
    )


def missing_end(start: str) -> Scene:
    """A required argument left out."""
    return (
        py(
            "How many open days since $start?",
            """
            from marketstore import Store
            print(len(Store().trade_dates("$start")))
            """,
            fails=CAUSE,
            start=start,
        ),
        py(
            "`trade_dates` wants both ends.",
            """
            from marketstore import Store
            print(len(Store().trade_dates("$start", "20261030")))
            """,
            start=start,
        ),
    )


def wrong_constructor(code: str, start: str) -> Scene:
    """The folder under another name."""
    return (
        py(
            "I open the store and count.",
            """
            from marketstore import Store
            store = Store(path="data")
            print(len(store.daily("$code", "$start")))
            """,
            fails=CAUSE,
            code=code,
            start=start,
        ),
        py(
            "Its folder is called `root`, and `data` is the default.",
            """
            from marketstore import Store
            print(len(Store().daily("$code", "$start")))
            """,
            code=code,
            start=start,
        ),
    )
