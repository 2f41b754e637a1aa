"""Types that every program for protobuf knows, as what they mean (language guide: well-known types)."""

from __future__ import annotations

from collections.abc import Mapping

from contractbook.model import Shape, Type

FORMATS = {
    **{name: ("integer", name) for name in ("int32", "int64", "uint32", "uint64", "sint32", "sint64")},
    **{name: ("integer", name) for name in ("fixed32", "fixed64", "sfixed32", "sfixed64")},
    "double": ("number", "double"),
    "float": ("number", "float"),
    "bool": ("boolean", ""),
    "string": ("string", ""),
    "bytes": ("bytes", ""),
}
"""Scalar and format of each type that has a word of its own."""

NUMBERS = {
    1: "double",
    2: "float",
    3: "int64",
    4: "uint64",
    5: "int32",
    6: "fixed64",
    7: "fixed32",
    8: "bool",
    9: "string",
    12: "bytes",
    13: "uint32",
    15: "sfixed32",
    16: "sfixed64",
    17: "sint32",
    18: "sint64",
}
"""The words by their numbers in FieldDescriptorProto.Type."""

TEXTS = {
    "google.protobuf.Timestamp": "date-time",
    "google.protobuf.Duration": "duration",
    "google.protobuf.FieldMask": "field-mask",
}
WRAPPED = {
    "Double": "double",
    "Float": "float",
    "Int64": "int64",
    "UInt64": "uint64",
    "Int32": "int32",
    "UInt32": "uint32",
    "Bool": "bool",
    "String": "string",
    "Bytes": "bytes",
}


def scalar(word: str) -> Type:
    """The type of a word such as `int32`; it stands nowhere, and all that use it share it."""
    kind, format = FORMATS[word]
    return Type(name=word, shape=Shape.SCALAR, scalar=kind, format=format)


def _known() -> Mapping[str, Type]:
    begin = "google.protobuf"
    found = [
        Type(name=name, shape=Shape.SCALAR, scalar="string", format=text) for name, text in TEXTS.items()
    ]
    for name, word in WRAPPED.items():
        kind, format = FORMATS[word]
        found.append(Type(name=f"{begin}.{name}Value", shape=Shape.SCALAR, scalar=kind, format=format))
    found += [
        Type(name=f"{begin}.Any", shape=Shape.ANY),
        Type(name=f"{begin}.Value", shape=Shape.ANY),
        Type(name=f"{begin}.Struct", shape=Shape.MAP, item=f"{begin}.Value"),
        Type(name=f"{begin}.ListValue", shape=Shape.LIST, item=f"{begin}.Value"),
        Type(name=f"{begin}.NullValue", shape=Shape.SCALAR, scalar="null"),
        Type(name=f"{begin}.Empty", shape=Shape.RECORD, binding={"empty": True}),
    ]
    return {type.name: type for type in found}


KNOWN = _known()
"""The well-known types by name."""
