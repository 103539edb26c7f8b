"""Returns and risk of price series."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def total_return(prices: pd.Series) -> float:
    """Return the change from the first price to the last, as a fraction."""
    return float(prices.iloc[-1] / prices.iloc[0] - 1)


def drawdown(prices: pd.Series) -> float:
    """Return the deepest fall from a peak, as a negative fraction."""
    return float((prices / prices.cummax() - 1).min())
