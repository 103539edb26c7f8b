"""The report of the routine, and its history."""
