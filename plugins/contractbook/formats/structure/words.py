"""Words for what is wrong with a structure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from contractbook.formats.structure.causes import Cause, step
from contractbook.source.faults import shortened

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


def _required(cause: Cause, where: str, found: Any) -> tuple[str, str]:
    names = cause.demand if isinstance(cause.demand, list) else [cause.demand]
    if len(names) == 1:
        return f"`{where}{'.' if where else ''}{names[0]}` is missing", ""
    inside = f" in `{where}`" if where else ""
    return f"{_or([f'`{name}`' for name in names])} is missing{inside}", ""


def _type(cause: Cause, where: str, found: Any) -> tuple[str, str]:
    kinds = [KINDS.get(kind, kind) for kind in dict.fromkeys(cause.demand)]
    quoted = "Put it in quotes." if "string" in cause.demand and isinstance(found, int | float) else ""
    return f"`{where}` is {_said(found)}, and must be {_or(kinds)}", quoted


def _enum(cause: Cause, where: str, found: Any) -> tuple[str, str]:
    options = cause.demand if isinstance(cause.demand, list) else [cause.demand]
    near = get_close_matches(str(found), map(str, options), n=1)
    hint = f"Did you mean `{near[0]}`?" if near else ""
    return f"`{where}` is {_said(found)}, which is none of {', '.join(map(str, options))}", hint


def _exclusive(cause: Cause, where: str, found: Any) -> tuple[str, str]:
    names = cause.demand.get("required") if isinstance(cause.demand, dict) else None
    if not isinstance(names, list):
        return f"`{where}` has several forms at once, of which it may have one", "Keep one of them."
    both = " and ".join(f"`{name}`" for name in names)
    return f"{both} exclude each other in `{where}`", "Keep one of them."


def _name(cause: Cause, where: str, found: Any) -> tuple[str, str]:
    return (
        f"`{shortened(str(cause.path[-1]))}` is no name for a component",
        "Use letters, digits, `.`, `-` and `_` only.",
    )


def _unique(cause: Cause, where: str, found: Any) -> tuple[str, str]:
    return f"`{where}` lists the same twice", "Remove one of the two."


def _pattern(cause: Cause, where: str, found: Any) -> tuple[str, str]:
    return f"`{where}` is {_said(found)}, which does not match `{cause.demand}`", ""


def _few(cause: Cause, where: str, found: Any) -> tuple[str, str]:
    return f"`{where}` is empty, and must not be", "Remove it, or say something there."


def otherwise(cause: Cause, where: str, found: Any) -> tuple[str, str]:
    """A message and no advice, for what happens too seldom to have words of its own."""
    return f"`{where}` is not as the specification has it ({cause.keyword})", ""


WORDS: Mapping[str, Callable[[Cause, str, Any], tuple[str, str]]] = {
    "required": _required,
    "type": _type,
    "enum": _enum,
    "const": _enum,
    "several": _exclusive,
    "not": _exclusive,
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


def named(value: Any, keys: list[str]) -> str:
    """A place as people read it: the items of a list by their names."""

    def words() -> Iterator[str]:
        inside = value
        for key in keys:
            listed = isinstance(inside, list)
            inside = step(inside, key)
            name = inside.get("name") if listed and isinstance(inside, dict) else None
            yield shortened(name if isinstance(name, str) else key)

    return ".".join(words())
