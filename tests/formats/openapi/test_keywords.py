"""Every keyword of every version is read or kept: a document that uses it gives another model.

The keywords come from the meta-schemas, so one that a specification gains is missed here at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib.resources import files
from typing import Any

import orjson
import pytest
from tests.formats.samples import BESIDE, SCHEMA_SAMPLES, SENTINEL, content, keywords, of_draft

from contractbook.formats import FORMATS
from contractbook.source.disk import DiskTree
from contractbook.source.document import Document
from contractbook.source.sources import Sources

Host = Callable[[dict[str, Any]], dict[str, Any]]
EMPTY: dict[str, Any] = {}
INNER = {"type": "string"}
DONE = {"responses": {"200": {"description": "Done"}}}
PARAMETER = {"name": "n", "in": "query", "schema": {"type": "string"}}


def operation(said: Mapping[str, Any]) -> dict[str, Any]:
    return {"paths": {"/a": {"get": {**DONE, **said}}}}


def answer(said: Mapping[str, Any]) -> dict[str, Any]:
    return operation({"responses": {"200": {"description": "Done", **said}}})


def media(said: Mapping[str, Any]) -> dict[str, Any]:
    return answer({"content": {"text/plain": said}})


def component(kind: str, said: Any) -> dict[str, Any]:
    return {"components": {kind: {"X": said}}}


HOSTS: Mapping[str, Host] = {
    "root": lambda said: said,
    "info": lambda said: {"info": {"title": "T", "version": "1", **said}},
    "contact": lambda said: {"info": {"title": "T", "version": "1", "contact": said}},
    "license": lambda said: {"info": {"title": "T", "version": "1", "license": said}},
    "server": lambda said: {"servers": [{"url": "/", **said}]},
    "variable": lambda said: {"servers": [{"url": "/{v}", "variables": {"v": said}}]},
    "components": lambda said: {"components": said},
    "path": lambda said: {"paths": {"/a": said}},
    "operation": operation,
    "docs": lambda said: {"externalDocs": said},
    "parameter": lambda said: operation({"parameters": [{**PARAMETER, **said}]}),
    "body": lambda said: operation({"requestBody": {"content": {"text/plain": EMPTY}, **said}}),
    "media": media,
    "encoding": lambda said: media({"schema": EMPTY, "encoding": {"f": said}}),
    "response": answer,
    "responses": lambda said: operation({"responses": said}),
    "example": lambda said: media({"examples": {"one": said}}),
    "link": lambda said: answer({"links": {"next": said}}),
    "header": lambda said: answer({"headers": {"X": {"schema": EMPTY, **said}}}),
    "tag": lambda said: {"tags": [{"name": "t", **said}]},
    "reference": lambda said: {
        **operation({"parameters": [{"$ref": "#/components/parameters/X", **said}]}),
        **component("parameters", PARAMETER),
    },
    "schema": lambda said: component("schemas", said),
    "discriminator": lambda said: component("schemas", {"discriminator": {"propertyName": "p", **said}}),
    "xml": lambda said: component("schemas", {"xml": said}),
    "scheme": lambda said: component("securitySchemes", {"type": "http", **said}),
    "flows": lambda said: component("securitySchemes", {"type": "oauth2", "flows": said}),
    "flow": lambda said: component("securitySchemes", {"type": "oauth2", "flows": {"implicit": said}}),
    "swagger-parameter": lambda said: operation(
        {"parameters": [{"name": "n", "in": "query", "type": "string", **said}]}
    ),
    "swagger-body": lambda said: operation(
        {"parameters": [{"name": "n", "in": "body", "schema": EMPTY, **said}]}
    ),
    "swagger-header": lambda said: answer({"headers": {"X": {"type": "string", **said}}}),
    "swagger-items": lambda said: operation(
        {"parameters": [{"name": "n", "in": "query", "type": "array", "items": {"type": "string", **said}}]}
    ),
    "swagger-schema": lambda said: {"definitions": {"X": said}},
    "swagger-scheme": lambda said: {"securityDefinitions": {"x": {"type": "basic", **said}}},
    "swagger-reference": lambda said: {"definitions": {"X": {"properties": {"p": said}}, "Other": INNER}},
    "swagger-xml": lambda said: {"definitions": {"X": {"xml": said}}},
}

# The object behind each definition of a meta-schema; names are in lower case, without hyphens.
OBJECTS: Mapping[str, str] = {
    "info": "info",
    "contact": "contact",
    "license": "license",
    "server": "server",
    "servervariable": "variable",
    "components": "components",
    "pathitem": "path",
    "operation": "operation",
    "externaldocumentation": "docs",
    "parameter": "parameter",
    "requestbody": "body",
    "mediatype": "media",
    "encoding": "encoding",
    "response": "response",
    "responses": "responses",
    "example": "example",
    "link": "link",
    "header": "header",
    "tag": "tag",
    "reference": "reference",
    "schema": "schema",
    "discriminator": "discriminator",
    "xml": "xml",
    "securityscheme": "scheme",
    "oauthflows": "flows",
    "apikeysecurityscheme": "scheme",
    "httpsecurityscheme": "scheme",
    "oauth2securityscheme": "scheme",
    "openidconnectsecurityscheme": "scheme",
    "implicitoauthflow": "flow",
    "passwordoauthflow": "flow",
    "clientcredentialsflow": "flow",
    "authorizationcodeoauthflow": "flow",
}
SWAGGER_OBJECTS: Mapping[str, str] = {
    "info": "info",
    "contact": "contact",
    "license": "license",
    "pathitem": "path",
    "operation": "operation",
    "externaldocs": "docs",
    "response": "response",
    "tag": "tag",
    "schema": "swagger-schema",
    "fileschema": "swagger-schema",
    "xml": "swagger-xml",
    "header": "swagger-header",
    "bodyparameter": "swagger-body",
    "headerparametersubschema": "swagger-parameter",
    "queryparametersubschema": "swagger-parameter",
    "formdataparametersubschema": "swagger-parameter",
    "pathparametersubschema": "swagger-parameter",
    "primitivesitems": "swagger-items",
    "jsonreference": "swagger-reference",
    "basicauthenticationsecurity": "swagger-scheme",
    "apikeysecurity": "swagger-scheme",
    "oauth2implicitsecurity": "swagger-scheme",
    "oauth2passwordsecurity": "swagger-scheme",
    "oauth2applicationsecurity": "swagger-scheme",
    "oauth2accesscodesecurity": "swagger-scheme",
}
# Parts that several definitions share; the keywords are asked of those.
SHARED = frozenset({"examples", "parameterlocation", "explodeforform"})
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
FLOWS = ("implicit", "password", "clientCredentials", "authorizationCode", "deviceAuthorization")
PARTS = {
    *("schemas", "responses", "parameters", "examples", "requestBodies", "headers", "securitySchemes"),
    *("links", "callbacks", "pathItems", "mediaTypes"),
}
PART = {"schema": {"maxLength": 77}}
FLOW = {"scopes": {SENTINEL: "all"}}
SAMPLES: Mapping[str, Any] = {
    **SCHEMA_SAMPLES,
    **{key: {**DONE, "operationId": SENTINEL} for key in METHODS},
    **dict.fromkeys(FLOWS, FLOW),
    **{key: [SENTINEL] for key in ("tags", "consumes", "produces", "schemes")},
    **dict.fromkeys(("explode", "allowReserved", "allowEmptyValue"), True),
    "additionalOperations": {SENTINEL: DONE},
    "callbacks": {SENTINEL: {"{$url}": {"post": DONE}}},
    "collectionFormat": "tsv",
    "content": {SENTINEL: {}},
    "externalDocs": {"url": SENTINEL},
    "headers": {SENTINEL: PART},
    "itemSchema": {"maxLength": 77},
    "links": {SENTINEL: {"operationId": "next"}},
    "mapping": {SENTINEL: "#/components/schemas/X"},
    "name": SENTINEL,
    "parameters": [{"name": SENTINEL, "in": "query", "type": "string", "schema": {}}],
    "paths": {"/" + SENTINEL: {"get": DONE}},
    "requestBody": {"content": {SENTINEL: {}}},
    "responses": {"299": {"description": SENTINEL}},
    "schema": {"maxLength": 77},
    "scopes": {SENTINEL: "all"},
    "security": [{SENTINEL: []}],
    "servers": [{"url": SENTINEL}],
    "variables": {SENTINEL: {"default": "x"}},
    "webhooks": {SENTINEL: {"post": DONE}},
    "flows": {"implicit": FLOW},
    "value": SENTINEL,
}
# The same word means another thing in another object, or must be other than what stands there already.
SPECIAL: Mapping[tuple[str, str], Any] = {
    ("root", "openapi"): None,
    ("root", "swagger"): None,
    ("root", "info"): {"title": SENTINEL, "version": "1"},
    ("root", "tags"): [{"name": SENTINEL}],
    ("root", "components"): {"schemas": {SENTINEL: {}}},
    ("root", "basePath"): "/" + SENTINEL,
    ("root", "definitions"): {SENTINEL: {}},
    ("root", "parameters"): {SENTINEL: PARAMETER},
    ("root", "responses"): {SENTINEL: {"description": "unused"}},
    ("root", "securityDefinitions"): {SENTINEL: {"type": "basic"}},
    ("info", "contact"): {"name": SENTINEL},
    ("info", "license"): {"name": SENTINEL},
    **{("components", part): {SENTINEL: {}} for part in PARTS},
    ("path", "$ref"): "#/components/pathItems/X",
    ("parameter", "in"): "cookie",
    ("parameter", "required"): True,
    ("parameter", "explode"): False,
    ("parameter", "style"): "pipeDelimited",
    ("parameter", "content"): {"text/" + SENTINEL: {}},
    ("parameter", "examples"): {SENTINEL: {"value": 1}},
    ("body", "required"): True,
    ("media", "examples"): {SENTINEL: {"value": 1}},
    ("media", "encoding"): {SENTINEL: {"style": "form"}},
    ("media", "prefixEncoding"): [{"contentType": SENTINEL}],
    ("media", "itemEncoding"): {"contentType": SENTINEL},
    ("encoding", "headers"): {SENTINEL: PART},
    ("encoding", "explode"): True,
    ("response", "examples"): {"text/" + SENTINEL: 1},
    ("responses", "default"): {"description": SENTINEL},
    ("link", "parameters"): {SENTINEL: "$url"},
    ("link", "server"): {"url": SENTINEL},
    ("header", "required"): True,
    ("header", "style"): "matrix",
    ("header", "content"): {"text/" + SENTINEL: {}},
    ("header", "examples"): {SENTINEL: {"value": 1}},
    ("reference", "$ref"): "#/components/parameters/Other",
    ("discriminator", "defaultMapping"): "#/components/schemas/X",
    ("xml", "attribute"): True,
    ("xml", "wrapped"): True,
    ("scheme", "type"): SENTINEL,
    ("swagger-parameter", "in"): "header",
    ("swagger-parameter", "type"): "boolean",
    ("swagger-parameter", "required"): True,
    ("swagger-parameter", "items"): None,
    ("swagger-body", "in"): "query",
    ("swagger-body", "required"): True,
    ("swagger-header", "type"): "integer",
    ("swagger-items", "items"): None,
    ("swagger-reference", "$ref"): "#/definitions/Other",
    ("swagger-scheme", "flow"): "application",
    ("swagger-xml", "attribute"): True,
    ("swagger-xml", "wrapped"): True,
}

# What a keyword means nothing without.
LIST = {"type": "array", "items": INNER}
SWAGGER_ANSWER = {"responses": {"200": {"description": "Done", "schema": INNER}}}
SWAGGER_BODY = {"parameters": [{"name": "n", "in": "body", "schema": INNER}]}
CONTEXT: Mapping[tuple[str, str], Mapping[str, Any]] = {
    ("root", "consumes"): operation(SWAGGER_BODY),
    ("root", "produces"): operation(SWAGGER_ANSWER),
    ("operation", "consumes"): SWAGGER_BODY,
    ("operation", "produces"): SWAGGER_ANSWER,
    ("swagger-parameter", "collectionFormat"): LIST,
    ("swagger-header", "collectionFormat"): LIST,
}


def cases() -> Iterator[tuple[str, str, str]]:
    for version in ("2.0", "3.0", "3.1", "3.2"):
        shipped = files("openapi_spec_validator") / "resources" / "schemas" / f"v{version}" / "schema.json"
        schema = orjson.loads(shipped.read_bytes())
        objects = SWAGGER_OBJECTS if version == "2.0" else OBJECTS
        yield from ((version, "root", key) for key in schema["properties"])
        for name, definition in schema.get("$defs", schema.get("definitions")).items():
            known = name.replace("-", "").lower()
            found = of_draft(DRAFT) if "$dynamicAnchor" in definition else [*keywords(definition)]
            if found and known not in SHARED:
                yield from ((version, objects[known], key) for key in found)


DRAFT = "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize(("version", "kind", "keyword"), dict.fromkeys(cases()))
def test_a_keyword_is_read_or_kept(version: str, kind: str, keyword: str) -> None:
    sample = SPECIAL.get((kind, keyword), SAMPLES.get(keyword, SENTINEL))
    if sample is None:
        return
    beside = CONTEXT.get((kind, keyword)) or BESIDE.get(keyword, {})
    without = read(version, HOSTS[kind](dict(beside)))
    found = read(version, HOSTS[kind]({**beside, keyword: sample}))
    assert found != without
    assert SENTINEL in found or SENTINEL not in repr(sample)


def read(version: str, said: Mapping[str, Any]) -> str:
    head = {"swagger": version} if version == "2.0" else {"openapi": f"{version}.0"}
    data = {**head, "info": {"title": "T", "version": "1"}, "paths": {}, **said}
    document = Document("api.json", orjson.dumps(data))
    [contract] = FORMATS["openapi"].read([document], Sources(DiskTree(".")))
    return content(contract)
