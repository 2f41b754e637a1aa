"""Addresses that lead inside, or show what stands there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contractbook.declare import Fact, rule
from contractbook.finding import Guideline, Level
from contractbook.lexicon import Hit, Words
from contractbook.model import Contract, Element, Field, Message, Operation, Role, Security, Server, Type
from contractbook.place import Place
from contractbook.texts import expression

WEB = ("http", "ws")


@rule(Guideline.HIDDEN, Level.ERROR)
def internal_host(
    element: Server | Operation | Message | Field | Type | Contract, *, at: Place, words: Words
) -> Iterator[Fact]:
    """A server, an example or a text names an internal host, a private address or the local machine.

    Consumers cannot reach it, and every move of the service becomes their problem.

    Publish the address that consumers use. In examples write `api.example.com`.

    ```openapi bad
    servers:
      - url: http://order-service.shop.svc.cluster.local:8080/v1
    ```
    ```openapi good
    servers:
      - url: https://api.example.com/v1
    ```
    """
    for hit in words:
        level = _level(element, hit, at)
        named = hit.word if hit.part == "address" else f"the {hit.noun} names {hit.word}, which"
        yield Fact(f"{named} cannot be reached from outside", level=level)


def _level(element: Element, hit: Hit, at: Place) -> Level:
    """An address to call is an error; one's own machine may be a default, a second choice or a sample."""
    if not isinstance(element, Server):
        is_inner = hit.part != "doc" and INNER.search(hit.word) and not _is_local(hit.word)
        return Level.WARNING if is_inner else Level.NOTE
    if _is_local(hit.word):
        if not _is_local(element.url):  # the default of a variable
            return Level.NOTE
        if len(at.contract.servers) > 1:
            return Level.WARNING
    return Level.ERROR


INNER = expression(r"[a-z]\.[a-z]+(?::\d+)?$|//[a-z][a-z0-9]*-[a-z0-9-]+:\d+$")


def _is_local(address: str) -> bool:
    host = address.partition("//")[2].rpartition("@")[2]
    return bool(re.match(r"(?:[\w-]+\.)*localhost\b|127\.|0\.0\.0\.0|\[::1\]", host))


@rule(Guideline.HIDDEN, Level.WARNING)
def server_port_or_node(server: Server, *, words: Words) -> Iterator[str]:
    """The address of a server holds an unusual port or the number of a machine.

    Rebalancing machines changes the address that consumers stored.

    Put a gateway or a name in front, and publish `https://api.example.com`.

    ```openapi bad
    servers:
      - url: https://node03.example.com/v1
      - url: https://api.example.com:8443/v1
    ```
    ```openapi good
    servers:
      - url: https://api.example.com/v1
    ```
    """
    if server.protocol and not server.protocol.startswith(WEB) and not server.url.startswith(WEB):
        return  # what is called by other protocols than those of the web has no usual port
    for hit in words:
        if not _is_local(hit.word):
            yield f"{hit.word.removeprefix('//')} names one machine or port"


@rule(Guideline.HIDDEN, Level.WARNING)
def script_or_class_in_path(element: Operation | Server, *, words: Words) -> Iterator[str]:
    """A path holds the name of a class or the ending of a script, such as /CustomerController or .php.

    The address shows the technology, and changes with it.

    Name the resource: `/customers`.

    ```openapi bad
    paths:
      /customers/list.php:
        get: {responses: {"200": {description: All customers}}}
    ```
    ```openapi good
    paths:
      /customers:
        get: {responses: {"200": {description: All customers}}}
    ```
    """
    for hit in words:
        if hit.part == "address":
            address = element.url if isinstance(element, Server) else element.address
            yield f"{address} names a script or a class"
            return


@rule(Guideline.HIDDEN, Level.ERROR)
def credentials_in_url(element: Field | Security, *, at: Place, words: Words) -> Iterator[str]:
    """A password, key or token travels in the path or the query.

    It ends in the logs and histories of everyone on the way.

    Send it in the Authorization header, or in the body of a request.

    ```openapi bad
    paths:
      /orders:
        get:
          parameters:
            - {name: access_token, in: query, schema: {type: string}}
    ```
    ```openapi good
    paths:
      /orders:
        get:
          security: [{bearer: []}]
    components:
      securitySchemes:
        bearer: {type: http, scheme: bearer}
    ```
    """
    if isinstance(element, Security):
        if element.binding.get("in") == "query":
            yield f"{element.binding.get('name')} is sent in the query"
    elif element.role in (Role.PATH, Role.QUERY):
        is_text = at.type(element.type).scalar == "string"
        if is_text and any(_is_credential(hit, element) for hit in words):
            yield f"{element.name} is sent in the {element.role}"


def _is_credential(hit: Hit, field: Field) -> bool:
    """Whether a word means a credential; a token may be one of a page, too."""
    return hit.part == "name" and (hit.word != "token" or "auth" in field.doc.lower())
