"""What holds for two versions of a schema: with itself nothing changed, backwards the same elements did."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from tests.compare.reading import SHARED
from tests.compare.test_laws import assert_symmetric
from tests.formats.graphql.test_read import read, read_one

from contractbook.engine.compare import compare
from contractbook.model import Contract

TODAY = date(2027, 3, 1)
SPECS = Path(__file__).parents[3] / "specs" / "catalog"
CORPUS = SHARED / "corpus" / "graphql"
REAL = [
    *pairwise(sorted(CORPUS.glob("artsy-exchange/*/*.graphql"))),
    *pairwise(sorted(CORPUS.glob("artsy-small/*/vortex.graphql"))),
    *pairwise(sorted(CORPUS.glob("artsy-small/*/convection.graphql"))),
]


def of_folder(folder: Path) -> Contract:
    [contract] = read({path.name: path.read_text("utf-8") for path in sorted(folder.glob("*.graphql"))})
    return contract


OWN = [(of_folder(old), of_folder(new)) for old, new in pairwise(sorted(SPECS.iterdir()))]


def assert_lawful(old: Contract, new: Contract) -> None:
    assert not [*compare(new, new, today=TODAY)]
    assert [*compare(old, new, today=TODAY)] == [*compare(old, new, today=TODAY)]
    assert_symmetric(old, new)


@pytest.mark.parametrize(("old", "new"), OWN, ids=["2026-06", "2026-11"])
def test_our_own_schemas(old: Contract, new: Contract) -> None:
    assert_lawful(old, new)


@pytest.mark.parametrize(("old", "new"), REAL, ids=[f"{old.parent.name}-{old.name}" for old, _ in REAL])
def test_real_schemas(old: Path, new: Path) -> None:
    assert_lawful(read_one(old.read_text("utf-8")), read_one(new.read_text("utf-8")))
