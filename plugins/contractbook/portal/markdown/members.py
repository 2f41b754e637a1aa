"""Fields, parameters and values as lists; each is written once and shown wherever its type is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from contractbook.model import Field, Shape, Type, Value
from contractbook.portal import meaning, words
from contractbook.portal.markdown.pieces import code, line, phrase, prose
from contractbook.portal.rows import Rows, needs

DEEPEST = 24
MOST = 5_000  # lines of a list: types that are used often have pages of their own
VALUES = 40  # values that are named where there is a page with all of them


class Entry(NamedTuple):
    """A line of a list, and the type whose members stand below it."""

    line: str
    inside: str = ""


class Members:
    """What the types of one version of a contract are made of."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.edition = rows.edition
        self.contract = rows.contract
        self._entries: dict[str, tuple[Entry, ...]] = {}

    def of(self, name: str) -> str:
        """The members of a type as a list, or what its values are."""
        inside = self.rows.inside(name)
        if inside:
            return self.listed(self._of_type(inside), (inside,))
        return self.value(self.contract.types[name])

    def listed(self, entries: Iterable[Entry], trail: tuple[str, ...] = ()) -> str:
        """Entries as a list, each with the members of its type below it."""
        lines: list[str] = []
        self._list(entries, trail, lines)
        more = ["- …"] if len(lines) > MOST else []
        return "\n".join([*lines[:MOST], *more])

    def _list(self, entries: Iterable[Entry], trail: tuple[str, ...], lines: list[str]) -> None:
        indent = "  " * max(0, len(trail) - 1)
        for entry in entries:
            if len(lines) > MOST:
                return
            text = f"- {entry.line}"
            lines.append(f"{indent}{text}".replace("\n", f"\n{indent}  ") if "\n" in text else indent + text)
            name = entry.inside
            if name and name not in trail and len(trail) < DEEPEST and not self.edition.has_page(name):
                self._list(self._of_type(name), (*trail, name) if trail else ("", name), lines)

    def _of_type(self, name: str) -> tuple[Entry, ...]:
        if name not in self._entries:
            self._entries[name] = tuple(self._members(self.contract.resolve(name)))
        return self._entries[name]

    def _members(self, type: Type) -> Iterator[Entry]:
        for field in (*type.fields, *type.patterns):
            yield self.field(field, self.edition.label(type, field))
        for index, name in enumerate(type.prefix):
            yield self._nameless(name, f"item {index}")
        if type.item and (type.shape is Shape.RECORD or type.prefix):
            yield self._nameless(
                type.item, "any other name" if type.shape is Shape.RECORD else "any other item"
            )
        named = {
            target: value
            for value, target in (type.discriminator.mapping if type.discriminator else {}).items()
        }
        for part in type.parts:
            label = named.get(part) or words.own_name(self.contract.types[part])
            yield self._nameless(part, f"if {label}" if part in named else "or")
        for said, parts in words.conditions(self.contract, type, self.edition.link):
            yield Entry(phrase(said))
            yield from (self._nameless(part, "these" if len(parts) == 1 else "one") for part in parts)

    def field(self, field: Field, label: str) -> Entry:
        """A field or parameter; `label` is what the history calls it."""
        type = self.contract.types[field.type]
        inside = self.rows.inside(field.type)
        number = [field.key] if field.key.isdigit() else []
        kind = words.kind(self.contract, field.type, self.edition.link)
        needed = needs(field, self.contract.resolve(field.type), type, True)
        head = ", ".join([*number, phrase(kind), *(phrase(each).strip("*") for each in needed)])
        parts = [f"{code(field.name)} ({head})", *self._said(field, type, inside)]
        parts += map(phrase, meaning.history(self.edition, label))
        parts += map(phrase, meaning.lifecycle(field.lifecycle))
        parts += map(phrase, meaning.readers(self.edition, field))
        parts += [f"Arguments: {'; '.join(map(self._argument, field.arguments))}"] if field.arguments else []
        return Entry(_sentences(parts), inside)

    def _argument(self, argument: Field) -> str:
        kind = phrase(words.kind(self.contract, argument.type, self.edition.link))
        said = line(argument.doc)
        return f"{code(argument.name)} ({kind}){f' {said}' if said else ''}"

    def _nameless(self, name: str, label: str) -> Entry:
        type = self.contract.types[name]
        inside = self.rows.inside(name)
        kind = phrase(words.kind(self.contract, name, self.edition.link))
        return Entry(_sentences([f"{label}: {kind}", *self._said(type, type, inside)]), inside)

    def value(self, type: Type) -> str:
        """What a type without members allows."""
        whole = self.contract.resolve(type.name)
        if whole.shape is Shape.ENUM:
            return "\n".join(f"- {self._one_value(whole, value)}" for value in whole.values)
        return " · ".join(map(phrase, words.limits(self.contract, type.name)))

    def _said(self, element: Field | Type, type: Type, inside: str) -> Iterator[str]:
        """The text, the limits and the values."""
        yield from map(prose, meaning.docs(self.edition, element, type, inside))
        if facts := meaning.facts(self.edition, element, type):
            yield phrase(meaning.sentence(facts))
        for enum in meaning.enumerations(self.contract, type, inside):
            yield f"One of: {self._values(enum)}"

    def _values(self, enum: Type) -> str:
        more = len(enum.values) - VALUES
        if more <= 0 or not self.edition.has_page(enum.name):
            return ", ".join(self._one_value(enum, value) for value in enum.values)
        first = ", ".join(self._one_value(enum, value) for value in enum.values[:VALUES])
        return f"{first} and {more} more"

    def _one_value(self, enum: Type, value: Value) -> str:
        history = meaning.history(self.edition, f"{enum.name} > {value.name}")
        life = [phrase(badge) for badge in (*history, *meaning.lifecycle(value.lifecycle))]
        about = ", ".join(filter(None, (line(value.doc or value.title), *life)))
        return f"{code(value.name)}{f' ({about})' if about else ''}"


def _sentences(parts: Iterable[str]) -> str:
    """Parts of a line, each ended by a full stop but the first."""
    first, *rest = parts
    return " ".join(
        [first, *(part if part.endswith((".", "!", "?", ":", "`\n")) else f"{part}." for part in rest)]
    )
