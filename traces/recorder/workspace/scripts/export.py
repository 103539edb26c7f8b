"""Write the daily bars of a fund as CSV."""

import argparse

from marketstore import Store

parser = argparse.ArgumentParser(prog="export.py", description=__doc__)
parser.add_argument("code")
parser.add_argument("--start")
parser.add_argument("--end")
parser.add_argument("--out", required=True, help="the file to write")
options = parser.parse_args()

bars = Store().daily(options.code, options.start, options.end)
bars.to_csv(options.out, index=False)
print(f"{len(bars)} rows in {options.out}")
