"""Whether a provider offers what its consumers use, in its contracts as they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from contractbook.consumers.consumer import Consumer, Sent, Use
from contractbook.consumers.naming import Names, Operations, is_provider, path_values
from contractbook.consumers.touched import touched
from contractbook.engine.lint import identity
from contractbook.finding import Direction, Finding, Location
from contractbook.fitting import Fitting
from contractbook.model import Action, Contract, Field, Message, Operation, Role, Shape
from contractbook.rules import rule_named
from contractbook.source.pointers import joined


class Problem(NamedTuple):
    """What is wrong with a use, `at` where in the consumer's file; without the operation nothing else is."""

    says: str
    at: str
    is_all: bool = False


def _weight(problems: Sequence[Problem]) -> tuple[bool, int]:
    return any(each.is_all for each in problems), len(problems)


class Offer:
    """The versions of a provider's contracts, the newest first."""

    def __init__(self, versions: Iterable[Contract]) -> None:
        self.contracts = [*versions][::-1]
        self._operations = {id(each): Operations(each) for each in self.contracts}
        self._partly = {id(each): Fitting(each, partial=True) for each in self.contracts}
        self._wholly = {id(each): Fitting(each) for each in self.contracts}

    def problems(self, use: Use, version: str) -> list[Problem]:
        """What is wrong with a use in the version that suits it best."""
        suited = [each for each in self.contracts if version in ("", each.version)] or self.contracts
        return min((self._in(each, use) for each in suited), key=_weight, default=[])

    def _in(self, contract: Contract, use: Use) -> list[Problem]:
        known = self._operations[id(contract)]
        operation = known.find(use.operation)
        if operation is None:
            if use.is_message and not _has_messages(contract):
                return []  # a message, and these contracts are about calls
            return [Problem(_unknown(known, use.operation), _operation_at(use), is_all=True)]
        if not (use.requests or use.answers or use.status):
            return [*_missing(contract, operation, use)]
        return [*self._answers(contract, operation, use), *self._requests(contract, operation, use)]

    # -- examples, as Pact files have them

    def _answers(self, contract: Contract, operation: Operation, use: Use) -> Iterator[Problem]:
        fits = [each for each in operation.outputs() if _meant(each, use)]
        if not fits and use.status:
            yield Problem(f"{operation.label} does not answer {use.status}", f"{use.at}/response/status")
            return
        for answer in use.answers:
            if answer.part == "body":
                yield from self._body(self._partly[id(contract)], fits, answer, f"{operation.label} answers")
        bodies = [each for each in fits if each.payload]
        if bodies and any(each.part == "body" for each in use.answers):
            for name in touched(contract, operation, use).missing:
                if name in use.fields:
                    yield Problem(
                        f"{operation.label} does not answer {_spoken(name)}", f"{use.at}/response/body"
                    )

    def _requests(self, contract: Contract, operation: Operation, use: Use) -> Iterator[Problem]:
        asked, fitting = [*operation.inputs()], self._wholly[id(contract)]
        bodies = [each for each in use.requests if each.part == "body"]
        for body in bodies:
            yield from self._body(fitting, asked, body, f"{operation.label} takes")
        if use.status[:1] not in ("2", "3"):
            return  # what is refused may lack anything
        if not bodies and any(each.required for each in asked):
            yield Problem(f"{operation.label} needs a body", f"{use.at}/request")
        for parameter in operation.parameters:
            yield from _parameter(contract, operation, parameter, fitting, use)

    def _body(self, fitting: Fitting, messages: list[Message], sent: Sent, what: str) -> Iterator[Problem]:
        bodies = [each for each in messages if each.payload]
        found = [fitting.misfits(each.payload, sent.value) for each in bodies]
        if bodies and all(found):
            best = min(found, key=len)
            yield from (
                Problem(f"not what {what}: {each}", f"{sent.at}{joined(each.path)}") for each in best[:5]
            )
        elif not bodies and messages:
            yield Problem(f"{what} no body", sent.at)


PARTS = {Role.PATH: "path", Role.QUERY: "query", Role.HEADER: "header"}


def _parameter(
    contract: Contract, operation: Operation, parameter: Field, fitting: Fitting, use: Use
) -> Iterator[Problem]:
    """What is wrong with the values that are sent for a parameter, or with sending none."""
    part = PARTS.get(parameter.role, "")
    sent = [each for each in use.requests if each.part == part and _same(each.name, parameter.name, part)]
    if part == "path":
        text = path_values(operation, use.operation).get(parameter.name)
        sent = [Sent(part, text, parameter.name, f"{use.at}/request/path")] if text else []
    elif part and not sent and parameter.required:
        yield Problem(f"{operation.label} needs the {part} {parameter.name}", f"{use.at}/request")
    for each in sent:
        if not _takes(contract, fitting, parameter.type, str(each.value)):
            yield Problem(f"{each.value} is no {parameter.name} of {operation.label}", each.at)


def _takes(contract: Contract, fitting: Fitting, type: str, text: str) -> bool:
    """Whether a text can stand for a value; of a list its items, parted by commas."""
    if type not in contract.types:
        return True
    resolved = contract.resolve(type)
    if resolved.shape in (Shape.SCALAR, Shape.ENUM):
        return fitting.takes_text(type, text)
    if resolved.shape is not Shape.LIST or not resolved.item:
        return True
    items = text.split(",")
    numbers = contract.resolve(resolved.item).scalar in ("integer", "number")
    try:
        return not fitting.misfits(type, [float(item) if numbers else item for item in items])
    except ValueError:
        return False


def _same(said: str, name: str, part: str) -> bool:
    return said.lower() == name.lower() if part == "header" else said == name


def _has_messages(contract: Contract) -> bool:
    return any(each.action is not Action.CALL for each in contract.operations())


def _meant(message: Message, use: Use) -> bool:
    """Whether an answer has the status and media type of a use."""
    status = not use.status or not message.status
    status = status or message.status.lower() in (use.status, f"{use.status[:1]}xx", "default")
    return status and (not use.media or not message.content_type or use.media in message.content_type)


def _missing(contract: Contract, operation: Operation, use: Use) -> Iterator[Problem]:
    for name in touched(contract, operation, use).missing:
        verb = "does not take" if name in (use.sends or ()) else "has no"
        listed = name in use.fields and use.at.startswith("/reads/")
        at = f"{use.at}/fields/{use.fields.index(name)}" if listed else use.at
        yield Problem(f"{operation.label} {verb} {_spoken(name)}", at)


def _unknown(known: Operations, said: str) -> str:
    path = said.partition(" ")[2]
    if path.startswith("/") and (methods := known.methods(path)):
        return f"{path} takes {', '.join(methods)} only, not {said.partition(' ')[0]}"
    near = known.near(said)
    return f"there is no operation {said}{f': did you mean {near}?' if near else ''}"


def _operation_at(use: Use) -> str:
    """Where a use names its operation: a Pact file does so by a path."""
    return use.at if use.requests or use.answers or use.status or ":" in use.at else f"{use.at}/operation"


def _spoken(name: str) -> str:
    return name.removeprefix("/").replace("/", " > ") if name.startswith("/") else name


def unmet(
    consumers: Sequence[Consumer], offers: Mapping[str, Offer], names: Names, contracts: Sequence[Contract]
) -> Iterator[Finding]:
    """What consumers use and no version of their provider offers. `offers` goes by service."""
    for consumer in consumers:
        services = sorted({each.service for each in contracts if _provides(each, consumer, names)})
        if not services:
            if consumer.provider:
                says = f"{consumer.name} uses {consumer.provider}, which has no contract here"
                yield _finding("provider-unknown", says, consumer, "/provider")
            continue
        for use in consumer.uses:
            problems = min(
                (offers[service].problems(use, consumer.version) for service in services), key=_weight
            )
            for each in dict.fromkeys(problems):
                yield _finding("consumer-unmet", f"{consumer.name}: {each.says}", consumer, each.at)


def _provides(contract: Contract, consumer: Consumer, names: Names) -> bool:
    if consumer.provider:
        return is_provider(consumer.provider, contract, names)
    known = Operations(contract)
    return any(known.find(use.operation) for use in consumer.uses)


def _finding(name: str, says: str, consumer: Consumer, at: str) -> Finding:
    rule = rule_named(name)
    assert rule is not None
    line, _, column = at.partition(":")
    is_place = line.isdigit()
    level = rule.level(Direction.BOTH)
    assert level is not None
    return Finding(
        rule=rule.id,
        level=level,
        message=says,
        location=Location(consumer.path, int(line), int(column)) if is_place else Location(consumer.path),
        pointer="" if is_place else at,
        guideline=rule.guideline,
        element=consumer.name,
        consumers=(consumer.name,) if rule.id == "consumer-unmet" else None,
        advice=rule.advice,
        fingerprint=identity(rule.id, consumer.provider, consumer.name, says),
    )
