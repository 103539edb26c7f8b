"""The Content-Security-Policy of a page: the last line, should a text ever get out of its place.

A browser runs, loads and asks only for what the policy names: files of the site itself, and the inline scripts and
styles that the theme puts around the content, each by its hash. What stands in the content of a page that shows texts
of traces or skills adds nothing, so that such a text cannot allow itself.
"""

from __future__ import annotations

import base64
import hashlib
import html
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.DOTALL | re.IGNORECASE)
_STYLE = re.compile(r"<style\b[^>]*>(.*?)</style>", re.DOTALL | re.IGNORECASE)
_STYLE_ATTRIBUTE = re.compile(r"""<[a-z][^<>]*?\sstyle=(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_HANDLER = re.compile(r"""<[a-z][^<>]*?\son[a-z]+=(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_DATA = re.compile(r"""\btype=["']?(?:application/(?:ld\+)?json|text/(?:template|x-))""", re.IGNORECASE)
_SOURCE = re.compile(r"\bsrc\s*=", re.IGNORECASE)
_LOADED = re.compile(
    r"""<(?:(?:script|img|iframe|source|video|audio|embed)\b[^<>]*?\ssrc
        |link\b(?![^<>]*\brel=["']?(?:canonical|alternate|next|prev|author|license))[^<>]*?\shref)
        \s*=\s*["']?((?:https?:)?//[^/"'\s<>?\#;,]+)""",
    re.VERBOSE | re.IGNORECASE,
)
_CHARSET = re.compile(r"<head\b[^>]*>(?:\s*<meta\s+charset=[^>]*>)?", re.IGNORECASE)
_ALIGNED = tuple(f"text-align: {side};" for side in ("left", "center", "right"))  # what Markdown's tables may say


@dataclass(frozen=True, slots=True)
class _Allowed:
    """What a page needs beyond the files of its own site, as sources of a policy."""

    scripts: tuple[str, ...]
    styles: tuple[str, ...]
    hosts: tuple[str, ...]


def with_policy(page: str, content: str, *, trusted: bool, hosts: Iterable[str] = ()) -> str:
    """Return the HTML of a page with its policy, as a meta element in front of all that it governs.

    `content` is what the theme was given to put into its frame. `trusted` content, written by the people of the repo,
    may name scripts, styles and hosts of its own, and gets `hosts` on top; other content may not.
    """
    before, there, after = page.partition(content) if content else (page, "", "")
    if trusted:
        allowed = _allowed([page], hosts)
    elif there or not content:
        allowed = _allowed([before, after], ())
    else:
        allowed = _Allowed((), (), ())  # the theme changed the content, and nobody can tell what is whose
    policy = html.escape(_policy(allowed), quote=False).replace('"', "&quot;")
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return _CHARSET.sub(lambda found: found[0] + meta, page, count=1)


def _policy(allowed: _Allowed) -> str:
    hosts = allowed.hosts
    directives = {
        "default-src": ("'self'", *hosts),
        "script-src": ("'self'", *allowed.scripts, *hosts),
        "style-src": ("'self'", *allowed.styles, *hosts),
        "img-src": ("'self'", "data:", *hosts),
        "object-src": ("'none'",),
        "base-uri": ("'self'",),
        "form-action": ("'self'",),
    }
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in directives.items())


def _allowed(parts: list[str], hosts: Iterable[str]) -> _Allowed:
    scripts = [
        text
        for part in parts
        for attributes, text in _SCRIPT.findall(part)
        if not _SOURCE.search(attributes) and not _DATA.search(attributes)
    ]
    styles = [text for part in parts for text in _STYLE.findall(part)]
    handlers = [value for part in parts for value in _values(_HANDLER, part)]
    attributes = [value for part in parts for value in _values(_STYLE_ATTRIBUTE, part)]
    named = [host for part in parts for host in _LOADED.findall(part)]
    return _Allowed(
        scripts=_sources(scripts, handlers),
        styles=_sources(styles, [*attributes, *_ALIGNED]),
        hosts=tuple(dict.fromkeys([*(f"https:{host}" if host.startswith("//") else host for host in named), *hosts])),
    )


def _values(attribute: re.Pattern[str], part: str) -> Iterator[str]:
    return (html.unescape(double or single) for double, single in attribute.findall(part))


def _sources(elements: list[str], attributes: list[str]) -> tuple[str, ...]:
    """Return the hashes of elements, and those of attributes behind the word that lets hashes hold for these too."""
    hashes = [_hash(text) for text in (*elements, *attributes)]
    return tuple(dict.fromkeys([*(["'unsafe-hashes'"] if attributes else []), *hashes]))


@lru_cache(1_024)
def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
