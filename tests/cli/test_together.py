"""Documents that only show together what they are: one contract of several files, several of one service."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import pytest

from contractbook import formats
from contractbook.entries import Scope
from contractbook.formats import Format
from contractbook.formats.lifecycle import ENDINGS, Endings
from contractbook.library import library
from contractbook.model import Contract
from contractbook.source.disk import DiskTree
from contractbook.source.document import Document
from contractbook.source.sources import Sources

if TYPE_CHECKING:
    from tests.cli.conftest import Run

FILES = {
    "shop/v1/orders.pack": "package orders.v1",
    "shop/v1/lines.pack": "package orders.v1",
    "shop/v2/orders.pack": "package orders.v2",
    "shop/v2/stock.pack": "package stock\nuses money.piece",
    "shop/v2/money.piece": "piece",
    "other/v2/alone.piece": "piece",
}


def read_packages(
    documents: Sequence[Document], sources: Sources, endings: Endings = ENDINGS
) -> Iterator[Contract]:
    """One contract for each package, which names its version, and one for each piece."""
    found: dict[str, list[Document]] = {}
    for document in documents:
        found.setdefault(document.text.split("\n")[0].removeprefix("package "), []).append(document)
    for package, files in found.items():
        name, _, version = package.partition(".")
        used = ("specs/shop/v2/money.piece",) if "uses" in files[0].text else ()
        yield Contract(
            name=name,
            version=version,
            format="pack",
            path=files[0].path,
            documents=(*(each.path for each in files), *used),
        )


def read_pieces(
    documents: Sequence[Document], sources: Sources, endings: Endings = ENDINGS
) -> Iterator[Contract]:
    for document in documents:
        yield Contract(name="", format="piece", path=document.path, documents=(document.path,))


PACK = Format("pack", "Packages", (".pack",), lambda document: True, read_packages, together=True)
PIECE = Format("piece", "Pieces", (".piece",), lambda document: True, read_pieces, parts=True)


@pytest.fixture
def shop(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    for format in (PACK, PIECE):
        monkeypatch.setitem(formats.FORMATS, format.name, format)
        monkeypatch.setitem(formats.FOLDERS, format.name, format.name)
    for path, text in FILES.items():
        run.write(f"specs/{path}", text)
    return run


def seen(shop: Run, *named: str) -> list[tuple[str, str, str]]:
    """Service, name and version of the contracts, and that a second run, from the cache, sees the same."""
    once, again = (shop("lint", *named, "--format", "json").out for _ in range(2))
    assert once == again
    told = [(one["service"], one["name"], one["version"]) for one in json.loads(once)["contracts"]]
    found = library(DiskTree(shop.folder), Scope(), named).contracts
    assert told == [(one.service, one.name, one.version) for one in found]
    return told


def test_packages_are_contracts_and_what_they_are_made_of_is_none(shop: Run) -> None:
    assert seen(shop) == [
        ("other", "", "v2"),
        ("shop", "orders", "v1"),
        ("shop", "orders", "v2"),
        ("shop", "stock", "v2"),
    ]


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ("v1/lines.pack", [("shop", "orders", "v1")]),
        ("v2", [("shop", "orders", "v2"), ("shop", "stock", "v2")]),
        ("v2/money.piece", [("shop", "stock", "v2")]),
    ],
)
def test_a_named_file_means_the_contracts_that_it_is_part_of(
    shop: Run, named: str, expected: list[tuple[str, str, str]]
) -> None:
    assert seen(shop, f"specs/shop/{named}") == expected


def test_one_version_in_two_formats_is_two_contracts(shop: Run) -> None:
    shop.write("specs/money/v1/price.pack", "package price")
    shop.write("specs/money/v1/price.piece", "piece")
    shop.write("specs/money/v2/price.piece", "piece")
    assert seen(shop, "specs/money") == [
        ("money", "price pack", "v1"),
        ("money", "price piece", "v1"),
        ("money", "price piece", "v2"),
    ]
