"""Which credentials a call needs."""

from __future__ import annotations

from collections.abc import Iterator

from contractbook.declare import Fact, rule
from contractbook.finding import Guideline, Level
from contractbook.model import Contract, Operation
from contractbook.rules.http import calls
from contractbook.rules.naming import count
from contractbook.rules.together import each_or_all


@rule(Guideline.EXPLICIT, Level.WARNING)
def security_undefined(contract: Contract) -> Iterator[str | Fact]:
    """An operation names no credentials and does not say that it is public.

    Consumers learn by trial what they need to call it.

    Name the security of the whole contract, or of the operation; `security: []` says that all may call.

    ```openapi bad
    paths:
      /orders:
        get: {responses: {"200": {description: All orders}}}
    ```
    ```openapi good
    security: [{token: []}]
    paths:
      /orders:
        get: {responses: {"200": {description: All orders}}}
    components:
      securitySchemes:
        token: {type: http, scheme: bearer}
    ```
    """
    called = list(calls(contract))
    silent = [operation for operation in called if operation.security is None]
    if silent and len(silent) == len(called):
        yield "No operation names the credentials that it needs, or says that it is public"
    else:
        yield from each_or_all(silent, len(called), "names no credentials and does not say that it is public")


@rule(Guideline.EXPLICIT, Level.ERROR)
def security_scheme_undeclared(contract: Contract) -> Iterator[Fact]:
    """A security scheme or one of its scopes is used but not declared.

    Consumers cannot obtain the credentials.

    Declare the scheme, with every scope that operations ask for.

    ```openapi bad
    paths:
      /orders:
        get:
          security: [{token: []}]
          responses: {"200": {description: All orders}}
    ```
    ```openapi good
    paths:
      /orders:
        get:
          security: [{token: []}]
          responses: {"200": {description: All orders}}
    components:
      securitySchemes:
        token: {type: http, scheme: bearer}
    ```
    """
    declared = {security.name: security for security in contract.security}
    missing: dict[str, list[Operation]] = {}
    for operation in calls(contract):
        for need in (need for alternative in operation.security or () for need in alternative):
            scheme = declared.get(need.scheme)
            if scheme is None:
                missing.setdefault(f"the security scheme {need.scheme}", []).append(operation)
            elif scheme.scopes:
                for scope in need.scopes:
                    if scope not in scheme.scopes:
                        missing.setdefault(f"the scope {scope} of {need.scheme}", []).append(operation)
    for what, operations in missing.items():
        users = operations[0].label if len(operations) == 1 else count(len(operations), "operation")
        verb = "needs" if len(operations) == 1 else "need"
        yield Fact(f"{users} {verb} {what}, which is declared nowhere", about=operations[0])
