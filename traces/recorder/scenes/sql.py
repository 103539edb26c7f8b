"""Queries that DuckDB or Parquet cannot bind: a column, a table or a function that is not there."""

from ..script import LoadSkill, Scene, py, sh

CAUSE = "duckdb-binder-error"


def code_column(start: str, end: str) -> Scene:
    """`ts_code` where the table says `code`."""
    return (
        py(
            "Mean close by fund, in one query.",
            """
            from marketstore import Store
            print(Store().sql('''
                SELECT ts_code, avg(close) AS mean_close FROM daily
                WHERE trade_date BETWEEN '$start' AND '$end' GROUP BY ts_code ORDER BY ts_code
            '''))
            """,
            fails=CAUSE,
            start=start,
            end=end,
        ),
        py(
            "I ask DuckDB for the columns.",
            """
            from marketstore import Store
            for table in ("daily", "factors"):
                print(table, Store().sql(f"DESCRIBE {table}")["column_name"].tolist())
            """,
        ),
        py(
            "`daily` says `code`.",
            """
            from marketstore import Store
            print(Store().sql('''
                SELECT code, round(avg(close), 3) AS mean_close FROM daily
                WHERE trade_date BETWEEN '$start' AND '$end' GROUP BY code ORDER BY code
            ''').to_string(index=False))
            """,
            start=start,
            end=end,
        ),
    )


def join_using(code: str) -> Scene:
    """`USING` over columns of different names, in two wrong ways."""
    return (
        py(
            "Bars and factors of $code in one query.",
            """
            from marketstore import Store
            rows = Store().sql('''
                SELECT trade_date, close * adj_factor AS adj_close
                FROM daily JOIN factors USING (ts_code, trade_date) WHERE ts_code = '$code'
            ''')
            print(rows.tail())
            """,
            fails=CAUSE,
            code=code,
        ),
        py(
            "Then with `code`.",
            """
            from marketstore import Store
            rows = Store().sql('''
                SELECT trade_date, close * adj_factor AS adj_close
                FROM daily JOIN factors USING (code, trade_date) WHERE code = '$code'
            ''')
            print(rows.tail())
            """,
            fails=CAUSE,
            code=code,
        ),
        LoadSkill("The names differ between the tables; I read the skill on DuckDB.", "duckdb-parquet"),
        py(
            "An explicit condition for both keys.",
            """
            from marketstore import Store
            rows = Store().sql('''
                SELECT d.trade_date, round(d.close * f.adj_factor, 4) AS adj_close
                FROM daily d JOIN factors f ON f.ts_code = d.code AND f.trade_date = CAST(d.trade_date AS BIGINT)
                WHERE d.code = '$code' ORDER BY d.trade_date
            ''')
            print(rows.tail().to_string(index=False))
            """,
            code=code,
        ),
    )


def unknown_table(table: str, code: str) -> Scene:
    """A table named as in another store."""
    return (
        py(
            "The last close of $code.",
            """
            from marketstore import Store
            print(Store().sql("SELECT trade_date, close FROM $table WHERE code = '$code' ORDER BY 1 DESC LIMIT 1"))
            """,
            fails=CAUSE,
            table=table,
            code=code,
        ),
        sh("Which tables are there?", "ls data"),
        py(
            "It is `daily`.",
            """
            from marketstore import Store
            print(Store().sql("SELECT trade_date, close FROM daily WHERE code = '$code' ORDER BY 1 DESC LIMIT 1"))
            """,
            code=code,
        ),
    )


def parquet_columns(code: str) -> Scene:
    """The same trap below the store, in pyarrow."""
    return (
        py(
            "I read only what I need from the Parquet file.",
            """
            import pyarrow.parquet as pq
            table = pq.read_table("data/daily.parquet", columns=["ts_code", "close"])
            print(table.num_rows)
            """,
            fails=CAUSE,
        ),
        py(
            "First its schema.",
            """
            import pyarrow.parquet as pq
            print(pq.read_schema("data/daily.parquet").to_string(show_schema_metadata=False))
            """,
        ),
        py(
            "Now with `code`.",
            """
            import pyarrow.parquet as pq
            table = pq.read_table("data/daily.parquet", columns=["code", "close"], filters=[("code", "=", "$code")])
            print(table.num_rows, "rows of $code")
            """,
            code=code,
        ),
    )


def group_by(start: str) -> Scene:
    """A column that is neither grouped nor aggregated."""
    return (
        py(
            "Last close and number of bars by fund.",
            """
            from marketstore import Store
            print(Store().sql("SELECT code, close, count(*) FROM daily WHERE trade_date >= '$start' GROUP BY code"))
            """,
            fails=CAUSE,
            start=start,
        ),
        py(
            "`arg_max` picks the close of the last day.",
            """
            from marketstore import Store
            print(Store().sql('''
                SELECT code, arg_max(close, trade_date) AS last_close, count(*) AS n
                FROM daily WHERE trade_date >= '$start' GROUP BY code ORDER BY code
            ''').to_string(index=False))
            """,
            start=start,
        ),
    )


def pandas_function(code: str, window: int) -> Scene:
    """A pandas idiom in SQL."""
    return (
        py(
            "A moving average over $window bars, in SQL.",
            """
            from marketstore import Store
            print(Store().sql("SELECT trade_date, rolling_mean(close, $window) AS ma FROM daily WHERE code = '$code'"))
            """,
            fails=CAUSE,
            code=code,
            window=window,
        ),
        py(
            "SQL has window functions for that.",
            """
            from marketstore import Store
            rows = Store().sql('''
                SELECT trade_date,
                       avg(close) OVER (ORDER BY trade_date ROWS BETWEEN $window - 1 PRECEDING AND CURRENT ROW) AS ma
                FROM daily WHERE code = '$code' ORDER BY trade_date
            ''')
            print(rows.tail(3).round(4).to_string(index=False))
            """,
            code=code,
            window=window,
        ),
    )
