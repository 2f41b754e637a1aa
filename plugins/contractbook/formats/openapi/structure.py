"""The meta-schemas that OpenAPI documents are checked against."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import orjson

from contractbook.formats.faults import Faults
from contractbook.formats.openapi.versions import Specification
from contractbook.formats.structure.check import Structure
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
    stated = data.get(key)
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
    whole = structure(version.version)
    if whole:
        whole.check(document, "", data, faults)


def check_part(
    document: Document, pointer: str, value: Any, kind: str, version: Specification, faults: Faults
) -> None:
    """Report what of an object in another file, such as a parameter, is against the specification."""
    part = structure(version.version, kind)
    if part and isinstance(value, dict) and "$ref" not in value and not document.top_keys(MARKERS):
        part.check(document, pointer, value, faults)


MARKERS = frozenset({"openapi", "swagger"})  # a document that has one is checked whole, for itself


@lru_cache(maxsize=64)
def structure(version: str, kind: str = "") -> Structure | None:
    """The meta-schema of a version, or its part for one kind of object, if it has such objects."""
    schema = _shipped(version)
    definitions = "$defs" if "$defs" in schema else "definitions"
    if "$defs" in schema:
        # The shipped schema leaves Schema Objects open; they are what JSON Schema 2020-12 says.
        schema["$defs"]["schema"] = {"$dynamicAnchor": "meta", "$ref": DIALECT}
    if kind:
        parts = {name.replace("-", "").lower(): name for name in schema[definitions]}
        if kind not in parts:
            return None
        reference = f"#/{definitions}/{parts[kind]}"
        schema = {"$schema": schema["$schema"], "$ref": reference, definitions: schema[definitions]}
    return Structure(schema, NAMES)


def _shipped(version: str) -> Any:
    from importlib.util import find_spec

    # The package is only looked up: to import it takes longer than to lint a small contract.
    package = find_spec("openapi_spec_validator")
    assert package is not None
    assert package.origin is not None
    folder = Path(package.origin).parent / "resources" / "schemas" / f"v{version}"
    return orjson.loads((folder / "schema.json").read_bytes())
