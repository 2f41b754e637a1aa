"""What changed about files and their options: what generated code is made of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from contractbook.declare import Fact, rule
from contractbook.finding import Guideline, Kind, Level
from contractbook.formats.protobuf.heads import split_package
from contractbook.model import Contract

# What does not shape generated code, or is told of each element.
APART = frozenset({"syntax", "deprecated", "features"})
_VERSION = re.compile(r"v\d+(?:_\d+)*(?:p\d+)?(?:(?:alpha|beta)\d*)?", re.IGNORECASE).sub


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL, surface="source")
def generated_code_moved(old: Contract, new: Contract) -> Iterator[Fact]:
    """An option that shapes generated code changed, a file is gone, or a type is declared in another file.

    The wire is what it was; consumers have to change what they import and what their code is called.

    Leave options and files as they are until the next version of the package; let the old file import the new
    one publicly.

    ```protobuf old
    option go_package = "shop.example/orders";
    message Order { string id = 1; }
    ```
    ```protobuf new
    option go_package = "shop.example/order/api";
    message Order { string id = 1; }
    ```
    """
    before, after = (each.binding.get("options", {}) for each in (old, new))
    for option, values in sorted(before.items()):
        now = after.get(option, ())
        kept = {_neutral(value) for value in now}
        gone = [value for value in values if _neutral(value) not in kept]
        if gone and option not in APART and "." not in option:
            told = ", ".join(map(str, now)) or "not set"
            yield Fact(f"The option {option} is {told}, and was {', '.join(map(str, gone))}", gone, now)
    yield from _moved(old, new)


def _moved(old: Contract, new: Contract) -> Iterator[Fact]:
    """Files that are gone, and types that are in another one; a lone file may be called as it likes."""
    before, after = (
        {path.rpartition("/")[2] for path in each.binding.get("files", ())} for each in (old, new)
    )
    gone = sorted(before - after)
    if len(before) < 2:
        return
    if gone:
        yield Fact(f"{', '.join(gone)} {'is' if len(gone) == 1 else 'are'} gone", old=gone)
    for name, type in old.types.items():
        partner = new.types.get(name)
        if partner and type.at and not type.borrowed and "." not in name:
            was, now = old.place(type.at)[0].rpartition("/")[2], new.place(partner.at)[0].rpartition("/")[2]
            if was != now and was not in gone:
                yield Fact(f"{name} is declared in {now}, and was in {was}", was, now)


def _neutral(value: Any) -> str:
    """A value without versions in it: those change with the version of the package."""
    return _VERSION("", str(value))


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL, surface="source")
def syntax_changed(old: Contract, new: Contract) -> Iterator[Fact]:
    """The files are written in another syntax or edition.

    Presence, enumerations and texts behave otherwise unless each is set to what it was.

    Set the features that keep the old behaviour, and check that nothing else is told here.

    ```protobuf old
    syntax = "proto2";
    package shop.orders.v1;
    message Order { optional string id = 1; }
    ```
    ```protobuf new
    edition = "2023";
    package shop.orders.v1;
    message Order { string id = 1; }
    ```
    """
    was, now = (each.binding.get("options", {}).get("syntax", []) for each in (old, new))
    if was != now and was and now:
        yield Fact(f"The syntax is {', '.join(now)}, and was {', '.join(was)}", was, now)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL, surface="wire")
def package_changed(old: Contract, new: Contract) -> Iterator[Fact]:
    """The package has another name, its version left out.

    It is part of the address of every rpc and of the name of every type in an `Any`.

    Offer the services under both packages while consumers move.

    ```protobuf old
    syntax = "proto3";
    package shop.orders.v1;
    message Order { string id = 1; }
    ```
    ```protobuf new
    syntax = "proto3";
    package store.orders.v1;
    message Order { string id = 1; }
    ```
    """
    was, now = (each.binding.get("package", "") for each in (old, new))
    if split_package(was)[0] != split_package(now)[0]:
        yield Fact(f"The package is {now or 'not named'}, and was {was or 'not named'}", was, now)
