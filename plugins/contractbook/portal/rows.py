"""Rows: a field, a parameter, a variant, each made once and shown wherever its type is."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from markupsafe import escape

from contractbook.finding import Direction
from contractbook.model import Field, Role, Shape, Type
from contractbook.portal import meaning, text, words
from contractbook.portal.addresses import Names, anchor
from contractbook.portal.edition import Edition
from contractbook.portal.marks import breakable
from contractbook.portal.meaning import EMPTY, OWN

LEAF, FOLDED = 90, 300  # bytes around a row, and around one with members or a link to them
NOTES = 3  # findings that a row shows
REQUIRED = "<b>required</b>"


class Row(NamedTuple):
    """One line of a tree: what it is, what it means, and the type whose members stand below it.

    Its own id is written as OWN, and filled in where the row is shown.
    """

    step: str  # the last part of its id
    key: str
    meaning: str
    more: str = ""  # what is too long for a line
    inside: str = ""
    listed: tuple[str, ...] = ()  # enumerations that are too long for a row
    gone: bool = False
    tab: str = ""  # the label of a variant
    group: str = ""  # the heading that it stands under
    sign: str = "."  # what joins the step to the id before it

    @property
    def weight(self) -> int:
        """The length of its HTML without the id before its own step."""
        frame = FOLDED if self.inside or self.listed else LEAF
        own = sum(len(html.encode("utf-8", "replace")) for html in (self.key, self.meaning, self.more))
        return frame + own + self.ids * (1 + len(self.step))

    @property
    def ids(self) -> int:
        """How often its id is written."""
        return 1 + self.key.count(OWN) + self.meaning.count(OWN) + self.more.count(OWN)


class Cut(NamedTuple):
    """A part of a tree that finds no room on its page: where it belongs, and the type that it shows."""

    id: str
    type: str


class Rows:
    """The rows of one contract's types and parameters.

    `cut` collects what finds no room on the page that is being made.
    """

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.contract = edition.contract
        self.cut: list[Cut] = []
        self.home = ""  # the type whose page is being made
        self._members: dict[str, tuple[Row, ...]] = {}
        self._inside: dict[str, str] = {}
        self._weights: dict[str, tuple[int, int]] = {}

    def take_cut(self) -> list[Cut]:
        """What found no room since the last time."""
        taken, self.cut = self.cut, []
        return taken

    def members(self, name: str) -> tuple[Row, ...]:
        """The rows of what a type is made of."""
        if name not in self._members:
            self._members[name] = tuple(self._of_type(self.contract.resolve(name)))
        return self._members[name]

    def weight(self, name: str, id: str) -> int:
        """About how many bytes the members of a type are as HTML below an id."""
        if name not in self._weights:
            members = self.members(name)
            self._weights[name] = sum(row.weight for row in members), sum(row.ids for row in members)
        fixed, ids = self._weights[name]
        return fixed + ids * len(id)

    def inside(self, name: str) -> str:
        """The type whose members are worth showing below a value of a type; "" if there are none."""
        if name not in self._inside:
            self._inside[name] = ""  # a type that holds only itself has nothing to show
            self._inside[name] = self._find_inside(name)
        return self._inside[name]

    def _find_inside(self, name: str) -> str:
        if name not in self.contract.types:
            return ""
        type = self.contract.resolve(name)
        if type.fields or type.patterns or type.prefix or type.conditions:
            return type.name
        held = [part for part in type.parts if self.inside(part)]
        if len(held) == 1 and type.discriminator is None and type.shape is not Shape.RECORD:
            return self.inside(held[0])
        if held or (type.parts and type.shape is Shape.RECORD):
            return type.name
        return self.inside(type.item) if type.item else ""

    def _of_type(self, type: Type) -> Iterator[Row]:
        given = not self.edition.selects or Direction.INPUT in self.edition.reach.directions(type.name)
        for field in type.fields:
            row = self.field(field, self.edition.label(type, field), given=given)
            yield row._replace(group=_choice(type, field))
        for field in type.patterns:
            yield self.field(field, self.edition.label(type, field), f"/{field.name}/")
        for index, name in enumerate(type.prefix):
            yield self.nameless(name, f"[{index}]", str(index))
        if type.item and (type.shape is Shape.RECORD or type.prefix):
            label = "any other name" if type.shape is Shape.RECORD else "every further item"
            yield self.nameless(type.item, label, "~")
        if type.shape in (Shape.LIST, Shape.MAP) and type.conditions and self.inside(type.item):
            yield self.nameless(type.item, "each", "~")
        yield from self._variants(type)
        yield from self._conditions(type)

    def _variants(self, type: Type) -> Iterator[Row]:
        """The branches of a choice, named by the discriminator's values where there is one."""
        named: dict[str, list[str]] = {}
        if type.discriminator is not None:
            for value, target in type.discriminator.mapping.items():
                named.setdefault(target, []).append(value)
        steps = Names()
        for part in type.parts:
            label = ", ".join(named.get(part, ())) or _variant(self.contract.types[part])
            row = self.nameless(part, label, steps.claim(anchor(label)))
            yield row._replace(tab=label, group="" if type.shape is Shape.UNION else "One of these, too")

    def _conditions(self, type: Type) -> Iterator[Row]:
        for number, (sentence, parts) in enumerate(
            words.conditions(self.contract, type, self.edition.link), 1
        ):
            step = f"condition-{number}"
            unfolded = [part for part in parts if self.inside(part)]
            if not unfolded:
                lines = chain.from_iterable(
                    meaning.lines(self.edition, self.contract.types[part], self.contract.types[part], "")
                    for part in parts
                )
                yield Row(step, "<i>condition</i>", sentence + "".join(lines))
            for index, part in enumerate(unfolded, 1):
                label = words.own_name(self.contract.types[part])
                yield self.nameless(part, label, f"{step}-{index}")._replace(group=sentence)

    def nameless(self, name: str, label: str, step: str, *, with_text: bool = True) -> Row:
        """A row for a value that no field holds: an item, a variant, a part of a condition."""
        type = self.contract.types[name]
        kind = words.kind(self.contract, name, self.edition.link)
        inside = self.inside(name)
        return Row(
            step,
            f"<i>{escape(label)}</i><small>{kind}</small>",
            "".join(meaning.lines(self.edition, type, type, inside, with_text=with_text)),
            meaning.rest(self.edition, type, type, inside, with_text=with_text),
            inside,
            meaning.many_values(self.edition, type, inside),
        )

    def field(self, field: Field, label: str, name: str = "", given: bool = True) -> Row:
        """The row of a field or parameter; `label` is what the history calls it.

        One that is not `given`, but asked for, is never missing: what matters is whether it may be null.
        """
        type = self.contract.types[field.type]
        whole = self.contract.resolve(field.type)
        inside = self.inside(field.type)
        number = [f"<b>{field.key}</b>"] if field.key.isdigit() else []
        kind = words.kind(self.contract, field.type, self.edition.link)
        facts = [*number, kind, *needs(field, whole, type, given)]
        shown = name or field.name
        key = (
            f"<code>{breakable(shown)}</code>"
            f'<a class="headerlink" href="#{OWN}" title="Link to {escape(shown)}">#</a>'
            f"<small>{' · '.join(facts)}</small>"
        )
        lines = meaning.lines(self.edition, field, type, inside)
        lines += [meaning.arguments(self.edition, field)] if field.arguments else []
        lines += meaning.badges(self.edition, field, label)
        lines += map(meaning.note, self.edition.notes(field, type)[:NOTES])
        step = anchor(field.name.lower() if field.role is Role.HEADER else field.name)
        gone = field.lifecycle.deprecated or type.lifecycle.deprecated
        more = meaning.rest(self.edition, field, type, inside)
        listed = meaning.many_values(self.edition, type, inside)
        return Row(step, key, "".join(lines), more, inside, listed, gone)


def _choice(type: Type, field: Field) -> str:
    """The heading of fields of which only one is set."""
    name = field.binding.get(meaning.CHOICE)
    if not name:
        return ""
    said = type.binding.get(f"{meaning.CHOICE}s", {}).get(name, {})
    about = text.inline(str(said.get("description", ""))) if isinstance(said, dict) else ""
    return f"Only one of these: <code>{escape(name)}</code> {about}"


def _variant(type: Type) -> str:
    """What to call a branch of a choice."""
    if type.shape is Shape.ENUM and len(type.values) == 1:
        return type.values[0].name or EMPTY
    if not type.inline and type.at:
        return type.name
    return type.title or (type.scalar if type.shape is Shape.SCALAR else "") or words.own_name(type)


def needs(field: Field, type: Type, declared: Type, given: bool) -> Iterator[str]:
    """Whether a field must be there, may be null, and who writes it, as phrases of HTML."""
    nullable = field.nullable or type.nullable or declared.nullable
    if field.required and given:
        yield REQUIRED
    elif field.required and not nullable:
        yield "never null"
    elif field.key.isdigit() and not field.implicit and type.shape in (Shape.SCALAR, Shape.ENUM):
        yield "optional"
    if nullable:
        yield "may be null"
    if field.read_only or type.read_only:
        yield "read only"
    if field.write_only or type.write_only:
        yield "write only"
