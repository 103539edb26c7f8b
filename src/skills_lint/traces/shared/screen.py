"""A terminal's screen told apart: what each of the commands printed that were typed into it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_PROMPT: Final = re.compile(r"^(?:\([\w.-]+\) ?)?[\w.-]+@[\w.-]+:[^\s#$]{0,200}[#$](?: (.*))?$", re.MULTILINE)
_SAME: Final = 60  # characters by which a command is known on the screen, which may break it into lines


def outputs_on(screen: str, commands: Sequence[str]) -> list[str | None]:
    """Return what each command printed, or None where it is not to be seen; the commands were typed in this order.

    A screen may show what stood on it before, so the last ones are looked for from its end.
    """
    prompts = list(_PROMPT.finditer(screen)) if commands else []
    ends = [*(prompt.start() for prompt in prompts[1:]), len(screen)]
    shown = [
        (prompt[1] or "", screen[prompt.end() : end].lstrip("\n")) for prompt, end in zip(prompts, ends, strict=False)
    ]
    outputs: list[str | None] = []
    for command in reversed(commands):
        first = command.strip().partition("\n")[0].strip()[:_SAME]
        at = next((at for at in range(len(shown) - 1, -1, -1) if first and shown[at][0].startswith(first)), None)
        outputs.append(None if at is None else shown[at][1])
        if at is not None:
            shown = shown[:at]
    return outputs[::-1]
