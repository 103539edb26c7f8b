"""The site: pages as pure functions, and the thin MkDocs plugin."""
