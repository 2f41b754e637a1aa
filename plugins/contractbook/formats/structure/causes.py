"""What is behind the errors of a validator: of the forms that a value may have, the one that was meant."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from jsonschema_rs import ValidationError

TAGS = frozenset({"in", "type"})  # the keys that tell the forms of an object apart


class Cause(NamedTuple):
    """One thing that is wrong: where, which keyword of the meta-schema says so, and what it demands."""

    path: tuple[str | int, ...]
    keyword: str
    demand: Any
    schema_path: tuple[str | int, ...] = ()
    is_tag: bool = False


def causes(error: ValidationError, value: Any) -> list[Cause]:
    """What is behind an error: itself, or what is wrong with the one form that was meant."""
    kind = error.kind
    branches = getattr(kind, "context", None)
    path = tuple(error.instance_path)
    if branches and any(branches):
        known = [[cause for inner in branch for cause in causes(inner, value)] for branch in branches]
        return _meant(known, path, inside(value, keys_of(value, path)))
    if kind.name == "oneOf":
        return [Cause(path, "several", None, tuple(error.schema_path))]
    if kind.name == "propertyNames":
        name: str = getattr(kind, "error").instance  # noqa: B009 - the stubs know only what all kinds have
        return [Cause((*path, name), "name", None, tuple(error.schema_path))]
    demand = getattr(kind, DEMANDS.get(kind.name, "value"))
    return [Cause(path, kind.name, demand, tuple(error.schema_path))]


DEMANDS = {"type": "types", "enum": "options", "additionalProperties": "unexpected"}
DEMANDS |= {"unevaluatedProperties": "unexpected", "required": "property"}


def _meant(branches: list[list[Cause]], here: tuple[str | int, ...], value: Any) -> list[Cause]:
    """The causes in the form that an author meant, judged by what the value has of each."""
    refers = isinstance(value, dict) and "$ref" in value
    left = [branch for branch in branches if not any(_is_other(cause, here, refers) for cause in branch)]
    left = left or branches
    tagged = [_tag(branch, here) for branch in left]
    if all(tagged):
        return [_together(tag for tag in tagged if tag)]
    left = [branch for branch, tag in zip(left, tagged, strict=True) if tag is None]
    kinds = [_kind(branch, here) for branch in left]
    if all(kinds):
        return [_together(kind for kind in kinds if kind)]
    left = [branch for branch, kind in zip(left, kinds, strict=True) if kind is None]
    if len(left) > 1 and all(len(branch) == 1 and branch[0][:2] == (here, "required") for branch in left):
        return [_together(branch[0] for branch in left)]
    return min(left, key=len)


def _is_other(cause: Cause, here: tuple[str | int, ...], refers: bool) -> bool:
    """Whether a branch is about a reference where the value is none, or the other way round."""
    if cause.path != here:
        return False
    if refers:
        return cause.keyword == "additionalProperties" and "$ref" in cause.demand
    return cause.keyword == "required" and cause.demand == "$ref"


def _tag(branch: list[Cause], here: tuple[str | int, ...]) -> Cause | None:
    """What a branch says of a key that marks it as another form."""
    for cause in branch:
        inside = cause.path[:-1] == here and cause.path != here and cause.path[-1] in TAGS
        if inside and cause.keyword == "enum" and (cause.is_tag or len(cause.demand) == 1):
            return cause._replace(is_tag=True)
    return None


def _kind(branch: list[Cause], here: tuple[str | int, ...]) -> Cause | None:
    return next((cause for cause in branch if cause.path == here and cause.keyword == "type"), None)


def _together(alternatives: Iterable[Cause]) -> Cause:
    """One cause whose demand is any of those of several."""
    first, *more = alternatives
    demands: list[Any] = []
    for cause in (first, *more):
        demands += cause.demand if isinstance(cause.demand, list) else [cause.demand]
    return first._replace(demand=list(dict.fromkeys(demands)))


def keys_of(value: Any, path: Iterable[str | int]) -> list[str]:
    """A path of the validator with the keys that the value has: it makes numbers of keys such as "200"."""
    keys = []
    for part in path:
        keys.append(str(part))
        value = step(value, str(part))
    return keys


def inside(value: Any, keys: Iterable[str]) -> Any:
    """What stands at a path of keys, or None."""
    for key in keys:
        value = step(value, key)
    return value


def step(value: Any, key: str) -> Any:
    """The member or item of a value, or None."""
    if isinstance(value, dict):
        return value.get(key)
    if isinstance(value, list) and key.isdigit() and int(key) < len(value):
        return value[int(key)]
    return None
