"""lint --cross-check asks another validator, too."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.cli.conftest import Run

HEAD = 'openapi: 3.0.3\ninfo: {title: Shop, version: "1"}\n'
BAD = HEAD + 'paths: {"/orders/{id}": {get: {responses: {"200": {description: One}}}}}\n'


def found(run: Run, *words: str) -> list[tuple[str, int, str]]:
    told = json.loads(run("lint", "--format", "json", *words).out)["findings"]
    return [
        (each["message"], each["location"]["line"], each["level"])
        for each in told
        if each["rule"] == "cross-check"
    ]


def test_what_the_other_validator_says_stands_at_its_line(run: Run) -> None:
    run.write("specs/shop/openapi.yaml", BAD)
    [(message, line, level)] = found(run, "--cross-check")
    assert message.startswith("openapi-spec-validator: ")
    assert "id" in message
    assert (line, level) == (3, "error")


def test_it_is_asked_only_where_somebody_names_it(run: Run) -> None:
    run.write("specs/shop/openapi.yaml", BAD)
    assert not found(run)
    run.write("contractbook.yml", "extends: all\n")
    assert not found(run)
    run.write("contractbook.yml", "rules: {cross-check: note}\n")
    assert [level for _, _, level in found(run)] == ["note"]


def test_other_documents_are_read_inside_the_roots_only(run: Run) -> None:
    run.write("specs/shop/openapi.yaml", HEAD + "paths: {/orders: {$ref: 'parts/orders.yaml'}}\n")
    run.write("specs/shop/parts/orders.yaml", "get: {responses: {'200': {description: All}}}\n")
    assert not found(run, "--cross-check")
    run.write("secret.yaml", "get: {}\n")
    for outside in ("../../secret.yaml", "http://127.0.0.1:9/x.yaml", "file:///etc/passwd"):
        run.write("specs/shop/openapi.yaml", HEAD + f"paths: {{/orders: {{$ref: '{outside}'}}}}\n")
        [(message, _, _)] = found(run, "--cross-check")
        assert "gives up" in message


def test_contracts_of_other_formats_are_not_shown_to_it(run: Run) -> None:
    run.write("specs/shop/a.graphql", "type Query { orders: [ID!]! }\n")
    assert not found(run, "--cross-check")
