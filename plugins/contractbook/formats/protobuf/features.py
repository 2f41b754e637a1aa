"""How fields and enumerations behave: by the syntax of a file, in editions by inherited features."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

PROTO2 = {
    "field_presence": "EXPLICIT",
    "enum_type": "CLOSED",
    "repeated_field_encoding": "EXPANDED",
    "utf8_validation": "NONE",
    "message_encoding": "LENGTH_PREFIXED",
    "json_format": "LEGACY_BEST_EFFORT",
}
PROTO3 = {
    "field_presence": "IMPLICIT",
    "enum_type": "OPEN",
    "repeated_field_encoding": "PACKED",
    "utf8_validation": "VERIFY",
    "message_encoding": "LENGTH_PREFIXED",
    "json_format": "ALLOW",
}
EDITION = {**PROTO3, "field_presence": "EXPLICIT"}
"""What holds from edition 2023 on (protobuf editions: feature settings)."""

Features = Mapping[str, str]


def of_file(file: Any, options: Mapping[str, Any]) -> Features:
    """What holds in a file where nothing else is said."""
    if file.syntax == "editions":
        return within(EDITION, options)
    return PROTO3 if file.syntax == "proto3" else PROTO2


def within(outer: Features, options: Mapping[str, Any]) -> Features:
    """What holds in an element with these options."""
    said = options.get("features")
    if not isinstance(said, Mapping):
        return outer
    return {**outer, **{key: value for key, value in said.items() if isinstance(value, str)}}


def edition(file: Any) -> str:
    """The syntax or edition of a file as people call it."""
    if file.syntax == "editions":
        from google.protobuf.descriptor_pb2 import Edition

        known = Edition.DESCRIPTOR.values_by_number.get(file.edition)
        return known.name.removeprefix("EDITION_").lower() if known else str(file.edition)
    return file.syntax or "proto2"
