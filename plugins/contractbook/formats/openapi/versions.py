"""The versions of OpenAPI as values: what each calls things, and the dialect of its schemas."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from contractbook.formats.schema.dialect import DRAFT_04_KEYWORDS, DRAFT_2020_12, Dialect

# OpenAPI 3.0.4, 4.7.24: a subset of draft 5 with words of its own.
SWAGGER_20 = Dialect(
    "swagger-2.0",
    (DRAFT_04_KEYWORDS - {"oneOf", "anyOf", "not", "patternProperties", "additionalItems", "dependencies"})
    | {"discriminator", "example", "readOnly", "x-nullable", "x-extensible-enum"},
    siblings=False,
    beside=frozenset({"title", "description", "default", "example", "readOnly"}),
)
OPENAPI_30 = Dialect(
    "openapi-3.0",
    (DRAFT_04_KEYWORDS - {"patternProperties", "additionalItems", "dependencies", "definitions"})
    | {"nullable", "discriminator", "example", "readOnly", "writeOnly", "x-nullable", "x-extensible-enum"},
    siblings=False,
    beside=frozenset({"title", "description", "default", "example", "readOnly", "writeOnly"}),
)
OPENAPI_31 = Dialect(
    "openapi-3.1",
    DRAFT_2020_12.keywords | {"discriminator", "example"},
)


class Specification(NamedTuple):
    """One version of the specification; `newest` is its last patch."""

    version: str
    newest: str
    dialect: Dialect
    methods: frozenset[str]
    webhooks: str = "webhooks"


METHODS = frozenset({"get", "put", "post", "delete", "options", "head", "patch"})
SWAGGER = Specification("2.0", "2.0", SWAGGER_20, METHODS, webhooks="x-webhooks")
THREE_0 = Specification("3.0", "3.0.4", OPENAPI_30, METHODS | {"trace"}, webhooks="x-webhooks")
THREE_1 = Specification("3.1", "3.1.2", OPENAPI_31, METHODS | {"trace"})
THREE_2 = Specification("3.2", "3.2.0", OPENAPI_31, METHODS | {"trace", "query"})
SPECIFICATIONS = {one.version: one for one in (SWAGGER, THREE_0, THREE_1, THREE_2)}


def stated_version(data: Mapping[str, Any]) -> str:
    """The version that a document says it is written in."""
    return str(data.get("openapi") or data.get("swagger") or "")


def specification(data: Mapping[str, Any]) -> Specification:
    """The version that a document is to be read by: the stated one, else the nearest."""
    stated = stated_version(data)
    known = SPECIFICATIONS.get(".".join(stated.split(".")[:2]))
    if "openapi" not in data:
        return SWAGGER
    if known is None or known is SWAGGER:
        return THREE_0 if stated[:1] in ("", "1", "2") else THREE_2
    return known
