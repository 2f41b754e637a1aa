"""The calls that pages show work: they are run, or checked by whoever would have to understand them."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from html import unescape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, quote, urlsplit

import jsonschema_rs
import pytest

from contractbook.config import Configuration, Project
from contractbook.model import Operation, Role
from contractbook.portal.edition import Edition
from contractbook.portal.samples import Panel, column
from contractbook.portal.snippets import LONGEST
from contractbook.shelf import Shelf
from contractbook.source.document import Document

REPOSITORY = Path(__file__).parent.parent.parent
SPECS = REPOSITORY / "specs"
CORPUS = REPOSITORY.parent / "shared" / "corpus"
TODAY = date(2026, 11, 22)
REAL = (
    "openapi/museum/2024-11-20_v1.2.1",
    "openapi/learn-openapis/2026-04/v3.1",
    "openapi/adyen-legal-entity/2026-07",
    "openapi/slack-web-swagger2/2017-11-13",
    "graphql/artsy-small/2026-08-20",
)
METHODS = {"get", "put", "post", "patch", "delete"}
MOST = 60  # operations of a folder that are looked at


class Shown(NamedTuple):
    """An operation with the panels of its column, by label, as text."""

    edition: Edition
    operation: Operation
    calls: Mapping[str, str]
    asked: Mapping[str, str]


def text(panel: Panel) -> str:
    found = re.search(r"<code>(.*)</code>", panel.html, re.DOTALL)
    return unescape(re.sub(r"<[^<>]*>", "", found[1])) if found else ""


@cache
def shown(folder: Path) -> list[Shown]:
    """The operations of the contracts below a folder."""
    found = []
    for series in Shelf(Project(folder.parent, Configuration(specs=(folder.name,)))).look(TODAY):
        edition = Edition(series, series.newest, "", "", "", TODAY)
        for operation in edition.operations[:MOST]:
            made = column(edition, operation, 16_000)
            calls = {panel.label: text(panel) for panel in made.language}
            asked = {panel.label: text(panel) for panel in made.request}
            found.append(Shown(edition, operation, calls, asked))
    return found


def every(label: str) -> Iterator[Shown]:
    """The operations of all folders that have a panel of a label."""
    folders = [SPECS, *(path for name in REAL if (path := CORPUS / name).is_dir())]
    found = [each for folder in folders for each in shown(folder) if label in each.calls]
    assert found
    return iter(found)


class Call(NamedTuple):
    """A request as it arrived."""

    method: str
    path: str
    query: dict[str, str]
    headers: Mapping[str, str]
    body: str


@pytest.fixture(scope="module")
def echo() -> Iterator[tuple[str, list[Call]]]:
    """A server that takes everything, and what it was asked."""
    asked: list[Call] = []

    class Echo(BaseHTTPRequestHandler):
        def parse_request(self) -> bool:
            understood = super().parse_request()
            if understood:
                size = int(self.headers.get("Content-Length", 0))
                split = urlsplit(self.path)
                query = dict(parse_qsl(split.query, keep_blank_values=True))
                body = self.rfile.read(size).decode()
                asked.append(Call(self.command, split.path, query, dict(self.headers), body))
                self.send_response(204)
                self.end_headers()
            return False

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()


@pytest.mark.skipif(not shutil.which("curl"), reason="needs curl, to run what is shown")
def test_what_is_shown_for_curl_can_be_run(echo: tuple[str, list[Call]], tmp_path: Path) -> None:
    host, asked = echo
    (tmp_path / "body.json").write_text("{}", "utf-8")
    (tmp_path / "envelope.xml").write_text("<a/>", "utf-8")
    chosen = [
        each for each in every("curl") if each.edition.series.service in ("customers", "orders", "museum")
    ]
    config = []
    for each in chosen:
        words = shlex.split(each.calls["curl"].replace("\\\n", ""))
        url = next(word for word in words if "://" in word)
        words[words.index(url)] = re.sub(r"^https?://[^/]*", f"http://{host}", url)
        config.append(" ".join(map(shlex.quote, [*words, "-s"])))
    subprocess.run(["sh", "-e", "-c", "\n".join(config)], cwd=tmp_path, check=True, capture_output=True)
    assert len(asked) == len(chosen)
    for each, call in zip(chosen, asked, strict=True):
        operation = each.operation
        assert call.method == operation.method
        assert re.fullmatch(r".*" + re.sub(r"\\{.*?\\}", "[^/]+", re.escape(operation.address)), call.path)
        needed = {one.name for one in operation.parameters if one.required and one.role is Role.QUERY}
        assert needed <= call.query.keys()
        media = next((message.content_type for message in operation.inputs()), "")
        assert call.headers.get("Content-Type", "").startswith(media)
        if media.endswith("json"):
            json.loads(call.body)


def test_what_is_shown_for_python_can_be_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "body.json").write_text('"from a file"', "utf-8")
    stub = ModuleType("httpx")
    monkeypatch.setitem(sys.modules, "httpx", stub)
    for each in every("Python"):
        sent: list[dict[str, Any]] = []

        class Answer:
            def raise_for_status(self) -> None:
                pass

        def request(method: str, url: str, sent: list[dict[str, Any]] = sent, **given: Any) -> Answer:
            sent.append({"method": method, "url": url, **given})
            return Answer()

        stub.request = request  # type: ignore[attr-defined]
        exec(compile(each.calls["Python"], each.operation.label, "exec"), {})
        assert sent[0]["method"] == each.operation.method and "://" in sent[0]["url"]
        body = next(iter(each.asked.values()), "")
        if "json" in sent[0] and body.startswith("{") and len(body) <= LONGEST:
            assert sent[0]["json"] == json.loads(body)


@pytest.mark.skipif(not shutil.which("node"), reason="needs node, to check what is shown for it")
def test_what_is_shown_for_javascript_is_javascript(tmp_path: Path) -> None:
    modules = [f"async () => {{\n{each.calls['JavaScript']}\n}}" for each in every("JavaScript")]
    imported = re.compile(r"^import body .*$", re.MULTILINE)
    (tmp_path / "all.mjs").write_text(";\n".join(imported.sub("const body = 1", each) for each in modules))
    checked = subprocess.run(["node", "--check", "all.mjs"], cwd=tmp_path, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stderr[:2_000]


def test_bodies_of_requests_are_what_the_contract_asks_for() -> None:
    for version in ("customers/v2", "orders/v3"):
        document = Document("", (SPECS / version / "openapi.yaml").read_bytes()).data
        for label, pointer in bodies(document):
            found = next(each for each in shown(SPECS) if each.operation.label == label)
            for body in filter(lambda text: text.startswith("{"), found.asked.values()):
                jsonschema_rs.validate({**document, "$ref": pointer}, json.loads(body))


def bodies(document: Any) -> Iterator[tuple[str, str]]:
    """The operations that are sent JSON, and where its schema stands."""
    for path, item in document["paths"].items():
        for method in METHODS & item.keys():
            for media in item[method].get("requestBody", {}).get("content", {}):
                if media.endswith("json"):
                    steps = ("paths", path, method, "requestBody", "content", media, "schema")
                    escaped = (quote(step.replace("~", "~0").replace("/", "~1")) for step in steps)
                    yield f"{method.upper()} {path}", f"#/{'/'.join(escaped)}"


def test_what_is_shown_for_graphql_is_a_valid_query() -> None:
    from graphql import build_schema, parse, validate
    from graphql.execution.values import get_variable_values

    schemas: dict[str, Any] = {}
    for each in every("GraphQL"):
        paths = each.edition.contract.documents
        if paths[0] not in schemas:
            root = SPECS.parent if paths[0].startswith("specs/") else CORPUS / "graphql" / "artsy-small"
            text = "\n".join((root / path).read_text("utf-8") for path in paths)
            schemas[paths[0]] = build_schema(text, assume_valid_sdl=True)
        schema = schemas[paths[0]]
        document = parse(each.calls["GraphQL"])
        assert not validate(schema, document), each.operation.label
        definition: Any = document.definitions[0]
        variables = json.loads(each.calls.get("Variables", "{}"))
        declared = definition.variable_definitions or ()
        assert not isinstance(get_variable_values(schema, declared, variables), list)


def test_envelopes_keep_to_the_schema() -> None:
    from lxml import etree

    wsdl = etree.parse(str(SPECS / "invoicing/v2/invoicing.wsdl"))
    inner = wsdl.find(".//{http://www.w3.org/2001/XMLSchema}schema")
    assert inner is not None
    schema = etree.XMLSchema(inner)
    for each in every("Envelope"):
        body = etree.fromstring(each.calls["Envelope"].encode())[0]
        assert len(body) == 1
        schema.assertValid(body[0])


def test_what_is_shown_for_grpcurl_is_a_message() -> None:
    for each in every("grpcurl"):
        words = shlex.split(each.calls["grpcurl"].replace("\\\n", ""))
        assert words[-1] == each.operation.address.strip("/")
        json.loads(words[words.index("-d") + 1])


@pytest.mark.parametrize("tool", ["kcat", "amqp-tools"])
def test_what_is_shown_for_brokers_can_be_split_by_a_shell(tool: str) -> None:
    for each in every(tool):
        words = shlex.split(each.calls[tool].replace("\\\n", ""))
        assert each.operation.address in words
