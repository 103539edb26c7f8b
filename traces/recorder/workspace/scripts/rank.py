"""Rank all funds by their mean daily change (old: expects a column that the store no longer has)."""

from marketstore import Store

store = Store()
print("ranking", len(store.codes()), "funds")
ranks = {code: store.daily(code, "20260901")["pct_chg"].mean() for code in store.codes()}
for code, value in sorted(ranks.items(), key=lambda item: -item[1]):
    print(f"{code}  {value:+.3f}")
