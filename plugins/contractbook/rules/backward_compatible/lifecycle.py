"""What was promised about the end of an element, and whether the promise was kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from contractbook.declare import Fact, rule
from contractbook.finding import Guideline, Kind, Level
from contractbook.model import (
    Contract,
    Element,
    Field,
    Message,
    Operation,
    Role,
    Security,
    Server,
    Type,
    Value,
)
from contractbook.place import Place

Lasting = Contract | Operation | Message | Field | Type | Value | Security | Server
Part = Operation | Message | Field | Type | Value | Security | Server


@rule(Guideline.BACKWARD_COMPATIBLE, Level.NOTE, kind=Kind.LIFECYCLE)
def element_deprecated(old: Lasting, new: Lasting, *, at: Place) -> Iterator[Fact]:
    """An element is deprecated and was not before.

    It still works, and consumers have the time until its sunset to move.

    Tell your consumers until when it works and what to use instead.

    ```openapi old
    paths:
      /orders: {get: {responses: {"200": {description: All orders}}}}
    ```
    ```openapi new
    paths:
      /orders:
        get:
          deprecated: true
          x-lifecycle: {sunset: 2027-09-01, replacement: GET /v2/orders}
          responses: {"200": {description: All orders}}
    ```
    """
    if new.lifecycle.deprecated and not old.lifecycle.deprecated:
        until = f", works until {new.lifecycle.sunset}" if new.lifecycle.sunset else ""
        instead = f"; use {new.lifecycle.replacement}" if new.lifecycle.replacement else ""
        yield Fact(f"{at.called(new)} is deprecated{until}{instead}", new=_day(new.lifecycle.sunset))


@rule(Guideline.BACKWARD_COMPATIBLE, Level.NOTE, kind=Kind.LIFECYCLE)
def deprecation_withdrawn(old: Part, new: Part, *, at: Place) -> Iterator[Fact]:
    """An element is no longer deprecated.

    Consumers that moved away from it did so for nothing; the others may stay.

    Tell your consumers, and say why.

    ```openapi old
    paths:
      /orders: {get: {deprecated: true, responses: {"200": {description: All orders}}}}
    ```
    ```openapi new
    paths:
      /orders: {get: {responses: {"200": {description: All orders}}}}
    ```
    """
    if old.lifecycle.deprecated and not new.lifecycle.deprecated:
        yield Fact(f"{at.called(new)} is no longer deprecated", old=_day(old.lifecycle.sunset))


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.LIFECYCLE)
def sunset_moved_earlier(old: Lasting, new: Lasting, *, at: Place) -> Iterator[Fact]:
    """The day until which an element works was moved to an earlier one.

    Consumers planned their move by the day that they were told.

    Keep the day that was announced, or agree on the earlier one with every consumer.

    ```openapi old
    paths:
      /orders:
        get:
          deprecated: true
          x-lifecycle: {sunset: 2027-09-01}
          responses: {"200": {description: All orders}}
    ```
    ```openapi new
    paths:
      /orders:
        get:
          deprecated: true
          x-lifecycle: {sunset: 2027-06-01}
          responses: {"200": {description: All orders}}
    ```
    """
    was, now = old.lifecycle.sunset, new.lifecycle.sunset
    if was and now and now < was:
        yield Fact(f"{at.called(new)} works until {now}, not until {was}", _day(was), _day(now))


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.LIFECYCLE)
def sunset_too_near(
    old: Lasting, new: Lasting, *, at: Place, today: date, notice: int = 30
) -> Iterator[Fact]:
    """A new sunset leaves consumers less time than the notice that was agreed.

    Nobody can plan and test a move between two releases of their own.

    Announce a later day. The notice is in days; `lifecycle: {notice: 90d}` sets it for all services.

    ```openapi old
    paths:
      /orders: {get: {responses: {"200": {description: All orders}}}}
    ```
    ```openapi new
    paths:
      /orders:
        get:
          deprecated: true
          x-lifecycle: {sunset: 2027-03-15}
          responses: {"200": {description: All orders}}
    ```
    """
    sunset = new.lifecycle.sunset
    if sunset and sunset != old.lifecycle.sunset and today <= sunset < today + timedelta(days=notice):
        left = (sunset - today).days
        says = f"{at.called(new)} works until {sunset}: {left} days, and {notice} were agreed"
        yield Fact(says, _day(old.lifecycle.sunset), _day(sunset))


@rule(Guideline.BACKWARD_COMPATIBLE, Level.NOTE, kind=Kind.LIFECYCLE)
def sunset_moved_later(old: Lasting, new: Lasting, *, at: Place) -> Iterator[Fact]:
    """The day until which an element works was moved to a later one.

    Consumers have more time.

    Tell your consumers; they have nothing to do.

    ```openapi old
    paths:
      /orders:
        get:
          deprecated: true
          x-lifecycle: {sunset: 2027-06-01}
          responses: {"200": {description: All orders}}
    ```
    ```openapi new
    paths:
      /orders:
        get:
          deprecated: true
          x-lifecycle: {sunset: 2027-09-01}
          responses: {"200": {description: All orders}}
    ```
    """
    was, now = old.lifecycle.sunset, new.lifecycle.sunset
    if was and now and now > was:
        yield Fact(f"{at.called(new)} works until {now}, not until {was}", _day(was), _day(now))


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.LIFECYCLE)
def sunset_deleted(old: Lasting, new: Lasting, *, at: Place) -> Iterator[Fact]:
    """An element stays deprecated, and the day until which it works is gone.

    Consumers no longer know how long they have.

    Keep the day, or move it to a later one.

    ```openapi old
    paths:
      /orders:
        get:
          deprecated: true
          x-lifecycle: {sunset: 2027-06-01}
          responses: {"200": {description: All orders}}
    ```
    ```openapi new
    paths:
      /orders: {get: {deprecated: true, responses: {"200": {description: All orders}}}}
    ```
    """
    if new.lifecycle.deprecated and old.lifecycle.sunset and not new.lifecycle.sunset:
        yield Fact(f"{at.called(new)} no longer says until when it works", old=_day(old.lifecycle.sunset))


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.LIFECYCLE)
def removed_before_sunset(old: Part, new: None, *, at: Place, today: date) -> Iterator[Fact]:
    """An element was removed although the day until which it was to work lies ahead.

    Consumers relied on the day that they were told.

    Put it back until that day.

    ```openapi old
    paths:
      /orders:
        get:
          deprecated: true
          x-lifecycle: {sunset: 2099-01-01}
          responses: {"200": {description: All orders}}
    ```
    ```openapi new
    paths: {}
    ```
    """
    sunset = old.lifecycle.sunset
    if sunset and sunset > today:
        yield Fact(f"{_called(old, at)} was removed before its sunset on {sunset}", old=_day(sunset))


@rule(Guideline.BACKWARD_COMPATIBLE, Level.WARNING, kind=Kind.LIFECYCLE)
def removed_without_sunset(old: Part, new: None, *, at: Place) -> Iterator[Fact]:
    """A deprecated element was removed, and nobody had been told when.

    Consumers knew that it would go, but not that it would be now.

    Name a sunset when you deprecate, and remove when it has passed.

    ```openapi old
    paths:
      /orders: {get: {deprecated: true, responses: {"200": {description: All orders}}}}
    ```
    ```openapi new
    paths: {}
    ```
    """
    if old.lifecycle.deprecated and not old.lifecycle.sunset:
        yield Fact(f"{_called(old, at)} was removed, and its deprecation had named no day", common=True)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.WARNING, kind=Kind.LIFECYCLE)
def removed_without_deprecation(old: Operation | Field, new: None, *, at: Place) -> Iterator[Fact]:
    """An operation, or a field that consumers read, was removed without having been deprecated.

    Consumers had no time to move.

    Deprecate first, with a sunset and a replacement, and remove when the sunset has passed.

    ```openapi old
    paths:
      /orders: {get: {responses: {"200": {description: All orders}}}}
    ```
    ```openapi new
    paths: {}
    ```
    """
    read = isinstance(old, Operation) or (at.read and old.role is Role.FIELD)
    if read and not old.lifecycle.deprecated and not old.lifecycle.sunset:
        yield Fact(f"{_called(old, at)} was removed without having been deprecated", common=True)


def _called(element: Element, at: Place) -> str:
    return (at.before or at).called(element)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
