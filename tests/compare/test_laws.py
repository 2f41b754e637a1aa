"""What holds for any two contracts: with itself nothing changed, and backwards the same elements did."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from types import NoneType
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.compare.reading import SHARED, from_file, from_text

from contractbook.engine.compare import compare
from contractbook.finding import Kind
from contractbook.model import Contract
from contractbook.rules import RULES

TODAY = date(2027, 3, 1)
SPECS = Path(__file__).parents[2] / "specs"
CORPUS = SHARED / "corpus" / "openapi"
EVENTS = SHARED / "corpus" / "asyncapi"
# A bad example is bad in the version that shows it; a split is told of the one field that is gone; what is
# told of two contracts as a whole names what only one of them may have.
ONE_WAY = {"example-refused", "field-split", "field-merged", "type-kind-changed"}


def files() -> Iterator[tuple[Path, Path]]:
    """Consecutive versions of one contract: ours, and real ones where they are at hand."""
    for service in sorted(SPECS.glob("*/v1")):
        versions = sorted(service.parent.glob("v*/*.yaml"))
        for name in sorted({one.name for one in versions}):
            named = (one for one in versions if one.name == name)
            yield from pairwise(one for one in named if b"api:" in one.read_bytes())
    for name in ("museum/*/openapi.yaml", "camara-qod/*/API_definitions/qos-profiles.yaml"):
        yield from pairwise(sorted(CORPUS.glob(name)))
    for version in sorted(CORPUS.glob("twilio/2023-06-30/*.yaml")):
        yield version, CORPUS / "twilio" / "2026-04-14" / version.name
    yield from pairwise(sorted(CORPUS.glob("adyen-checkout/*/*v70.yaml")))
    yield from pairwise(sorted(CORPUS.glob("slack-web-swagger2/*/*.json")))
    for name in ("rimfrost-oul", "defra-fcp-fd-comms"):
        folders = sorted(EVENTS.glob(f"{name}/*_*"), key=lambda folder: int(folder.name.partition("_")[0]))
        yield from pairwise(folder / "asyncapi.yaml" for folder in folders)


def samples() -> Iterator[tuple[str, str, str]]:
    """The examples of every rule that compares."""
    for rule in RULES.values():
        if rule.compares and len(rule.samples) > 1:
            yield rule.id, rule.samples[0].text, rule.samples[1].text


class Told(NamedTuple):
    """The pointers of what only the old version has, only the new one, and of both sides of the rest."""

    gone: set[str]
    come: set[str]
    was: set[str]
    now: set[str]


def told(old: Contract, new: Contract) -> Told:
    """Where the elements stand that changed; what several have in common is told of the first of them."""
    found = Told(set(), set(), set(), set())
    for each in compare(old, new, today=TODAY):
        if each.kind is Kind.LIFECYCLE or each.rule in ONE_WAY:
            continue
        before, after = (set(sides) for sides in zip(*RULES[each.rule].subjects, strict=True))
        if NoneType in after:
            found.gone.add(each.was_pointer)
        elif NoneType in before:
            found.come.add(each.pointer)
        elif "more like it" not in each.message:
            found.was.add(each.was_pointer)
            found.now.add(each.pointer)
    return found


def assert_symmetric(old: Contract, new: Contract) -> None:
    """Backwards, what was added is removed; what changed is named by where it stands in the later version,
    so that a type that took the place of many is one there and many backwards."""
    there, back = told(old, new), told(new, old)
    assert (there.gone, there.come) == (back.come, back.gone)
    assert back.was <= there.now
    assert there.was <= back.now


@pytest.mark.parametrize(
    ("old", "new"), [pytest.param(*pair, id=f"{pair[1].parent.name}-{pair[1].stem}") for pair in files()]
)
def test_real_versions_change_the_same_elements_in_both_directions(old: Path, new: Path) -> None:
    before, after = from_file(old, old.parent.parent), from_file(new, new.parent.parent)
    assert list(compare(before, from_file(old, old.parent.parent), today=TODAY)) == []
    assert_symmetric(before, after)


@pytest.mark.parametrize(("rule", "old", "new"), list(samples()))
def test_each_change_has_one_that_undoes_it(rule: str, old: str, new: str) -> None:
    assert_symmetric(from_text(old), from_text(new))


NAMES = st.sampled_from(["id", "name", "phone", "phoneNumber", "state", "lines", "total"])
SCALARS = st.one_of(
    st.fixed_dictionaries({"type": st.sampled_from(["string", "integer", "number", "boolean"])}),
    st.fixed_dictionaries({"type": st.just("string"), "maxLength": st.integers(1, 3)}),
    st.fixed_dictionaries({"enum": st.lists(st.sampled_from(["a", "b", "c"]), min_size=1, unique=True)}),
    st.just({"$ref": "#/components/schemas/Thing"}),
)


def nested(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(
        st.fixed_dictionaries({"type": st.just("array"), "items": inner}),
        st.fixed_dictionaries({"oneOf": st.lists(inner, min_size=2, max_size=3)}),
        st.fixed_dictionaries(
            {
                "type": st.just("object"),
                "properties": st.dictionaries(NAMES, inner, max_size=4),
                "required": st.lists(NAMES, max_size=2, unique=True),
                "additionalProperties": st.booleans(),
            }
        ),
    )


SCHEMAS = st.recursive(SCALARS, nested, max_leaves=8)


def offering(thing: Any, asked: Any) -> Contract:
    body = {"content": {"application/json": {"schema": asked}}}
    post = {"requestBody": body, "responses": {"200": {"description": "Fine", **body}}}
    heading = {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}}
    return from_text(
        json.dumps({**heading, "paths": {"/a": {"post": post}}, "components": {"schemas": {"Thing": thing}}})
    )


@settings(max_examples=150, deadline=None, derandomize=True)
@given(SCHEMAS, SCHEMAS, SCHEMAS, SCHEMAS)
def test_the_laws_hold_for_whatever_types(thing: Any, other: Any, asked: Any, wanted: Any) -> None:
    assert list(compare(offering(thing, asked), offering(thing, asked), today=TODAY)) == []
    assert_symmetric(offering(thing, asked), offering(other, wanted))
    assert_symmetric(offering(thing, asked), offering(thing, {"oneOf": [asked, {"type": "null"}]}))
