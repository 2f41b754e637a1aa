"""Versions of schemas and services side by side, where their format has a say."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree
from tests.compare.test_laws import assert_symmetric

from contractbook.engine.compare import compare
from contractbook.formats import FORMATS
from contractbook.model import Contract
from contractbook.source.disk import DiskTree
from contractbook.source.document import Document
from contractbook.source.sources import Sources

HEAD = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="{0}" targetNamespace="{0}">'


def schema(text: str, space: str = "urn:shop:v1") -> Contract:
    """The contract of the components of a schema."""
    whole = f"{HEAD.format(space)}{text}</xs:schema>"
    [contract] = FORMATS["xsd"].read(
        [Document("shop.xsd", whole.encode())], Sources(DiskTree(Path("nowhere")))
    )
    assert contract.faults == ()
    return contract


def told(old: Contract, new: Contract) -> list[tuple[str, str]]:
    return [(each.rule, each.element) for each in compare(old, new)]


ORDER = """<xs:complexType name="Order"><xs:sequence>
<xs:element name="buyer" type="{0}" nillable="{1}"/></xs:sequence></xs:complexType>
<xs:complexType name="{0}"><xs:sequence><xs:element name="mail" type="{2}"/></xs:sequence></xs:complexType>
<xs:simpleType name="{2}">
<xs:restriction base="xs:string"><xs:maxLength value="9"/></xs:restriction></xs:simpleType>
<xs:element name="order" type="Order"/>"""


def test_a_type_may_be_called_otherwise_while_nil_comes() -> None:
    old, new = schema(ORDER.format("Buyer", "false", "Mail")), schema(ORDER.format("Person", "true", "Post"))
    assert {rule for rule, _ in told(old, new)} == {"became-nullable"}


def test_a_new_version_in_the_namespace_is_one_change() -> None:
    old = schema(ORDER.format("Buyer", "false", "Mail"))
    new = schema(ORDER.format("Buyer", "false", "Mail"), "urn:shop:v2")
    assert told(old, new) == [("namespace-changed", "")]


def test_a_type_that_moved_to_a_group_is_no_change() -> None:
    inline = """<xs:complexType name="A"><xs:sequence><xs:element name="x" type="xs:int"/>
    <xs:element name="y" type="xs:int"/></xs:sequence></xs:complexType>"""
    group = """<xs:complexType name="A"><xs:group ref="G"/></xs:complexType>
    <xs:group name="G"><xs:sequence><xs:element name="x" type="xs:int"/>
    <xs:element name="y" type="xs:int"/></xs:sequence></xs:group>"""
    assert told(schema(inline), schema(group)) == []
    assert told(schema(group), schema(inline)) == []


SHOP = Path(__file__).parents[3] / "specs" / "invoicing"


def invoicing() -> list[Contract]:
    """Both versions of the shop's invoices, the older one first."""
    tree = DiskTree(SHOP)
    sources = Sources(tree)
    return [*FORMATS["wsdl"].read([sources.open(path) for path in sorted(tree.files())], sources)]


def test_a_service_in_two_versions_is_two_states_of_one_contract() -> None:
    found = [(each.name, each.version, len(each.documents), each.faults) for each in invoicing()]
    assert found == [("shop.example/invoicing", "v1", 2, ()), ("shop.example/invoicing", "v2", 3, ())]


def test_backwards_the_same_elements_changed() -> None:
    old, new = invoicing()
    assert list(compare(old, invoicing()[0])) == []
    assert_symmetric(old, new)


@pytest.mark.parametrize(
    "path", [*sorted(SHOP.rglob("invoice.xsd")), Path(__file__).parent / "documents" / "library-money.xsd"]
)
def test_what_we_read_without_a_fault_is_valid_for_libxml2(path: Path) -> None:
    assert etree.XMLSchema(etree.parse(path)) is not None
