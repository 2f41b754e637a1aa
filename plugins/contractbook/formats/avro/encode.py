"""Values in the binary encoding of Avro (Avro 1.12, Binary Encoding)."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from contractbook.model import Contract, Shape, Type

RAW = {"integer int32": "int", "integer int64": "long", "number float": "float", "number double": "double"}
TICKS = {"millis": 1_000, "micros": 1_000_000, "nanos": 1_000_000_000}


def encode(contract: Contract, name: str, value: Any) -> bytes:
    """A value of a type as it is written; raises what keeps it from being one, of whatever class."""
    import fastavro

    writing = _Writing(contract)
    schema = fastavro.parse_schema(writing.schema(name))
    written = io.BytesIO()
    fastavro.schemaless_writer(written, schema, writing.value(name, value))
    return written.getvalue()


class _Writing:
    """The schema and the value of one message, made side by side from the model."""

    def __init__(self, contract: Contract) -> None:
        self.contract = contract
        self.names: dict[str, str] = {}

    def schema(self, name: str, nullable: bool = False) -> Any:
        type = self.contract.resolve(name)
        nullable = nullable or type.nullable or self.contract.types[name].nullable
        found = self._schema(type)
        if not nullable:
            return found
        return ["null", *found] if isinstance(found, list) else ["null", found]

    def _schema(self, type: Type) -> Any:
        match type.shape:
            case Shape.LIST:
                return {"type": "array", "items": self.schema(type.item)}
            case Shape.MAP:
                return {"type": "map", "values": self.schema(type.item)}
            case Shape.UNION:
                return [self.schema(part) for part in type.parts]
            case Shape.RECORD | Shape.ENUM:
                return self._named(type)
        if "size" in type.binding:
            return self._named(type)
        return type.binding.get("type") or RAW.get(f"{type.scalar} {type.format}", type.scalar)

    def _named(self, type: Type) -> Any:
        if type.name in self.names:
            return self.names[type.name]
        name = self.names[type.name] = f"T{len(self.names)}"
        if type.shape is Shape.ENUM:
            return {"type": "enum", "name": name, "symbols": [value.name for value in type.values]}
        if type.shape is not Shape.RECORD:
            return {"type": "fixed", "name": name, "size": type.binding["size"]}
        fields = [{"name": each.name, "type": self.schema(each.type, each.nullable)} for each in type.fields]
        return {"type": "record", "name": name, "fields": fields}

    def value(self, name: str, value: Any) -> Any:
        type = self.contract.resolve(name)
        if value is None:
            return None
        match type.shape:
            case Shape.LIST:
                return [self.value(type.item, each) for each in value]
            case Shape.MAP:
                return {key: self.value(type.item, each) for key, each in value.items()}
            case Shape.RECORD:
                return {
                    each.name: self.value(each.type, value[each.name])
                    if each.name in value
                    else self.value(each.type, each.default if each.filled else None)
                    for each in type.fields
                }
            case Shape.SCALAR:
                return _raw(type, value)
        return value


def _raw(type: Type, value: Any) -> Any:
    """What carries the value of a logical type, or of a type that JSON writes as text."""
    if type.format == "decimal":
        digits = int(Decimal(str(value)).scaleb(type.binding.get("scale") or 0))
        size = type.binding.get("size") or digits.bit_length() // 8 + 1
        return digits.to_bytes(size, "big", signed=True)
    if type.scalar == "integer" and isinstance(value, str):
        return _time(type.format, value)
    if type.scalar == "bytes":
        size = type.binding.get("size")
        return (bytes(size) if size else b"") if not isinstance(value, str) else _sized(value, size)
    return value


def _sized(text: str, size: int | None) -> bytes:
    raw = text.encode("latin-1", "replace")
    return raw if size is None else raw[:size].ljust(size, b"\0")


def _time(format: str, text: str) -> int:
    """A day or a moment as its number of days or ticks since 1970."""
    moment = datetime.fromisoformat(text)
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    if format == "date":
        return int(moment.timestamp()) // 86_400
    return int(moment.timestamp() * TICKS[format.rpartition("-")[2]])
