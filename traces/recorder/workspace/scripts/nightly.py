"""The nightly check: count the bars of each fund, then compare with the weights."""

import json
from pathlib import Path

from marketstore import Store

store = Store()
for code in store.codes():
    print(f"INFO {code} {len(store.daily(code))} bars", flush=True)
weights = json.loads(Path("config/weights.json").read_text())
print("INFO weights", sum(weights.values()))
