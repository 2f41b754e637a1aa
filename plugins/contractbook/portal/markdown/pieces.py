"""Phrases and texts as Markdown in which nothing of a contract is markup that its author did not mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import unescape

from contractbook.portal import text
from contractbook.portal.marks import SAFE_LINK

_CODE_TAG = re.compile(r"<code>(.*?)</code>", re.DOTALL)
_LINK_TAG = re.compile(r'<a [^<>]*?href="([^"]*)"[^<>]*>(.*?)</a>', re.DOTALL)
_BOLD_TAG = re.compile(r"<b(?: [^<>]*)?>|</b>")
_ASIDE = re.compile(r"(?<=\w) <small>")
_BLOCK_TAG = re.compile(r"<br>|</p>|</div>|</li>")
_TAG = re.compile(r"<[^<>]*>")
_CODE = re.compile(r"(^ *(?:```.*?^ *```|~~~.*?^ *~~~)[^\n]*$|`[^`\n]+`)", re.DOTALL | re.MULTILINE)
_OPENS = re.compile(r"<(?=[a-zA-Z/!?])")
_FENCE = re.compile(r"^( *)(```|~~~)", re.MULTILINE)
_TITLE = re.compile(r"^ {0,3}#+(?=\s)", re.MULTILINE)
_TARGET = re.compile(
    r"(\]\(\s*|^ {0,3}\[[^\]\n]+\]:\s*)(<[^<>\n]*>|(?:\([^()\s]*\)|[^\s()<>])*)", re.MULTILINE
)
_TICKS = re.compile(r"`+")


def phrase(html: str) -> str:
    """A phrase of ours, which is HTML, as Markdown."""
    if "<" not in html and "&" not in html:
        return html
    found = _CODE_TAG.sub(lambda tag: code(unescape(_TAG.sub("", tag[1]))).replace("<", "&lt;"), html)
    found = _LINK_TAG.sub(r"[\2](\1)", _ASIDE.sub(", ", found))
    found = _TAG.sub("", _BOLD_TAG.sub("**", _BLOCK_TAG.sub(" ", found)))
    parts = _CODE.split(found)
    parts[1::2] = (part.replace("&lt;", "<") for part in parts[1::2])
    parts[::2] = (_entities(part) for part in parts[::2])
    return "".join(parts).strip()


def _entities(text: str) -> str:
    """Text without entities but for what would open a tag."""
    return unescape(text.replace("&lt;", "&amp;lt;")) if "&" in text else text


def code(name: str) -> str:
    """A name or value in the words of the contract, whatever is in it."""
    line = " ".join(name.split()) if "\n" in name else name
    if "`" not in line:
        return f"`{line}`"
    ticks = "`" * (1 + max(map(len, _TICKS.findall(line))))
    return f"{ticks} {line} {ticks}"


def fence(content: str, language: str = "") -> str:
    """A block of code."""
    marks = "`" * max(3, 1 + max(map(len, _TICKS.findall(content)), default=0))
    return f"{marks}{language}\n{content}\n{marks}"


def prose(doc: str) -> str:
    """A text of a contract: its HTML is shown, not meant, and its links lead only to the web."""
    doc = doc.strip()
    if text.is_plain(doc):
        return doc
    parts = _CODE.split(text.without_html(doc))
    parts[::2] = map(_defused, parts[::2])
    return "".join(parts)


def _defused(part: str) -> str:
    part = _TARGET.sub(_led, part)
    part = _OPENS.sub(r"\\<", part)
    part = _FENCE.sub(r"\1\\\2", part)
    return _TITLE.sub("####", part)


def _led(found: re.Match[str]) -> str:
    """The target of a link, if it is safe to follow."""
    target = found[2].strip("<>")
    return found[1].rstrip() + (target.replace(" ", "%20") if SAFE_LINK.match(target) else "#")


def line(doc: str) -> str:
    """A text of a contract on one line."""
    found = prose(doc)
    return " ".join(found.split()) if "\n" in found else found


def title(name: str) -> str:
    """A name as a heading or a link shows it."""
    return re.sub(r"([\\`*_\[\]<>#|])", r"\\\1", " ".join(name.split()))


def link(name: str, address: str) -> str:
    """A link with a name of the contract's."""
    return f"[{title(name)}]({address.replace(' ', '%20')})" if address else title(name)


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of cells that are Markdown."""
    lines = [f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in rows]
    if not lines:
        return ""
    return "\n".join([f"| {' | '.join(heads)} |", f"|{' --- |' * len(heads)}", *lines])


_TABLE = re.compile(r"<table.*?</table>|<li[^<>]*>.*?</li>", re.DOTALL)
_ROW = re.compile(r"<tr>(.*?)</tr>", re.DOTALL)
_CELL = re.compile(r"<t[hd][^<>]*>(.*?)</t[hd]>", re.DOTALL)


def tables(html: str) -> str:
    """The tables and lists in a chapter of ours, which is HTML."""
    blocks: list[str] = []
    for found in _TABLE.findall(html):
        if found.startswith("<li"):
            blocks.append(f"- {phrase(found)}")
        else:
            head, *rows = ([*map(phrase, _CELL.findall(row))] for row in _ROW.findall(found))
            blocks.append(f"\n{table(head, rows)}\n")
    return "\n".join(blocks).strip()


def joined(blocks: Iterable[str]) -> str:
    """Blocks, those that say something, with a line between each two."""
    return "\n\n".join(block for block in blocks if block)
