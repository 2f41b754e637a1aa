"""Which values of a type are right: bounds and patterns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from contractbook.declare import Fact, rule
from contractbook.finding import Guideline, Kind, Level
from contractbook.forms import kind
from contractbook.model import Shape, Type
from contractbook.place import Place

LOWER = ("minLength", "minItems", "minProperties", "minContains")
UPPER = ("maxLength", "maxItems", "maxProperties", "maxContains")


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
    """The limits that changed, but for the pattern; where all values are listed, limits mean nothing."""
    was, now = old.limits, new.limits
    if was == now or old.shape is new.shape is Shape.ENUM:
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
