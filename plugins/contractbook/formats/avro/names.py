"""Names of Avro: primitive types, full names, and names without the version in them."""

from __future__ import annotations

import re
from typing import Any

from contractbook.source.versions import split_version

PRIMITIVES = frozenset({"null", "boolean", "int", "long", "float", "double", "bytes", "string"})
NAMED = frozenset({"record", "error", "enum", "fixed"})
is_name = re.compile(r"[A-Za-z_][A-Za-z0-9_]*").fullmatch


def full_name(name: Any, namespace: str, own: Any = None) -> str:
    """The full name of a type (Avro 1.12, Names); `own` is the namespace that it states itself."""
    if not isinstance(name, str):
        return ""
    if "." in name:
        return name.lstrip(".")
    space = own if isinstance(own, str) else namespace
    return f"{space}.{name}" if space else name


def split_name(full: str) -> tuple[str, str]:
    """The namespace of a full name, and the name in it."""
    namespace, _, name = full.rpartition(".")
    return namespace, name


def without_version(full: str) -> tuple[str, str]:
    """A full name without the version in its namespace, and the version."""
    namespace, name = split_name(full)
    parts, versions = [], []
    for part in namespace.split(".") if namespace else ():
        rest, version = split_version(part)
        versions += [version] if version else []
        parts += [rest] if rest else []
    return ".".join([*parts, name]), " ".join(versions)


def is_full_name(full: str) -> bool:
    """Whether every part of a full name is a name."""
    return all(is_name(part) for part in full.split("."))
