"""The same type in contracts of other formats: found by name and shape, compared field by field.

Only contracts of other formats are looked at, so that a portal of one format pays nothing for it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from markupsafe import escape

from contractbook import forms
from contractbook.formats import FORMATS
from contractbook.model import Contract, Shape, Type
from contractbook.portal.beside import Side, Sketch
from contractbook.portal.edition import Edition
from contractbook.portal.marks import badge, code, count, fold, table
from contractbook.portal.page import Chapter
from contractbook.sizes import Known

ALIKE = 0.5  # the share of fields that twins have in common
FEW = 2  # fields below which a shape says nothing
MOST = 6  # twins of one type that are shown
SHARED = 0.5  # the share of its types by which a contract is another one in a further format
_LETTERS = re.compile(r"[^\w]|_")


Sketches = Mapping[str, Sketch]
"""The records of a contract by what their names have in common with those of other formats."""


def key(name: str) -> str:
    """A name without what formats spell differently: `shop.orders.OrderLine` and `order_line` are one."""
    return _LETTERS.sub("", name.rpartition(".")[2]).casefold().removesuffix("type")


def sketches(edition: Edition) -> dict[str, Sketch]:
    """The records of a contract that have a name of their own."""
    contract, root = edition.contract, f"~/{edition.root}"
    format = FORMATS[contract.format].title if contract.format in FORMATS else contract.format
    found: dict[str, Sketch] = {}
    for type in contract.types.values():
        if type.shape is Shape.RECORD and type.at and not type.inline and len(type.fields) >= FEW:
            address = edition.address_of_type(type.name)
            known = Known(contract, type.name)
            made = Sketch(type.name, address, edition.who, format, root, _sides(contract, type), known)
            other = found.setdefault(key(type.name), made)
            if len(other.sides) < len(made.sides):
                found[key(type.name)] = made
    return found


def _sides(contract: Contract, type: Type) -> dict[str, Side]:
    return {
        key(field.name): Side(field.name, forms.described(contract, field.type), field.required)
        for field in type.fields
    }


def twins(own: Sketches, others: Sequence[Sketches]) -> dict[str, tuple[Sketch, ...]]:
    """The twins of a contract's types in others, the most alike first."""
    found: dict[str, tuple[Sketch, ...]] = {}
    for name, sketch in own.items():
        there = [other[name] for other in others if name in other]
        alike = sorted((-_share(sketch, each), each.who, each.format, each.name) for each in there)
        known = {(each.who, each.format, each.name): each for each in there}
        chosen = [known[rank[1:]] for rank in alike if -rank[0] >= ALIKE]
        if chosen:
            found[sketch.name] = tuple(chosen)
    return found


def _share(one: Sketch, other: Sketch) -> float:
    return len(one.sides.keys() & other.sides.keys()) / max(len(one.sides), len(other.sides))


def same_contract(
    own: Sketches, found: Mapping[str, Sequence[Sketch]], beside: Sequence[Sketches]
) -> tuple[tuple[str, str], ...]:
    """The contracts beside one's own that say the same in another format: formats and addresses."""
    counted = Counter((each.format, each.contract) for every in found.values() for each in every)
    sizes = {next(iter(other.values())).contract: len(other) for other in beside if other}
    return tuple(
        place
        for place, number in counted.items()
        if place[1] in sizes and number >= SHARED * min(len(own), sizes[place[1]])
    )


# -- pages


def chapter(edition: Edition, type: Type) -> Iterator[Chapter]:
    """The same type in other formats, and what differs."""
    if type.name in edition.beside.twins:
        own = _sides(edition.contract, type)
        every = edition.beside.twins[type.name]
        html = "".join(_twin(own, each) for each in every[:MOST])
        html += f"<p>And {len(every) - MOST} more.</p>" if len(every) > MOST else ""
        names = " ".join(f"{each.who} {each.format} {each.name}" for each in every[:MOST])
        yield Chapter("elsewhere", "In other formats", html, text=names)


def _twin(own: Mapping[str, Side], other: Sketch) -> str:
    lines = list(_differences(own, other.sides))
    every = len(own.keys() | other.sides.keys())
    said = badge(f"{len(lines)} of {every} fields differ", "amber") if lines else badge("same shape", "green")
    link = f'<a href="{other.address}"><b>{escape(other.name)}</b></a>'
    title = f"{badge(other.format)} {escape(other.who)}"
    if not lines:
        return f"<p>{title} {link} {said}</p>"
    below = table(("Field", "Here", "There"), lines)
    return f"<p>{title} {link} {said}</p>{fold(count(len(lines), 'difference'), below)}"


def _differences(own: Mapping[str, Side], other: Mapping[str, Side]) -> Iterator[tuple[str, str, str]]:
    for name in dict.fromkeys((*own, *other)):
        here, there = own.get(name), other.get(name)
        if here is None or there is None or (here.kind, here.required) != (there.kind, there.required):
            shown = here or there
            yield code(shown.name) if shown else "", _said(here, there), _said(there, here)


def _said(side: Side | None, other: Side | None) -> str:
    """A field of one side, with the name where the other side spells it in another way."""
    if side is None:
        return '<span class="dim">not there</span>'
    spelled = f"{code(side.name)} " if other and side.name != other.name else ""
    return f"{spelled}{escape(side.kind)}{', <b>required</b>' if side.required else ''}"
