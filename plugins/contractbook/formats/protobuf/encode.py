"""Values in the wire format of Protocol Buffers, by descriptors that are made from the model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from contractbook.model import Contract, Field, Shape, Type

if TYPE_CHECKING:
    from google.protobuf.descriptor_pb2 import DescriptorProto, FieldDescriptorProto, FileDescriptorProto

KNOWN = {"google.protobuf.Timestamp": "timestamp_pb2", "google.protobuf.Duration": "duration_pb2"}
WORDS = {"string": "string", "bytes": "bytes", "boolean": "bool"}


def encode(contract: Contract, name: str, value: Any) -> bytes:
    """A value of a message as it is written; raises what keeps it from being one, of whatever class."""
    from google.protobuf import descriptor_pool, json_format, message_factory

    writing = _Writing(contract)
    root = writing.message(contract.resolve(name))
    pool = descriptor_pool.DescriptorPool()
    for known in writing.known():
        pool.AddSerializedFile(known)
    pool.Add(writing.file)
    message = message_factory.GetMessageClass(pool.FindMessageTypeByName(root.lstrip(".")))()
    json_format.ParseDict(value, message, ignore_unknown_fields=True)
    return bytes(message.SerializeToString(deterministic=True))


class _Writing:
    """The descriptors of the messages that one is made of."""

    def __init__(self, contract: Contract) -> None:
        from google.protobuf.descriptor_pb2 import FileDescriptorProto

        self.contract = contract
        self.file: FileDescriptorProto = FileDescriptorProto(name="m.proto", package="m", syntax="proto3")
        self.names: dict[str, str] = {}
        self.modules: set[str] = set()

    def known(self) -> list[bytes]:
        """The files of the well-known types that are used."""
        from importlib import import_module

        found = [import_module(f"google.protobuf.{module}").DESCRIPTOR for module in sorted(self.modules)]
        self.file.dependency.extend(each.name for each in found)
        return [each.serialized_pb for each in found]

    def message(self, type: Type) -> str:
        if type.name in self.names:
            return self.names[type.name]
        short = f"T{len(self.names)}"
        full = self.names[type.name] = f".m.{short}"
        made = self.file.message_type.add(name=short)
        for field in type.fields:
            if field.key.isdigit():
                self.field(made, field)
        return full

    def field(self, message: DescriptorProto, field: Field) -> None:
        from google.protobuf.descriptor_pb2 import FieldDescriptorProto as Made

        type = self.contract.resolve(field.type)
        made = message.field.add(name=field.name, number=int(field.key), label=Made.LABEL_OPTIONAL)
        if type.shape is Shape.LIST:
            made.label = Made.LABEL_REPEATED
            type = self.contract.resolve(type.item)
        if type.shape is Shape.MAP:
            made.label = Made.LABEL_REPEATED
            made.type, made.type_name = Made.TYPE_MESSAGE, self.entry(message, field, type)
        else:
            self.kind(made, type)

    def entry(self, message: DescriptorProto, field: Field, type: Type) -> str:
        """The message that each entry of a map is (Protocol Buffers, Language Guide, Maps)."""
        name = "".join(part.title() for part in field.name.split("_")) + "Entry"
        entry = message.nested_type.add(name=name)
        entry.options.map_entry = True
        text = Type(name="", shape=Shape.SCALAR, scalar="string")
        parts = (("key", text), ("value", self.contract.resolve(type.item)))
        for number, (part, held) in enumerate(parts, 1):
            self.kind(entry.field.add(name=part, number=number), held)
        return f".m.{message.name}.{name}"

    def kind(self, made: FieldDescriptorProto, type: Type) -> None:
        from google.protobuf.descriptor_pb2 import FieldDescriptorProto as Made

        if type.name in KNOWN:
            self.modules.add(KNOWN[type.name])
            made.type, made.type_name = Made.TYPE_MESSAGE, f".{type.name}"
        elif type.shape is Shape.RECORD:
            made.type, made.type_name = Made.TYPE_MESSAGE, self.message(type)
        elif type.shape is Shape.ENUM:
            made.type, made.type_name = Made.TYPE_ENUM, self.enum(type)
        else:
            word = WORDS.get(type.scalar) or type.format
            made.type = Made.Type.Value(f"TYPE_{word.upper()}")

    def enum(self, type: Type) -> str:
        if type.name not in self.names:
            short = f"T{len(self.names)}"
            self.names[type.name] = f".m.{short}"
            made = self.file.enum_type.add(name=short)
            made.options.allow_alias = True
            for index, value in enumerate(type.values):
                number = int(value.key) if value.key.lstrip("-").isdigit() else index
                made.value.add(name=value.name, number=number)
        return self.names[type.name]
