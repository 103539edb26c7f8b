"""What a text costs in the window of a model, estimated without its tokenizer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..lines import split_lines

if TYPE_CHECKING:
    from ..skills.skill import Skill

MOST_OF_ALL_DESCRIPTIONS: Final = 2_000  # one per cent of a window of 200,000, which Claude Code gives to its listing
MOST_OF_A_BODY: Final = 5_000  # tokens, and
MOST_LINES_OF_A_BODY: Final = 500  # both recommended by https://agentskills.io/specification
_CHARACTERS_PER_TOKEN = 4  # of English prose and code, by the rule of thumb that the vendors give


def estimated_tokens(text: str) -> int:
    """Return about how many tokens a text is: its characters by four, rounded up."""
    return -(-len(text) // _CHARACTERS_PER_TOKEN)


def listing_tokens(skill: Skill) -> int:
    """Return about how many tokens the name and the description of a skill are; 0 where agents do not see them."""
    values = skill.frontmatter or {}
    if values.get("disable-model-invocation") is True:
        return 0
    described = (values.get(key) for key in ("description", "when_to_use"))
    return estimated_tokens(" ".join([f"{skill.name}:", *(text for text in described if isinstance(text, str))]))


def body_cost(skill: Skill) -> tuple[int, int]:
    """Return how many lines the body of a skill has, and about how many tokens it is."""
    lines = split_lines(skill.text)[skill.body_line - 1 :] or [""]
    return len(lines) - (not lines[-1]), estimated_tokens("\n".join(lines))
