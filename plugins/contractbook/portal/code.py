"""Examples in colour: a highlighter for JSON with the classes of Pygments, so that it follows the theme."""

from __future__ import annotations

import json
import re
from html import escape
from typing import Any

_TEXT = r'("(?:[^"\\\n]|\\.)*")'
# A line of pretty JSON holds at most one name and one value.
_LINE = (
    (re.compile(rf"^( *){_TEXT}(?=: )", re.MULTILINE), r'\1<span class="nt">\2</span>'),
    (re.compile(rf"(^ *|</span>: ){_TEXT}(?=,?$)", re.MULTILINE), r'\1<span class="s2">\2</span>'),
    (re.compile(r"(^ *|</span>: )(-?\d[\d.eE+-]*)(?=,?$)", re.MULTILINE), r'\1<span class="mi">\2</span>'),
    (re.compile(r"(^ *|</span>: )(true|false|null)(?=,?$)", re.MULTILINE), r'\1<span class="kc">\2</span>'),
)


def pretty(value: Any) -> str:
    """A value as JSON over several lines; a text as it is."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=2, default=str)


def coloured(text: str) -> str:
    """Pretty JSON as HTML with Pygments' classes."""
    html = escape(text, quote=False)
    for pattern, painted in _LINE:
        html = pattern.sub(painted, html)
    return html


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
