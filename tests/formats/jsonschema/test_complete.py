"""Whatever a real schema names is in the model, where it stands; compared with itself it says nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.formats.openapi.test_complete import names, places

from contractbook.engine.compare import compare
from contractbook.formats import FORMATS, detect
from contractbook.model import Contract
from contractbook.source.disk import DiskTree
from contractbook.source.pointers import parts_of, step
from contractbook.source.sources import Sources

REPOSITORY = Path(__file__).resolve().parents[3]
CORPUS = [parent / "shared/corpus" for parent in REPOSITORY.parents]
SETS = ("jsonschema/*", "cloudevents/cdevents/v0.5.1", "cloudevents/cloudevents-spec/2026-07")
REAL = [path for place in CORPUS for each in SETS for path in place.glob(each) if path.is_dir()]
OWN = [Path(__file__).parent / "documents", REPOSITORY / "specs/shared"]
KINDS = {"properties", "patternProperties", "value"}


def contracts(root: Path) -> tuple[list[Contract], Sources]:
    sources = Sources(DiskTree(root))
    documents = [sources.open(path) for path in sources.tree.files()]
    found = [document for document in documents if detect(document) is FORMATS["jsonschema"]]
    return [*FORMATS["jsonschema"].read(found, sources)], sources


@pytest.mark.parametrize("root", sorted(OWN + REAL), ids=lambda root: "/".join(root.parts[-2:]))
def test_everything_with_a_name_is_in_the_model(root: Path) -> None:
    found, sources = contracts(root)
    assert found
    for contract in found:
        known = {at: name for name, at in places(contract)}
        merged = set(known.values())  # a field may be told where another branch of an allOf declares it
        said = [each for each in names(sources.open(contract.path).data, ()) if each.kind in KINDS]
        missing = [each for each in said if f"#{each.pointer}" not in known and each.name not in merged]
        data = sources.open(contract.path).data
        assert [each for each in missing if not _is_beside_a_reference(data, each.pointer)] == []
        assert list(compare(contract, contract)) == []


def _is_beside_a_reference(value: Any, pointer: str) -> bool:
    """Whether something stands beside `$ref`, where drafts before 2019-09 give it no meaning: it is kept."""
    for part in parts_of(pointer):
        if isinstance(value, dict) and isinstance(value.get("$ref"), str):
            return True
        value = step(value, part)
    return False
