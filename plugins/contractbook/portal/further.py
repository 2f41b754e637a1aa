"""What a contract says beyond the common words: its extensions, links to other documentation, XML facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from markupsafe import escape

from contractbook.model import NOTHING
from contractbook.portal import code
from contractbook.portal.marks import code as mono
from contractbook.portal.marks import compact, fold, outside

Words = Mapping[str, str]
"""What people call the keys of a format."""

FEW = 4  # facts that stand in a line
SHORT = 160  # characters of a value that stands in a line
# What has words of its own elsewhere on the page.
SPOKEN = frozenset(
    {
        *("style", "explode", "contentType", "collectionFormat", "in", "allowReserved", "allowEmptyValue"),
        *("externalDocs", "xml", "path", "webhook", "callback", "expression"),
    }
)


def phrases(binding: Mapping[str, Any], words: Words = NOTHING) -> Iterator[str]:
    """What is short enough for a line, as HTML; `words` are what people call the keys."""
    xml = binding.get("xml")
    if isinstance(xml, Mapping):
        yield from _xml(xml)
    for key, value in _rest(binding):
        shown = compact(value)
        if len(shown) <= SHORT:
            yield _phrase(words.get(key, key), value)
    yield from documentation(binding)


def told(binding: Mapping[str, Any], words: Words = NOTHING) -> str:
    """A few short facts in a line, else all in one fold."""
    short = list(phrases(binding, words))
    if len(short) > FEW or any(blocks(binding, words)):
        return block(binding, words=words)
    return f"<p><small>{' · '.join(short)}</small></p>" if short else ""


def _phrase(word: str, value: Any) -> str:
    if isinstance(value, Mapping) and value and all(isinstance(each, str | int) for each in value.values()):
        inner = (_phrase(str(key), each) for key, each in value.items() if each != "")
        return f"{escape(word)}: {', '.join(inner)}"
    if isinstance(value, list) and value and all(isinstance(each, Mapping) for each in value):
        return "; ".join(_phrase(word, each) for each in value)
    if isinstance(value, bool):
        return str(escape(word)) if value else f"{escape(word)}: no"
    if isinstance(value, list | tuple) and all(isinstance(each, str | int) for each in value):
        return f"{escape(word)} {', '.join(mono(compact(each)) for each in value)}"
    return f"{escape(word)} {mono(compact(value))}"


def blocks(binding: Mapping[str, Any], words: Words = NOTHING) -> Iterator[str]:
    """What is too long for a line, each in a fold."""
    for key, value in _rest(binding):
        if len(compact(value)) > SHORT:
            yield fold(str(escape(words.get(key, key))), code.shown(value))


def block(binding: Mapping[str, Any], title: str = "", *known: str, words: Words = NOTHING) -> str:
    """All in one fold; `known` is shown elsewhere."""
    rest = {words.get(key, key): value for key, value in _rest(binding) if key not in known}
    extended = all(key.startswith("x-") for key in rest)
    return fold(title or ("Extensions" if extended else "Further facts"), code.shown(rest)) if rest else ""


def documentation(binding: Mapping[str, Any]) -> Iterator[str]:
    """A link to documentation that stands elsewhere."""
    docs = binding.get("externalDocs")
    if isinstance(docs, Mapping) and docs.get("url"):
        yield outside(str(docs["url"]), str(docs.get("description") or docs["url"]))


def _rest(binding: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    return ((key, value) for key, value in binding.items() if key not in SPOKEN)


def _xml(xml: Mapping[str, Any]) -> Iterator[str]:
    """How the element is written in XML (OpenAPI, "XML Object")."""
    name = f" {mono(str(xml['name']))}" if "name" in xml else ""
    if xml.get("attribute") or xml.get("nodeType") == "attribute":
        yield f"XML attribute{name}"
    elif name:
        yield f"XML name{name}"
    if xml.get("wrapped"):
        yield "in XML wrapped in an element"
    for key, value in xml.items():
        if key not in ("name", "attribute", "wrapped") and not (key == "nodeType" and value == "attribute"):
            yield f"XML {escape(key)} {mono(compact(value))}"
