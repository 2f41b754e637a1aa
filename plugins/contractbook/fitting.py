"""Whether a value is one of a type's: what examples and defaults are held against."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from contractbook.model import Contract, Field, Shape, Type
from contractbook.texts import fits_format, matches

DEPTH = 40  # values inside values
STEPS = 20_000  # parts of one value that are looked at: choices inside choices multiply
BUDGET = 3_000_000  # and of all values of a contract

CLASSES: Mapping[str, frozenset[type]] = {
    "string": frozenset({str}),
    "bytes": frozenset({str}),
    "integer": frozenset({int}),
    "number": frozenset({int, float}),
    "boolean": frozenset({bool}),
    "null": frozenset({type(None)}),
}
NULL: frozenset[type] = CLASSES["null"]
ALL: frozenset[type] = frozenset({str, int, float, bool, type(None), dict, list})
NONE: frozenset[type] = frozenset()
NOUNS = {
    str: "a text",
    int: "a number",
    float: "a number",
    bool: "a boolean",
    dict: "an object",
    list: "a list",
    type(None): "null",
}
SCALARS = {
    "string": "a text",
    "bytes": "a text",
    "integer": "an integer",
    "number": "a number",
    "boolean": "a boolean",
    "null": "null",
}


class Misfit(NamedTuple):
    """What is wrong with a part of a value; `path` leads to the part, and is empty for the whole."""

    path: tuple[str, ...]
    says: str
    kind: bool = False  # already the kind of the value is another

    def __str__(self) -> str:
        return f"{' > '.join(self.path) or 'it'} {self.says}"


class Member(NamedTuple):
    """A field of a record, and the classes of the values that need no closer look."""

    field: Field
    plain: frozenset[type]


class Record(NamedTuple):
    """What a record asks of a value. What only one side writes is asked of nobody here."""

    members: Mapping[str, Member]
    required: frozenset[str]


class Fitting:
    """Holds values against the types of a contract; what it worked out of a type it remembers.

    A `partial` value may lack what is required: it shows the parts that somebody reads.
    """

    def __init__(self, contract: Contract, partial: bool = False) -> None:
        self.types = contract.types
        self.partial = partial
        self._plain: dict[str, frozenset[type]] = {}
        self._records: dict[str, Record] = {}
        self._names: dict[str, frozenset[str]] = {}
        self._known: dict[tuple[str, int], tuple[Any, list[Misfit]]] = {}
        self._steps = 0
        self._budget = BUDGET

    def misfits(self, name: str, value: Any, *, nullable: bool = False) -> list[Misfit]:
        """What keeps a value from being of a type; empty where it fits, or where that cannot be told."""
        if value is None and nullable:
            return []
        key = (name, id(value))  # answers that operations share show the same values
        known = self._known.get(key)
        if known is None:
            # The value is kept, too: the id of one that is gone may be given to another.
            known = self._known[key] = (value, self._looked_at(name, value))
        return known[1]

    def _looked_at(self, name: str, value: Any) -> list[Misfit]:
        self._steps = min(STEPS, self._budget)
        given = self._steps
        found = self._fit(name, value, 0)
        self._budget -= given - self._steps
        return found if self._steps > 0 else []

    def takes_text(self, name: str, text: str) -> bool:
        """Whether a text can stand for a value of a type, as in a path."""
        if name not in self.types:
            return True
        try:
            return not self.misfits(name, text) or not self.misfits(name, json.loads(text))
        except ValueError:
            return False

    def _fit(self, name: str, value: Any, depth: int) -> list[Misfit]:
        self._steps -= 1
        if self._steps < 0 or depth > DEPTH or value.__class__ in self._plainly(name):
            return []
        type = self.types.get(name)
        if type is None:
            return []
        if value is None:
            return [] if self._takes_null(type) else [Misfit((), "is null, which is not allowed", True)]
        check = CHECKS.get(type.shape)
        return check(self, type, value, depth) if check else []

    def _plainly(self, name: str) -> frozenset[type]:
        known = self._plain.get(name)
        if known is None:
            type = self.types.get(name)
            known = self._plain[name] = ALL if type is None else _needs_no_look(type)
        return known

    def _takes_null(self, type: Type) -> bool:
        """Whether null is of a type, by itself or by what it stands for."""
        seen: set[str] = set()
        todo = [type]
        while todo:
            each = todo.pop()
            if each.nullable or each.shape is Shape.ANY or each.scalar == "null":
                return True
            if each.shape in (Shape.ALIAS, Shape.UNION) and each.name not in seen:
                seen.add(each.name)
                todo += [self.types[part] for part in each.parts if part in self.types]
        return False

    def _alias(self, type: Type, value: Any, depth: int) -> list[Misfit]:
        return self._fit(type.parts[0], value, depth + 1) if type.parts else []

    def _scalar(self, type: Type, value: Any, depth: int) -> list[Misfit]:
        if not _is_kind(type.scalar, value):
            return [_wrong_kind(value, SCALARS[type.scalar])]
        return [Misfit((), says) for says in _limits(type, value)]

    def _enum(self, type: Type, value: Any, depth: int) -> list[Misfit]:
        if type.scalar and not _is_kind(type.scalar, value):
            return [_wrong_kind(value, SCALARS[type.scalar])]
        names = self._names.get(type.name)
        if names is None:
            names = self._names[type.name] = frozenset(each.name for each in type.values)
        if type.open or _name(value) in names:
            return []
        listed = ", ".join(each.name for each in type.values[:5]) + (", …" if len(type.values) > 5 else "")
        return [Misfit((), f"is {_shown(value)}, not one of {listed}")]

    def _list(self, type: Type, value: Any, depth: int) -> list[Misfit]:
        if not isinstance(value, list):
            # Some write a choice as a list of item types, without saying that it is a list.
            return [] if type.prefix else [_wrong_kind(value, "a list")]
        found = [Misfit((), says) for says in _limits(type, value)]
        plain = self._plainly(type.item) if type.item else ALL
        for i, inner in enumerate(value):
            if i < len(type.prefix):
                found += _inside(f"[{i}]", self._fit(type.prefix[i], inner, depth + 1))
            elif inner.__class__ not in plain:
                found += _inside(f"[{i}]", self._fit(type.item, inner, depth + 1))
        return found

    def _map(self, type: Type, value: Any, depth: int) -> list[Misfit]:
        if not isinstance(value, dict):
            return [_wrong_kind(value, "an object")]
        found = [Misfit((), says) for says in _limits(type, value)]
        for key, inner in value.items():
            found += _inside(key, self._fit(type.item, inner, depth + 1))
        return found

    def _record(self, type: Type, value: Any, depth: int) -> list[Misfit]:
        if not isinstance(value, dict):
            return [_wrong_kind(value, "an object")]
        record = self._records.get(type.name)
        if record is None:
            record = self._records[type.name] = self._members(type)
        found = [Misfit((), says) for says in _limits(type, value)] if type.limits else []
        if not record.required <= value.keys():
            lacking = [name for name in record.members if name in record.required and name not in value]
            found.append(Misfit((), f"lacks {', '.join(lacking)}"))
        for key, inner in value.items():
            member = record.members.get(key)
            if member is None:
                found += self._undeclared(type, key, inner, depth)
            elif inner.__class__ not in member.plain:
                found += _inside(key, self._fit(member.field.type, inner, depth + 1))
        return found + self._union(type, value, depth) if type.parts else found

    def _members(self, type: Type) -> Record:
        members = {}
        for field in type.fields:
            plain = self._plainly(field.type)
            members[field.name] = Member(field, plain | NULL if field.nullable else plain)
        one_sided = {each.name for each in type.fields if each.read_only or each.write_only}
        required = {
            field.name for field in type.fields if field.required and not (field.filled or self.partial)
        } - one_sided
        return Record(members, frozenset(required))

    def _undeclared(self, type: Type, key: str, value: Any, depth: int) -> list[Misfit]:
        for field in type.patterns:
            if matches(field.name, key) is not False:
                return _inside(key, self._fit(field.type, value, depth + 1))
        if type.item:
            return _inside(key, self._fit(type.item, value, depth + 1))
        if type.open or type.parts or type.conditions:
            return []
        return [Misfit((), f"has {_shown(key)}, which is not declared")]

    def _union(self, type: Type, value: Any, depth: int) -> list[Misfit]:
        meant = type.discriminator and isinstance(value, dict) and value.get(type.discriminator.field)
        if type.discriminator and isinstance(meant, str):
            target = type.discriminator.mapping.get(meant, meant)
            if target in self.types and target != type.name:
                return self._fit(target, value, depth + 1)
        tried = []
        for part in type.parts:
            misfits = self._fit(part, value, depth + 1)
            if not misfits:
                return []
            tried.append(misfits)
        near = [misfits for misfits in tried if not misfits[0].kind or misfits[0].path]
        if len(near) == 1:
            return near[0]
        return [Misfit((), f"fits none of the {len(tried)} variants", not near)]


Limit = Callable[[Any, Any], str | None]  # what is wrong with a value, given the limit
Sized = type[str] | type[list[Any]] | type[dict[str, Any]]

Check = Callable[[Fitting, Type, Any, int], list[Misfit]]
CHECKS: Mapping[Shape, Check] = {
    Shape.ALIAS: Fitting._alias,
    Shape.SCALAR: Fitting._scalar,
    Shape.ENUM: Fitting._enum,
    Shape.LIST: Fitting._list,
    Shape.MAP: Fitting._map,
    Shape.RECORD: Fitting._record,
    Shape.UNION: Fitting._union,
}


def _needs_no_look(type: Type) -> frozenset[type]:
    """The classes of the values that are of a type, whatever they are."""
    if type.shape is Shape.ANY:
        return ALL
    if type.shape is not Shape.SCALAR or type.limits or fits_format(type.format, "") is not None:
        return NULL if type.nullable else NONE
    classes = CLASSES.get(type.scalar, ALL)
    return classes | NULL if type.nullable else classes


def _inside(key: str, misfits: list[Misfit]) -> list[Misfit]:
    return [misfit._replace(path=(key, *misfit.path)) for misfit in misfits]


def _is_kind(scalar: str, value: Any) -> bool:
    if scalar == "integer" and isinstance(value, float):  # JSON Schema draft 6 and later: 1.0 is an integer
        return value.is_integer()
    return value.__class__ in CLASSES.get(scalar, ALL)


def _wrong_kind(value: Any, expected: str) -> Misfit:
    return Misfit((), f"is {NOUNS.get(value.__class__, 'another value')}, not {expected}", True)


def _name(value: Any) -> str:
    """A value as enumerations name it."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 40 else text[:38] + "…" + text[0] * (text[0] == '"')


def _limits(type: Type, value: Any) -> Iterator[str]:
    """Which limits of its type a value of the right kind breaks."""
    if type.format and isinstance(value, str) and fits_format(type.format, value) is False:
        yield f"is {_shown(value)}, which is no {type.format}"
    for key, limit in type.limits.items():
        check = LIMITS.get(key)
        says = check(value, limit) if check else None
        if says:
            yield says


def _size(noun: str, least: bool, kind: type[str] | type[list[Any]] | type[dict[str, Any]]) -> Limit:
    def check(value: Any, limit: Any) -> str | None:
        if not isinstance(value, kind):
            return None
        if len(value) < limit if least else len(value) > limit:
            return f"has {len(value)} {noun}, {'less' if least else 'more'} than {limit}"
        return None

    return check


def _bound(wrong: Callable[[Any, Any], bool], words: str) -> Limit:
    def check(value: Any, limit: Any) -> str | None:
        number = isinstance(value, int | float) and not isinstance(value, bool)
        return f"is {value}, {words} {limit}" if number and wrong(value, limit) else None

    return check


def _not_multiple(value: Any, limit: Any) -> bool:
    ratio = value / limit if limit else 0.0
    return bool(abs(ratio - round(ratio)) > 1e-6)


def _pattern(value: Any, limit: Any) -> str | None:
    if isinstance(value, str) and matches(limit, value) is False:
        return f"is {_shown(value)}, which does not match {limit}"
    return None


def _unique(value: Any, limit: Any) -> str | None:
    if not isinstance(value, list) or len(value) > 1000:
        return None
    names = [_name(each) for each in value if isinstance(each, str | int | float)]
    return "lists a value twice" if len(set(names)) < len(names) else None


LIMITS: Mapping[str, Limit] = {
    "minLength": _size("characters", True, str),
    "maxLength": _size("characters", False, str),
    "minItems": _size("items", True, list),
    "maxItems": _size("items", False, list),
    "minProperties": _size("members", True, dict),
    "maxProperties": _size("members", False, dict),
    "minimum": _bound(lambda value, limit: value < limit, "less than"),
    "maximum": _bound(lambda value, limit: value > limit, "more than"),
    "exclusiveMinimum": _bound(lambda value, limit: value <= limit, "not more than"),
    "exclusiveMaximum": _bound(lambda value, limit: value >= limit, "not less than"),
    "multipleOf": _bound(_not_multiple, "no multiple of"),
    "pattern": _pattern,
    "uniqueItems": _unique,
}
