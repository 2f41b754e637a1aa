"""Media types, extensions and texts that serve one tool or platform."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contractbook.declare import Fact, rule
from contractbook.finding import Guideline, Level
from contractbook.lexicon import Words
from contractbook.lexicon.tables.products import SERIALIZED
from contractbook.model import Contract, Field, Group, Message, Operation, Type, Value
from contractbook.rules.hidden.text import shortened
from contractbook.texts import expression


@rule(Guideline.TECHNOLOGY_NEUTRAL, Level.ERROR)
def language_bound_serialization(element: Message | Field | Type, *, words: Words) -> Iterator[str]:
    """A body, header or field is serialised by one language, such as Java objects, pickle or .NET binary.

    Only consumers of that language can read it, and reading it is unsafe.

    Use JSON, XML or another format that has readers in every language.

    ```openapi bad
    paths:
      /orders:
        get:
          responses:
            "200":
              description: All orders
              content: {application/x-java-serialized-object: {schema: {type: string, format: binary}}}
    ```
    ```openapi good
    paths:
      /orders:
        get:
          responses:
            "200":
              description: All orders
              content: {application/json: {schema: {type: array, items: {type: string}}}}
    ```
    """
    for hit in words:
        yield f"only one language reads {shortened(hit.word)}"


OPEN = (
    *("application/vnd.openxmlformats-", "application/vnd.oasis.opendocument", "application/vnd.oci."),
    *("application/x-www-form-urlencoded", "application/x-ndjson", "application/x-yaml", "application/x-tar"),
    *("application/x-gzip", "application/x-protobuf", "application/x-jsonlines", "application/x-json"),
    *("application/x-pem-file", "application/x-git", "application/x-bzip", "application/x-gtar"),
    *("application/x-msgpack", "application/x-zip", "application/x-bittorrent", "application/x-7z"),
    *("application/x-pkcs", "application/x-x509", "application/x-mpegurl", "application/x-turtle"),
    *("application/vnd.google-earth.k", "application/vnd.apple.mpegurl", "application/vnd.apache.parquet"),
    *(
        "application/vnd.apache.arrow",
        "application/vnd.sqlite3",
        "application/vnd.geo",
        "application/vnd.api",
    ),
)
SUFFIXES = ("+json", "+xml", "+yaml", "+cbor", "+zip", "+gzip", "+json-seq")


@rule(Guideline.TECHNOLOGY_NEUTRAL, Level.WARNING)
def proprietary_media_type(operation: Operation) -> Iterator[Fact]:
    """A body is offered in a proprietary media type only.

    Every consumer needs a special reader, which may not exist in its language.

    Offer an open format as well, or build on one: `application/vnd.example.order+json`.

    ```openapi bad
    paths:
      /reports:
        get:
          responses:
            "200":
              description: All reports
              content: {application/vnd.ms-excel: {schema: {type: string, format: binary}}}
    ```
    ```openapi good
    paths:
      /reports:
        get:
          responses:
            "200":
              description: All reports
              content:
                application/vnd.ms-excel: {schema: {type: string, format: binary}}
                text/csv: {schema: {type: string}}
    ```
    """
    bodies: dict[str, list[Message]] = {}
    for message in operation.messages:
        if message.content_type:
            bodies.setdefault(message.name, []).append(message)
    for name, messages in bodies.items():
        if all(map(_is_proprietary, messages)):
            yield Fact(f"{name} is only offered as {messages[0].content_type}", about=messages[0])


def _is_proprietary(message: Message) -> bool:
    bare = message.content_type.partition(";")[0].strip().lower()
    if not bare.startswith(("application/vnd.", "application/x-", "application/x.")):
        return False
    return not bare.startswith(OPEN) and not bare.endswith(SUFFIXES) and bare not in SERIALIZED


@rule(Guideline.TECHNOLOGY_NEUTRAL, Level.WARNING)
def platform_error_code(element: Field | Value, *, words: Words) -> Iterator[str]:
    """An error code of a platform, such as errno, HRESULT or SQLCODE, is part of the contract.

    A consumer must know the platform, and the provider cannot leave it.

    Give errors codes of the interface, in words: `order-not-found`.

    ```openapi bad
    components:
      schemas:
        Problem:
          type: object
          properties:
            hresult: {type: integer}
    ```
    ```openapi good
    components:
      schemas:
        Problem:
          type: object
          properties:
            code: {type: string, enum: [order-not-found, order-closed]}
    ```
    """
    yield f"{element.name} is a code of a platform"


@rule(Guideline.TECHNOLOGY_NEUTRAL, Level.WARNING)
def generator_extension_meaning(
    element: Contract | Operation | Message | Field | Type, *, words: Words
) -> Iterator[str]:
    """An extension for one code generator carries meaning that the plain contract lacks.

    Consumers with other tools get another interface.

    Say it in the contract's own words, and keep settings of generators in the generator's configuration.

    ```openapi bad
    components:
      schemas:
        Order:
          type: object
          properties:
            number: {type: string, x-ms-mutability: [read]}
    ```
    ```openapi good
    components:
      schemas:
        Order:
          type: object
          properties:
            number: {type: string, readOnly: true}
    ```
    """
    for hit in words:
        yield f"{hit.word} means something to one generator only"


@rule(Guideline.TECHNOLOGY_NEUTRAL, Level.WARNING)
def json_schema_language_keyword(element: Field | Type, *, words: Words) -> Iterator[str]:
    """A keyword for one language appears in a schema, such as javaType or tsType.

    The schema serves one code generator only, and everyone reads the class names of the provider.

    Keep such mappings in the configuration of the generator.

    ```openapi bad
    components:
      schemas:
        Order: {type: object, javaType: com.acme.shop.Order, properties: {note: {type: string}}}
    ```
    ```openapi good
    components:
      schemas:
        Order: {type: object, properties: {note: {type: string}}}
    ```
    """
    for hit in words:
        yield f"{hit.word} is a keyword for one language"


CODE = expression(r"```.*?```|~~~.*?~~~|`[^`]*`", re.DOTALL)
GRAVE = ("<script", "</script", "<iframe", "<object", "<embed", "<form", "<style", "javascript:")


@rule(Guideline.TECHNOLOGY_NEUTRAL, Level.NOTE)
def markup_in_text(
    element: Contract | Operation | Message | Field | Type | Group | Value, *, words: Words
) -> Iterator[Fact]:
    """A description holds raw HTML or scripts.

    It shows as garbage in editors, comments and logs, or runs in the reader's page.

    Write CommonMark: `**bold**`, `- item`, `[text](address)`.

    ```openapi bad
    components:
      schemas:
        Order: {type: object, description: "All of an <b>order</b>.<br>See <a href='/help'>help</a>."}
    ```
    ```openapi good
    components:
      schemas:
        Order: {type: object, description: "All of an **order**. See [help](/help)."}
    ```
    """
    for hit in words:
        if "`" not in hit.text or hit.word in CODE.sub("", hit.text):
            grave = hit.word.lower().startswith(GRAVE) or re.search(r"\son\w+\s*=", hit.word)
            told = f"the description holds HTML: {shortened(hit.word)}"
            yield Fact(told, level=Level.WARNING if grave else None)
            return
