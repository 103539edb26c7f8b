"""What a text costs in the window of a model, estimated without its tokenizer."""

from __future__ import annotations

_CHARACTERS_PER_TOKEN = 4  # of English prose and code, by the rule of thumb that the vendors give


def estimated_tokens(text: str) -> int:
    """Return about how many tokens a text is: its characters by four, rounded up."""
    return -(-len(text) // _CHARACTERS_PER_TOKEN)
