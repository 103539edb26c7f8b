"""Short questions, several a day: one thing is asked, one thing goes wrong."""

from __future__ import annotations

import datetime
from itertools import cycle
from typing import TYPE_CHECKING

from ..again import FIRST_DAY, upgraded, working_days
from ..scenes import arrays, columns, dates, optional, others, sql, store_api
from ..script import Answer, Ask, Session
from ..story import UPGRADE, model_of
from . import listed_skills

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..script import Format, Scene

Question = tuple[str, str, "Scene"]  # the session's name, what the user asks, what the agent does

FORMATS: tuple[Format, ...] = (
    "claude-code",
    "events",
    "claude-code",
    "openai-chat",
    "claude-code",
    "langchain-messages",
)

QUESTIONS: tuple[Question, ...] = (
    ("gold-since-july", "Bars of gold since July?", dates.filter_by_number("518880.SH", "20260701")),
    ("weights-sum", "Do the weights sum to one?", others.trailing_comma()),
    ("best-of-star", "Best days of the STAR 50 ETF?", columns.percent_change("588000.SH", "20260901")),
    ("names-september", "Mean close by fund in September?", sql.code_column("20260901", "20260930")),
    ("last-eight", "The last eight closes of the SSE 50 ETF?", store_api.offset("510050.SH", 8)),
    ("weights-of-bonds", "Which weight have bonds?", others.trailing_comma()),
    ("factors-of-gold", "Factors beside the closes of gold?", dates.merge("518880.SH")),
    ("bonds-and-gold", "Correlation of bonds and the new Nasdaq fund?", arrays.correlation("511010.SH", "159696.SZ")),
    ("weights-by-fund", "List the weights by fund.", others.trailing_comma()),
    ("newest-gold", "The newest bars of gold first.", columns.sort_by_date("518880.SH")),
    ("prices-table", "Last close of gold, by SQL?", sql.unknown_table("prices", "518880.SH")),
    ("look-at-bonds", "A quick look at the treasury ETF.", optional.quick_plot("511010.SH")),
    ("healthcare-autumn", "Bars of healthcare since September?", dates.filter_by_number("512010.SH", "20260901")),
    ("weights-of-gold", "Which weight has gold?", others.trailing_comma()),
    ("two-funds", "Bars of the two Nasdaq funds together?", others.removed_append("513100.SH", "159696.SZ")),
    ("adjusted-csi", "Return of the CSI 300 ETF with dividends?",
     store_api.adjust_keyword("510300.SH", "20260601", 'adjust="qfq"')),
    ("last-by-fund", "Last close by fund since 12 October?", sql.group_by("20261012")),
    ("export-of-bonds", "Compare with bonds.csv.", others.missing_file("bonds.csv", "511010.SH", "20261019")),
    ("months-of-gold", "In which months did gold trade?", dates.month_of_text("518880.SH")),
    ("weights-again", "Are the weights still the same?", others.trailing_comma()),
    ("best-of-gold", "Best days of gold?", columns.percent_change("518880.SH", "20260901")),
    ("parquet-of-gold", "Read the bars of gold from Parquet.", sql.parquet_columns("518880.SH")),
    ("price-of-nasdaq", "Prices of the Nasdaq ETF?", store_api.invented_method("get_price", "513100.SH", "20260901")),
    ("gaps-of-new-fund", "Fill the gaps of the new Nasdaq fund.", others.removed_fill("159696.SZ 513100.SH")),
    ("bars-by-sql", "Bars of gold since September, by SQL?", dates.sql_number("518880.SH", "20260901")),
    ("weights-of-index", "Which weight has the index?", others.trailing_comma()),
    ("suffix-of-bonds", "Adjusted close beside the close of bonds?", columns.wrong_suffix("511010.SH")),
    ("names-october", "Mean close by fund in October?", sql.code_column("20261001", "20261030")),
    ("bonds-as-sheet", "October of the treasury ETF as a spreadsheet.", optional.spreadsheet("511010.SH", "20261001")),
    ("weights-in-percent", "The weights in percent?", others.trailing_comma()),
    ("bonds-autumn", "Bars of bonds since September?", dates.filter_by_number("511010.SH", "20260901")),
    ("steps-of-gold", "Mean daily step of gold?", arrays.diff_assigned("518880.SH", "20260701")),
    ("join-of-gold", "Factors of gold, joined in SQL.", sql.join_using("518880.SH")),
    ("newest-bonds", "The newest bars of bonds first.", columns.sort_by_date("511010.SH")),
    ("last-six", "The last six closes of gold?", store_api.offset("518880.SH", 6)),
    ("weights-count", "How many funds have a weight?", others.trailing_comma()),
    ("export-of-gold", "Compare with gold.csv.", others.missing_file("gold.csv", "518880.SH", "20261019")),
    ("factors-of-index", "Factors beside the closes of the index?", dates.merge("510300.SH")),
    ("imports", "Monthly closes of gold?", columns.forgotten_import("518880.SH")),
    ("weights-checked", "Check the weights.", others.trailing_comma()),
    ("weights-rounded", "The weights, rounded?", others.trailing_comma()),
)  # fmt: skip

# What users ask since the upgrade only: charts, for which the sandbox has no library.
CHARTS: tuple[Question, ...] = tuple(
    (f"chart-{code[:6]}-{start}", f"A chart of {code} since {start}.", scene)
    for code, start in zip(
        ("510050.SH", "510300.SH", "510500.SH", "159915.SZ", "588000.SH", "512880.SH", "512010.SH", "518880.SH",
         "511010.SH", "513100.SH") * 2,
        ("20260901",) * 10 + ("20261001",) * 10,
        strict=True,
    )
    for scene in (optional.quick_plot(code),)
)  # fmt: skip


def _asked(questions: Sequence[Question], first: datetime.date, hour: int) -> tuple[Session, ...]:
    """Return a session for each question, spread over the working days from the first on."""
    days, sessions = working_days(first), []
    for number, ((name, text, scene), format_) in enumerate(zip(questions, cycle(FORMATS), strict=False)):
        day = days[number * len(days) // len(questions)]
        time = datetime.time(hour, 7 * number % 60, tzinfo=datetime.UTC)
        turns = (Ask(text), *scene, Answer("See above."))
        start = datetime.datetime.combine(day, time)
        sessions.append(Session(name, format_, start, turns, model_of(day), listed_skills(format_)))
    return tuple(sessions)


BEFORE = _asked(QUESTIONS, FIRST_DAY, 17)
CHARTED = tuple(upgraded(session, number) for number, session in enumerate(_asked(CHARTS, UPGRADE, 19)))
