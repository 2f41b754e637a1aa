"""The page of a type: what it is made of, an example, and where it is used."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import escape

from contractbook.finding import Direction
from contractbook.model import Shape, Type
from contractbook.portal import code, further, meaning, words
from contractbook.portal.edition import Edition
from contractbook.portal.examples import Maker
from contractbook.portal.marks import badge, count, table
from contractbook.portal.marks import code as mono
from contractbook.portal.notes import design_notes, history
from contractbook.portal.page import ROOM, Chapter
from contractbook.portal.rows import Row, Rows
from contractbook.portal.tree import tree, weight

OWN = "type"  # the id of a type on its own page: its fields are type.name, its values type=name
USES = 40  # places of use that are listed
VALUES = 250  # values of an enumeration on a page


def parts(edition: Edition, rows: Rows, type: Type) -> Iterator[list[Chapter]]:
    """The chapters of a type's page, and of the numbered pages after it where one is too small."""
    closing = [
        *_example(edition, type),
        *_uses(edition, type),
        *design_notes(edition, type),
        *history(edition, type.name),
    ]
    room = ROOM - 4_000 - sum(len(chapter.html) for chapter in closing) - len(type.doc)
    own = list(_members(edition, rows, type, room))
    yield [*_facts(edition, type), *own[:1], *closing]
    for piece in own[1:]:
        yield [piece]


def _facts(edition: Edition, type: Type) -> Iterator[Chapter]:
    phrases = words.limits(edition.contract, type.name)
    if type.bases:
        phrases.append("made of " + ", ".join(_named(edition, base) for base in type.bases))
    if type.shape is Shape.RECORD:
        phrases.append("open: more fields may come" if type.open else "closed: no other fields")
    if type.shape is Shape.ENUM:
        phrases.append("open: more values may come" if type.open else "closed list")
    phrases += further.phrases(type.binding)
    badges = " ".join(meaning.lifecycle(type.lifecycle))
    facts = "".join(f"<li>{phrase}</li>" for phrase in phrases)
    html = f'<p class="cb-badges">{badges}</p>' if badges else ""
    html += f'<ul class="cb-plain">{facts}</ul>' if facts else ""
    html += "".join(further.blocks(type.binding))
    if html:
        yield Chapter("", "", html)


def _named(edition: Edition, name: str) -> str:
    type = edition.contract.types.get(name)
    address = edition.link(type) if type else ""
    return f'<a href="{address}">{escape(name)}</a>' if address else mono(name)


def _members(edition: Edition, rows: Rows, type: Type, room: int) -> Iterator[Chapter]:
    """Its fields, variants or values, in pieces that each fit on a page."""
    whole = edition.contract.resolve(type.name)
    if whole.shape is Shape.ENUM:
        yield from _values(whole)
        return
    inside = rows.inside(type.name)
    if not inside:
        row = rows.nameless(type.name, "value", "value")
        yield Chapter(
            OWN, "Value", f"<p>{words.kind(edition.contract, _below(type), edition.link)}</p>{row.more}"
        )
        return
    named = "" if inside == type.name else words.kind(edition.contract, _below(type), edition.link)
    pieces = list(_pieces(rows.members(inside), room))
    edition.shown.add(inside)
    for number, piece in enumerate(pieces, 1):
        names = " ".join(row.step for row in piece)
        title = "Shape" if number == 1 else f"Shape, part {number} of {len(pieces)}"
        yield Chapter(OWN, title, tree(rows, inside, OWN, room, tuple(piece)), named, names)


def _below(type: Type) -> str:
    """The type that an alias or a list stands for, so that it is not described by a link to itself."""
    return type.parts[0] if type.shape is Shape.ALIAS and type.parts else type.item or type.name


def _pieces(members: Sequence[Row], room: int) -> Iterator[list[Row]]:
    piece: list[Row] = []
    used = 0
    for row in members:
        size = weight((row,), OWN)
        if piece and used + size > room:
            yield piece
            piece, used = [], 0
        piece.append(row)
        used += size
    yield piece


def _values(type: Type) -> Iterator[Chapter]:
    size = max(1, len(type.values))
    each = sum(len(value.doc) + 2 * len(value.name) + 110 for value in type.values) / size
    step = max(1, min(VALUES, int((ROOM - 6_000) / max(each, 1))))
    for start in range(0, size, step):
        chosen = type.values[start : start + step]
        html = meaning.values(chosen, OWN)
        title = "Values" if not start else f"Values, from {start + 1}"
        yield Chapter(
            OWN,
            title,
            f"<p>{html}</p>",
            count(size, "value"),
            " ".join(value.name for value in chosen)[:4000],
        )


def _example(edition: Edition, type: Type) -> Iterator[Chapter]:
    if type.shape in (Shape.ENUM, Shape.SCALAR) and not type.examples:
        return
    written = [example.value for example in type.examples if example.value is not None]
    ways = edition.reach.directions(type.name)
    way = Direction.OUTPUT if Direction.OUTPUT in ways else Direction.INPUT
    shown = [code.shown(value) for value in written] or [
        code.shown(Maker(edition.contract, way).make(type.name))
    ]
    yield Chapter("example", "Example", "".join(shown), "" if written else badge("generated"))


def _uses(edition: Edition, type: Type) -> Iterator[Chapter]:
    lines = []
    for way, verb in ((Direction.INPUT, "written by consumers"), (Direction.OUTPUT, "read by consumers")):
        entries = edition.reach.entries(type.name, way)
        named = list(dict.fromkeys(entry.label.partition(" > ")[0] for entry in entries))
        linked = ", ".join(_place(edition, label) for label in named[:USES])
        more = f" and {len(named) - USES} more" if len(named) > USES else ""
        if linked:
            lines.append((verb, linked + more))
    html = table(("Way", "Operations"), lines) or "<p>No operation leads to this type.</p>"
    yield Chapter("used-by", "Used by", html)


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
