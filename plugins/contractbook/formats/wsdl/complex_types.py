"""Complex types: extension and restriction, content and attributes (XML Schema 1.0-1, 3.4)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from contractbook.formats.wsdl import content, members, simple_types
from contractbook.formats.wsdl.annotations import extras, noted, said_of
from contractbook.formats.wsdl.content import PARTICLES, Content, wildcard
from contractbook.formats.wsdl.files import Schema
from contractbook.formats.wsdl.names import ENCODING, WSDL1, XS, qname
from contractbook.model import NOTHING, Discriminator, Field, Shape, Type
from contractbook.source.xml_text import Element

if TYPE_CHECKING:
    from contractbook.formats.wsdl.types import Types

TEXT = "value"  # what the text of an element beside its attributes is called
XSI_TYPE = "xsi:type"


def base(element: Element) -> tuple[Element, str] | None:
    """The derivation of a type, and the name of its base."""
    for each in element:
        if each.space == XS and each.name in ("complexContent", "simpleContent"):
            for inner in each:
                if inner.name in ("extension", "restriction") and inner.get("base"):
                    return inner, inner.get("base")
    return None


def complex_type(types: Types, element: Element, schema: Schema, name: str, at: str, inline: bool) -> Type:
    """The type that a `complexType` declares."""
    facts: dict[str, Any] = {"name": name, "at": at, "inline": inline}
    outer = _content(element)
    said = (element, *([outer] if outer is not None else []))
    derived = next((each for each in outer or () if each.name in ("extension", "restriction")), None)
    if derived is not None:
        said = (*said, derived)
    flags = {key: True for key in ("abstract", "mixed") if any(_is(each, key) for each in said)}
    ends = {key: element.get(key) for key in ("block", "final")}
    facts |= said_of(types.reading.endings, *said, beside={**flags, **ends})
    if heirs := types.heirs.get(name):
        # A value of an heir may stand wherever this type does; xsi:type tells which.
        facts["discriminator"] = Discriminator(XSI_TYPE, {heir: heir for heir in heirs})
    if outer is not None and outer.name == "simpleContent":
        return _simple_content(types, derived, schema, facts)
    if outer is not None and derived is None:
        types.reading.invalid(
            f"`{outer.name}` holds an `extension` or a `restriction`, and here is neither",
            outer,
            schema.document,
        )
    if derived is None:
        return _record(types, element, schema, facts)
    known = qname(derived, derived.get("base"))
    if known and known.space == ENCODING and known.name == "Array":
        return _soap_array(types, derived, schema, facts)
    return _derived(types, derived, schema, facts)


def _is(element: Element, key: str) -> bool:
    return element.get(key) in ("true", "1")


def _content(element: Element) -> Element | None:
    return next(
        (each for each in element if each.space == XS and each.name in ("complexContent", "simpleContent")),
        None,
    )


def _record(
    types: Types, element: Element, schema: Schema, facts: dict[str, Any], inherited: Type | None = None
) -> Type:
    """A record of the content and attributes that stand in an element, after what it inherits."""
    name = facts["name"]
    inside = Content()
    particles = [each for each in element if each.space == XS and each.name in PARTICLES]
    for each in particles[:1]:
        content.read(types, each, schema, name, inside)
    for each in particles[1:]:
        types.reading.invalid(
            "a type has one `sequence`, `choice`, `all` or `group`, and this is a second one",
            each,
            schema.document,
            "Put both into one `sequence`.",
        )
    own = dict(inside.fields)
    any_attribute: dict[str, Any] = {}
    for field in attributes(types, element, schema, name, any_attribute):
        key = field.name if field.name not in own else f"@{field.name}"
        own[key] = field if key == field.name else replace(field, key=key)
    parts, conditions = content.choices_of(types, inside, name)
    binding = {**facts.get("binding", NOTHING), **inside.notes}
    elements = (*(inherited.fields if inherited else ()), *inside.fields.values())
    if (
        inside.kind
        and len([each for each in elements if "attribute" not in each.binding.get("xml", NOTHING)]) > 1
    ):
        binding["content"] = inside.kind
    if inside.wildcards:
        binding["any"] = inside.wildcards[0] if len(inside.wildcards) == 1 else inside.wildcards
    if notes := any_attribute.pop("notes", None):
        binding["attribute groups"] = notes
    if any_attribute:
        binding["anyAttribute"] = any_attribute
    is_open = bool(inside.wildcards or any_attribute)
    before: tuple[Field, ...] = ()
    if inherited is not None:
        is_open = is_open or inherited.open
        before = tuple(_handed_down(inherited, own))
        if inherited.parts and not parts:
            parts = inherited.parts
        conditions = (*inherited.conditions, *conditions)
    facts = {**facts, "binding": binding or NOTHING}
    return Type(
        shape=Shape.RECORD,
        open=is_open,
        tacit=not is_open,
        fields=(*before, *own.values()),
        parts=parts,
        choice="one-of" if parts else "",
        conditions=conditions,
        **facts,
    )


def _handed_down(inherited: Type, own: dict[str, Field]) -> Iterator[Field]:
    for field in inherited.fields:
        if field.identity not in own and field.name not in own:
            yield replace(field, origin=field.origin or inherited.name)


def attributes(
    types: Types,
    element: Element,
    schema: Schema,
    way: str,
    wild: dict[str, Any],
    groups: frozenset[int] = frozenset(),
) -> Iterator[Field]:
    """The attributes of a type, also those of its groups; what stands for any others goes into `wild`."""
    for each in element:
        if each.space != XS:
            continue
        if each.name == "attribute":
            if (field := members.attribute(types, each, schema, way)) is not None:
                yield field
        elif each.name == "anyAttribute":
            wild |= wildcard(each)
        elif each.name == "attributeGroup":
            found = types.reading.find("attributeGroup", each, each.get("ref"), schema)
            if found is None:
                continue
            if id(found.element) in groups:
                types.reading.invalid("an attribute group holds itself", each, schema.document)
                continue
            for part in (each, found.element):
                if said := noted(part):
                    wild.setdefault("notes", []).append(said)
            inside = groups | {id(found.element)}
            yield from attributes(types, found.element, found.schema, found.element.get("name"), wild, inside)


def _prohibited(element: Element) -> set[str]:
    return {
        each.get("name") or each.get("ref").rpartition(":")[2]
        for each in element
        if each.name == "attribute" and each.get("use") == "prohibited"
    }


def _derived(types: Types, derived: Element, schema: Schema, facts: dict[str, Any]) -> Type:
    of = types.base_of(derived, schema, f"{facts['name']} (base)")
    known = types.known(of)
    if known.shape is Shape.ANY or not known.at:
        if "unresolved" in known.binding:
            facts = {**facts, "bases": (of,)}
        is_any = derived.name == "extension" and known.shape is Shape.ANY
        made = _record(types, derived, schema, facts)
        return replace(made, open=True) if is_any and "unresolved" in known.binding else made
    facts = {**facts, "bases": (of,)}
    facts["binding"] = {**facts["binding"], "derivation": derived.name}
    if derived.name == "extension":
        return _record(types, derived, schema, facts, known)
    # A restriction says its elements again; attributes that it does not mention stay.
    gone = _prohibited(derived)
    kept = [
        field
        for field in known.fields
        if field.binding.get("xml", NOTHING).get("attribute") and field.name not in gone
    ]
    made = _record(types, derived, schema, facts)
    names = {field.identity for field in made.fields}
    more = [replace(field, origin=field.origin or of) for field in kept if field.identity not in names]
    said = [_again(field, known, of) for field in made.fields]
    return replace(made, fields=(*said, *more))


def _again(field: Field, known: Type, of: str) -> Field:
    """A field that a restriction says again, with the text of the one that it restricts."""
    before = next((each for each in known.fields if each.identity == field.identity), None)
    if before is None:
        return field
    return replace(field, doc=field.doc or before.doc, lifecycle=field.lifecycle or before.lifecycle)


def _simple_content(types: Types, derived: Element | None, schema: Schema, facts: dict[str, Any]) -> Type:
    """A text with attributes: the text is a field, too."""
    if derived is None:
        return Type(shape=Shape.RECORD, open=False, **facts)
    name = facts["name"]
    of = types.base_of(derived, schema, f"{name} (base)")
    known = types.known(of)
    facts["binding"] = {**facts["binding"], "derivation": derived.name}
    if known.shape is Shape.RECORD:
        facts["bases"] = (of,)
        before = next((field for field in known.fields if _is_text(field)), None)
        of = before.type if before else types.reading.builtin("string")
    if derived.name == "restriction":
        of = _restricted_text(types, derived, schema, f"{name} > {TEXT}", of)
    text = Field(
        name=TEXT,
        key="#text",
        type=of,
        required=True,
        at=types.reading.at(derived, schema),
        binding={"xml": {"nodeType": "text"}},
    )
    made = _record(types, derived, schema, facts)
    inherited = [
        replace(field, origin=field.origin or known.name)
        for field in known.fields
        if not _is_text(field) and field.identity not in {each.identity for each in made.fields}
    ]
    return replace(
        made, fields=(text, *inherited, *made.fields), open=made.open or bool(inherited and known.open)
    )


def _restricted_text(types: Types, derived: Element, schema: Schema, name: str, of: str) -> str:
    if not any(each.name in simple_types.FACETS for each in derived):
        return of
    claimed = types.reading.claim(name)
    at = types.reading.at(derived, schema)
    facts = {"name": claimed, "at": at, "inline": True, "binding": NOTHING}
    types.reading.types[claimed] = simple_types.restricted(types, derived, schema, facts, of)
    return claimed


def _is_text(field: Field) -> bool:
    return bool(field.binding.get("xml", NOTHING).get("nodeType") == "text")


def _soap_array(types: Types, derived: Element, schema: Schema, facts: dict[str, Any]) -> Type:
    """An array of SOAP's encoding: its items are named in an attribute (WSDL 1.1, 2.2)."""
    written = next(
        (
            each.attributes[f"{{{WSDL1}}}arrayType"]
            for each in derived.walk()
            if f"{{{WSDL1}}}arrayType" in each.attributes
        ),
        "",
    )
    element = next((each for each in derived.walk() if each.name == "attribute"), derived)
    item = types.of_name(element, written.partition("[")[0], schema) if written else ""
    if not item:
        inner = next((each for each in derived.walk() if each.name == "element"), None)
        item = types.simple_inside(inner, "type", schema, f"{facts['name']}[]") if inner else ""
    facts["binding"] = {**facts["binding"], "soapArray": written or True, **extras(derived)}
    return Type(shape=Shape.LIST, item=item or types.reading.builtin("anyType"), **facts)
