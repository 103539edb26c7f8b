"""The market data and settings that the recorded sessions work on, generated: the same in every run.

The tables disagree on purpose, as real ones do: `code` here and `ts_code` there, trade dates as text here and as
numbers there, funds that were listed late or paused for some days.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FIRST_DAY = datetime.date(2025, 11, 3)
LAST_DAY = datetime.date(2026, 10, 30)
HOLIDAYS = frozenset(
    f"2026-{day}"
    for days in ("01-01 01-02", "02-16 02-17 02-18 02-19 02-20", "04-06 05-01 06-19", "09-25 10-01 10-02 10-05 10-06")
    for day in days.split()
)


@dataclass(frozen=True, slots=True)
class Fund:
    """A fund of the store, with what its price series needs."""

    code: str
    name: str
    category: str
    listed: datetime.date
    price: float  # at listing
    swing: float  # largest daily change, as a fraction
    paused: tuple[datetime.date, ...] = ()  # days without a bar


FUNDS = (
    Fund("510050.SH", "SSE 50 ETF", "equity", datetime.date(2005, 2, 23), 2.78, 0.016),
    Fund("510300.SH", "CSI 300 ETF", "equity", datetime.date(2012, 5, 28), 3.95, 0.018),
    Fund("510500.SH", "CSI 500 ETF", "equity", datetime.date(2013, 3, 15), 6.12, 0.021),
    Fund("159915.SZ", "ChiNext ETF", "equity", datetime.date(2011, 12, 9), 2.21, 0.028),
    Fund("588000.SH", "STAR 50 ETF", "equity", datetime.date(2020, 11, 16), 1.04, 0.030),
    Fund("512880.SH", "Securities ETF", "sector", datetime.date(2016, 8, 8), 1.18, 0.025),
    Fund("512010.SH", "Healthcare ETF", "sector", datetime.date(2013, 10, 28), 0.41, 0.020),
    Fund("518880.SH", "Gold ETF", "commodity", datetime.date(2013, 7, 29), 7.64, 0.011),
    Fund("511010.SH", "Treasury ETF", "bond", datetime.date(2013, 3, 25), 140.2, 0.002),
    Fund("513100.SH", "Nasdaq 100 ETF", "overseas", datetime.date(2013, 5, 15), 1.72, 0.017,
         tuple(datetime.date(2026, 9, day) for day in (7, 8, 9))),
    Fund("159696.SZ", "Nasdaq ETF (new)", "overseas", datetime.date(2026, 8, 17), 1.00, 0.017),
)  # fmt: skip

SETTINGS = {
    "universe.json": '{"codes": ["510300.SH", "510500.SH", "159915.SZ", "518880.SH"], "start": "20260901"}\n',
    # The comma before the last brace is what JSON does not allow.
    "weights.json": '{\n  "510300.SH": 0.4,\n  "511010.SH": 0.4,\n  "518880.SH": 0.2,\n}\n',
}


def open_days() -> tuple[datetime.date, ...]:
    """Return the days on which the exchange is open."""
    days = (FIRST_DAY + datetime.timedelta(n) for n in range((LAST_DAY - FIRST_DAY).days + 1))
    return tuple(day for day in days if day.weekday() < 5 and day.isoformat() not in HOLIDAYS)


def _noise(seed: int) -> Iterator[float]:
    """Yield numbers from -1 to 1: a linear congruential generator, the same on every machine (Numerical Recipes)."""
    state = seed
    while True:
        state = (state * 1664525 + 1013904223) % 2**32
        yield state / 2**31 - 1


def _bars(fund: Fund) -> Iterator[tuple[str, str, float, float, float, float, int]]:
    noise = _noise(int(fund.code[:6]))
    close = fund.price
    for day in open_days():
        if day < fund.listed or day in fund.paused:
            continue
        opened = round(close * (1 + fund.swing * next(noise) / 3), 3)
        close = round(close * (1 + fund.swing * next(noise)), 3)
        high, low = round(max(opened, close) * 1.002, 3), round(min(opened, close) * 0.998, 3)
        yield fund.code, f"{day:%Y%m%d}", opened, high, low, close, 1000 * int(5000 + 4000 * next(noise))


def _factors(fund: Fund) -> Iterator[tuple[str, int, float]]:
    paid_out = datetime.date(2026, 7, 15)
    for day in open_days():
        if day >= fund.listed:
            yield fund.code, int(f"{day:%Y%m%d}"), 1.0 if day < paid_out else 1.012


def build_data(folder: Path) -> None:
    """Write the Parquet files of the store into `folder`."""
    import pyarrow as pa
    from pyarrow import parquet

    folder.mkdir(parents=True)
    days = [FIRST_DAY + datetime.timedelta(n) for n in range((LAST_DAY - FIRST_DAY).days + 1)]
    opened = set(open_days())
    tables: dict[str, tuple[tuple[str, ...], list[tuple[object, ...]]]] = {
        "daily": (
            ("code", "trade_date", "open", "high", "low", "close", "volume"),
            [bar for fund in FUNDS for bar in _bars(fund)],
        ),
        "factors": (("ts_code", "trade_date", "adj_factor"), [row for fund in FUNDS for row in _factors(fund)]),
        "calendar": (("cal_date", "is_open"), [(int(f"{day:%Y%m%d}"), int(day in opened)) for day in days]),
        "funds": (
            ("code", "name", "category", "list_date"),
            [(fund.code, fund.name, fund.category, fund.listed) for fund in FUNDS],
        ),
    }
    for name, (columns, rows) in tables.items():
        table = pa.Table.from_pydict(dict(zip(columns, map(list, zip(*rows, strict=True)), strict=True)))
        parquet.write_table(table, folder / f"{name}.parquet")


def build_settings(folder: Path) -> None:
    """Write the settings that sessions read into `folder`."""
    folder.mkdir(parents=True)
    for name, text in SETTINGS.items():
        (folder / name).write_text(text, encoding="utf-8")
