"""Error texts read as Python exceptions, and the stable identity of a failure."""
