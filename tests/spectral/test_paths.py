"""JSONPath as rulesets write it."""

from __future__ import annotations

from typing import Any

import pytest

from contractbook.spectral import Misspelled, query

DATA: dict[str, Any] = {
    "paths": {
        "/orders": {
            "get": {
                "operationId": "listOrders",
                "tags": ["a", "b"],
                "parameters": [{"in": "query", "name": "q"}],
            },
            "post": {"summary": "Make one", "deprecated": False, "x-team": "shop"},
        }
    },
    "info": {"title": "Shop", "contact": {}},
}
GET, POST = ("paths", "/orders", "get"), ("paths", "/orders", "post")

FOUND = {
    "$.info.title": [("info", "title")],
    "$.paths[*][get,post]": [GET, POST],
    "$.paths[*]['get']": [GET],
    "$.paths[*].post.x-team": [(*POST, "x-team")],
    "$.paths[*]~": [("paths", "/orders")],
    "$.paths[*].get^": [("paths", "/orders")],
    "$.paths[*][?(@.operationId)]": [GET],
    "$.paths[*][?(!@.operationId)]": [POST],
    "$.paths[*][?(@.deprecated)]": [],
    "$.paths[*][?(@property === 'get' || @property === 'put')]": [GET],
    "$.paths[*][?(@property !== 'get')]": [POST],
    "$.paths[*][?(@property.match(/^P/i))]": [POST],
    "$.paths[*][?(/^list/.test(@.operationId))]": [GET],
    "$.paths[*][?(@.tags.length > 1)]": [GET],
    "$.paths[*][?(@.tags && @.tags.length > 2)]": [],
    "$..parameters[?(@.in === 'query')]": [(*GET, "parameters", 0)],
    "$..[?(@.summary == 'Make one')]": [POST],
    "$..[?(@.name == ')')]": [],
}


@pytest.mark.parametrize("path", FOUND)
def test_a_path_leads_where_spectral_goes(path: str) -> None:
    assert [match.parts for match in query(path).find(DATA)] == FOUND[path]


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("$.paths[?(@parent.x)]", "only JavaScript"),
        ("$.paths[?(@.a", "is not closed"),
        ("$.paths[", "expected"),
        ("$.paths[?(@.a.match(b))]", "regular expression"),
        ("$.paths[?(@.a = 1)]", "is not understood"),
    ],
)
def test_what_cannot_be_understood_is_told(path: str, why: str) -> None:
    with pytest.raises(Misspelled, match=why):
        query(path)
