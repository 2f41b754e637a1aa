"""Which values of a type are right: limits, formats, undeclared fields and conditions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from contractbook.declare import Fact, rule
from contractbook.finding import Guideline, Kind, Level
from contractbook.forms import kind, same
from contractbook.model import Condition, Contract, Type
from contractbook.place import Place

LOWER = ("minLength", "minItems", "minProperties", "minContains")
UPPER = ("maxLength", "maxItems", "maxProperties", "maxContains")
NUMBERS = frozenset({"integer", "number"})


class Turn(NamedTuple):
    """A limit that changed, and whether it admits more or fewer values."""

    limit: str
    old: Any
    new: Any
    wider: bool

    def __str__(self) -> str:
        if self.new is None:
            return f"no {self.limit} (was {self.old})"
        return f"{self.limit} {self.new}" + (f" (was {self.old})" if self.old is not None else "")


def turns(old: Type, new: Type) -> Iterator[Turn]:
    """The limits that changed, but for the pattern."""
    was, now = old.limits, new.limits
    if was == now:
        return
    for key in (*LOWER, *UPPER):
        if was.get(key) != now.get(key):
            lower = key in LOWER
            yield Turn(key, was.get(key), now.get(key), _wider(was.get(key), now.get(key), lower))
    for name, before, after in (("minimum", *_bounds(old, new, 1)), ("maximum", *_bounds(old, new, -1))):
        if before != after:
            wider = after is None or (before is not None and after < before)
            yield Turn(name, _bound(before, name), _bound(after, name), wider)
    if was.get("uniqueItems") != now.get("uniqueItems"):
        yield Turn("uniqueItems", was.get("uniqueItems"), now.get("uniqueItems"), "uniqueItems" in was)
    if (step := was.get("multipleOf")) != (other := now.get("multipleOf")):
        yield Turn("multipleOf", step, other, other is None or (step is not None and step % other == 0))


def _wider(was: Any, now: Any, lower: bool) -> bool:
    """Whether a bound became looser."""
    return now is None or (was is not None and (now < was if lower else now > was))


Bound = tuple[float, bool] | None  # the bound times its sign, and whether it is itself excluded


def _bounds(old: Type, new: Type, sign: int) -> tuple[Bound, Bound]:
    """The bounds of both types, so that the greater one is stricter."""
    return _strictest(old, sign), _strictest(new, sign)


def _strictest(type: Type, sign: int) -> Bound:
    end = "minimum" if sign > 0 else "maximum"
    keys = ((end, False), (f"exclusive{end.capitalize()}", True))
    found = [(sign * type.limits[key], excluded) for key, excluded in keys if key in type.limits]
    if kind(type) == "integer":  # above 0 is from 1 on
        found = [(value + 1, False) if excluded else (value, False) for value, excluded in found]
    return max(found, default=None)


def _bound(bound: Bound, name: str) -> str | float | None:
    if bound is None:
        return None
    value = bound[0] if name == "minimum" else -bound[0]
    return f"{value} (excluded)" if bound[1] else value


def _fact(at: Place, new: Type, verb: str, found: list[Turn]) -> Fact:
    said = ", ".join(map(str, found))
    was = {turn.limit: turn.old for turn in found}
    now = {turn.limit: turn.new for turn in found}
    return Fact(f"{at.called(new)} {verb}: {said}", old=was, new=now)


@rule(Guideline.BACKWARD_COMPATIBLE, input=Level.ERROR, output=Level.NOTE, kind=Kind.STRUCTURAL)
def limit_narrowed(old: Type, new: Type, *, at: Place) -> Iterator[Fact]:
    """A limit was set or became stricter.

    What consumers write beyond it, and what was right until now, is refused.

    Go on accepting the old values; a stricter limit is for a new version.

    ```openapi old
    components:
      schemas: {Customer: {type: object, properties: {name: {type: string, maxLength: 80}}}}
    ```
    ```openapi new
    components:
      schemas: {Customer: {type: object, properties: {name: {type: string, maxLength: 40}}}}
    ```
    """
    found = [turn for turn in turns(old, new) if not turn.wider and (at.written or not _caps(turn))]
    if found:
        yield _fact(at, new, "admits fewer values", found)


@rule(Guideline.BACKWARD_COMPATIBLE, input=Level.NOTE, output=Level.ERROR, kind=Kind.STRUCTURAL)
def limit_widened(old: Type, new: Type, *, at: Place) -> Iterator[Fact]:
    """A limit was lifted or became looser.

    Consumers read values that do not fit into the column, type or layout that they made for the old limit.

    Keep to the old limit where consumers read; where they write, nothing is to be done.

    ```openapi old
    components:
      schemas: {Customer: {type: object, properties: {name: {type: string, maxLength: 40}}}}
    ```
    ```openapi new
    components:
      schemas: {Customer: {type: object, properties: {name: {type: string, maxLength: 80}}}}
    ```
    """
    found = [turn for turn in turns(old, new) if turn.wider]
    if found:
        yield _fact(at, new, "admits more values", found)


@rule(Guideline.BACKWARD_COMPATIBLE, output=Level.WARNING, kind=Kind.SEMANTIC)
def list_capped(old: Type, new: Type, *, at: Place) -> Iterator[Fact]:
    """A list that could be of any length has a greatest length.

    Consumers take a part for the whole, and do not notice that entries are missing.

    Say how to get the rest, and cap the list only for those who ask for pages.

    ```openapi old
    components:
      schemas: {Orders: {type: array, items: {type: string}}}
    ```
    ```openapi new
    components:
      schemas: {Orders: {type: array, items: {type: string}, maxItems: 100}}
    ```
    """
    for turn in turns(old, new):
        if _caps(turn):
            yield Fact(f"{at.called(new)} has at most {turn.new} entries", new=turn.new)


def _caps(turn: Turn) -> bool:
    return turn.limit == "maxItems" and turn.old is None


@rule(Guideline.BACKWARD_COMPATIBLE, input=Level.ERROR, output=Level.WARNING, kind=Kind.STRUCTURAL)
def pattern_changed(old: Type, new: Type, *, at: Place) -> Iterator[Fact]:
    """The pattern of a text was set, changed or lifted.

    What consumers write may be refused, and what they read may not be spelled as they expect.

    Let the new pattern admit all that the old one did; where consumers read, admit no more.

    ```openapi old
    components:
      schemas: {Order: {type: object, properties: {code: {type: string, pattern: "^[A-Z]{3}$"}}}}
    ```
    ```openapi new
    components:
      schemas: {Order: {type: object, properties: {code: {type: string, pattern: "^[A-Z]{4}$"}}}}
    ```
    """
    was, now = old.limits.get("pattern"), new.limits.get("pattern")
    if was != now:
        harmless = (was is None and not at.written) or (now is None and not at.read)
        said = f"is written as {now}" if now else f"need no longer be written as {was}"
        yield Fact(f"{at.called(new)} {said}", old=was, new=now, level=Level.NOTE if harmless else None)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL)
def format_changed(old: Type, new: Type, *, at: Place) -> Iterator[Fact]:
    """A text has another format, such as a date with a time instead of a date.

    Consumers cannot parse what they read, and what they write is refused.

    Give the new spelling a field of its own beside the old one.

    ```openapi old
    components:
      schemas: {Order: {type: object, properties: {placed: {type: string, format: date}}}}
    ```
    ```openapi new
    components:
      schemas: {Order: {type: object, properties: {placed: {type: string, format: date-time}}}}
    ```
    """
    if old.format and new.format and old.format != new.format and not _numbers(old, new):
        yield Fact(f"{at.called(new)} is a {new.format}, and was a {old.format}", old.format, new.format)


@rule(Guideline.BACKWARD_COMPATIBLE, input=Level.ERROR, output=Level.NOTE, kind=Kind.STRUCTURAL)
def format_added(old: Type, new: Type, *, at: Place) -> Iterator[Fact]:
    """A text that could be spelled in any way has a format.

    What consumers write in another spelling is refused.

    Go on accepting any spelling where consumers write; where they read, nothing is to be done.

    ```openapi old
    components:
      schemas: {Order: {type: object, properties: {id: {type: string}}}}
    ```
    ```openapi new
    components:
      schemas: {Order: {type: object, properties: {id: {type: string, format: uuid}}}}
    ```
    """
    if new.format and not old.format and not _numbers(old, new):
        yield Fact(f"{at.called(new)} must be a {new.format}", new=new.format)


@rule(Guideline.BACKWARD_COMPATIBLE, input=Level.NOTE, output=Level.WARNING, kind=Kind.STRUCTURAL)
def format_removed(old: Type, new: Type, *, at: Place) -> Iterator[Fact]:
    """A text had a format and has none any more.

    Consumers that parse it by the format meet texts that they cannot parse.

    Keep the format where consumers read; where they write, nothing is to be done.

    ```openapi old
    components:
      schemas: {Order: {type: object, properties: {id: {type: string, format: uuid}}}}
    ```
    ```openapi new
    components:
      schemas: {Order: {type: object, properties: {id: {type: string}}}}
    ```
    """
    if old.format and not new.format and not _numbers(old, new):
        yield Fact(f"{at.called(new)} need not be a {old.format}", old=old.format)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.WARNING, kind=Kind.SEMANTIC)
def precision_changed(old: Type, new: Type, *, at: Place) -> Iterator[Fact]:
    """A number is held in another size or precision, such as 64 instead of 32 bits.

    Generated consumers overflow or round, most of them without a word.

    Keep the size, or write the number as a text in a field of its own.

    ```openapi old
    components:
      schemas: {Order: {type: object, properties: {number: {type: integer, format: int32}}}}
    ```
    ```openapi new
    components:
      schemas: {Order: {type: object, properties: {number: {type: integer, format: int64}}}}
    ```
    """
    if old.format != new.format and _numbers(old, new):
        was, now = old.format or "no size", new.format or "no size"
        yield Fact(f"{at.called(new)} is of {now}, and was of {was}", old.format or None, new.format or None)


def _numbers(old: Type, new: Type) -> bool:
    return kind(old) in NUMBERS and kind(new) in NUMBERS


@rule(Guideline.BACKWARD_COMPATIBLE, input=Level.ERROR, output=Level.NOTE, kind=Kind.STRUCTURAL)
def type_closed(old: Type, new: Type, *, at: Place) -> Iterator[Fact]:
    """A type refuses what it does not name, and took it before.

    Consumers that send more than is asked for, as many do, are refused.

    Go on ignoring what you do not know.

    ```openapi old
    components:
      schemas: {Customer: {type: object, properties: {email: {type: string}}}}
    ```
    ```openapi new
    components:
      schemas: {Customer: {type: object, additionalProperties: false, properties: {email: {type: string}}}}
    ```
    """
    if old.open and not new.open and old.shape is new.shape:
        yield Fact(f"{at.called(new)} refuses what it does not name", old="open", new="closed")


@rule(Guideline.BACKWARD_COMPATIBLE, input=Level.NOTE, output=Level.WARNING, kind=Kind.STRUCTURAL)
def type_opened(old: Type, new: Type, *, at: Place) -> Iterator[Fact]:
    """A type may hold what it does not name, and could not before.

    A consumer that validates strictly what it reads may meet what it refuses.

    Tell your consumers to ignore what they do not know.

    ```openapi old
    components:
      schemas: {Customer: {type: object, additionalProperties: false, properties: {email: {type: string}}}}
    ```
    ```openapi new
    components:
      schemas: {Customer: {type: object, properties: {email: {type: string}}}}
    ```
    """
    if new.open and not old.open and old.shape is new.shape:
        yield Fact(f"{at.called(new)} may hold what it does not name", old="closed", new="open")


@rule(Guideline.BACKWARD_COMPATIBLE, input=Level.ERROR, output=Level.ERROR, kind=Kind.STRUCTURAL)
def undeclared_fields_changed(old: Type, new: Type, *, at: Place) -> Iterator[Fact]:
    """Fields that a type does not name must be of a type, or need not be any more.

    Consumers write values that are refused, or read values of kinds that they do not expect.

    Name the fields that are meant, and leave the others as they are.

    ```openapi old
    components:
      schemas: {Labels: {type: object}}
    ```
    ```openapi new
    components:
      schemas: {Labels: {type: object, additionalProperties: {type: string}}}
    ```
    """
    if kind(old) == "object" and bool(old.item) is not bool(new.item) and old.open and new.open:
        harmless = not at.written if new.item else not at.read
        said = "must be of one type" if new.item else "may be of any type"
        fact = f"fields that {at.called(new)} does not name {said}"
        yield Fact(fact, old.item or None, new.item or None, level=Level.NOTE if harmless else None)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL)
def tuple_changed(old: Type, new: Type, *, at: Place) -> Iterator[Fact]:
    """A list has more or fewer entries with a fixed place.

    Consumers take one entry for another.

    Add entries at the end of an object with names, not of a list.

    ```openapi old
    components:
      schemas: {Point: {type: array, prefixItems: [{type: number}, {type: number}]}}
    ```
    ```openapi new
    components:
      schemas: {Point: {type: array, prefixItems: [{type: number}, {type: number}, {type: number}]}}
    ```
    """
    was, now = len(old.prefix), len(new.prefix)
    if was != now:
        yield Fact(f"{at.called(new)} has {now} entries with a fixed place, and had {was}", was, now)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL)
def condition_changed(old: Type, new: Type, *, at: Place) -> Iterator[Fact]:
    """A condition that values must meet was set, changed or lifted, such as a field that demands another.

    What consumers write may be refused, and what they read may be of a form that could not be.

    Where consumers write, only lift conditions; where they read, only add some.

    ```openapi old
    components:
      schemas: {Order: {type: object, properties: {coupon: {type: string}, shop: {type: string}}}}
    ```
    ```openapi new
    components:
      schemas:
        Order:
          type: object
          properties: {coupon: {type: string}, shop: {type: string}}
          dependentRequired: {coupon: [shop]}
    ```
    """
    before = (at.before or at).contract
    left, right = _told(old, old.open is not new.open), _told(new, old.open is not new.open)
    alike = [(was, now) for was in left for now in right if _alike(was, now, before, at)]
    gone = [each for each in left if all(each is not was for was, _ in alike)]
    come = [each for each in right if all(each is not now for _, now in alike)]
    if gone or come:
        harmless = (not gone and not at.written) or (not come and not at.read)
        kinds = ", ".join(dict.fromkeys(each.kind for each in (*come, *gone)))
        verb = "meets another condition" if gone and come else "meets a further condition"
        said = verb if come else "no longer meets a condition"
        yield Fact(
            f"{at.called(new)} {said}: {kinds}",
            old=[each.kind for each in gone] or None,
            new=[each.kind for each in come] or None,
            level=Level.NOTE if harmless else None,
        )


def _told(type: Type, turned: bool) -> list[Condition]:
    """The conditions of a type; what says no more than that it was closed is told as such."""
    return [each for each in type.conditions if not (turned and each.kind == "unevaluated-properties")]


def _alike(was: Condition, now: Condition, before: Contract, at: Place) -> bool:
    """Whether two conditions ask for the same."""
    return (
        (was.kind, was.names, len(was.types)) == (now.kind, now.names, len(now.types))
        and all(bool(left) is bool(right) for left, right in zip(was.types, now.types, strict=True))
        and all(
            same(before, at.contract, left, right)
            for left, right in zip(was.types, now.types, strict=True)
            if left and right
        )
    )
