"""Checks a value against a meta-schema and tells what is wrong in plain words, one finding for each cause."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, NamedTuple

from contractbook.formats.faults import Faults
from contractbook.source.document import Document
from contractbook.source.faults import shortened
from contractbook.source.pointers import joined

if TYPE_CHECKING:
    from jsonschema_rs import ValidationError

TAGS = frozenset({"in", "type"})  # the keys that tell the forms of an object apart
KINDS = {
    "object": "an object",
    "array": "a list",
    "string": "a text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "null": "null",
}
KIND_OF = {dict: "an object", list: "a list", str: "a text", bool: "a truth value", type(None): "null"}


class Cause(NamedTuple):
    """One thing that is wrong: where, which keyword of the meta-schema says so, and what it demands."""

    path: tuple[str | int, ...]
    keyword: str
    demand: Any
    schema_path: tuple[str | int, ...] = ()
    is_tag: bool = False


class Structure:
    """A meta-schema; `names` says for a map of named things what a name must look like, by the map's key."""

    def __init__(self, schema: Mapping[str, Any], names: Mapping[str, str]) -> None:
        from jsonschema_rs import validator_for

        self.schema = schema
        self.names = names
        # The drafts disagree on whether a format binds, and regular expressions have many dialects.
        self._iter_errors = validator_for(dict(schema), validate_formats=False).iter_errors

    def check(self, document: Document, pointer: str, value: Any, faults: Faults) -> None:
        """Report what of a value, which stands at a pointer of a document, is against the meta-schema."""
        done: set[tuple[str | int, ...]] = set()  # what is of the wrong kind is not told for its value again
        for error in self._iter_errors(value):
            for cause in causes(error, value):
                if cause.path in done:
                    continue
                found = _at(value, _keys(value, cause.path))
                if cause.path[-1:] == ("$ref",) and isinstance(found, str):
                    cause = cause._replace(path=cause.path[:-1])
                    found = {"$ref": found}
                refers = isinstance(found, dict) and isinstance(found.get("$ref"), str)
                if refers or cause.keyword == "type":
                    done.add(cause.path)
                tell = self._tell_reference if refers else self._tell
                tell(cause, document, pointer, value, faults)

    def _tell_reference(
        self, cause: Cause, document: Document, pointer: str, value: Any, faults: Faults
    ) -> None:
        """Many tools follow references everywhere; one finding says that the specification does not."""
        keys = _keys(value, cause.path)
        faults.invalid(
            f"`{_named(value, keys)}` is a reference, where the specification has none",
            document,
            pointer + joined(keys),
            "Refer to the object around it, or write the object itself here.",
            cause="reference",
        )

    def _tell(self, cause: Cause, document: Document, pointer: str, value: Any, faults: Faults) -> None:
        keys = _keys(value, cause.path)
        there = pointer + joined(keys)
        where, found = _named(value, keys), _at(value, keys)
        if cause.keyword in ("additionalProperties", "unevaluatedProperties"):
            for key in cause.demand:
                message, advice = self._unknown(key, where, keys, cause)
                faults.invalid(message, document, there + joined([key]), advice)
        else:
            words = WORDS.get(cause.keyword, _otherwise)
            faults.invalid(*_spread(words(cause, where, found), document, there))

    def _unknown(self, key: str, where: str, keys: list[str], cause: Cause) -> tuple[str, str]:
        """A key that has no meaning where it stands."""
        rule = self.names.get(keys[-1] if keys else "")
        if rule:
            return f"`{shortened(key)}` in `{where}` is no {rule}", ""
        parent = _at(self.schema, [str(part) for part in cause.schema_path[:-1]])
        known = parent.get("properties", {}) if isinstance(parent, dict) else {}
        near = get_close_matches(key, known, n=1)
        hint = f"Did you mean `{near[0]}`?" if near else "Remove it, or begin its name with `x-`."
        return (
            f"`{shortened(key)}` has no meaning in `{where}`" if where else f"`{key}` has no meaning here",
            hint,
        )


def causes(error: ValidationError, value: Any) -> list[Cause]:
    """What is behind an error: itself, or what is wrong with the one form that was meant."""
    kind = error.kind
    branches = getattr(kind, "context", None)
    path = tuple(error.instance_path)
    if branches and any(branches):
        known = [[cause for inner in branch for cause in causes(inner, value)] for branch in branches]
        return _meant(known, path, _at(value, _keys(value, path)))
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


# -- words


def _spread(words: tuple[str, str, str], document: Document, pointer: str) -> tuple[str, Document, str, str]:
    message, advice, key = words
    return message, document, pointer + (joined([key]) if key else ""), advice


def _required(cause: Cause, where: str, found: Any) -> tuple[str, str, str]:
    names = cause.demand if isinstance(cause.demand, list) else [cause.demand]
    if len(names) == 1:
        return f"`{where}{'.' if where else ''}{names[0]}` is missing", "", ""
    inside = f" in `{where}`" if where else ""
    return f"{_or([f'`{name}`' for name in names])} is missing{inside}", "", ""


def _type(cause: Cause, where: str, found: Any) -> tuple[str, str, str]:
    kinds = [KINDS.get(kind, kind) for kind in dict.fromkeys(cause.demand)]
    quoted = "Put it in quotes." if "string" in cause.demand and isinstance(found, int | float) else ""
    return f"`{where}` is {_said(found)}, and must be {_or(kinds)}", quoted, ""


def _enum(cause: Cause, where: str, found: Any) -> tuple[str, str, str]:
    options = cause.demand if isinstance(cause.demand, list) else [cause.demand]
    near = get_close_matches(str(found), map(str, options), n=1)
    hint = f"Did you mean `{near[0]}`?" if near else ""
    return f"`{where}` is {_said(found)}, which is none of {', '.join(map(str, options))}", hint, ""


def _several(cause: Cause, where: str, found: Any) -> tuple[str, str, str]:
    return f"`{where}` has several forms at once, of which it may have one", "Keep one of them.", ""


def _not(cause: Cause, where: str, found: Any) -> tuple[str, str, str]:
    names = cause.demand.get("required") if isinstance(cause.demand, dict) else None
    if not isinstance(names, list):
        return _otherwise(cause, where, found)
    return (
        f"{' and '.join(f'`{name}`' for name in names)} exclude each other in `{where}`",
        "Keep one of them.",
        "",
    )


def _name(cause: Cause, where: str, found: Any) -> tuple[str, str, str]:
    return (
        f"`{shortened(str(cause.path[-1]))}` is no name for a component",
        "Use letters, digits, `.`, `-` and `_` only.",
        "",
    )


def _unique(cause: Cause, where: str, found: Any) -> tuple[str, str, str]:
    return f"`{where}` lists the same twice", "Remove one of the two.", ""


def _pattern(cause: Cause, where: str, found: Any) -> tuple[str, str, str]:
    return f"`{where}` is {_said(found)}, which does not match `{cause.demand}`", "", ""


def _few(cause: Cause, where: str, found: Any) -> tuple[str, str, str]:
    return f"`{where}` is empty, and must not be", "Remove it, or say something there.", ""


def _otherwise(cause: Cause, where: str, found: Any) -> tuple[str, str, str]:
    return f"`{where}` is not as the specification has it ({cause.keyword})", "", ""


WORDS: Mapping[str, Callable[[Cause, str, Any], tuple[str, str, str]]] = {
    "required": _required,
    "type": _type,
    "enum": _enum,
    "const": _enum,
    "several": _several,
    "not": _not,
    "name": _name,
    "uniqueItems": _unique,
    "pattern": _pattern,
    "minItems": _few,
    "minProperties": _few,
    "minLength": _few,
}


def _or(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def _said(value: Any) -> str:
    """A value, short: a scalar as it is, of a container only its kind."""
    kind = KIND_OF.get(type(value))
    if isinstance(value, str):
        return f"`{shortened(value)}`"
    return kind if kind and not isinstance(value, bool) else f"`{str(value).lower()}`"


# -- places


def _keys(value: Any, path: Iterable[str | int]) -> list[str]:
    """A path of the validator with the keys that the value has: it makes numbers of keys such as "200"."""
    keys = []
    for part in path:
        keys.append(str(part))
        value = _step(value, str(part))
    return keys


def _at(value: Any, keys: Iterable[str]) -> Any:
    for key in keys:
        value = _step(value, key)
    return value


def _step(value: Any, key: str) -> Any:
    if isinstance(value, dict):
        return value.get(key)
    if isinstance(value, list) and key.isdigit() and int(key) < len(value):
        return value[int(key)]
    return None


def _named(value: Any, keys: list[str]) -> str:
    """A place as people read it: the items of a list by their names."""

    def words() -> Iterator[str]:
        inside = value
        for key in keys:
            listed = isinstance(inside, list)
            inside = _step(inside, key)
            name = inside.get("name") if listed and isinstance(inside, dict) else None
            yield shortened(name if isinstance(name, str) else key)

    return ".".join(words())
