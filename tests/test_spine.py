"""lint and compare on models made by hand: what holds whatever format a contract is written in."""

from __future__ import annotations

from contractbook.engine.compare import compare
from contractbook.engine.lint import lint
from contractbook.finding import Direction, Level
from contractbook.model import Contract, Field, Message, Operation, Service, Shape, Type
from contractbook.rules import RULES

TEXT = Type(name="string", shape=Shape.SCALAR, scalar="string", inline=True)


def contract(*fields: str, direction: Direction = Direction.OUTPUT) -> Contract:
    """A contract of one operation whose message has these text fields."""
    owner = "#/components/schemas/Customer"
    customer = Type(
        name="Customer",
        shape=Shape.RECORD,
        at=owner,
        fields=tuple(
            Field(name=name, type="string", at=f"{owner}/properties/{name}", required=True) for name in fields
        ),
    )
    answer = Message(
        name="response 200",
        key="200 application/json",
        at="#/paths/~1customers/get/responses/200",
        direction=direction,
        payload="Customer",
    )
    get = Operation(
        name="getCustomers", key="GET /customers", at="#/paths/~1customers/get", messages=(answer,)
    )
    return Contract(
        name="",
        format="openapi",
        path="customers.yaml",
        services=(Service(name="", operations=(get,)),),
        types={"Customer": customer, "string": TEXT},
    )


def test_a_contract_compared_with_itself_gives_nothing() -> None:
    assert list(compare(contract("email"), contract("email"))) == []


def test_a_removed_field_is_told_with_its_place_in_both_versions() -> None:
    (finding,) = compare(contract("email", "phone"), contract("email"), rules=[RULES["field-removed"]])
    assert finding.rule == "field-removed"
    assert finding.level is Level.ERROR
    assert finding.element == "Customer > phone"
    assert finding.pointer == finding.was_pointer == "/components/schemas/Customer/properties/phone"
    assert finding.message == "phone was removed from what GET /customers answers"
    assert finding.places == ("GET /customers > response 200",)
    assert finding.direction is Direction.OUTPUT


def test_what_the_consumer_writes_is_judged_by_the_level_for_input() -> None:
    findings = compare(
        contract("email", "phone", direction=Direction.INPUT), contract("email", direction=Direction.INPUT)
    )
    assert [finding.level for finding in findings] == [Level.WARNING]


def test_lint_asks_only_in_the_directions_in_which_a_type_travels() -> None:
    rules = [RULES["stack-trace-in-error"]]
    (finding,) = lint(contract("stackTrace"), rules=rules)
    assert (finding.rule, finding.element) == ("stack-trace-in-error", "Customer > stackTrace")
    assert list(lint(contract("stackTrace", direction=Direction.INPUT), rules=rules)) == []
