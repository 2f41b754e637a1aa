"""Versions of contracts: where they stand in paths, what is left of a path without them, and their order."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from contractbook.texts import expression

_STAGES = {
    **dict.fromkeys(("dev", "development", "experimental", "snapshot", "draft"), 0),
    "alpha": 1,
    **dict.fromkeys(("beta", "pre", "preview"), 2),
    "rc": 3,
}
_STABLE = 4

_STAGE = rf"(?:[-.]?(?:{'|'.join(_STAGES)})(?:[-.]?\d+)?)?"
_DATE = rf"(?:19|20)\d\d-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?{_STAGE}"
_NUMBER = rf"(?:v\d+(?:[.p]\d+)*|\d+(?:\.\d+)+){_STAGE}"
_VERSION = rf"(?:{_DATE}|{_NUMBER})(?:\+[\w.]+)?"

# Inside a name a version stands alone between separators; a bare number there is no version.
_INSIDE = expression(rf"(?<![^-_. @])(?:{_VERSION})(?:[-_ ](?:{_VERSION}))*(?![^-_. @])", re.IGNORECASE)

# As a whole name: also a bare number, SchemaVer (1-0-2), the n-th commit (6_34b51fc), and words before it.
_WHOLE = expression(
    rf"(?:(?:r|rel|release|ver|version)[-_.]?)?(?:{_VERSION}|\d+{_STAGE}|\d+-\d+-\d+|\d+_[0-9a-f]{{7,40}})",
    re.IGNORECASE,
)

_DAY = expression(_DATE)
_SUFFIX = expression(r"(?:[.-]schema)?\.(?!v?\d+$)[^.]+$", re.IGNORECASE)

_RANKS = expression(
    r"(?P<numbers>\d+(?:[.p-]\d+)*)"
    rf"(?:[-.]?(?P<stage>{'|'.join(_STAGES)})(?:[-.]?(?P<count>\d+))?)?"
    r"(?:_[0-9a-f]{7,40}$)?",
    re.IGNORECASE,
)

Rank = tuple[tuple[int, ...], int, int]
"""Numbers, how ripe, and the how manieth of that ripeness."""


class Identity(NamedTuple):
    """Who a contract is: its service, its name there, and which version of it a file holds.

    `service` is empty where no folder tells it, `version` where the path holds none.
    """

    service: str
    name: str
    version: str


def identity(path: str) -> Identity:
    """What the path of a file below its specs folder tells of a contract.

    The first folder is the service, the rest without its version and suffix the name:
    `orders/v1/openapi.yaml` is version `v1` of `openapi` of `orders`.
    """
    *folders, file = path.split("/")
    split = [split_version(folder) for folder in folders] + [split_version(stem(file))]
    versions = [version for _, version in split if version]
    names = [name for name, _ in split if name]
    service = names.pop(0) if any(name for name, _ in split[:-1]) else ""
    return Identity(service, "/".join(names), " ".join(versions))


def stem(file: str) -> str:
    """The name of a file without its suffix (`.schema.json`); a version is none (`orders.v2`, `1.2.0`)."""
    return file if _is_version(file) else _SUFFIX.sub("", file)


def split_version(name: str) -> tuple[str, str]:
    """A name without its version, and the version; both as they are written."""
    if _is_version(name):
        return "", name
    found = _INSIDE.search(name) if _has_digits(name) else None
    if found is None:
        return name, ""
    before, after = name[: found.start()].rstrip("-_. @"), name[found.end() :]
    return (before + after if before else after.lstrip("-_. @")), found[0]


def order(version: str) -> tuple[tuple[tuple[Rank, ...], ...], str]:
    """A key that sorts versions from old to new: 1.9 < 1.10, alpha < beta < stable, dates by day.

    Where a path holds several versions a number counts before a date: each state of `v1` comes before `v2`.
    """
    if not version:
        return ((),), version
    parts = sorted(version.split(" "), key=lambda part: bool(_DAY.match(part)))
    return tuple(tuple(_rank(found) for found in _RANKS.finditer(part)) for part in parts), version


def _is_version(name: str) -> bool:
    return _has_digits(name) and _WHOLE.fullmatch(name) is not None


def _has_digits(name: str) -> bool:
    """Whether a name may hold a version at all: most names of files do not."""
    return any(map(str.isdigit, name))


def newest_last(versions: Iterable[str]) -> list[str]:
    """Versions in their natural order."""
    return sorted(versions, key=order)


def without_lone_names(identities: Iterable[Identity]) -> list[Identity]:
    """The same identities, in their order, without the name where a service has just one contract."""
    found = list(identities)
    names: dict[str, set[str]] = {}
    for each in found:
        names.setdefault(each.service, set()).add(each.name)
    return [each._replace(name="") if len(names[each.service]) == 1 else each for each in found]


def _rank(found: re.Match[str]) -> Rank:
    numbers = [int(number) for number in re.split("[.p-]", found["numbers"].lower())]
    while len(numbers) > 1 and not numbers[-1]:
        numbers.pop()  # v1, 1.0 and 1.0.0 are one version
    stage = _STAGES[found["stage"].lower()] if found["stage"] else _STABLE
    return tuple(numbers), stage, int(found["count"] or 0)
