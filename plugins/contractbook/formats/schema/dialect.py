"""The dialects of JSON Schema as values: which keywords each knows, and the little in which they differ."""

from __future__ import annotations

from typing import NamedTuple


class Dialect(NamedTuple):
    """One way to write schemas.

    `siblings` says whether keywords beside `$ref` count; where they do not, only those in `beside` are
    taken, because they speak of the place and not of the target.
    """

    name: str
    keywords: frozenset[str]
    siblings: bool = True
    beside: frozenset[str] = frozenset()


# What every dialect has had since draft 4 (section numbers: draft-fge-json-schema-validation-00).
DRAFT_04_KEYWORDS = frozenset(
    {
        *("title", "description", "default", "type", "format", "enum"),
        *("multipleOf", "maximum", "minimum", "exclusiveMaximum", "exclusiveMinimum"),
        *("maxLength", "minLength", "pattern", "maxItems", "minItems", "uniqueItems"),
        *("maxProperties", "minProperties", "properties", "required", "patternProperties"),
        *("additionalProperties", "items", "additionalItems", "dependencies"),
        *("allOf", "oneOf", "anyOf", "not", "$ref", "definitions"),
    }
)
DRAFT_06_KEYWORDS = DRAFT_04_KEYWORDS | {"const", "contains", "propertyNames", "examples"}
DRAFT_07_KEYWORDS = DRAFT_06_KEYWORDS | {"if", "then", "else", "readOnly", "writeOnly"}
DRAFT_2019_KEYWORDS = DRAFT_07_KEYWORDS | {
    "deprecated",
    "dependentRequired",
    "dependentSchemas",
    "unevaluatedProperties",
    "unevaluatedItems",
    "minContains",
    "maxContains",
    "contentSchema",
    "$recursiveRef",
    "$defs",
}
DRAFT_2020_KEYWORDS = (DRAFT_2019_KEYWORDS - {"$recursiveRef", "additionalItems"}) | {
    "prefixItems",
    "$dynamicRef",
}
CUSTOM = frozenset({"x-nullable", "x-extensible-enum"})  # keys that many teams share
BESIDE = frozenset({"title", "description", "default", "example", "examples", "readOnly", "writeOnly"})

DRAFT_04 = Dialect("draft-04", DRAFT_04_KEYWORDS | CUSTOM, siblings=False, beside=BESIDE)
DRAFT_06 = Dialect("draft-06", DRAFT_06_KEYWORDS | CUSTOM, siblings=False, beside=BESIDE)
DRAFT_07 = Dialect("draft-07", DRAFT_07_KEYWORDS | CUSTOM, siblings=False, beside=BESIDE)
DRAFT_2019_09 = Dialect("2019-09", DRAFT_2019_KEYWORDS | CUSTOM)
DRAFT_2020_12 = Dialect("2020-12", DRAFT_2020_KEYWORDS | CUSTOM)

# By the address that a schema names in `$schema`, without a fragment.
DIALECTS = {
    "http://json-schema.org/draft-04/schema": DRAFT_04,
    "http://json-schema.org/draft-06/schema": DRAFT_06,
    "http://json-schema.org/draft-07/schema": DRAFT_07,
    "https://json-schema.org/draft/2019-09/schema": DRAFT_2019_09,
    "https://json-schema.org/draft/2020-12/schema": DRAFT_2020_12,
}
