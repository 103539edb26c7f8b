# ruff: noqa: PT009  (the sandbox has no pytest)
"""Checks of `returns`."""

import unittest

import pandas as pd
from returns import drawdown, total_return


class Returns(unittest.TestCase):
    def test_total_return(self) -> None:
        self.assertAlmostEqual(total_return(pd.Series([2.0, 3.0])), 0.5)

    def test_drawdown(self) -> None:
        self.assertAlmostEqual(drawdown(pd.Series([4.0, 2.0, 3.0])), -0.5)
