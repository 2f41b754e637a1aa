"""Spectral's names for formats and their versions."""

from __future__ import annotations

import re
from collections.abc import Iterable

from contractbook.model import Contract

FAMILIES = {"oas": "openapi", "aas": "asyncapi", "asyncapi": "asyncapi", "json-schema": "jsonschema"}
_NAME = re.compile(r"(?P<family>oas|aas|asyncapi)(?P<major>\d)(?:[._](?P<minor>\d+))?")
_SCHEMA = re.compile(r"json-schema(?:-loose|-(?P<draft>draft\d+|\d{4}-\d{2}))?")


def is_known(name: str) -> bool:
    """Whether a ruleset may name a format so."""
    return bool(_NAME.fullmatch(name) or _SCHEMA.fullmatch(name))


def is_one_of(contract: Contract, names: Iterable[str]) -> bool:
    """Whether a contract is in one of the formats."""
    return any(_is(contract, name) for name in names)


def _is(contract: Contract, name: str) -> bool:
    if found := _NAME.fullmatch(name):
        version = f"{found['major']}.{found['minor'] or ''}"
        return contract.format == FAMILIES[found["family"]] and contract.spec_version.startswith(version)
    found = _SCHEMA.fullmatch(name)
    if not found or contract.format != FAMILIES["json-schema"]:
        return False
    draft = (found["draft"] or "").removeprefix("draft")
    return not draft or draft in contract.spec_version
