"""The linter: an engine, one module a rule, and the outputs."""
