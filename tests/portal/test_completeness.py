"""Nothing in a contract is lost: what a document names, read without our reader, is found on some page."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from contractbook.config import Configuration, Project
from contractbook.portal import Portal
from contractbook.shelf import Shelf

REPOSITORY = Path(__file__).parent.parent.parent
CORPUS = REPOSITORY.parent / "shared" / "corpus" / "openapi"
METHODS = {"get", "put", "post", "delete", "options", "head", "patch", "trace", "query"}
TODAY = date(2026, 11, 22)
REAL = (
    "museum/2024-11-20_v1.2.1/openapi.yaml",
    "camara-qod/r4.1/API_definitions",
    "learn-openapis/2026-04/v3.1",
    "learn-openapis/2026-04/v3.2",
    "adyen-legal-entity/2026-07/LegalEntityService-v4.yaml",
    "slack-web-swagger2/2017-11-13/slack_web_openapi_v2.json",
)


def contracts() -> list[Path]:
    own = sorted((REPOSITORY / "specs").glob("*/*/openapi.yaml"))
    real = [CORPUS / path for path in REAL if (CORPUS / path).exists()]
    return [*own, *(file for path in real for file in (sorted(path.iterdir()) if path.is_dir() else [path]))]


def load(path: Path) -> Any:
    loader = yaml.CBaseLoader  # every scalar is the text that the author wrote
    return (
        json.loads(path.read_text("utf-8"))
        if path.suffix == ".json"
        else yaml.load(path.read_text("utf-8"), loader)
    )


def names(document: Any) -> Iterator[tuple[str, str]]:
    """What must be found, with the kind of thing it is."""
    for path, item in (document.get("paths") or {}).items():
        if path.startswith("/"):
            yield "path", path
            yield from of_item(item)
    for name, item in (document.get("webhooks") or {}).items():
        yield "webhook", name
        yield from of_item(item)
    yield from anywhere(document)


def of_item(item: Any) -> Iterator[tuple[str, str]]:
    for method, operation in item.items():
        if method in METHODS:
            if "operationId" in operation:
                yield "operation id", operation["operationId"]
            for response in operation.get("responses", {}).values():
                yield from (("response header", name) for name in response.get("headers", {}))
            for name in operation.get("callbacks", {}):
                yield "callback", name


NAMES = {"properties", "schemas", "definitions", "parameters", "responses", "headers"}  # maps of names


def anywhere(node: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Parameters, properties and values of enumerations, however deep they stand."""
    if isinstance(node, list):
        for child in node:
            yield from anywhere(child)
    if not isinstance(node, dict):
        return
    if "in" in node and isinstance(node.get("name"), str) and node["in"] != "body":
        yield "parameter", node["name"]
    if key not in NAMES:
        properties, values = node.get("properties"), node.get("enum")
        yield from (("property", name) for name in (properties if isinstance(properties, dict) else ()))
        yield from (
            ("value", value)
            for value in (values if isinstance(values, list) else ())
            if isinstance(value, str)
        )
    for name, child in node.items():
        if name not in ("example", "examples", "default", "enum") and not name.startswith("x-"):
            yield from anywhere(child, name)


def words(site: str) -> str:
    """The text of pages, without places where a long word may break."""
    return html.unescape(re.sub(r"<[^<>]*>", "", site.replace("<wbr>", "")))


@pytest.mark.parametrize("path", contracts(), ids=lambda path: "/".join(path.parts[-3:]))
def test_whatever_a_contract_names_is_on_a_page(path: Path) -> None:
    document = load(path)
    if not isinstance(document, dict) or not {"openapi", "swagger"} & document.keys():
        pytest.fail(f"{path} is no contract")
    specs = path.parent.name
    shelf = Shelf(Project(path.parent.parent, Configuration(specs=(f"{specs}/{path.name}",))))
    text = words("\n".join(page.html for page in Portal().pages(shelf.look(TODAY), TODAY)))
    lost = {(kind, name) for kind, name in names(document) if name and name not in text}
    assert not lost


def fragments(main: Path) -> Iterator[Any]:
    """The main document, and every piece of a file that a reference leads to from there."""
    documents: dict[Path, Any] = {}
    seen: set[tuple[Path, str]] = set()
    todo = [(main.resolve(), "")]
    while todo:
        file, pointer = todo.pop()
        if (file, pointer) in seen:
            continue
        seen.add((file, pointer))
        node = documents.get(file) or documents.setdefault(file, load(file))
        for step in filter(None, pointer.split("/")):
            node = node[step.replace("~1", "/").replace("~0", "~")]
        yield node
        for reference in references(node):
            other, _, place = reference.partition("#")
            todo.append(((file.parent / other).resolve() if other else file, place))


def references(node: Any) -> Iterator[str]:
    if isinstance(node, dict) and isinstance(node.get("$ref"), str):
        yield node["$ref"]
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from references(child)


def trees() -> list[tuple[Path, Path]]:
    """Contracts of many files with the folder that these lie in: ours, and one with a file per operation."""
    own = REPOSITORY / "specs"
    real = CORPUS / "digitalocean-multifile" / "2025-06-30"
    every = [(own / "customers" / "v2" / "openapi.yaml", own), (real / "DigitalOcean-public.v2.yaml", real)]
    return [(main, folder) for main, folder in every if main.exists()]


@pytest.mark.parametrize(("main", "folder"), trees(), ids=lambda path: path.name)
def test_whatever_a_contract_of_many_files_names_is_on_a_page(main: Path, folder: Path) -> None:
    shelf = Shelf(Project(folder.parent, Configuration(specs=(folder.name,))))
    text = words("\n".join(page.html for page in Portal().pages(shelf.look(TODAY), TODAY)))
    named: set[tuple[str, str]] = set()
    for fragment in fragments(main):
        named.update(anywhere(fragment))
        if isinstance(fragment, dict) and "operationId" in fragment:
            named.add(("operation id", fragment["operationId"]))
    assert named and not {(kind, name) for kind, name in named if name and name not in text}
