"""Pages of types: those that several places share, and those that find no room where they are used."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from contractbook.model import Type
from contractbook.portal import text, types
from contractbook.portal.markdown import contract as copies
from contractbook.portal.page import Page
from contractbook.portal.pieces import numbered
from contractbook.portal.publish import Publisher, headings

IN_LIST = 120  # types that a page lists


def type_pages(publisher: Publisher) -> Iterator[Page]:
    """Pages until every type is shown somewhere; to be asked when all operations have their pages."""
    edition = publisher.edition
    for name, type in edition.contract.types.items():
        if edition.has_page(name):
            yield from _type(publisher, type)
    for type in _named(publisher):
        if type.name not in edition.shown and not edition.has_page(type.name):
            edition.give_page(type.name)
            yield from _type(publisher, type)


def _named(publisher: Publisher) -> list[Type]:
    """The types with a name of their own and members, which may be used by types that are nowhere shown."""
    every = publisher.edition.contract.types.values()
    return [
        type
        for type in every
        if type.at and not type.inline and publisher.rows.inside(type.name) == type.name
    ]


def _type(publisher: Publisher, type: Type) -> Iterator[Page]:
    """The page of a type, and the numbered ones after it."""
    edition = publisher.edition
    uri = edition.address_of_type(type.name).removeprefix("~/")
    chapters, rest = types.chapters(publisher.rows, type)
    yield from publisher.paged(
        "type.html",
        uri,
        type.name,
        "type",
        rest,
        crumbs=publisher.crumbs(uri, ("Types", f"~/{publisher.root}-/types/")),
        summary=text.sentence(type.doc),
        headings=tuple(headings(chapters)),
        status="deprecated" if type.lifecycle.deprecated else "",
        sort=types.kind(edition, type),
        doc=text.blocks(type.doc or type.title, 2),
        list=chapters,
        markdown=copies.type(publisher.members, type),
    )


def type_index(publisher: Publisher, pages: Sequence[Page]) -> Iterator[Page]:
    """The list of all types that have a page."""
    ordered = sorted(
        (page for page in pages if page.kind == "type"), key=lambda page: (page.title.casefold(), page.title)
    )
    lines = [(page.title, f"~/{page.uri}", page.summary) for page in ordered]
    pieces = [lines[start : start + IN_LIST] for start in range(0, len(lines), IN_LIST)]
    for uri, numbers, piece in numbered(f"{publisher.root}-/types/", pieces):
        markdown = copies.index(lines) if piece is pieces[0] else ""
        yield publisher.page(
            "types.html", uri, "Types", "types", lines=piece, numbers=numbers, markdown=markdown
        )
