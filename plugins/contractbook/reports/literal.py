"""Texts of contracts and rules in Markdown: shown as they are, whatever is in them."""

from __future__ import annotations

import re

from contractbook.reports.terminal import plain

_code = re.compile(r"(`+[^`]+`+)")
_special = re.compile(r"([\\`*_{}\[\]<>|~])")


def literal(text: str) -> str:
    """A text on one line in which Markdown and HTML mean nothing; what stands in backticks stays code.

    Names after `@` call nobody (GitHub and GitLab would notify people of that name).
    """
    parts = _code.split(plain(text))
    return "".join(_as_code(part) if _code.fullmatch(part) else _as_text(part) for part in parts)


def code(text: str) -> str:
    """A text as code, inside as many backticks as it needs."""
    shown = plain(text)
    longest = max((len(run) for run in re.findall("`+", shown)), default=0)
    fence = "`" * (longest + 1)
    return f"{fence} {shown} {fence}" if longest else f"`{shown}`"


def _as_text(text: str) -> str:
    return _special.sub(r"\\\1", text).replace("@", "@\u200b")


def _as_code(text: str) -> str:
    return text.replace("|", "\\|")
