"""Messages, their fields, and enumerations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import UNSET

from contractbook.formats.protobuf import features
from contractbook.formats.protobuf.constraints import FORERUNNER, PROTOVALIDATE, Constraints, constraints
from contractbook.formats.protobuf.features import Features
from contractbook.formats.protobuf.known import NUMBERS, scalar
from contractbook.formats.protobuf.options import plain
from contractbook.formats.protobuf.reading import Declared, Reading, neutral
from contractbook.formats.protobuf.spots import Path
from contractbook.formats.protobuf.wire import camel
from contractbook.model import NOTHING, Field, Shape, Type, Value

REPEATED, REQUIRED = 3, 2
GROUP, MESSAGE, ENUM, STRING, BYTES = 10, 11, 14, 9, 12
UNPACKED = frozenset({STRING, BYTES, MESSAGE, GROUP})
MAX = 536870912  # one more than the largest number of a field
TELLING = frozenset({"deprecated", "features", "map_entry"})
BEHAVIOR, INFO = "google.api.field_behavior", "google.api.field_info"
BEHAVIORS = frozenset({"REQUIRED", "OPTIONAL", "OUTPUT_ONLY", "INPUT_ONLY"})  # what the model has words for
CONSTRAINTS = (PROTOVALIDATE, FORERUNNER)
TOLD = TELLING | {BEHAVIOR, *CONSTRAINTS}


def read_types(reading: Reading, element: Declared) -> None:
    """Read a message with all that is declared in it, or an enumeration."""
    name = reading.name(element.full)
    reading.types.pop(name, None)  # it stands where it is declared, not where it is first used
    if element.descriptor.DESCRIPTOR.name == "EnumDescriptorProto":
        reading.types[name] = enumeration(reading, element, name)
        return
    reading.types[name] = Type(name=name, shape=Shape.RECORD)
    reading.types[name] = record(reading, element, name)
    if not element.borrowed:
        _nested(reading, element)


def _nested(reading: Reading, element: Declared) -> None:
    inside = features.within(element.features, plain(element.descriptor))
    for number, enum in enumerate(element.descriptor.enum_type):
        path, full = (*element.path, 4, number), f"{element.full}.{enum.name}"
        read_types(reading, element._replace(path=path, full=full, descriptor=enum, features=inside))
    for number, message in enumerate(element.descriptor.nested_type):
        if not message.options.map_entry:
            path, full = (*element.path, 3, number), f"{element.full}.{message.name}"
            read_types(reading, element._replace(path=path, full=full, descriptor=message, features=inside))


def record(reading: Reading, element: Declared, name: str) -> Type:
    """A message as a type."""
    message = element.descriptor
    options = plain(message)
    inside = element._replace(features=features.within(element.features, options))
    doc, lifecycle = reading.said(element, element.path, options)
    return Type(
        name=name,
        key=neutral(element.full) if element.borrowed else "",
        at=reading.at(element, element.full, element.path),
        doc=doc,
        shape=Shape.RECORD,
        lifecycle=lifecycle,
        borrowed=element.borrowed,
        fields=tuple(fields(reading, inside)),
        binding=_binding(message, options, inside),
    )


def _binding(message: Any, options: Mapping[str, Any], element: Declared) -> Mapping[str, Any]:
    kept: dict[str, Any] = _rest(options, TELLING)
    if message.reserved_range or message.reserved_name:
        kept["reserved"] = [*_ranges(message.reserved_range), *message.reserved_name]
    if message.extension_range:
        kept["extensions"] = [*_ranges(message.extension_range)]
    if choices := dict(_oneofs(message, element)):
        kept["oneofs"] = choices
    kept |= _json_format(element.features, options)
    if not message.field:
        kept["empty"] = True
    return kept or NOTHING


def _json_format(holds: Features, options: Mapping[str, Any]) -> Mapping[str, str]:
    """How JSON is written where an element says so itself."""
    said = options.get("features")
    return (
        {"json_format": holds["json_format"]} if isinstance(said, Mapping) and "json_format" in said else {}
    )


def _rest(options: Mapping[str, Any], read: frozenset[str]) -> dict[str, Any]:
    return {key: value for key, value in options.items() if key not in read}


def _ranges(ranges: Any, beyond: int = 1) -> Iterator[str]:
    """Numbers as they are written: `2`, `5 to 9`, `100 to max`; the end of a message's range is not in it."""
    for each in ranges:
        last = each.end - beyond
        if each.start == last:
            yield str(each.start)
        else:
            yield f"{each.start} to {'max' if each.end in (MAX, 2147483647) else last}"


def _oneofs(message: Any, element: Declared) -> Iterator[tuple[str, Any]]:
    """The choices of a message: what is written about them, and which fields they are between."""
    members: dict[int, list[str]] = {}
    for field in message.field:
        if field.HasField("oneof_index") and not field.proto3_optional:
            members.setdefault(field.oneof_index, []).append(field.name)
    for number, oneof in enumerate(message.oneof_decl):
        if number in members:
            said = {"fields": members[number], **plain(oneof)}
            if doc := element.part.spots.doc((*element.path, 8, number)):
                said["description"] = doc
            yield oneof.name, said


def fields(reading: Reading, element: Declared) -> Iterator[Field]:
    """The fields of a message."""
    message = element.descriptor
    entries = {each.name: each for each in message.nested_type if each.options.map_entry}
    for number, field in enumerate(message.field):
        entry = entries.get(field.type_name.rpartition(".")[2]) if entries and field.type_name else None
        oneof = ""
        if field.HasField("oneof_index") and not field.proto3_optional:
            oneof = message.oneof_decl[field.oneof_index].name
        full = f"{element.full}.{field.name}"
        yield one_field(reading, element, field, (*element.path, 2, number), full, oneof=oneof, entry=entry)


def one_field(
    reading: Reading, element: Declared, field: Any, path: Path, full: str, oneof: str = "", entry: Any = None
) -> Field:
    """A field, wherever it is declared; `entry` describes the keys and values of a map."""
    options = plain(field)
    holds = features.within(element.features, options)
    limits = constraints(options)
    behavior = _behavior(options)
    required = field.label == REQUIRED or holds["field_presence"] == "LEGACY_REQUIRED"
    doc, lifecycle = reading.said(element, path, options)
    return Field(
        name=field.name,
        key=str(field.number),
        at=reading.at(element, full, path),
        doc=doc,
        lifecycle=lifecycle,
        type=_type(reading, element, field, options, limits, entry),
        required=required or limits.required or "REQUIRED" in behavior,
        default=_default(field),
        read_only="OUTPUT_ONLY" in behavior,
        write_only="INPUT_ONLY" in behavior,
        implicit=_implicit(field, holds, oneof),
        binding=_told(field, options, holds, oneof, required),
    )


def _behavior(options: Mapping[str, Any]) -> list[Any]:
    """What google.api.field_behavior says of a field."""
    said = options.get(BEHAVIOR, [])
    return said if isinstance(said, list) else [said]


def _implicit(field: Any, holds: Features, oneof: str) -> bool:
    """Whether a reader cannot tell the absence of a value from its default."""
    if field.label == REPEATED or field.type in (MESSAGE, GROUP) or oneof or field.proto3_optional:
        return False
    return holds["field_presence"] == "IMPLICIT"


def _default(field: Any) -> Any:
    if not field.HasField("default_value"):
        return UNSET
    word = field.default_value
    kind = NUMBERS.get(field.type, "")
    if kind == "bool":
        return word == "true"
    if kind in ("double", "float"):
        return _number(word, float)
    return word if kind in ("string", "bytes", "") else _number(word, int)


def _number(word: str, kind: type[float] | type[int]) -> Any:
    try:
        found = kind(word)
    except (ValueError, OverflowError):
        return word
    return word if found != found or found in (float("inf"), float("-inf")) else found


def _told(
    field: Any, options: Mapping[str, Any], holds: Features, oneof: str, required: bool
) -> Mapping[str, Any]:
    kept = {"number": field.number, **_rest(options, TOLD)}
    if further := [each for each in _behavior(options) if each not in BEHAVIORS]:
        kept["behavior"] = further
    if not constraints(options).whole:
        kept |= {key: options[key] for key in CONSTRAINTS if key in options}
    if required:
        kept["label"] = "required"
    if oneof:
        kept["oneof"] = oneof
    if field.json_name and field.json_name != camel(field.name):
        kept["json_name"] = field.json_name
    if field.type == GROUP or (field.type == MESSAGE and holds["message_encoding"] == "DELIMITED"):
        kept["encoding"] = "group"
    if field.label == REPEATED and field.HasField("type") and field.type not in UNPACKED:
        kept["packed"] = options.get("packed", holds["repeated_field_encoding"] == "PACKED")
    if field.type == STRING and holds["utf8_validation"] == "NONE":
        kept["utf8"] = "unchecked"
    return kept


def _type(
    reading: Reading,
    element: Declared,
    field: Any,
    options: Mapping[str, Any],
    limits: Constraints,
    entry: Any,
) -> str:
    """The name of a field's type."""
    if entry is not None:
        kinds = {each.name: each for each in entry.field}
        item = _single(reading, element, kinds["value"], limits.items)
        key = NUMBERS.get(kinds["key"].type, "string")
        return _around(reading, f"map<{key}, {item}>", Shape.MAP, item, limits, {"key": key})
    if field.label == REPEATED:
        item = _single(reading, element, field, limits.items)
        return _around(reading, f"{item}[]", Shape.LIST, item, limits, NOTHING)
    told = options.get(INFO)
    format = told.get("format", "") if isinstance(told, Mapping) else ""
    if isinstance(format, str) and format:
        limits = limits._replace(format=limits.format or format.lower().replace("uuid4", "uuid"))
    return _single(reading, element, field, limits)


def _around(
    reading: Reading, name: str, shape: Shape, item: str, limits: Constraints, binding: Mapping[str, Any]
) -> str:
    name += _spelled(limits)
    return reading.add(Type(name=name, shape=shape, item=item, limits=limits.limits, binding=binding))


def _single(reading: Reading, element: Declared, field: Any, limits: Constraints | None) -> str:
    word = NUMBERS.get(field.type) if field.HasField("type") else None
    if word is None:
        return reading.use(field.type_name, element.part) if field.type_name else reading.add(scalar("bytes"))
    plain_type = scalar(word)
    if limits is None or not (limits.limits or limits.format):
        return reading.add(plain_type)
    from msgspec.structs import replace

    format = limits.format or plain_type.format
    return reading.add(replace(plain_type, name=word + _spelled(limits), format=format, limits=limits.limits))


def _spelled(limits: Constraints) -> str:
    said = [f"{key} {value}" for key, value in sorted(limits.limits.items())]
    said += [limits.format] if limits.format else []
    return f" ({', '.join(said)})" if said else ""


def enumeration(reading: Reading, element: Declared, name: str) -> Type:
    """An enumeration; of several names for one number the first is the key."""
    enum = element.descriptor
    options = plain(enum)
    holds = features.within(element.features, options)
    doc, lifecycle = reading.said(element, element.path, options)
    kept = _rest(options, TELLING)
    if enum.reserved_range or enum.reserved_name:
        kept["reserved"] = [*_ranges(enum.reserved_range, 0), *enum.reserved_name]
    kept |= _json_format(holds, options)
    return Type(
        name=name,
        key=neutral(element.full) if element.borrowed else "",
        at=reading.at(element, element.full, element.path),
        doc=doc,
        shape=Shape.ENUM,
        scalar="string",
        open=holds["enum_type"] != "CLOSED",
        lifecycle=lifecycle,
        borrowed=element.borrowed,
        values=tuple(_values(reading, element)),
        binding=kept or NOTHING,
    )


def _values(reading: Reading, element: Declared) -> Iterator[Value]:
    seen: set[int] = set()
    for index, value in enumerate(element.descriptor.value):
        path = (*element.path, 2, index)
        options = plain(value)
        doc, lifecycle = reading.said(element, path, options)
        again = value.number in seen
        seen.add(value.number)
        yield Value(
            name=value.name,
            key=f"{value.number} {value.name}" if again else str(value.number),
            at=reading.at(element, f"{element.full}.{value.name}", path),
            doc=doc,
            lifecycle=lifecycle,
            binding={"number": value.number, **_rest(options, TELLING)},
        )
