"""The language server: the linter and the root causes in an editor, over standard input and output."""
