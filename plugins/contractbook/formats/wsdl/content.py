"""What may stand inside of an element, and how often: sequences, choices, groups and wildcards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from contractbook.formats.wsdl import members
from contractbook.formats.wsdl.annotations import noted
from contractbook.formats.wsdl.files import Schema
from contractbook.formats.wsdl.names import XS
from contractbook.model import NOTHING, Condition, Field, Shape, Type
from contractbook.source.xml_text import Element

if TYPE_CHECKING:
    from contractbook.formats.wsdl.types import Types

PARTICLES = frozenset({"element", "sequence", "choice", "all", "group", "any"})


class Branch(NamedTuple):
    """One of the alternatives of a choice."""

    element: Element
    content: Content


class Choice(NamedTuple):
    """Alternatives, of which one stands there."""

    element: Element
    schema: Schema
    branches: list[Branch]


class Content:
    """Fields in their order, choices between further ones, and what else may stand there."""

    def __init__(self) -> None:
        self.fields: dict[str, Field] = {}
        self.choices: list[Choice] = []
        self.wildcards: list[Mapping[str, Any]] = []
        self.kind = ""  # sequence, all or choice
        self.notes: dict[str, Any] = {}

    def add(self, types: Types, field: Field) -> None:
        """Take in a field; a name that stands there twice is a list of both."""
        known = self.fields.get(field.name)
        if known is None:
            self.fields[field.name] = field
        elif "wrapped list" not in known.binding:
            listed = members.repeated(types, field, 0, None)
            required = known.required or field.required
            self.fields[field.name] = Field(
                **{**_facts(listed), "required": required, "doc": known.doc or field.doc}
            )

    def note(self, element: Element) -> None:
        """Keep what is said of a sequence, choice or group; of several texts each is a line."""
        said = noted(element)
        if "note" in said and "note" in self.notes:
            said["note"] = f"{self.notes['note']}\n{said['note']}"
        self.notes |= said


def _facts(field: Field) -> dict[str, Any]:
    return {name: getattr(field, name) for name in field.__struct_fields__}


class Turn(NamedTuple):
    """How often a particle stands there, by all that is around it."""

    optional: bool = False
    repeated: bool = False


def occurs(types: Types, element: Element, schema: Schema) -> tuple[int, int | None]:
    """The least and the greatest number of times; None is without end."""
    if "minOccurs" not in element.attributes and "maxOccurs" not in element.attributes:
        return 1, 1
    written = element.get("minOccurs") or "1", element.get("maxOccurs") or "1"
    for key, value in zip(("minOccurs", "maxOccurs"), written, strict=True):
        if not value.isdigit() and not (value == "unbounded" and key == "maxOccurs"):
            types.reading.invalid(
                f"`{key}` is a whole number"
                + (" or `unbounded`" if key == "maxOccurs" else "")
                + f", not `{value[:40]}`",
                element,
                schema.document,
            )
            return 1, 1
    least, most = int(written[0]), None if written[1] == "unbounded" else int(written[1])
    if most is not None and least > most:
        types.reading.invalid(
            f"it must stand there at least {least} and at most {most} times, which cannot be",
            element,
            schema.document,
            "Mend `minOccurs` or `maxOccurs`.",
        )
        return most, most
    return least, most


def read(
    types: Types,
    each: Element,
    schema: Schema,
    way: str,
    into: Content,
    turn: Turn = Turn(),  # noqa: B008 (immutable)
    groups: frozenset[int] = frozenset(),
) -> None:
    """Read a particle into what it is a part of; `way` leads to the type around it."""
    least, most = occurs(types, each, schema)
    if most == 0:
        return
    if each.name == "element":
        if (field := members.field(types, each, schema, way, least, most, turn)) is not None:
            into.add(types, field)
        return
    turn = Turn(turn.optional or least == 0, turn.repeated or most is None or most > 1)
    if each.name == "any":
        into.wildcards.append(wildcard(each, least, most))
    elif each.name == "choice":
        _choice(types, each, schema, way, into, turn, groups)
    elif each.name == "group":
        _group(types, each, schema, into, turn, groups)
    else:
        into.kind = into.kind or each.name
        if turn.repeated and each.name == "sequence" and not into.fields:
            into.notes["repeated"] = occurrence(least, most)
        into.note(each)
        for inner in each:
            if inner.space == XS and inner.name in PARTICLES:
                read(types, inner, schema, way, into, turn, groups)


def _group(
    types: Types, each: Element, schema: Schema, into: Content, turn: Turn, groups: frozenset[int]
) -> None:
    if not each.get("ref"):
        types.reading.invalid("a group here refers to a named one by `ref`", each, schema.document)
        return
    found = types.reading.find("group", each, each.get("ref"), schema)
    if found is None:
        return
    into.note(each)
    into.note(found.element)
    if id(found.element) in groups:
        types.reading.invalid(
            f"the group `{found.element.get('name')}` holds itself",
            each,
            schema.document,
            "Put an element between the two: only elements may form circles.",
        )
        return
    for inner in found.element:
        if inner.space == XS and inner.name in PARTICLES:
            name = found.element.get("name")
            read(types, inner, found.schema, name, into, turn, groups | {id(found.element)})


def _choice(
    types: Types,
    each: Element,
    schema: Schema,
    way: str,
    into: Content,
    turn: Turn,
    groups: frozenset[int],
) -> None:
    inside = [inner for inner in each if inner.space == XS and inner.name in PARTICLES]
    into.note(each)
    if turn.repeated or len(inside) < 2:
        # Any of them, in any order and number: each is a list that may be empty.
        into.kind = into.kind or ("choice" if len(inside) > 1 else "")
        optional = turn.optional or len(inside) > 1
        for inner in inside:
            read(types, inner, schema, way, into, Turn(optional, turn.repeated), groups)
        return
    branches: list[Branch] = []
    for inner in inside:
        content = Content()
        read(types, inner, schema, way, content, Turn(), groups)
        into.wildcards += content.wildcards
        if content.choices and not content.fields and len(content.choices) == 1:
            branches += content.choices[0].branches
        elif content.fields or content.choices:
            branches.append(Branch(inner, content))
    if turn.optional:
        branches.append(Branch(each, Content()))
    if len(branches) > 1:
        into.choices.append(Choice(each, schema, branches))
    elif branches:
        for field in branches[0].content.fields.values():
            into.add(types, field)


def wildcard(each: Element, least: int = 1, most: int | None = 1) -> dict[str, Any]:
    """What may stand at an extension point: whose elements, and how strictly they are checked."""
    found = {
        "namespace": each.get("namespace") or "##any",
        "processContents": each.get("processContents") or "strict",
    }
    if each.name == "any" and (least, most) != (1, 1):
        found["occurs"] = occurrence(least, most)
    return {**found, **noted(each)}


def occurrence(least: int, most: int | None) -> str:
    """How often something stands there, in short."""
    return f"{least} to {'any number' if most is None else most}"


def choices_of(types: Types, content: Content, way: str) -> tuple[tuple[str, ...], tuple[Condition, ...]]:
    """The branches of the first choice as types, and conditions for the further ones."""
    found = []
    for number, choice in enumerate(content.choices, 1):
        inside = way if number == 1 else f"{way} > choice {number}"
        found.append((choice, tuple(_branches(types, choice, inside))))
    conditions = tuple(
        Condition("one-of", names, at=types.reading.at(choice.element, choice.schema))
        for choice, names in found[1:]
    )
    return (found[0][1] if found else ()), conditions


def _branches(types: Types, choice: Choice, way: str) -> Iterator[str]:
    """The alternatives of a choice: records of what each of them adds."""
    for number, branch in enumerate(choice.branches, 1):
        fields = branch.content.fields
        word = next(iter(fields), "none" if branch.element is choice.element else f"option {number}")
        name = types.reading.claim(f"{way} ({word})")
        parts, conditions = choices_of(types, branch.content, name)
        types.reading.types[name] = Type(
            name=name,
            at=types.reading.at(branch.element, choice.schema),
            inline=True,
            shape=Shape.RECORD,
            open=bool(branch.content.wildcards),
            tacit=not branch.content.wildcards,
            fields=(*fields.values(),),
            parts=parts,
            choice="one-of" if parts else "",
            conditions=conditions,
            binding={"content": branch.content.kind} if len(fields) > 1 else NOTHING,
        )
        yield name
