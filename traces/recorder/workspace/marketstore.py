"""A small local store of exchange-traded funds: Parquet files, read with DuckDB.

Tables (files in `data/`, views of the same name in `Store.sql`):

| table    | columns                                                      |
| -------- | ------------------------------------------------------------ |
| daily    | code, trade_date (text, YYYYMMDD), open, high, low, close, volume |
| factors  | ts_code, trade_date (int, YYYYMMDD), adj_factor              |
| calendar | cal_date (int, YYYYMMDD), is_open (0 or 1)                   |
| funds    | code, name, category, list_date (date)                       |
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

if TYPE_CHECKING:
    import pandas as pd

TABLES = ("daily", "factors", "calendar", "funds")


class Store:
    """Read access to the tables of one data folder.

    >>> store = Store()
    >>> bars = store.daily("510300.SH", "20260901", "20260930")
    """

    def __init__(self, root: str | Path = "data") -> None:
        self.root = Path(root)
        self._connection = duckdb.connect()
        for table in TABLES:
            self._connection.read_parquet(f"{self.root}/{table}.parquet").create_view(table)

    def codes(self, category: str | None = None) -> list[str]:
        """Return the codes of all funds, or of one category, sorted."""
        query = "SELECT code FROM funds WHERE $1 IS NULL OR category = $1 ORDER BY code"
        return [code for (code,) in self._connection.execute(query, [category]).fetchall()]

    def daily(self, code: str, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """Return the daily bars of a fund, oldest first; `start` and `end` are text, YYYYMMDD, both included.

        `trade_date` comes as text. A code that is not in the store gives an empty frame with all columns.
        """
        query = """SELECT * FROM daily WHERE code = $1 AND trade_date >= coalesce($2, '')
                   AND trade_date <= coalesce($3, '99999999') ORDER BY trade_date"""
        return self._connection.execute(query, [code, start, end]).df()

    def factors(self, code: str) -> pd.DataFrame:
        """Return the adjustment factors of a fund, oldest first. The key is `ts_code`, `trade_date` comes as int."""
        return self._connection.execute("SELECT * FROM factors WHERE ts_code = $1 ORDER BY trade_date", [code]).df()

    def adjusted(self, code: str, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """Return the daily bars with an added column `adj_close`; the dates as in `daily`."""
        bars = self.daily(code, start, end)
        factors = self.factors(code).assign(trade_date=lambda f: f["trade_date"].astype(str))
        merged = bars.merge(factors[["trade_date", "adj_factor"]], on="trade_date", how="left")
        return merged.assign(adj_close=merged["close"] * merged["adj_factor"])

    def panel(self, codes: list[str], start: str, end: str, field: str = "close") -> pd.DataFrame:
        """Return one column a fund, one row a trade date (text index); a day without a bar is NaN."""
        query = "SELECT * FROM daily WHERE list_contains($1, code) AND trade_date BETWEEN $2 AND $3"
        rows = self._connection.execute(query, [codes, start, end]).df()
        return rows.pivot(index="trade_date", columns="code", values=field).sort_index()

    def trade_dates(self, start: str, end: str) -> list[str]:
        """Return the days on which the exchange is open, as text, YYYYMMDD."""
        query = "SELECT cal_date FROM calendar WHERE is_open = 1 AND cal_date BETWEEN $1 AND $2 ORDER BY 1"
        return [str(day) for (day,) in self._connection.execute(query, [int(start), int(end)]).fetchall()]

    def sql(self, query: str) -> pd.DataFrame:
        """Return the result of a DuckDB query over the views `daily`, `factors`, `calendar` and `funds`."""
        return self._connection.sql(query).df()
