"""What a contract says of an element, in one line of text: what a comparison puts side by side."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape

import msgspec

from contractbook.model import Contract, Element, Field, Message, Operation, Security, Server, Type
from contractbook.portal import words
from contractbook.portal.marks import day

LONG = 400  # characters of a text that are compared on the page
_TAG = re.compile(r"<[^<>]*>")


def declaration(contract: Contract, element: Element) -> str:
    """An element with all that its contract says of its shape: `status: string · required`."""
    match element:
        case Field():
            facts = (*_of_field(contract, element), *_end(element))
            return f"{element.name}: {' · '.join(filter(None, facts))}"
        case Type():
            facts = (words.kind(contract, element.name, _nowhere), *words.limits(contract, element.name))
            return " · ".join(filter(None, (element.name, *map(_plain, facts), *_end(element))))
        case Operation():
            return " · ".join(filter(None, (element.label, element.title, *_end(element))))
        case Message():
            carried = words.kind(contract, element.payload, _nowhere) if element.payload else ""
            return " · ".join(filter(None, (element.label, _plain(carried), element.content_type)))
        case Server():
            return element.url
        case Security():
            return f"{element.name}: {element.kind} {' '.join(element.scopes)}".strip()
        case Contract():
            return " · ".join(filter(None, (element.title, element.stated_version, *_end(element))))
    return " · ".join((element.label, *_end(element)))


def told(element: Element | None) -> str:
    """The text of an element, as much of it as a comparison shows."""
    doc = " ".join(element.doc.split()) if element else ""
    return doc if len(doc) <= LONG else f"{doc[:LONG]}…"


def _of_field(contract: Contract, field: Field) -> Iterator[str]:
    yield _plain(words.kind(contract, field.type, _nowhere))
    yield from map(_plain, words.limits(contract, field.type))
    yield "required" if field.required else ""
    yield "or null" if field.nullable else ""
    if field.default is not msgspec.UNSET:
        yield f"{json.dumps(field.default, ensure_ascii=False, default=str)} by default"
    yield "read-only" if field.read_only else "write-only" if field.write_only else ""


def _end(element: Element) -> Iterator[str]:
    ending = element.lifecycle
    if ending.deprecated:
        yield f"deprecated until {day(ending.sunset)}" if ending.sunset else "deprecated"


def _nowhere(type: Type) -> str:
    """No type has a page to link to: what is compared is text."""
    return ""


def _plain(html: str) -> str:
    return unescape(_TAG.sub("", html))
