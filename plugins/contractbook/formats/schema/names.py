"""Names for types: of components as they are called, of all others by the way to them."""

from __future__ import annotations

from pathlib import PurePosixPath

from contractbook.source.pointers import parts_of

NAMED = {"definitions", "$defs", "schemas"}
STEPS = {"items": "[]", "additionalProperties": "{}", "unevaluatedProperties": "{}", "unevaluatedItems": "[]"}
NUMBERED = {"allOf", "anyOf", "oneOf", "prefixItems"}
MEMBERS = {"properties", "patternProperties", "dependentSchemas"} | NAMED


def way_to(path: str, pointer: str) -> str:
    """What to call the schema at a pointer: `Customer`, `Customer > address`, or by the file's name."""
    name, rest = _root(parts_of(pointer))
    if not name:
        stem = PurePosixPath(path).name.split(".")[0]
        name = stem or path
    return name + _steps(rest)


def _root(tokens: list[str]) -> tuple[str, list[str]]:
    if len(tokens) >= 3 and tokens[0] == "components":
        kind = "" if tokens[1] == "schemas" else tokens[1].removesuffix("s") + " "
        return kind + tokens[2], tokens[3:]
    if len(tokens) >= 2 and tokens[0] in NAMED | {"parameters", "responses"}:
        kind = "" if tokens[0] in NAMED else tokens[0].removesuffix("s") + " "
        return kind + tokens[1], tokens[2:]
    if len(tokens) >= 3 and tokens[0] == "paths":
        return f"{tokens[2].upper()} {tokens[1]}", tokens[3:]
    if len(tokens) == 1:
        return tokens[0], []
    return "", tokens


def _steps(tokens: list[str]) -> str:
    way = []
    left = iter(tokens)
    for token in left:
        following = next(left, None) if token in MEMBERS | NUMBERED else None
        if token in STEPS:
            way.append(STEPS[token])
        elif following is None:
            way.append(f" > {token}")
        elif token in NUMBERED:
            way.append(f" ({option(following)})")
        else:
            way.append(f" > {following}")
    return "".join(way)


def option(index: str) -> str:
    """What to call a branch without a name, by its index from 0."""
    return f"option {int(index) + 1}" if index.isdigit() else index
