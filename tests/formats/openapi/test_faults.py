"""What is wrong with a document is told in plain words where it is, once, and the rest is still read."""

from __future__ import annotations

from pathlib import Path

import pytest

from contractbook.formats import FORMATS, detect
from contractbook.model import Contract, Shape
from contractbook.source.disk import DiskTree
from contractbook.source.document import Document
from contractbook.source.sources import Sources

REPOSITORY = Path(__file__).resolve().parents[3]
HEAD_30 = 'openapi: 3.0.3\ninfo: {title: T, version: "1"}\n'
HEAD_31 = HEAD_30.replace("3.0.3", "3.1.0")
DONE = "responses: {'200': {description: Done}}"


def read(text: str | bytes, path: str = "api.yaml", root: Path | str = "/nowhere") -> Contract:
    raw = text.encode() if isinstance(text, str) else text
    [contract] = FORMATS["openapi"].read([Document(path, raw)], Sources(DiskTree(root)))
    return contract


def told(contract: Contract) -> list[str]:
    return [f"{fault.location.line}:{fault.location.column} {fault.message}" for fault in contract.faults]


SCHEMA = HEAD_30 + "paths: {}\ncomponents:\n  schemas:\n    A: "
OPERATION = HEAD_30 + "paths:\n  /pets:\n    get: "
STRUCTURE = {
    "openapi: 3.0.3\npaths: {}\n": ["1:1 `info` is missing"],
    HEAD_31: ["1:1 `paths`, `components` or `webhooks` is missing"],
    OPERATION + "{}\n": ["5:5 `paths./pets.get.responses` is missing"],
    OPERATION + "{parameters: [{name: limit, in: query, schema: {type: int}}], " + DONE + "}\n": [
        "5:58 `paths./pets.get.parameters.limit.schema.type` is `int`, which is none of "
        "array, boolean, integer, number, object, string"
    ],
    OPERATION + "{parameters: [{name: q, in: nowhere, schema: {}}], " + DONE + "}\n": [
        "5:34 `paths./pets.get.parameters.q.in` is `nowhere`, which is none of path, query, header, cookie"
    ],
    OPERATION + "{parameters: [{name: q, in: query}], " + DONE + "}\n": [
        "5:24 `schema` or `content` is missing in `paths./pets.get.parameters.q`"
    ],
    OPERATION + "{responses: {'200': {descriptoin: Done}}}\n": [
        "5:23 `paths./pets.get.responses.200.description` is missing",
        "5:31 `descriptoin` has no meaning in `paths./pets.get.responses.200`",
    ],
    OPERATION + "{responses: {'20': {description: Done}}}\n": [
        "5:23 `20` in `paths./pets.get.responses` is no status: a status is `default`, "
        "a number such as `200`, or a class such as `2XX`"
    ],
    OPERATION + "{parameters: [{name: q, in: query, schema: {}, content: {a/b: {}}}], " + DONE + "}\n": [
        "5:24 `schema` and `content` exclude each other in `paths./pets.get.parameters.q`"
    ],
    OPERATION
    + "{parameters: [{name: q, in: query, schema: {}, example: 1, examples: {}}], "
    + DONE
    + "}\n": ["5:24 `example` and `examples` exclude each other in `paths./pets.get.parameters.q`"],
    HEAD_30 + "paths: {pets: {}}\n": ["3:9 `pets` in `paths` is no path: a path begins with `/`"],
    SCHEMA + "{type: object, required: true}\n": [
        "6:23 `components.schemas.A.required` is `true`, and must be a list"
    ],
    SCHEMA + "{additionalProperties: 5}\n": [
        "6:9 `components.schemas.A.additionalProperties` is `5`, and must be an object or true or false"
    ],
    SCHEMA.replace("3.0.3", "3.1.0").replace(" A:", " A b:") + "{}\n": [
        "6:5 `A b` is no name for a component"
    ],
    HEAD_30 + "paths: {}\ncomponents: {securitySchemes: {s: {type: apikey}}}\n": [
        "4:36 `components.securitySchemes.s.type` is `apikey`, which is none of "
        "apiKey, http, oauth2, openIdConnect"
    ],
    "openapi: 3.0.3\ninfo: {title: T, version: 1.10}\npaths: {}\n": [
        "2:18 `info.version` is `1.1`, and must be a text"
    ],
    "openapi: 4.0.0\ninfo: {title: T, version: '1'}\npaths: {}\n": [
        "1:1 there is no OpenAPI 4.0.0; the document is read as OpenAPI 3.2"
    ],
    "swaggerVersion: '1.2'\napis: []\n": ["1:1 Swagger 1 is not read"],
    HEAD_30 + "swagger: '2.0'\npaths: {}\n": [
        "3:1 the document says both `openapi` and `swagger`; it is read as OpenAPI 3.0"
    ],
    SCHEMA + "{$ref: '#/components/schemas/a'}\n": [
        "6:9 `#/components/schemas/a` leads nowhere: there is no `a` in `/components/schemas`: "
        "did you mean `A`?"
    ],
    SCHEMA + "{$ref: '#/components/schemas/A'}\n": ["6:5 A refers to itself"],
    SCHEMA + "{allOf: [{$ref: '#/components/schemas/B'}, {type: object}]}\n"
    "    B: {allOf: [{$ref: '#/components/schemas/A'}, {required: [b]}]}\n": [
        "7:5 B is built on A, which is built on B in turn"
    ],
}


@pytest.mark.parametrize("text", STRUCTURE)
def test_a_fault_is_told_in_plain_words(text: str) -> None:
    assert told(read(text)) == STRUCTURE[text]


def test_one_cause_is_one_finding() -> None:
    methods = "".join(f"    {method}: {{responses: {{4XX: {{$ref: '#/x'}}}}}}\n" for method in METHODS)
    assert told(read(HEAD_30 + "paths:\n  /a:\n" + methods)) == [
        "5:29 `#/x` leads nowhere: there is no `x` in api.yaml (and so in 2 other places)"
    ]


METHODS = ("get", "put", "post")


def test_what_can_be_read_is_read_beside_a_fault() -> None:
    contract = read(SCHEMA + "{required: true, properties: {a: {type: strin}, b: {type: integer}}}")
    assert [(one.name, one.type) for one in contract.types["A"].fields] == [("a", "any"), ("b", "integer")]


def test_an_unreadable_document_is_still_a_contract() -> None:
    contract = read("openapi: 3.0.0\n\tinfo: x\n")
    assert [fault.rule for fault in contract.faults] == ["unreadable"]
    assert (contract.path, contract.types) == ("api.yaml", {})


def test_a_file_that_is_referred_to_is_checked_and_read(tmp_path: Path) -> None:
    (tmp_path / "pet.yaml").write_text("type: objekt\nproperties: {name: {type: string}}\n")
    schemas = "components: {schemas: {Pet: {$ref: pet.yaml}, Two: {$ref: '../pet.yaml'}}}"
    contract = read(HEAD_30 + "paths: {}\n" + schemas, root=tmp_path)
    assert [(str(fault.location), fault.rule) for fault in contract.faults] == [
        ("api.yaml:4:53", "unresolved-reference"),
        ("pet.yaml:1:1", "invalid-structure"),
    ]
    assert contract.documents == ("api.yaml", "pet.yaml")
    assert [field.at for field in contract.types["pet"].fields] == ["pet.yaml#/properties/name"]
    assert contract.resolve("Pet").name == "pet"


def test_references_that_no_version_allows_are_followed_and_told_once(tmp_path: Path) -> None:
    (tmp_path / "parts.yaml").write_text(
        "get: {operationId: getPet, responses: {'200': {description: Done}}}\n"
        "names: {name: {type: string}}\n"
        "about: All about pets\n"
    )
    text = (
        "openapi: 3.0.3\n"
        "info: {title: Pets, version: '1', description: {$ref: 'parts.yaml#/about'}}\n"
        "paths: {/pet: {get: {$ref: 'parts.yaml#/get'}}}\n"
        "components: {schemas: {Pet: {required: [name], properties: {$ref: 'parts.yaml#/names'}}}}\n"
    )
    contract = read(text, root=tmp_path)
    assert contract.doc == "All about pets"
    assert [(one.key, one.name) for one in contract.operations()] == [("GET /pet", "getPet")]
    [name] = contract.types["Pet"].fields
    assert (name.type, name.required, name.at) == ("string", True, "parts.yaml#/names/name")
    assert [fault.message for fault in contract.faults] == [
        "`info.description` is a reference, where the specification has none (and so in 2 other places)"
    ]


def chain(link: str, length: int) -> str:
    """Schemas of which each refers to the next; `@` stands for the reference."""
    schemas = (
        f"    A{i}: " + link.replace("@", f"{{$ref: '#/components/schemas/A{i + 1}'}}") for i in range(length)
    )
    return "\n".join((*schemas, f"    A{length}: {{}}\n"))


DEEP = {
    "nested": ("    A0: " + "{properties: {a: " * 120 + "{}" + "}}" * 120, Shape.RECORD, 1),
    "merged": ("    A0: " + "{allOf: [{required: [a]}, " * 110 + "{}" + "]}" * 110, Shape.RECORD, 1),
    "references": (chain("@", 3000), Shape.ALIAS, 0),
    "bases": (chain("{allOf: [@, {required: [a]}]}", 300), Shape.RECORD, 5),
    "items": (chain("{items: @}", 3000), Shape.LIST, 0),
}


@pytest.mark.parametrize("shape", DEEP)
def test_deep_documents_are_read_as_far_as_is_safe(shape: str) -> None:
    schemas, expected, faults = DEEP[shape]
    contract = read(HEAD_31 + "paths: {}\ncomponents:\n  schemas:\n" + schemas)
    assert contract.types["A0"].shape is expected
    assert len(contract.faults) == faults


SUFFIXES = (".json", ".yaml", ".yml")
PLACES = [parent / "shared/corpus/malformed" for parent in REPOSITORY.parents]
MALFORMED = [path for place in PLACES for path in place.rglob("*") if path.suffix in SUFFIXES]
OWN = (Path(__file__).parent / "documents").glob("*.yaml")


@pytest.mark.parametrize("folder", sorted({path.parent for path in (*MALFORMED, *OWN)}))
def test_no_file_brings_the_reader_down(folder: Path) -> None:
    sources = Sources(DiskTree(folder))
    for path in folder.iterdir():
        if path.suffix in SUFFIXES:
            document = sources.open(path.name)
            detect(document)
            for contract in FORMATS["openapi"].read([document], sources):
                assert all(fault.location.line and fault.message for fault in contract.faults)
