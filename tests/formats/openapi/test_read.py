"""What is read from a document, as a golden outline beside it, and the two spellings of one contract."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from tests.formats.outline import outline

from contractbook.formats import FORMATS, detect
from contractbook.model import Contract
from contractbook.source.disk import DiskTree
from contractbook.source.sources import Sources

DOCUMENTS = Path(__file__).parent / "documents"
NAMES = sorted(path.name for path in DOCUMENTS.glob("*.yaml"))


def read(name: str) -> Contract:
    sources = Sources(DiskTree(DOCUMENTS))
    document = sources.open(name)
    assert detect(document) is FORMATS["openapi"]
    [contract] = FORMATS["openapi"].read([document], sources)
    return contract


@pytest.mark.parametrize("name", NAMES)
def test_everything_a_document_says_is_in_the_model(name: str) -> None:
    golden = (DOCUMENTS / name).with_suffix(".txt")
    found = outline(read(name))
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(found, "utf-8")
    assert found == golden.read_text("utf-8")


def test_two_versions_of_the_specification_say_the_same() -> None:
    old, new = (_statements(read(f"library-{version}.yaml")) for version in ("2.0", "3.0"))
    assert old == new


def _statements(contract: Contract) -> list[str]:
    """An outline without what must differ: where things stand, and the name that only 2.0 gives a body."""
    places = re.compile(r" (at|path|documents|spec_version)=\S+| binding=\{'parameter': 'body'\}")
    return sorted(places.sub("", line) for line in outline(contract).splitlines())
