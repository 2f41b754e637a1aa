"""What a page of the portal is, whoever shows it."""

from __future__ import annotations

from dataclasses import dataclass

LIMIT = 60_000  # bytes of HTML of a page, with what the theme puts around it
CHROME = 26_000  # bytes that are left to the theme: its head, its navigation
ROOM = LIMIT - CHROME


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a page, and what a search finds there."""

    id: str
    title: str
    text: str = ""
    level: int = 2


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of a page under a heading; `title`, `aside` and `html` are HTML, `text` is for the search."""

    id: str
    title: str
    html: str
    aside: str = ""
    text: str = ""
    jump: str = ""  # what leads to it at the top of the page; the title, if it is empty
    holds: tuple[str, ...] = ()  # the ids in it that other pages lead to


@dataclass(frozen=True, slots=True)
class Page:
    """A page: `uri` is its address below the portal's root, "" or with a slash at its end.

    Links in `html` begin with `~/`, the portal's root. `summary` and the headings are what a search finds.
    """

    uri: str
    title: str
    html: str
    kind: str
    summary: str = ""
    headings: tuple[Heading, ...] = ()
    above: str | None = None  # the uri of the page that it belongs to in the navigation
    nav_title: str = ""  # in the navigation only if it has one
    status: str = ""  # deprecated or new
    contents: bool = True  # whether the theme shows its table of contents
    source: str = ""  # the file that it is made from
    first: str = ""  # the uri of the page that it goes on from
    markdown: str = ""  # the page for programs, whole; links begin with `~/`, too
