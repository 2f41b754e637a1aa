"""The page of a type: what it is made of, an example, and where it is used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from markupsafe import escape

from contractbook.finding import Direction
from contractbook.model import Shape, Type
from contractbook.portal import code, further, meaning, twins, weights, words
from contractbook.portal.edition import Edition
from contractbook.portal.examples import Maker
from contractbook.portal.marks import badge, table
from contractbook.portal.marks import code as mono
from contractbook.portal.notes import design_notes, history
from contractbook.portal.page import ROOM, Chapter
from contractbook.portal.pieces import cut_code, in_pieces
from contractbook.portal.rows import Rows
from contractbook.portal.shapes import continued, members, values
from contractbook.portal.tree import TYPE

USES = 40  # places of use that are listed
LEAST = 2_000  # bytes that the members get, however full the page is
HEAD = 2_000  # bytes of crumbs and title
LONG = ROOM // 2  # bytes of examples that go to a page after that of the type


def chapters(rows: Rows, type: Type) -> tuple[list[Chapter], list[Chapter]]:
    """The chapters of a type's page, and those of the numbered pages after it."""
    edition = rows.edition
    example = list(_example(edition, type))
    long = sum(len(chapter.html) for chapter in example) > LONG
    closing = [*([] if long else example), *_uses(edition, type)]
    closing += twins.chapter(edition, type) if edition.is_newest else ()
    closing += weights.chapter(edition, type)
    closing += [*design_notes(edition, type), *history(edition, type.name)]
    opening = list(_facts(edition, type))
    extended = list(further.blocks(_unsaid(type), edition.words))
    fits = sum(map(len, extended)) < LONG
    opening += [Chapter("", "", html) for html in extended if fits]
    used = sum(len(chapter.html) for chapter in (*opening, *closing)) + len(type.doc)
    rows.home = type.name
    own = list(_members(rows, type, max(LEAST, ROOM - HEAD - used)))
    rest = [*own[1:], *continued(rows), *(example if long else ()), *([] if fits else _extended(extended))]
    rows.home = ""
    return [*opening, *own[:1], *closing], rest


def _facts(edition: Edition, type: Type) -> Iterator[Chapter]:
    phrases = (
        []
        if type.shape in (Shape.SCALAR, Shape.LIST, Shape.MAP, Shape.UNION)
        else words.limits(edition.contract, type.name)
    )
    if type.bases:
        phrases.append("made of " + ", ".join(_named(edition, base) for base in type.bases))
    if type.shape is Shape.RECORD:
        phrases.append("open: more fields may come" if type.open else "closed: no other fields")
    if type.shape is Shape.ENUM:
        phrases.append("open: more values may come" if type.open else "closed list")
    phrases += further.phrases(_unsaid(type), edition.words)
    badges = " ".join((*meaning.history(edition, type.name), *meaning.lifecycle(type.lifecycle)))
    html = f'<p class="cb-badges">{badges}</p>' if badges else ""
    html += f"<p><small>{meaning.sentence(phrases)}</small></p>" if phrases else ""
    if html:
        yield Chapter("", "", html)


def _unsaid(type: Type) -> Mapping[str, Any]:
    """The binding without the choices that stand over its fields."""
    return {key: said for key, said in type.binding.items() if key != f"{meaning.CHOICE}s"}


def _extended(blocks: Sequence[str]) -> Iterator[Chapter]:
    """Facts that are too long for the page of the type."""
    for number, html in enumerate((part for block in blocks for part in cut_code(block)), 1):
        yield Chapter(f"facts-{number}", "Further facts", html)


def _named(edition: Edition, name: str) -> str:
    type = edition.contract.types.get(name)
    address = edition.link(type) if type else ""
    return f'<a href="{address}">{escape(name)}</a>' if address else mono(name)


def _members(rows: Rows, type: Type, room: int) -> Iterator[Chapter]:
    """Its fields, variants or values."""
    whole = rows.contract.resolve(type.name)
    inside = rows.inside(type.name)
    if whole.shape is Shape.ENUM:
        yield from values(rows, whole, TYPE, TYPE, room, "Values")
    elif inside:
        aside = "" if inside == type.name else words.kind(rows.contract, _below(type), rows.edition.link)
        yield from members(rows, inside, TYPE, room, "Shape", aside)
    else:
        row = rows.nameless(type.name, "value", "value", with_text=False)
        about = row.meaning.replace(meaning.OWN, TYPE) + row.more.replace(meaning.OWN, TYPE)
        if about:
            yield Chapter(TYPE, "Value", about)


def _below(type: Type) -> str:
    """The type that an alias or a list stands for, so that it is not described by a link to itself."""
    return type.parts[0] if type.shape is Shape.ALIAS and type.parts else type.item or type.name


def _example(edition: Edition, type: Type) -> Iterator[Chapter]:
    if type.shape in (Shape.ENUM, Shape.SCALAR) and not type.examples:
        return
    written = [example.value for example in type.examples if example.value is not None]
    ways = edition.reach.directions(type.name)
    way = Direction.OUTPUT if Direction.OUTPUT in ways else Direction.INPUT
    shown = [code.shown(value) for value in written] or [
        code.shown(Maker(edition.contract, way).make(type.name))
    ]
    aside = "" if written else badge("generated")
    pieces = in_pieces((part for html in shown for part in cut_code(html)), "")
    for number, piece in enumerate(pieces, 1):
        yield Chapter(f"example-{number}" if number > 1 else "example", "Example", piece, aside)


def uses(edition: Edition, type: Type) -> Iterator[tuple[str, str]]:
    """The ways in which a type is used, and where, as HTML."""
    if holders := _holders(edition, type.name):
        yield "part of", holders
    for way, verb in ((Direction.INPUT, "written by consumers"), (Direction.OUTPUT, "read by consumers")):
        if not _stands_alone(edition, type) and (linked := _places(edition, type.name, way)):
            yield verb, linked


def _stands_alone(edition: Edition, type: Type) -> bool:
    """Whether what leads to a type is itself."""
    return type.name in edition.contract.roots


def _uses(edition: Edition, type: Type) -> Iterator[Chapter]:
    html = table(("Way", "Where"), uses(edition, type))
    if html or (edition.operations and not _stands_alone(edition, type)):
        yield Chapter("used-by", "Used by", html or "<p>No operation leads to this type.</p>")


def _holders(edition: Edition, name: str) -> str:
    """The types that a type is directly part of."""
    named = edition.holders.get(name, ())
    more = f" and {len(named) - USES} more" if len(named) > USES else ""
    return ", ".join(_named(edition, holder) for holder in named[:USES]) + more


def _places(edition: Edition, name: str, way: Direction) -> str:
    """The operations that lead to a type; types that travel together share this text."""
    entries = edition.reach.entries(name, way)
    if id(entries) not in edition.used_by:
        named = list(dict.fromkeys(entry.label.partition(" > ")[0] for entry in entries))
        more = f" and {len(named) - USES} more" if len(named) > USES else ""
        edition.used_by[id(entries)] = ", ".join(_place(edition, label) for label in named[:USES]) + more
    return edition.used_by[id(entries)]


def _place(edition: Edition, label: str) -> str:
    operation = edition.by_label.get(label)
    return f'<a href="{edition.address(operation)}">{escape(label)}</a>' if operation else str(escape(label))


def kind(edition: Edition, type: Type) -> str:
    """What sort of type it is, in a line: `list of Tag`, `string · uuid`."""
    below = words.kind(edition.contract, _below(type), edition.link)
    match type.shape:
        case Shape.ALIAS:
            return f"the same as {below}"
        case Shape.LIST | Shape.MAP:
            return f"{type.shape} of {below}"
        case Shape.RECORD:
            return "object"
        case Shape.UNION:
            return words.union(edition.contract, type, edition.link)
        case Shape.ANY:
            return "anything"
    return words.scalar(type)
