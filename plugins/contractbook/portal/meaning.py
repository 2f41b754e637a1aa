"""What an element means: its text, its values and limits, its examples, and what is said of its life."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from markupsafe import escape

from contractbook.finding import Finding
from contractbook.model import Contract, Element, Field, Lifecycle, Shape, Type, Value
from contractbook.portal import code, further, text, words
from contractbook.portal.addresses import anchor
from contractbook.portal.edition import Edition
from contractbook.portal.marks import LEVELS, badge, day, fold, said
from contractbook.portal.marks import code as mono

OWN = "\x00"  # stands for the id of a row in its HTML
IN_ROW = 24  # values of an enumeration that a row shows; more stand elsewhere
CHOICE = "oneof"  # what tells that of several fields only one is set
EMPTY = '""'  # how an empty text is shown


def lines(
    edition: Edition, element: Element, type: Type, inside: str, *, with_text: bool = True
) -> list[str]:
    """What stands in a row: the text, the values, then limits and short examples in one line."""
    found = [text.split(doc)[0] for doc in docs(edition, element, type, inside)[:1] if with_text]
    always = []
    for enum in enumerations(edition.contract, type, inside):
        if len(enum.values) == 1:
            always.append(_always(enum.values[0]))
        elif len(enum.values) <= IN_ROW:
            found.append(values(edition, enum, enum.values, OWN))
    told = [*always, *facts(edition, element, type)]
    if told:
        found.append(f"<small>{sentence(told)}</small>")
    return found


def many_values(edition: Edition, type: Type, inside: str) -> tuple[str, ...]:
    """The enumerations of a type that are too long for a row."""
    found = enumerations(edition.contract, type, inside)
    return tuple(enum.name for enum in found if len(enum.values) > IN_ROW)


def rest(edition: Edition, element: Element, type: Type, inside: str, *, with_text: bool = True) -> str:
    """What is too long for a line: further texts, long examples and extensions."""
    said = docs(edition, element, type, inside) if with_text else []
    parts = [text.split(doc)[1] for doc in said[:1]]
    parts += map(text.blocks, said[1:])
    examples = (example for example in _examples(edition, element, type) if example is not None)
    parts += (fold("Example", code.shown(each)) for each in examples if not words.is_short(each))
    parts += further.blocks(element.binding, edition.words)
    return "".join(parts)


def arguments(edition: Edition, field: Field) -> str:
    """What a field is asked for with: a line for each argument."""
    lines = "".join(_argument(edition, each) for each in field.arguments)
    return f'<span class="cb-vals">{lines}</span>'


def _argument(edition: Edition, argument: Field) -> str:
    place = f"{OWN}({escape(anchor(argument.name))})"
    facts = [words.kind(edition.contract, argument.type, edition.link)]
    facts += ["<b>required</b>"] if argument.required else []
    facts += words.values_in_words(argument, edition.contract.resolve(argument.type))
    said = " ".join(
        (text.inline(argument.doc) or str(escape(text.plain(argument.doc))), *lifecycle(argument.lifecycle))
    )
    named = f'<a id="{place}" href="#{place}">{mono(argument.name)}</a>'
    return f"<span>{named} <small>{' · '.join(facts)}</small> {said}</span>"


def docs(edition: Edition, element: Element, type: Type, inside: str) -> list[str]:
    """The texts of an element, and of its type and items as far as these have no page to show them."""
    shown = edition.contract.resolve(type.name)
    found = [element.doc or element.title or type.doc or shown.doc or type.title]
    seen: set[str] = set()
    while type.name not in seen and not edition.link(type):
        seen.add(type.name)
        found.append(type.doc or type.title)
        if type.name == inside or type.shape not in (Shape.ALIAS, Shape.LIST, Shape.MAP):
            break
        type = edition.contract.types[type.parts[0] if type.shape is Shape.ALIAS else type.item]
    return list(dict.fromkeys(filter(None, found)))


def facts(edition: Edition, element: Element, type: Type) -> list[str]:
    """Limits, default and short examples of an element, as phrases of HTML."""
    found = words.limits(edition.contract, type.name)
    if isinstance(element, Field):
        found += words.written(element)
        found += words.values_in_words(element, edition.contract.resolve(type.name))
    found += further.phrases(_unsaid(element), edition.words)
    return found


def _unsaid(element: Element) -> Mapping[str, Any]:
    """The binding without what its row says in other ways: its number, the choice that it stands under."""
    if not element.key.isdigit():
        return element.binding
    return {key: said for key, said in element.binding.items() if str(said) != element.key and key != CHOICE}


def _examples(edition: Edition, element: Element, type: Type) -> Iterator[object]:
    """The element's own examples, else those of a type that has no page to show them."""
    found = element.examples or (() if edition.link(type) else type.examples)
    yield from (example.value for example in found)


def sentence(facts: Sequence[str]) -> str:
    """Phrases as one line that begins with a capital."""
    whole = " · ".join(facts)
    return whole[0].upper() + whole[1:] if whole[0].isalpha() and not _is_name(whole) else whole


def _is_name(whole: str) -> bool:
    """Whether a line begins with a name, which is written as it is."""
    first = whole.partition(" ")[0]
    return first.startswith("x-") or "." in first


# -- enumerations


def enumerations(contract: Contract, type: Type, inside: str, deep: int = 0) -> Iterator[Type]:
    """The enumerations of a type, its items and variants, but for those that are unfolded below."""
    found = contract.resolve(type.name)
    if found.shape is Shape.ENUM:
        yield found
    elif deep < words.DEEP and found.name != inside:
        item = [found.item] if found.shape in (Shape.LIST, Shape.MAP) and found.item else []
        for name in (*item, *(found.parts if found.shape is Shape.UNION else ())):
            yield from enumerations(contract, contract.types[name], inside, deep + 1)


def values(edition: Edition, enum: Type, every: Iterable[Value], id: str) -> str:
    """Values: a line for each where something is said of some, else one after the other."""
    lines = [(value, _said(edition, enum, value)) for value in every]
    if any(said for _, said in lines):
        return f'<span class="cb-vals">{"".join(_line(value, said, id) for value, said in lines)}</span>'
    return f'<span class="cb-list">{" ".join(_value(value, id) for value, _ in lines)}</span>'


def _said(edition: Edition, enum: Type, value: Value) -> str:
    """The text of a value, and what is said of its life."""
    parts = [
        text.inline(value.doc or value.title) or str(escape(text.plain(value.doc))),
        *history(edition, f"{enum.name} > {value.name}"),
        *lifecycle(value.lifecycle),
        *readers(edition, value),
        *map(note, edition.notes(value)),
    ]
    return " ".join(filter(None, parts))


def _value(value: Value, id: str) -> str:
    place = f"{id}={escape(anchor(value.name))}"
    return f'<a id="{place}" href="#{place}">{mono(value.name or EMPTY)}</a>'


def _always(value: Value) -> str:
    about = f", {text.inline(value.doc or value.title)}" if value.doc or value.title else ""
    return f'<span id="{OWN}={escape(anchor(value.name))}">always {mono(value.name or EMPTY)}{about}</span>'


def _line(value: Value, said: str, id: str) -> str:
    return f"<span>{_value(value, id)} {said}</span>"


# -- life and findings


def badges(edition: Edition, field: Field, label: str) -> list[str]:
    """What is said of a field's life, and where it comes from."""
    found = [*history(edition, label), *lifecycle(field.lifecycle), *readers(edition, field)]
    if field.origin:
        found.append(f'<small class="cb-origin">from {escape(field.origin)}</small>')
    return [f'<span class="cb-badges">{" ".join(found)}</span>'] if found else []


def life(edition: Edition, element: Element, label: str) -> str:
    """A line of what is said of an element's life; nothing where nothing is said."""
    found = " ".join((*history(edition, label), *lifecycle(element.lifecycle)))
    return f'<p class="cb-badges">{found}</p>' if found else ""


def readers(edition: Edition, element: Element) -> Iterator[str]:
    """Which registered consumers name an element."""
    names = dict.fromkeys(user.name for user in edition.readers(element))
    if names:
        yield f'<small class="cb-readers">used by {escape(", ".join(names))}</small>'


def history(edition: Edition, label: str) -> Iterator[str]:
    """Since when an element is there, when it changed last, and which version no longer has it."""
    since, changed, removed = edition.since(label), edition.changed(label), edition.removed(label)
    if since:
        yield badge(f"since {since}")
    if changed:
        yield badge(f"changed in {changed}", "blue")
    if removed:
        yield badge(f"removed in {removed}", "red")


def lifecycle(ending: Lifecycle) -> Iterator[str]:
    """What the contract itself says of the life of an element."""
    if ending.introduced:
        yield badge(f"since {ending.introduced}")
    if ending.deprecated:
        yield badge("deprecated", "amber")
    if ending.sunset or ending.unreadable:
        yield badge(f"works until {day(ending.sunset) or ending.unreadable}", "amber")
    if ending.replacement:
        yield f"<small>use {mono(ending.replacement)}</small>"
    if ending.reason:
        yield f"<small>{text.inline(ending.reason) or escape(text.plain(ending.reason))}</small>"


def note(finding: Finding) -> str:
    """A finding beside the element that it is about."""
    return (
        f'<span class="cb-note cb-{LEVELS[finding.level]}"><b>{finding.level}</b> '
        f"{said(finding.message)} <small>{escape(finding.rule)}</small></span>"
    )
