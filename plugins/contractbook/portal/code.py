"""Examples in colour: a highlighter for JSON with the classes of Pygments, so that it follows the theme."""

from __future__ import annotations

import json
import re
from html import escape
from typing import Any

_TOKEN = re.compile(
    r'(?P<nt>"(?:[^"\\]|\\.)*"(?=\s*:))|(?P<s2>"(?:[^"\\]|\\.)*")|(?P<kc>\b(?:true|false|null)\b)'
    r"|(?P<mi>-?\b\d+(?:\.\d+)?(?:[eE][+-]?\d+)?\b)"
)


def pretty(value: Any) -> str:
    """A value as JSON over several lines; a text as it is."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=2, default=str)


def coloured(text: str) -> str:
    """JSON text as HTML with Pygments' classes."""
    parts: list[str] = []
    end = 0
    for match in _TOKEN.finditer(text):
        parts += (
            escape(text[end : match.start()], quote=False),
            f'<span class="{match.lastgroup}">{escape(match[0], quote=False)}</span>',
        )
        end = match.end()
    return "".join((*parts, escape(text[end:], quote=False)))


def block(html: str) -> str:
    """Coloured code as a block that can be copied."""
    return (
        '<div class="cb-code highlight"><button hidden data-copy>Copy</button>'
        f'<pre tabindex="0"><code>{html}</code></pre></div>'
    )


def shown(value: Any) -> str:
    """A value as a block."""
    text = pretty(value)
    return block(escape(text, quote=False) if isinstance(value, str) else coloured(text))
