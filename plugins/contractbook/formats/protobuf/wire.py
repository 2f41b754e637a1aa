"""What a field is on the wire (protobuf encoding guide): which types read what others wrote."""

from __future__ import annotations

from contractbook.model import Contract, Field, Shape, Type

VARINT, ZIGZAG, FOUR, EIGHT, BYTES, GROUP = "varint", "zigzag", "32 bits", "64 bits", "length", "group"
WIRE = {
    **dict.fromkeys(("int32", "int64", "uint32", "uint64", "bool", "enum"), VARINT),
    **dict.fromkeys(("sint32", "sint64"), ZIGZAG),
    **dict.fromkeys(("fixed32", "sfixed32"), FOUR),
    **dict.fromkeys(("fixed64", "sfixed64"), EIGHT),
    "float": "float",
    "double": "double",
    **dict.fromkeys(("string", "bytes", "message"), BYTES),
}
WELL_KNOWN = "google.protobuf."


def single(contract: Contract, field: Field) -> Type:
    """The type of a field, or of its items where it is repeated."""
    type = contract.resolve(field.type)
    return contract.resolve(type.item) if type.shape is Shape.LIST and type.item else type


def word(type: Type) -> str:
    """The word for a type where it is one: `int32`, enum, message, map; limits do not count."""
    if type.shape is Shape.ENUM:
        return "enum"
    if type.shape is Shape.SCALAR and not type.name.startswith(WELL_KNOWN):
        return type.name.partition(" ")[0]
    return "map" if type.shape is Shape.MAP and not type.name.startswith(WELL_KNOWN) else "message"


def wire(type: Type) -> str:
    """How the values of a type are written: those of one kind can be read as one another."""
    return WIRE.get(word(type), BYTES)


def camel(name: str) -> str:
    """The name of a field in JSON, unless it is told (protobuf language guide: JSON mapping)."""
    first, *words = name.split("_")
    return first + "".join(word[:1].upper() + word[1:] for word in words)
