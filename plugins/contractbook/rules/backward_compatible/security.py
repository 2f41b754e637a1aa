"""What a call needs to prove who calls."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from contractbook.declare import Fact, rule
from contractbook.finding import Guideline, Kind, Level
from contractbook.model import Contract, Operation, Security
from contractbook.place import Place

Alternatives = dict[frozenset[str], frozenset[str]]  # the scopes that each set of credentials needs


class Needs(NamedTuple):
    """What two versions of an operation need of their callers, in the scheme names of the new version."""

    old: Alternatives
    new: Alternatives
    gone: frozenset[str]  # schemes that the new version no longer has

    @property
    def was_open(self) -> bool:
        """Whether the old version could be called without credentials."""
        return not self.old or frozenset() in self.old

    @property
    def is_open(self) -> bool:
        """Whether the new version can be called without credentials."""
        return not self.new or frozenset() in self.new


def needs(old: Operation, new: Operation, at: Place) -> Needs:
    """What both versions need; a scheme that only has another name is the same one."""
    before = at.before or at
    names = _renamed(before.contract, at.contract)
    known = {scheme.name for scheme in at.contract.security}
    gone = {scheme.name for scheme in before.contract.security if names.get(scheme.name) not in known}
    return Needs(_alternatives(old, names), _alternatives(new, {}), frozenset(gone))


def _renamed(old: Contract, new: Contract) -> dict[str, str]:
    """The name that each old scheme has in the new version."""
    kept = {scheme.name for scheme in new.security}
    natures = {_nature(scheme): scheme.name for scheme in new.security}
    return {
        scheme.name: scheme.name if scheme.name in kept else natures.get(_nature(scheme), scheme.name)
        for scheme in old.security
    }


def _nature(scheme: Security) -> str:
    return repr((scheme.kind, sorted(scheme.binding.items())))


def _alternatives(operation: Operation, names: Mapping[str, str]) -> Alternatives:
    return {
        frozenset(names.get(each.scheme, each.scheme) for each in alternative): frozenset(
            scope for each in alternative for scope in each.scopes
        )
        for alternative in operation.security or ()
    }


def _words(schemes: frozenset[str], scopes: frozenset[str] = frozenset()) -> str:
    named = " with ".join(sorted(schemes))
    return f"{named} ({', '.join(sorted(scopes))})" if scopes else named


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL)
def credentials_demanded(old: Operation, new: Operation, *, at: Place) -> Iterator[Fact]:
    """A call that needed no credentials needs some.

    Every consumer that calls without them is refused.

    Announce the day, hand out credentials before it, and accept calls with them from now on.

    ```openapi old
    components: {securitySchemes: {key: {type: apiKey, in: header, name: Api-Key}}}
    paths:
      /orders: {get: {responses: {"200": {description: All orders}}}}
    ```
    ```openapi new
    components: {securitySchemes: {key: {type: apiKey, in: header, name: Api-Key}}}
    paths:
      /orders: {get: {security: [{key: []}], responses: {"200": {description: All orders}}}}
    ```
    """
    found = needs(old, new, at)
    if found.was_open and not found.is_open:
        asked = " or ".join(_words(*each) for each in found.new.items())
        yield Fact(f"{new.label} needs {asked}", new=asked, common=True)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.WARNING, kind=Kind.STRUCTURAL)
def credentials_dropped(old: Operation, new: Operation, *, at: Place) -> Iterator[Fact]:
    """A call that needed credentials can be made without any.

    Consumers go on working, but what only they could see may be open to everybody.

    Make sure that it is meant; a forgotten `security` looks the same.

    ```openapi old
    components: {securitySchemes: {key: {type: apiKey, in: header, name: Api-Key}}}
    paths:
      /orders: {get: {security: [{key: []}], responses: {"200": {description: All orders}}}}
    ```
    ```openapi new
    components: {securitySchemes: {key: {type: apiKey, in: header, name: Api-Key}}}
    paths:
      /orders: {get: {responses: {"200": {description: All orders}}}}
    ```
    """
    found = needs(old, new, at)
    if found.is_open and not found.was_open:
        asked = " or ".join(_words(*each) for each in found.old.items())
        yield Fact(f"{new.label} needs no credentials, and did need {asked}", old=asked, common=True)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL)
def credentials_refused(old: Operation, new: Operation, *, at: Place) -> Iterator[Fact]:
    """One of the ways to prove who calls is no longer accepted.

    Consumers that have just these credentials are refused.

    Accept them beside the others until the last consumer has moved.

    ```openapi old
    components:
      securitySchemes:
        key: {type: apiKey, in: header, name: Api-Key}
        token: {type: http, scheme: bearer}
    paths:
      /orders: {get: {security: [{key: []}, {token: []}], responses: {"200": {description: All orders}}}}
    ```
    ```openapi new
    components:
      securitySchemes:
        key: {type: apiKey, in: header, name: Api-Key}
        token: {type: http, scheme: bearer}
    paths:
      /orders: {get: {security: [{token: []}], responses: {"200": {description: All orders}}}}
    ```
    """
    found = needs(old, new, at)
    if found.was_open or found.is_open:
        return
    for schemes, scopes in found.old.items():
        if schemes not in found.new and not schemes & found.gone:
            asked = _words(schemes, scopes)
            yield Fact(f"{new.label} no longer accepts {asked}", old=asked, common=True)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.NOTE, kind=Kind.EXPANSION)
def credentials_accepted(old: Operation, new: Operation, *, at: Place) -> Iterator[Fact]:
    """There is a further way to prove who calls.

    Consumers may use it, and the ways that they know still work.

    Tell your consumers; they have nothing to do.

    ```openapi old
    components:
      securitySchemes:
        key: {type: apiKey, in: header, name: Api-Key}
        token: {type: http, scheme: bearer}
    paths:
      /orders: {get: {security: [{key: []}], responses: {"200": {description: All orders}}}}
    ```
    ```openapi new
    components:
      securitySchemes:
        key: {type: apiKey, in: header, name: Api-Key}
        token: {type: http, scheme: bearer}
    paths:
      /orders: {get: {security: [{key: []}, {token: []}], responses: {"200": {description: All orders}}}}
    ```
    """
    found = needs(old, new, at)
    if found.was_open or found.is_open:
        return
    for schemes, scopes in found.new.items():
        if schemes not in found.old:
            asked = _words(schemes, scopes)
            yield Fact(f"{new.label} accepts {asked} too", new=asked, common=True)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL)
def scope_demanded(old: Operation, new: Operation, *, at: Place) -> Iterator[Fact]:
    """A call needs a scope or role that it did not need.

    Tokens that consumers have today lack it, and their calls are refused.

    Accept the old scopes too until tokens with the new ones are everywhere.

    ```openapi old
    components:
      securitySchemes: {login: {type: openIdConnect, openIdConnectUrl: "https://login.acme.example"}}
    paths:
      /orders: {get: {security: [{login: [read]}], responses: {"200": {description: All orders}}}}
    ```
    ```openapi new
    components:
      securitySchemes: {login: {type: openIdConnect, openIdConnectUrl: "https://login.acme.example"}}
    paths:
      /orders: {get: {security: [{login: [orders-read]}], responses: {"200": {description: All orders}}}}
    ```
    """
    for schemes, was, now in _rescoped(needs(old, new, at)):
        if more := sorted(now - was):
            instead = f" instead of {', '.join(less)}" if (less := sorted(was - now)) else ""
            said = f"needs the scope {', '.join(more)} of {_words(schemes)}{instead}"
            yield Fact(f"{new.label} {said}", old=less, new=more, common=True)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.NOTE, kind=Kind.STRUCTURAL)
def scope_dropped(old: Operation, new: Operation, *, at: Place) -> Iterator[Fact]:
    """A call needs fewer scopes than before.

    All tokens that worked still do.

    Tell your consumers; they may ask for less.

    ```openapi old
    components:
      securitySchemes: {login: {type: openIdConnect, openIdConnectUrl: "https://login.acme.example"}}
    paths:
      /orders: {get: {security: [{login: [read, list]}], responses: {"200": {description: All orders}}}}
    ```
    ```openapi new
    components:
      securitySchemes: {login: {type: openIdConnect, openIdConnectUrl: "https://login.acme.example"}}
    paths:
      /orders: {get: {security: [{login: [read]}], responses: {"200": {description: All orders}}}}
    ```
    """
    for schemes, was, now in _rescoped(needs(old, new, at)):
        if now < was:
            less = sorted(was - now)
            said = f"no longer needs the scope {', '.join(less)} of {_words(schemes)}"
            yield Fact(f"{new.label} {said}", old=less, common=True)


def _rescoped(found: Needs) -> Iterator[tuple[frozenset[str], frozenset[str], frozenset[str]]]:
    """The credentials that both versions accept, with the scopes that each wants of them."""
    for schemes, now in found.new.items():
        was = found.old.get(schemes)
        if was is not None and was != now:
            yield schemes, was, now


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL)
def security_scheme_removed(old: Security, new: None, *, at: Place) -> Iterator[Fact]:
    """A declared way to prove who calls is gone.

    Consumers that have such credentials can call nothing with them any more.

    Keep it beside the others, deprecated, until the last consumer has moved.

    ```openapi old
    components: {securitySchemes: {key: {type: apiKey, in: header, name: Api-Key}}}
    security: [{key: []}]
    paths:
      /orders: {get: {responses: {"200": {description: All orders}}}}
    ```
    ```openapi new
    components: {securitySchemes: {token: {type: http, scheme: bearer}}}
    security: [{token: []}]
    paths:
      /orders: {get: {responses: {"200": {description: All orders}}}}
    ```
    """
    operations = at.before.contract.operations() if at.before else iter(())
    used = any(old.name in {r.scheme for one in each.security or () for r in one} for each in operations)
    yield Fact(
        f"the security scheme {old.name} was removed", old=old.kind, level=None if used else Level.NOTE
    )


@rule(Guideline.BACKWARD_COMPATIBLE, Level.NOTE, kind=Kind.EXPANSION)
def security_scheme_added(old: None, new: Security) -> Iterator[Fact]:
    """A way to prove who calls is declared that was not there before.

    Consumers may meet it at the operations that accept it.

    Tell your consumers how to get such credentials.

    ```openapi old
    paths: {}
    ```
    ```openapi new
    components: {securitySchemes: {token: {type: http, scheme: bearer}}}
    paths: {}
    ```
    """
    yield Fact(f"the security scheme {new.name} was added", new=new.kind)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL)
def security_scheme_changed(old: Security, new: Security) -> Iterator[Fact]:
    """A way to prove who calls works in another way: its kind, place, name, flow or address changed.

    Consumers send their credentials as before and are refused.

    Declare the changed scheme under a new name, and accept both.

    ```openapi old
    components: {securitySchemes: {key: {type: apiKey, in: header, name: Api-Key}}}
    paths: {}
    ```
    ```openapi new
    components: {securitySchemes: {key: {type: apiKey, in: query, name: key}}}
    paths: {}
    ```
    """
    if old.kind != new.kind:
        yield Fact(
            f"the security scheme {new.name} is of the kind {new.kind}, and was {old.kind}",
            old.kind,
            new.kind,
        )
        return
    was, now = _details(old), _details(new)
    changed = sorted(key for key in {**was, **now} if was.get(key) != now.get(key))
    if changed:
        soft = Level.WARNING if all(key == "bearerFormat" for key in changed) else None
        more = Level.NOTE if all(key not in was for key in changed) else soft
        yield Fact(
            f"the security scheme {new.name} has another {' and '.join(changed)}",
            old={key: was.get(key) for key in changed},
            new={key: now.get(key) for key in changed},
            level=more,
        )


def _details(scheme: Security) -> dict[str, Any]:
    """The facts of a scheme that callers rely on; those of each flow under its name."""
    facts = {key: said for key, said in scheme.binding.items() if not key.startswith("x-")}
    flows = facts.pop("flows", None)
    for name, flow in flows.items() if isinstance(flows, Mapping) else ():
        for key, said in flow.items() if isinstance(flow, Mapping) else ():
            if key != "scopes" and not key.startswith("x-"):
                facts[f"{key} of {name}"] = said
    return facts
