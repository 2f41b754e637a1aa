"""The number of the version, held against what changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from contractbook.declare import Fact, rule
from contractbook.finding import Finding, Guideline, Kind, Level
from contractbook.model import Contract
from contractbook.texts import expression

_NUMBERS = expression(r"v?(\d+(?:[.-]\d+)*)", re.IGNORECASE)


def numbers(version: str) -> tuple[int, ...]:
    """The numbers that a version begins with; none if it has none."""
    found = _NUMBERS.match(version)
    return tuple(map(int, re.split("[.-]", found[1]))) if found else ()


@rule(Guideline.BACKWARD_COMPATIBLE, Level.WARNING, kind=Kind.LIFECYCLE)
def version_lowered(old: Contract, new: Contract) -> Iterator[Fact]:
    """The version number is lower than the one before.

    Consumers and registries take the new contract for an older one.

    Number the versions upwards.

    ```openapi old
    openapi: 3.1.0
    info: {title: Orders, version: 1.3.0}
    paths: {}
    ```
    ```openapi new
    openapi: 3.1.0
    info: {title: Orders, version: 1.2.0}
    paths: {}
    ```
    """
    was, now = numbers(old.stated_version), numbers(new.stated_version)
    if was and now and now < was:
        said = f"version {new.stated_version} comes after {old.stated_version}"
        yield Fact(said, old.stated_version, new.stated_version)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.WARNING, kind=Kind.LIFECYCLE)
def version_not_raised(old: Contract, new: Contract, *, findings: Sequence[Finding]) -> Iterator[Fact]:
    """The contract changed, but the version that it states of itself did not.

    Two contracts of one name are about, and nobody can say which of them is meant.

    Raise the version with every change: the first number for a breaking one.

    ```openapi old
    openapi: 3.1.0
    info: {title: Orders, version: 1.2.0}
    paths: {}
    ```
    ```openapi new
    openapi: 3.1.0
    info: {title: Orders, version: 1.2.0}
    paths:
      /orders: {get: {responses: {"200": {description: All orders}}}}
    ```
    """
    told = [finding for finding in findings if finding.rule != "text-changed"]
    if told and new.stated_version and old.stated_version == new.stated_version:
        count = f"{len(told)} changes" if len(told) > 1 else "a change"
        yield Fact(f"the version is {new.stated_version} as before, after {count}")


@rule(Guideline.BACKWARD_COMPATIBLE, Level.WARNING, kind=Kind.LIFECYCLE)
def major_version_not_raised(old: Contract, new: Contract, *, findings: Sequence[Finding]) -> Iterator[Fact]:
    """A breaking change came without a new major version.

    Consumers that take every version with the same first number break without a warning.

    Raise the first number (or the second, as long as the first is 0), or make the change compatible.

    ```openapi old
    openapi: 3.1.0
    info: {title: Orders, version: 1.2.0}
    paths:
      /orders: {get: {responses: {"200": {description: All orders}}}}
    ```
    ```openapi new
    openapi: 3.1.0
    info: {title: Orders, version: 1.3.0}
    paths: {}
    ```
    """
    was, now = numbers(old.stated_version), numbers(new.stated_version)
    breaking = [finding for finding in findings if finding.level is Level.ERROR]
    if breaking and len(was) > 1 and len(now) > 1 and was < now and _major(was) == _major(now):
        count = f"{len(breaking)} breaking changes" if len(breaking) > 1 else "a breaking change"
        said = f"version {new.stated_version} follows {old.stated_version} with {count}"
        yield Fact(said, old.stated_version, new.stated_version)


def _major(version: tuple[int, ...]) -> tuple[int, ...]:
    """The numbers by which a version says that it breaks with another."""
    return version[:2] if version[0] == 0 else version[:1]
