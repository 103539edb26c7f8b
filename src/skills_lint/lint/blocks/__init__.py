"""Whether the text of a code block can be what its language says."""
