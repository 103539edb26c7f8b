"""The picture of the terminal in the README, drawn from what the bare command prints.

`python tests/docs/terminal_picture.py` draws it anew.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys

from docpages import ROOT
from rich.console import Console
from rich.text import Text

PICTURE = ROOT / "docs" / "assets" / "terminal.svg"

# Rich's own template fetches a font from a foreign host; this one takes what the reader's machine has.
_TEMPLATE = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg" role="img"
     aria-label="The output of skills-lint in a terminal">
<style>
.{unique_id}-matrix {{ font-family: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace;
  font-size: {char_height}px; line-height: {line_height}px; }}
.{unique_id}-title {{ font-size: 18px; font-weight: bold; font-family: sans-serif; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" />
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


def draw() -> str:
    """Return the picture as SVG."""
    done = subprocess.run(
        [sys.executable, "-m", "skills_lint"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**{k: v for k, v in os.environ.items() if k != "NO_COLOR"}, "FORCE_COLOR": "1", "PYTHONUTF8": "1"},
        check=False,
    )
    shown = Text.assemble(("$ skills-lint\n", "bold"), Text.from_ansi(done.stdout.rstrip("\n")))
    console = Console(
        record=True,
        width=max(len(line) for line in shown.plain.splitlines()),
        file=io.StringIO(),
        force_terminal=True,
        color_system="truecolor",
        legacy_windows=False,
    )
    console.print(shown)
    svg = console.export_svg(title="skills-lint", code_format=_TEMPLATE, unique_id="terminal")
    return "".join(f"{line.rstrip()}\n" for line in svg.splitlines())


if __name__ == "__main__":
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(draw(), encoding="utf-8", newline="\n")
