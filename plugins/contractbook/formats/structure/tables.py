"""Structures that are declared as data: which keys each object has, of which kind, and which it must have.

A kind is a text:

| kind | is |
|---|---|
| `text`, `flag`, `number`, `whole` | a scalar |
| `any`, `free` | anything; an object with any keys |
| `=one/other` | one of these texts |
| `[kind]`, `{kind}` | a list of, a map to what is of a kind |
| `kind or kind` | either |
| `reference` | an object with `$ref` |
| `name(key)` | the object of that name, if the value has the key |
| anything else | the object that the table has under that name |

A key whose kind ends in `!` must be there; `@2.4` at the end names the version that the key came with.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from functools import lru_cache
from typing import Any, NamedTuple

from contractbook.formats.faults import Faults
from contractbook.formats.structure.causes import Cause
from contractbook.formats.structure.words import WORDS, named
from contractbook.source.document import Document
from contractbook.source.faults import shortened
from contractbook.source.pointers import escaped, parts_of

Keys = Mapping[str, str]
Tables = Mapping[str, Keys]
_alternatives = re.compile(r" or (?![^\[{]*[\]}])").split
OPEN = "*"  # in an object's table: further keys may stand there
LOOSE = "?"  # they may, unless they look like one of the known keys
ALIKE = 0.8  # how much a key must look like another to be taken for a typing error of it


class Kind(NamedTuple):
    """The kind of a key's value, as it is declared."""

    forms: tuple[str, ...]
    required: bool = False
    since: str = ""


@lru_cache(maxsize=4096)
def kind_of(declared: str) -> Kind:
    """A declared kind in its parts."""
    forms, _, since = declared.partition("@")
    return Kind(tuple(_alternatives(forms.removesuffix("!"))), forms.endswith("!"), since)


SCALARS: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "text": (lambda value: isinstance(value, str), "string"),
    "flag": (lambda value: isinstance(value, bool), "boolean"),
    "number": (lambda value: isinstance(value, int | float) and not isinstance(value, bool), "number"),
    "whole": (lambda value: isinstance(value, int) and not isinstance(value, bool), "integer"),
    "null": (lambda value: value is None, "null"),
}


class Checking(NamedTuple):
    """What a document is checked against: tables of objects, and the version that counts."""

    tables: Tables
    version: str
    title: str

    def check(self, kind: str, document: Document, pointer: str, value: Any, faults: Faults) -> None:
        """Report what of a value, which stands at a pointer of a document, is not of its kind."""
        _Walk(self, document, pointer, value, faults).run(kind)


class _Walk:
    """One check under way; it keeps its own stack, so that no depth of a document is too much."""

    def __init__(
        self, against: Checking, document: Document, pointer: str, value: Any, faults: Faults
    ) -> None:
        self.against, self.document, self.faults = against, document, faults
        self.root, self.value = pointer, value
        self.seen: set[int] = set()  # aliases make one value stand in many places

    def run(self, kind: str) -> None:
        todo = [(kind, self.root, self.value)]
        while todo:
            kind, pointer, value = todo.pop()
            found = kind_of(kind)
            form = next((form for form in found.forms if self._fits(form, value)), None)
            if form is None:
                self._tell_kind(found, pointer, value)
            elif isinstance(value, dict | list) and value and id(value) not in self.seen:
                self.seen.add(id(value))
                todo += reversed([*self._inside(form, pointer, value)])

    def _fits(self, form: str, value: Any) -> bool:
        """Whether a value has the outer shape of a form."""
        if form in SCALARS:
            return SCALARS[form][0](value)
        if form == "any":
            return True
        if form.startswith("="):
            return isinstance(value, str)
        if form.startswith("["):
            return isinstance(value, list)
        if form.startswith("{"):
            return isinstance(value, dict)
        if form == "reference":
            return isinstance(value, dict) and "$ref" in value
        _, _, key = form.removesuffix(")").partition("(")
        return isinstance(value, dict) and (not key or key in value)

    def _inside(self, form: str, pointer: str, value: Any) -> Iterator[tuple[str, str, Any]]:
        if form.startswith("["):
            yield from ((form[1:-1], f"{pointer}/{i}", item) for i, item in enumerate(value))
        elif form.startswith("{"):
            members = ((key, item) for key, item in value.items() if not key.startswith("x-"))
            yield from ((form[1:-1], f"{pointer}/{escaped(key)}", item) for key, item in members)
        else:
            keys = self.against.tables.get(form.partition("(")[0])
            if keys and "$ref" not in value:
                yield from self._members(keys, pointer, value)

    def _members(self, keys: Keys, pointer: str, value: Mapping[str, Any]) -> Iterator[tuple[str, str, Any]]:
        for key, declared in keys.items():
            if declared.endswith("!") and key not in value:
                self._tell(Cause((), "required", key), pointer)
        for key, said in value.items():
            declared = keys.get(key, "")
            there = f"{pointer}/{escaped(key)}"
            if not declared:
                if OPEN not in keys and not key.startswith("x-"):
                    self._unknown(key, keys, pointer, there)
                continue
            kind = kind_of(declared)
            if kind.since and _number(self.against.version) < _number(kind.since):
                self._too_new(key, kind.since, there)
            if kind.forms[0].startswith("=") and isinstance(said, str):
                options = kind.forms[0][1:].split("/")
                if said not in options:
                    self._tell(Cause((), "enum", options), there, said)
            yield declared, there, said

    # -- what is told

    def _where(self, pointer: str) -> str:
        return named(self.value, parts_of(pointer.removeprefix(self.root)))

    def _tell(self, cause: Cause, pointer: str, found: Any = None) -> None:
        message, advice = WORDS[cause.keyword](cause, self._where(pointer), found)
        self.faults.invalid(message, self.document, pointer, advice)

    def _tell_kind(self, kind: Kind, pointer: str, value: Any) -> None:
        if "reference" in kind.forms and isinstance(value, dict):
            self.faults.invalid(
                f"`{self._where(pointer)}` is an object, and must be a reference",
                self.document,
                pointer,
                "Declare the object in its own place and refer to it by `$ref`.",
            )
            return
        demands = [SCALARS[form][1] if form in SCALARS else _shape(form) for form in kind.forms]
        self._tell(Cause((), "type", demands), pointer, value)

    def _unknown(self, key: str, keys: Keys, pointer: str, there: str) -> None:
        where = self._where(pointer)
        near = get_close_matches(key, keys, n=1, cutoff=ALIKE if LOOSE in keys else 0.6)
        if LOOSE in keys and not near:
            return
        self.faults.invalid(
            f"`{shortened(key)}` has no meaning in `{where}`"
            if where
            else f"`{shortened(key)}` has no meaning here",
            self.document,
            there,
            f"Did you mean `{near[0]}`?" if near else "Remove it, or begin its name with `x-`.",
        )

    def _too_new(self, key: str, since: str, there: str) -> None:
        self.faults.invalid(
            f"`{key}` came with {self.against.title} {since}, and this document is {self.against.version}",
            self.document,
            there,
            f"Say that the document is {since}, or leave `{key}` out.",
            cause=f"{key} since {since}",
        )


def _shape(form: str) -> str:
    if form.startswith("="):
        return "string"
    return "array" if form.startswith("[") else "object"


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".")[:2] if part.isdigit())
