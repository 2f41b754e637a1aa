"""Values as XML documents, as the declarations of a schema have them."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from contractbook.model import Contract, Role, Shape

DEPTH = 60


def encode(contract: Contract, name: str, value: Any) -> bytes:
    """A value of a type as an element that is called after it."""
    root = Element(contract.resolve(name).name.rpartition(" > ")[2])
    _fill(contract, root, name, value, 0)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def _fill(contract: Contract, element: Element, name: str, value: Any, depth: int) -> None:
    type = contract.resolve(name)
    if type.shape is not Shape.RECORD or not isinstance(value, dict) or depth > DEPTH:
        element.text = _text(value)
        return
    for field in type.fields:
        if field.name not in value:
            continue
        inner = value[field.name]
        held = contract.resolve(field.type)
        if field.role is Role.ATTRIBUTE or field.name.startswith("@"):
            element.set(field.name.lstrip("@"), _text(inner))
        elif held.shape is Shape.LIST and isinstance(inner, list):
            for each in inner:
                _fill(contract, SubElement(element, field.name), held.item, each, depth + 1)
        else:
            _fill(contract, SubElement(element, field.name), field.type, inner, depth + 1)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
