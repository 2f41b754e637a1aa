"""The meta-schemas that OpenAPI documents are checked against."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import orjson

from contractbook.formats.faults import Faults
from contractbook.formats.openapi.versions import Specification
from contractbook.formats.structure import Structure
from contractbook.source.document import Document
from contractbook.source.faults import shortened

NAMES = {
    "paths": "path: a path begins with `/`",
    "responses": "status: a status is `default`, a number such as `200`, or a class such as `2XX`",
}
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def check(document: Document, version: Specification, faults: Faults) -> None:
    """Report what of a main document is against its specification."""
    data = dict(document.data)
    key = "openapi" if "openapi" in data else "swagger"
    stated = data[key]
    if "openapi" in data and "swagger" in data:
        faults.invalid(
            f"the document says both `openapi` and `swagger`; it is read as OpenAPI {version.version}",
            document,
            "/swagger",
            "Remove one of the two.",
        )
        del data["swagger"]
    if isinstance(stated, str) and not stated.startswith(version.version):
        faults.invalid(
            f"there is no OpenAPI {shortened(stated)}; the document is read as OpenAPI {version.version}",
            document,
            f"/{key}",
            f"Write `{key}: {version.newest}`, or another version that exists.",
        )
        data[key] = version.newest
    structure(version.version).check(document, "", data, faults)


@lru_cache(maxsize=16)
def structure(version: str, part: str = "") -> Structure:
    """The meta-schema of a version, or the part of it for one kind of object."""
    schema = _shipped(version)
    if "$defs" in schema:
        # The shipped schema leaves Schema Objects open; they are what JSON Schema 2020-12 says.
        schema["$defs"]["schema"] = {"$dynamicAnchor": "meta", "$ref": DIALECT}
    if part:
        definitions = "$defs" if "$defs" in schema else "definitions"
        schema = {
            "$schema": schema["$schema"],
            "$ref": f"#/{definitions}/{part}",
            definitions: schema[definitions],
        }
    return Structure(schema, NAMES)


def _shipped(version: str) -> Any:
    from importlib.resources import files

    folder = files("openapi_spec_validator") / "resources" / "schemas" / f"v{version}"
    return orjson.loads((folder / "schema.json").read_bytes())
