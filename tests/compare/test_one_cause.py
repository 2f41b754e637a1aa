"""Another way to write the same is no change, and one edit is one finding however many places it reaches."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from tests.compare.reading import from_text

from contractbook.engine.compare import compare
from contractbook.finding import Finding, Kind

TODAY = date(2027, 3, 1)


def pairs(name: str) -> Iterator[tuple[str, str, str]]:
    """Title, old and new text of each case of a file."""
    for block in (Path(__file__).parent / name).read_text("utf-8").split("\n== ")[1:]:
        title, _, texts = block.partition("\n")
        old, new = texts.split("~~~\n")
        yield title, old, new


def told(old: str, new: str) -> list[Finding]:
    """What is told of a change, but for what was promised about it."""
    findings = compare(from_text(old), from_text(new), today=TODAY)
    return [finding for finding in findings if finding.kind is not Kind.LIFECYCLE]


@pytest.mark.parametrize(("way", "old", "new"), list(pairs("same.txt")))
def test_another_way_to_write_the_same_is_no_change(way: str, old: str, new: str) -> None:
    assert told(old, new) == [], way
    assert told(new, old) == [], way


@pytest.mark.parametrize(("rule", "old", "new"), list(pairs("edits.txt")))
def test_one_edit_is_one_finding(rule: str, old: str, new: str) -> None:
    assert [finding.rule for finding in told(old, new)] == [rule]


SHARED = """\
components:
  parameters:
    Page: {name: page, in: query, schema: {type: integer, maximum: 99}}
  responses:
    Gone:
      description: Gone
      content: {application/json: {schema: {$ref: "#/components/schemas/Fault"}}}
  schemas:
    Fault: {type: object, properties: {code: {type: string}, text: {type: string}}}
paths:
  /a:
    get:
      parameters: [{$ref: "#/components/parameters/Page"}]
      responses: {"410": {$ref: "#/components/responses/Gone"}}
  /b:
    get:
      parameters: [{$ref: "#/components/parameters/Page"}]
      responses: {"410": {$ref: "#/components/responses/Gone"}}
"""


def test_what_several_operations_share_is_told_once_with_all_places() -> None:
    changed = SHARED.replace("maximum: 99", "maximum: 9").replace(", text: {type: string}", "")
    assert [(each.rule, each.element, each.places) for each in told(SHARED, changed)] == [
        ("limit-narrowed", "parameter Page", ("GET /a", "GET /b")),
        ("optional-field-removed", "Fault > text", ("GET /a > response 410", "GET /b > response 410")),
    ]


def test_only_the_places_that_changed_are_told() -> None:
    head, _, tail = SHARED.rpartition("      parameters:")
    (finding,) = told(SHARED, head + tail.partition("\n")[2])
    assert (finding.rule, finding.element, finding.places) == (
        "field-removed",
        "GET /b > query page",
        ("GET /b",),
    )


CALLBACK = """\
paths:
  /a:
    post:
      responses: {}
      callbacks:
        done:
          "{$request.query.url}":
            post:
              requestBody: {content: {application/json: {schema: {required: [a], properties: {a: {}}}}}}
              responses: {}
"""


def test_what_a_callback_holds_is_read() -> None:
    (finding,) = told(CALLBACK, CALLBACK.replace("required: [a], ", ""))
    assert (finding.rule, finding.direction) == ("field-became-optional", "output")
    assert finding.places == ("POST /a > callback done POST > request",)
    assert finding.message == "a of request in callback done POST may be absent"


def test_a_removed_element_is_placed_in_the_terms_of_the_new_version() -> None:
    old = SHARED.replace("Fault", "Problem")
    new = SHARED.replace(", text: {type: string}", "")
    (finding,) = told(old, new)
    assert finding.pointer == "/components/schemas/Fault/properties/text"
    assert finding.was_pointer == "/components/schemas/Problem/properties/text"
    assert finding.message == "text was removed from what GET /a answers and 1 more"


def test_types_that_only_refer_to_one_another_are_compared() -> None:
    schemas = 'A: {properties: {b: {$ref: "#/components/schemas/B"}}}, B: {properties: {a: {}}}'
    old = f"components: {{schemas: {{{schemas}}}}}"
    new = old.replace("a: {}", 'a: {$ref: "#/components/schemas/A"}, c: {}')
    assert {finding.rule for finding in told(old, new)} == {"type-narrowed", "field-added"}
    assert told(new, new.replace("c: {}", "d: {}")) != []
