"""Elements and attributes as fields of the types that they stand in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.structs import replace

from contractbook.formats.wsdl import simple_types
from contractbook.formats.wsdl.annotations import plain, said_of
from contractbook.formats.wsdl.files import Schema
from contractbook.formats.wsdl.names import XML, XS
from contractbook.formats.wsdl.reading import Symbol
from contractbook.model import NOTHING, Field, Shape, Type
from contractbook.source.xml_text import Element

if TYPE_CHECKING:
    from contractbook.formats.wsdl.content import Turn
    from contractbook.formats.wsdl.types import Types

CONSTRAINTS = ("key", "unique", "keyref")
KEPT = ("substitutionGroup", "final", "block", "fixed")
_PLAIN = frozenset({"name", "type", "ref", "minOccurs", "maxOccurs", "nillable", "form", "use", "default"})


def facts_of(element: Element) -> dict[str, Any]:
    """What the model's own words cannot say of an element."""
    found: dict[str, Any] = {}
    if not _PLAIN.issuperset(element.attributes):
        if element.get("abstract") in ("true", "1"):
            found["abstract"] = True
        found |= {key: element.get(key) for key in KEPT if element.get(key)}
    for each in element:
        if each.space == XS and each.name in CONSTRAINTS:
            inside = plain(each)
            said = inside if isinstance(inside, dict) else {"text": inside}
            found.setdefault("identity", []).append({"kind": each.name, **said})
    return found


def field(
    types: Types,
    each: Element,
    schema: Schema,
    way: str,
    least: int,
    most: int | None,
    turn: Turn,
) -> Field | None:
    """A local element, or a reference to a global one, as a field."""
    declared = Symbol(each, schema)
    if each.get("ref"):
        found = types.reading.find("element", each, each.get("ref"), schema)
        if found is None:
            name = each.get("ref").rpartition(":")[2]
            of = types.reading.unresolved(each.get("ref"))
            return Field(name=name, type=of, at=types.reading.at(each, schema), required=least > 0)
        declared, of = found, types.element(found)
    elif each.get("name"):
        of = _value(types, each, schema, f"{way} > {each.get('name')}")
    else:
        types.reading.invalid(
            "this element has neither a name nor a `ref`", each, schema.document, "Give it a `name`."
        )
        return None
    element = declared.element
    field = Field(
        name=element.get("name"),
        type=of,
        at=types.reading.at(each, schema),
        required=least > 0 and not turn.optional,
        nullable=element is each and each.get("nillable") in ("true", "1"),
        default=_default(types, element, of),
        **said_of(
            types.reading.endings,
            each,
            xml=_xml(each, schema, declared, "element"),
            **(facts_of(each) if element is each else {}),
        ),
    )
    if turn.repeated or most is None or most > 1:
        return repeated(types, field, least, most if not turn.repeated else None)
    return field


def _default(types: Types, element: Element, of: str) -> Any:
    value = element.attributes.get("default")
    return msgspec.UNSET if value is None else simple_types.default(types, value, of)


def _value(types: Types, element: Element, schema: Schema, name: str) -> str:
    """The type of an element or attribute; where it has one value only, the type of just that value."""
    of = types.simple_inside(element, "type", schema, name)
    if (
        element.content
        and element.get("type")
        and any(each.name in ("complexType", "simpleType") for each in element)
    ):
        types.reading.invalid(
            "this element names a type and declares another one inside",
            element,
            schema.document,
            "Keep one of the two.",
        )
    if "fixed" not in element.attributes:
        return of
    fixed = types.reading.claim(name)
    at = types.reading.at(element, schema)
    types.reading.types[fixed] = simple_types.fixed(types, element.attributes["fixed"], of, fixed, at)
    return fixed


def repeated(types: Types, field: Field, least: int, most: int | None) -> Field:
    """A field that may stand there several times: a list without an element around it."""
    item = field.type
    if field.nullable:
        item = types.reading.claim(f"{field.type}?")
        types.reading.types[item] = Type(
            name=item, shape=Shape.ALIAS, parts=(field.type,), nullable=True, inline=True
        )
    limits: dict[str, Any] = {}
    if least > 1 or (least == 1 and field.required):
        limits["minItems"] = least
    if most is not None:
        limits["maxItems"] = most
    name = f"list of {item}" + "".join(f", {key} {limit}" for key, limit in limits.items())
    of = types.reading.plain(name, Shape.LIST, item=item, limits=limits or NOTHING, inline=True)
    binding = field.binding
    if field.default is not msgspec.UNSET:  # of each empty element, not of the list
        binding = {**binding, "default": field.default}
    return replace(field, type=of, nullable=False, default=msgspec.UNSET, binding=binding)


def attribute(types: Types, each: Element, schema: Schema, way: str) -> Field | None:
    """An attribute as a field; None for one that is prohibited."""
    if each.get("use") == "prohibited":
        return None
    declared = Symbol(each, schema)
    meant = types.reading.meant(each, each.get("ref"), schema) if each.get("ref") else None
    if meant and meant.space == XML:
        name, of = f"xml:{meant.name}", types.reading.builtin("string")
    elif each.get("ref"):
        found = types.reading.find("attribute", each, each.get("ref"), schema)
        name = each.get("ref").rpartition(":")[2]
        declared = found or declared
        of = (
            _value(types, found.element, found.schema, name)
            if found
            else types.reading.unresolved(each.get("ref"))
        )
    else:
        name = each.get("name")
        if not name:
            types.reading.invalid(
                "this attribute has neither a name nor a `ref`", each, schema.document, "Name it."
            )
            return None
        of = _value(types, each, schema, f"{way} > {name}")
    if of in types.reading.types and types.reading.types[of].name == "any" and "unresolved" not in of:
        of = types.reading.builtin("string")  # an attribute without a type holds any text
    return Field(
        name=name,
        type=of,
        at=types.reading.at(each, schema),
        required=each.get("use") == "required",
        default=_default(types, each if "default" in each.attributes else declared.element, of),
        **said_of(
            types.reading.endings,
            *((each,) if declared.element is each else (each, declared.element)),
            xml=_xml(each, schema, declared, "attribute"),
        ),
    )


def _xml(each: Element, schema: Schema, declared: Symbol, kind: str) -> dict[str, Any]:
    """How a field is written: as an attribute, or in another namespace than its neighbours are."""
    found: dict[str, Any] = {"attribute": True} if kind == "attribute" else {}
    if declared.element is each and "form" not in each.attributes:
        return found  # like all its neighbours
    usual = schema.space if schema.qualified(kind, "") else ""
    is_global = declared.element is not each
    qualified = is_global or schema.qualified(kind, each.get("form"))
    space = declared.schema.space if qualified else ""
    if space != usual:
        found["namespace"] = space
    return found
