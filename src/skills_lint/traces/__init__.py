"""Traces read: sources, formats, events, pairing, verdict, sessions. `scan()` is the way in."""
