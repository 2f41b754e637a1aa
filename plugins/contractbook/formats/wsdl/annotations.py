"""What is said of an element beside what it is: its documentation, its end, and what programs read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contractbook.formats.lifecycle import Endings
from contractbook.formats.wsdl.names import WSDL1, WSDL2, XS
from contractbook.model import NOTHING
from contractbook.source.xml_text import Element

_PLAIN = frozenset({"name", "type", "ref", "use", "base", "value", "minOccurs", "maxOccurs"})
LONGEST = 400  # parts of an extension that are kept


def said_of(
    endings: Endings, *elements: Element, beside: Mapping[str, Any] = NOTHING, **binding: Any
) -> dict[str, Any]:
    """Text, end and binding of what some elements declare together, as attributes of a model's element.

    `beside` is what documents themselves give names to; what is empty is not kept.
    """
    texts = [text for element in elements if element.content and (text := documentation(element))]
    doc = texts[0] if len(texts) == 1 else "\n\n".join(dict.fromkeys(texts))
    kept: dict[str, Any] = {}
    for element in elements:
        if element.content or not _PLAIN.issuperset(element.attributes):
            kept |= extras(element)
    for said in (beside, binding):
        if said:
            kept |= {key: value for key, value in said.items() if value not in ("", None, {}, [], ())}
    facts: dict[str, Any] = {"binding": kept or NOTHING}
    if doc:
        facts["doc"] = doc
        facts["lifecycle"] = endings.read({}, doc)
    return facts


def documentation(element: Element) -> str:
    """The text about an element, its lines without the indentation of the XML."""
    texts = []
    for each in element:
        if each.name == "annotation" and each.space == XS:
            texts += [
                prose(inner.text) for inner in each if inner.name == "documentation" and inner.space == XS
            ]
        elif each.name == "documentation" and each.space in (WSDL1, WSDL2):
            texts.append(prose(each.text))
    return "\n\n".join(filter(None, texts))


def prose(text: str) -> str:
    """A text without the spaces that indent it."""
    return "\n".join(line.strip() for line in text.strip().splitlines())


def extras(element: Element) -> dict[str, Any]:
    """What is said for programs: appinfo, sources of documentation, and attributes of other vocabularies."""
    kept: dict[str, Any] = {}
    appinfo: list[Any] = []
    sources: list[str] = []
    for each in element:
        if each.name != "annotation" or each.space != XS:
            continue
        for inner in each:
            if inner.name == "appinfo":
                appinfo.append(plain(inner))
            elif inner.name == "documentation":
                sources += filter(None, [inner.get("source")])
    for key, found in (("appinfo", appinfo), ("documentation source", sources)):
        if found:
            kept[key] = found[0] if len(found) == 1 else found
    for key, value in element.attributes.items():
        if key.startswith("{") or key == "id":
            kept[prefixed(element, key)] = value
    return kept


def noted(element: Element) -> dict[str, Any]:
    """What is said of a part of a type that is no element of the model itself, text and all."""
    text = documentation(element)
    return {**extras(element), **({"note": text} if text else {})}


def prefixed(element: Element, key: str) -> str:
    """The name of an attribute of another vocabulary as its author wrote it."""
    space, brace, local = key.removeprefix("{").rpartition("}")
    prefix = next((known for known, uri in element.scope.items() if known and uri == space), "")
    return f"{prefix}:{local}" if brace and prefix else local


def plain(element: Element) -> Any:
    """An element of another vocabulary as a plain value: a text, or its attributes and inner elements."""
    return _plain(element, [LONGEST])


def _plain(element: Element, left: list[int]) -> Any:
    left[0] -= 1
    if left[0] < 0:
        return "…"
    found: dict[str, Any] = {prefixed(element, key): value for key, value in element.attributes.items()}
    for each in element:
        inner = _plain(each, left)
        if each.name in found:
            known = found[each.name]
            found[each.name] = [*known, inner] if isinstance(known, list) else [known, inner]
        else:
            found[each.name] = inner
    text = prose("".join(part for part in element.content if isinstance(part, str)))
    if not found:
        return text
    return {**found, "text": text} if text else found


def foreign(element: Element, *known: str) -> Mapping[str, Any]:
    """The inner elements of vocabularies that are not `known`, by name and prefix, as plain values."""
    found: dict[str, Any] = {}
    for each in element:
        if each.space not in known:
            name, inner = prefixed(each, f"{{{each.space}}}{each.name}"), plain(each)
            if name in found:
                before = found[name]
                inner = [*before, inner] if isinstance(before, list) else [before, inner]
            found[name] = inner
    return found
