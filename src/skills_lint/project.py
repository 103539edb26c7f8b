"""The one place that puts the parts together for a repo, each once, when it is asked for."""
