"""The small parts that all pages are made of, as HTML: badges, permalinks, code.

A link within the portal is written from its root, as `~/customers/`; whoever puts the page somewhere makes
it relative.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from urllib.parse import quote

from markupsafe import escape

from contractbook.finding import Level

METHODS = {
    "GET": "blue",
    "HEAD": "blue",
    "OPTIONS": "blue",
    "QUERY": "blue",
    "POST": "green",
    "PUT": "amber",
    "PATCH": "amber",
    "DELETE": "red",
    "SEND": "violet",
    "RECEIVE": "amber",
    "RPC": "green",
    "SUBSCRIPTION": "violet",
    "MUTATION": "green",
    "SOAP": "green",
}
CHANGES = {Level.ERROR: "red", Level.WARNING: "amber", Level.NOTE: "green"}
LEVELS = {Level.ERROR: "red", Level.WARNING: "amber", Level.NOTE: "blue"}
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[_.\-/])(?=\w)")
_CODE = re.compile(r"`([^`]+)`")


SAFE_LINK = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)


def code(text: str) -> str:
    """A name or value in the words of the contract."""
    return f"<code>{escape(text)}</code>"


def said(message: str) -> str:
    """A sentence of ours; what stands in backticks is code."""
    return _CODE.sub(r"<code>\1</code>", str(escape(message)))


def breakable(name: str) -> str:
    """A name that may break at its humps where it is long."""
    if len(name) <= 20:
        return str(escape(name))
    return "<wbr>".join(str(escape(part)) for part in _HUMP.split(name))


def badge(word: str, colour: str = "") -> str:
    """What is said about an element, in a frame."""
    return f'<span class="cb-b{colour and " cb-" + colour}">{escape(word)}</span>'


def mark(word: str, colour: str = "") -> str:
    """What a thing is: a method, the weight of a change."""
    return f'<b class="cb-m{colour and " cb-" + colour}">{escape(word)}</b>'


def method(word: str, sends: bool = False) -> str:
    """The badge of an operation."""
    word = word.upper()
    return mark(word, "violet" if sends else METHODS.get(word, ""))


def change(level: Level) -> str:
    """The weight of a change: breaking, dangerous, safe."""
    return mark(level.change, CHANGES[level])


def permalink(id: str, name: str) -> str:
    """The sign that leads to a place of a page; `name` is for those who cannot see where it stands."""
    return f'<a class="headerlink" href="#{fragment(id)}" title="Link to {escape(name)}">#</a>'


def fragment(id: str) -> str:
    """An id as it is written in a link."""
    return quote(id, safe="\x00!$&'()*+,;=:@/?~[]{}|^").replace("&", "&amp;").replace("'", "&#39;")


def heading(level: int, id: str, title: str, aside: str = "") -> str:
    """A heading with its permalink; `title` and `aside` are HTML."""
    small = f" <small>{aside}</small>" if aside else ""
    plain = re.sub(r"<[^<>]*>", "", title)
    link = f'<a class="headerlink" href="#{fragment(id)}" title="Link to {plain}">#</a>'
    return f'<h{level} id="{escape(id)}">{title}{small}{link}</h{level}>'


def fold(title: str, inside: str, aside: str = "", id: str = "", open: bool = False) -> str:
    """A block that is folded up below its title; all are HTML."""
    place = f' id="{escape(id)}"' if id else ""
    small = f'<span class="dim">{aside}</span>' if aside else ""
    state = " open" if open else ""
    return (
        f'<details class="cb-fold"{place}{state}><summary><span>{title}</span>{small}</summary>'
        f"<div>{inside}</div></details>"
    )


def table(heads: Sequence[str], lines: Iterable[Sequence[str]], kind: str = "") -> str:
    """A table of HTML cells; nothing where it has no line."""
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in line)}</tr>" for line in lines)
    if not rows:
        return ""
    head = "".join(f"<th>{word}</th>" for word in heads)
    return (
        f'<div class="cb-scroll"><table class="cb-stack{kind and " " + kind}"><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def outside(url: str, words: str = "") -> str:
    """A link to the web; an address that is not safe to follow is only shown."""
    if SAFE_LINK.match(url):
        return f'<a href="{escape(url)}" rel="noopener">{escape(words or url)}</a>'
    return code(url)


def day(when: date | None) -> str:
    """A date as people write it: 1 Mar 2027."""
    return "" if when is None else f"{when.day} {MONTHS[when.month - 1]} {when.year}"


def count(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun: `1 field`, `2 fields`."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def compact(value: Any) -> str:
    """A value as JSON on one line; a text has no quotes unless it could be taken for something else."""
    if isinstance(value, str) and value and value == value.strip() and value not in ("true", "false", "null"):
        return value
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": "), default=str)
