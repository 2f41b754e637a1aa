"""Where a contract says it is offered."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from contractbook.declare import rule
from contractbook.finding import Guideline, Level
from contractbook.model import Action, Contract, Server
from contractbook.texts import expression

# RFC 2606 and RFC 6761 reserve these names for examples and tests; the last ones are what people write.
RESERVED = expression(
    r"(^|\.)(example\.(com|org|net)|(example|test|invalid)|(api\.)?(example|your-?domain|my-?domain)\.[a-z.]+)$"
)
LOCAL = expression(r"(^|\.)(localhost|local|internal|test)$|^(127\.|10\.|192\.168\.|0\.0\.0\.0|\[)|^[^.]*$")
VARIABLE = expression(r"\{([^{}]+)\}")


def _host(server: Server) -> str:
    try:
        return (urlsplit(server.url).hostname or "").lower()
    except ValueError:
        return ""


@rule(Guideline.EXPLICIT, Level.WARNING)
def missing_servers(contract: Contract) -> Iterator[str]:
    """A contract names no server.

    Consumers know the calls, but not where to send them.

    Name at least the production server; a server of each stage helps those who try things out.

    ```openapi bad
    paths:
      /orders:
        get: {responses: {"200": {description: All orders}}}
    ```
    ```openapi good
    servers: [{url: "https://shop.example/api"}]
    paths:
      /orders:
        get: {responses: {"200": {description: All orders}}}
    ```
    """
    if contract.servers:
        return
    called = [
        each for each in contract.operations() if each.action is not Action.SEND and each.method != "rpc"
    ]
    if any(each.address for each in called) and not all(operation.servers for operation in called):
        yield "No server is named, so consumers do not know where to send their calls"


@rule(Guideline.EXPLICIT, Level.WARNING)
def example_server(server: Server) -> Iterator[str]:
    """A server is an example address.

    Consumers that follow the contract call nobody, or a stranger.

    Name the address under which the service can really be called.

    ```openapi bad
    servers: [{url: "https://api.example.com/v1"}]
    paths: {}
    ```
    ```openapi good
    servers: [{url: "https://api.shop-of-anna.se/v1"}]
    paths: {}
    ```
    """
    if RESERVED.search(_host(server)):
        yield f"{server.url} is an address that is kept for examples"


@rule(Guideline.EXPLICIT, Level.WARNING)
def insecure_server(server: Server) -> Iterator[str]:
    """A server is offered without transport encryption.

    Consumers send their credentials and data in the clear.

    Offer the service by `https` (or `wss`) only.

    ```openapi bad
    servers: [{url: "http://api.shop-of-anna.se"}]
    paths: {}
    ```
    ```openapi good
    servers: [{url: "https://api.shop-of-anna.se"}]
    paths: {}
    ```
    """
    if server.url.startswith(("http://", "ws://")) and not LOCAL.search(_host(server)):
        yield f"{server.url} is offered without encryption"


@rule(Guideline.EXPLICIT, Level.ERROR)
def server_variable_undefined(server: Server) -> Iterator[str]:
    """A variable in a server's address is not declared, or its default is not one of its values.

    Consumers cannot build the address.

    Declare each name in braces with a default, and the values that it may take.

    ```openapi bad
    servers: [{url: "https://{region}.shop-of-anna.se"}]
    paths: {}
    ```
    ```openapi good
    servers:
      - url: "https://{region}.shop-of-anna.se"
        variables: {region: {default: eu, enum: [eu, us]}}
    paths: {}
    ```
    """
    declared = {variable.name for variable in server.variables}
    for name in dict.fromkeys(VARIABLE.findall(server.url)):
        if name not in declared:
            yield f"{server.url} does not declare its variable {name}"
    for variable in server.variables:
        if variable.values and variable.default and variable.default not in variable.values:
            yield f"{variable.default}, the default of {variable.name}, is not one of its values"
