"""Before and after a pitfall: rates, intervals, verdicts."""
