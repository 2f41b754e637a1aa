"""What only schemas that stand for themselves can lack: a dialect, an address, words that mean something."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from contractbook.declare import Fact, Preset, rule
from contractbook.finding import Guideline, Level
from contractbook.formats.schema.dialect import DIALECTS
from contractbook.model import Contract, Element
from contractbook.place import Place

KNOWN = frozenset(
    {
        *("$schema", "$id", "id", "$anchor", "$dynamicAnchor", "$recursiveAnchor", "$comment", "$vocabulary"),
        *("contentEncoding", "contentMediaType", "self", "links", "enum", "reference", "unresolved"),
    }
)


def _at_root(contract: Contract) -> dict[str, object]:
    return dict(contract.types[contract.roots[0]].binding) if contract.roots else {}


@rule(Guideline.EXPLICIT, Level.WARNING)
def json_schema_dialect_missing(contract: Contract) -> Iterator[str]:
    """A schema does not name its dialect.

    Validators apply the rules of whichever draft they know best, and so disagree on what is valid.

    Write `$schema` with the address of the draft as the first key.

    ```jsonschema bad
    $id: https://schemas.shop-of-anna.se/parcel
    type: object
    properties: {id: {type: string}}
    ```
    ```jsonschema good
    $schema: https://json-schema.org/draft/2020-12/schema
    $id: https://schemas.shop-of-anna.se/parcel
    type: object
    properties: {id: {type: string}}
    ```
    """
    if contract.roots and "$schema" not in _at_root(contract):
        yield "the schema does not say which draft it is written in"


@rule(Guideline.EXPLICIT, Level.NOTE, preset=Preset.STRICT)
def json_schema_id_missing(contract: Contract) -> Iterator[str]:
    """A schema has no address of its own.

    Others can only refer to the place where a copy of it happens to lie, and cannot tell its versions apart.

    Give it an `$id` that holds its version, and keep it.

    ```jsonschema bad
    $schema: https://json-schema.org/draft/2020-12/schema
    type: object
    properties: {id: {type: string}}
    ```
    ```jsonschema good
    $schema: https://json-schema.org/draft/2020-12/schema
    $id: https://schemas.shop-of-anna.se/v1/parcel
    type: object
    properties: {id: {type: string}}
    ```
    """
    if contract.roots and _at_root(contract).keys().isdisjoint(("$id", "id", "self")):
        yield "the schema has no `$id`"


@rule(Guideline.EXPLICIT, Level.WARNING)
def json_schema_unknown_keyword(contract: Contract, *, at: Place) -> Iterator[Fact]:
    """A keyword is unknown to the dialect, and nearly one that is known.

    Validators ignore it without a word, so the limit that its author meant does not hold.

    Correct the spelling, or begin the name of an extension with `x-`.

    ```jsonschema bad
    type: object
    properties: {name: {type: string, maxLenght: 40}}
    ```
    ```jsonschema good
    type: object
    properties: {name: {type: string, maxLength: 40}}
    ```
    """
    dialect = next((each for each in DIALECTS.values() if each.name == contract.spec_version), None)
    if dialect is None:
        return
    told, known = set[str](), KNOWN | dialect.keywords
    for element in _elements(contract):
        for key in element.binding:
            if key not in known and key not in told and not key.startswith("x-"):
                near = get_close_matches(key, sorted(dialect.keywords), n=1, cutoff=0.85)
                if near:
                    told.add(key)
                    yield Fact(f"`{key}` means nothing; did you mean `{near[0]}`?", about=element)


def _elements(contract: Contract) -> Iterator[Element]:
    for type in contract.types.values():
        yield from (type, *type.fields, *type.patterns)
