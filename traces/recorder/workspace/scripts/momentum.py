"""Rank the funds of a category by their change over a number of trade dates."""

import argparse

from marketstore import Store

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--window", type=int, default=20, help="trade dates")
parser.add_argument("--category", default="equity")
parser.add_argument("--end", default="20261030", help="last day, YYYYMMDD")
options = parser.parse_args()

store = Store()
panel = store.panel(store.codes(options.category), "20251103", options.end)
change = panel.iloc[-1] / panel.iloc[-1 - options.window] - 1
for code, value in change.sort_values(ascending=False).items():
    print(f"{code}  {value:+.2%}")
