"""One module a trace format."""
