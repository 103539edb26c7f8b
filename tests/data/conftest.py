"""The recorder lies beside the traces that it makes; here it can be imported."""

from __future__ import annotations

import sys
from pathlib import Path

REPO = Path(__file__).resolve().parents[2]
if str(REPO / "traces") not in sys.path:
    sys.path.append(str(REPO / "traces"))
