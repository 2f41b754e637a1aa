"""Fenced blocks that ask for a part of the portal: found before Markdown, filled in after it.

A word that no Markdown extension looks at stands for each block in between, so that it does not matter
which of them a site has switched on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from html import escape
from typing import NamedTuple

NAME = "contractbook"
_OPEN = re.compile(r"(?P<before>(?:[ \t>]|(?:[-*+]|\d{1,9}[.)])[ \t])*)(?P<marks>`{3,}|~{3,})(?P<info>[^`]*)")
_WORD = "contractbookshows{}here"
_STANDS = re.compile(r"<p>\s*{0}\s*</p>|{0}".format(_WORD.format(r"(\d+)")))


class Fence(NamedTuple):
    """A fenced block: what is written in it, and the line of the page that it begins in, from 1."""

    body: str
    line: int
    written: str


def taken(markdown: str) -> tuple[str, list[Fence]]:
    """The text of a page with a word in the place of each of our blocks, and the blocks.

    A block inside of another one, that shows how it is written, is left as it is.
    """
    lines = markdown.split("\n")
    found: list[Fence] = []
    kept: list[str] = []
    number = 0
    while number < len(lines):
        opening = _OPEN.fullmatch(lines[number].rstrip())
        end = _end(lines, number, opening["marks"]) if opening else number
        if opening and end < len(lines) and _is_ours(opening["info"]):
            inside = (_inside(line, opening["before"]) for line in lines[number + 1 : end])
            written = "\n".join(lines[number : end + 1])
            kept += _stand_in(opening["before"], len(found))
            found.append(Fence("\n".join(inside), number + 1, written))
        elif end < len(lines):
            kept += lines[number : end + 1]
        else:  # what is never closed is no block
            end = number
            kept.append(lines[number])
        number = end + 1
    return "\n".join(kept), found


def filled(html: str, fences: Sequence[Fence], made: Callable[[int], str]) -> str:
    """The HTML of a page with what was made of each block; in an example of code stands what was written."""

    def put(place: re.Match[str]) -> str:
        number = int(place[1] or place[2])
        in_code = html.rfind("<pre", 0, place.start()) > html.rfind("</pre", 0, place.start())
        return escape(fences[number].written, quote=False) if in_code else made(number)

    return _STANDS.sub(put, html)


def _is_ours(info: str) -> bool:
    words = info.strip().strip("{}").split()
    return bool(words) and words[0].lstrip(".") == NAME


def _end(lines: Sequence[str], start: int, marks: str) -> int:
    """The line that closes a block; the number of lines where there is none."""
    closing = re.compile(rf"[ \t>]*{re.escape(marks[0])}{{{len(marks)},}}[ \t]*\r?")
    for number in range(start + 1, len(lines)):
        if closing.fullmatch(lines[number]):
            return number
    return len(lines)


def _inside(line: str, before: str) -> str:
    """A line of a block without what stands before it in a list or a quotation."""
    return line[len(before) :] if not line[: len(before)].strip(" \t>") else line.strip()


def _stand_in(before: str, number: int) -> Iterator[str]:
    """A paragraph in the place of a block."""
    around = before.rstrip() if ">" in before else ""
    if before.strip(" \t>"):  # the block opens an item of a list
        yield f"{before}{_WORD.format(number)}"
    else:
        yield from (around, f"{before}{_WORD.format(number)}")
    yield around
