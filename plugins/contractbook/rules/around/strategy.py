"""Whether a breaking change is brought out in the way that its service has declared."""

from __future__ import annotations

from collections.abc import Iterator

from contractbook.declare import rule
from contractbook.finding import Guideline, Kind, Level
from contractbook.model import Contract


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.LIFECYCLE)
def old_version_gone(old: Contract, new: Contract) -> Iterator[str]:
    """Versions are to run side by side, and the old one is gone or was changed in place.

    Consumers that count on the time of coexistence break at once.

    Put the new interface into a version of its own, and keep the old one until its sunset.

    ```openapi old
    paths: {/orders: {get: {responses: {"200": {description: All}}}}}
    ```
    ```openapi new
    paths: {/basket: {post: {responses: {"204": {description: Done}}}}}
    ```
    """
    return iter(())


@rule(Guideline.BACKWARD_COMPATIBLE, Level.WARNING, kind=Kind.LIFECYCLE)
def old_version_not_deprecated(old: Contract, new: Contract) -> Iterator[str]:
    """A new version runs beside the old one, and the old one is not deprecated.

    New consumers begin with the old version, and those who are there do not know that they must move.

    Deprecate the old version as a whole, with a sunset and its successor.

    ```openapi old
    paths: {/orders: {get: {responses: {"200": {description: All}}}}}
    ```
    ```openapi new
    paths: {/basket: {post: {responses: {"204": {description: Done}}}}}
    ```
    """
    return iter(())


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.LIFECYCLE)
def not_emulated(old: Contract, new: Contract) -> Iterator[str]:
    """The old interface is to be kept beside the new one, and parts of it went without an announcement.

    Consumers rely on the old interface until its announced end.

    Put the old parts back, deprecated and with a sunset, and take them out when it has passed.

    ```openapi old
    paths: {/orders: {get: {responses: {"200": {description: All}}}}}
    ```
    ```openapi new
    paths: {/basket: {post: {responses: {"204": {description: Done}}}}}
    ```
    """
    return iter(())


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.LIFECYCLE)
def lockstep_across_teams(old: Contract, new: Contract) -> Iterator[str]:
    """A change in lockstep breaks consumers of another team.

    Provider and consumers have to be released together; across teams that fails, or it makes a distributed
    monolith.

    Keep the old interface beside the new one; lockstep is for one team, and rarely.

    ```openapi old
    paths: {/orders: {get: {responses: {"200": {description: All}}}}}
    ```
    ```openapi new
    paths: {/basket: {post: {responses: {"204": {description: Done}}}}}
    ```
    """
    return iter(())


@rule(Guideline.BACKWARD_COMPATIBLE, Level.NOTE, kind=Kind.LIFECYCLE)
def lockstep_release(old: Contract, new: Contract) -> Iterator[str]:
    """A breaking change comes in lockstep with its consumers, inside one team.

    All of them have to go live together, and to go back together if one of them fails.

    Release them as one, and rarely; keep the old interface beside the new one where that is little work.

    ```openapi old
    paths: {/orders: {get: {responses: {"200": {description: All}}}}}
    ```
    ```openapi new
    paths: {/basket: {post: {responses: {"204": {description: Done}}}}}
    ```
    """
    return iter(())


@rule(Guideline.BACKWARD_COMPATIBLE, Level.NOTE, kind=Kind.LIFECYCLE)
def strategy_undeclared(old: Contract, new: Contract) -> Iterator[str]:
    """A breaking change comes, and nobody has declared how such changes are brought out.

    Without a declared way every consumer is surprised in a way of its own.

    Declare the `strategy` of the service: `emulate`, `coexist`, or inside one team `lockstep`.

    ```openapi old
    paths: {/orders: {get: {responses: {"200": {description: All}}}}}
    ```
    ```openapi new
    paths: {/basket: {post: {responses: {"204": {description: Done}}}}}
    ```
    """
    return iter(())
