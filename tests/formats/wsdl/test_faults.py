"""What is wrong with a schema or a service is told where it is, once, and the rest is still read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.formats.wsdl.test_compare import HEAD

from contractbook.examine import examined
from contractbook.formats import FORMATS
from contractbook.judge import Policy
from contractbook.model import Contract
from contractbook.source.disk import DiskTree
from contractbook.source.document import Document
from contractbook.source.sources import Sources

DOCUMENTS = Path(__file__).parent / "documents"
XS = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">'


def read(text: str | bytes, path: str = "a.xsd", folder: Path = Path("nowhere")) -> Contract:
    raw = text if isinstance(text, bytes) else text.encode()
    [contract] = FORMATS["xsd"].read([Document(path, raw)], Sources(DiskTree(folder)))
    return contract


def told(text: str | bytes, path: str = "a.xsd") -> list[str]:
    """Place, rule and message of each fault."""
    faults = read(text, path).faults
    return [
        f"{fault.location.line}:{fault.location.column} {fault.rule}: {fault.message}" for fault in faults
    ]


FAULTS = {
    "ends early": (
        f"{XS}\n<xs:element name='a'>",
        "2:22 unreadable: the XML ends before its elements are closed",
    ),
    "entity": (
        f'<!DOCTYPE a [<!ENTITY b "c">]>{XS}</xs:schema>',
        "1:25 unreadable: the document declares the entity `b`: entities are not read",
    ),
    "outer document type": (
        f'<!DOCTYPE a SYSTEM "http://a.example/a.dtd">{XS}</xs:schema>',
        "1:44 unreadable: the document type lies elsewhere (`http://a.example/a.dtd`), from where nothing is"
        " loaded",
    ),
    "depth": (
        XS + "<xs:sequence>" * 10_000,
        "1:3345 unreadable: the text is nested deeper than 254 levels",
    ),
    "unknown type": (
        f"{XS}\n<xs:element name='a' type='Nme'/><xs:complexType name='Name'/></xs:schema>",
        "2:1 unresolved-reference: there is no type `Nme`: did you mean `Name`?",
    ),
    "unknown builtin": (
        f"{XS}<xs:element name='a' type='xs:text'/></xs:schema>",
        "1:56 unresolved-reference: XML Schema has no type `text`",
    ),
    "undeclared prefix": (
        f"{XS}<xs:element name='a' type='x:A'/><xs:element name='b' type='x:B'/></xs:schema>",
        "1:56 unresolved-reference: the prefix `x` is declared nowhere around it (and so in another place)",
    ),
    "missing namespace": (
        f"{XS}<xs:element name='a' type='x:A' xmlns:x='urn:x'/></xs:schema>",
        "1:56 unresolved-reference: nothing imported here is of the namespace `urn:x`: type `x:A` is unknown",
    ),
    "remote import": (
        f"{XS}<xs:import namespace='urn:x' schemaLocation='http://a.example/x.xsd'/>"
        "<xs:element name='a' type='x:A' xmlns:x='urn:x'/></xs:schema>",
        "1:56 unresolved-reference: `http://a.example/x.xsd` is on the network, from which nothing is read:"
        " keep a copy beside the contract",
    ),
    "doubled": (
        f"{XS}<xs:element name='a'/>\n<xs:element name='a'/></xs:schema>",
        "2:1 duplicate-key: element `a` is declared twice: here and in line 1",
    ),
    "no name": (f"{XS}<xs:element/></xs:schema>", "1:56 invalid-structure: this element has no name"),
    "wrong attribute": (
        f"{XS}<xs:element name='a' minOccur='0'/></xs:schema>",
        "1:56 invalid-structure: `element` has no attribute `minOccur`: did you mean `minOccurs`?",
    ),
    "wrong element": (
        f"{XS}<xs:complexType name='a'><xs:sequense/></xs:complexType></xs:schema>",
        "1:81 invalid-structure: there is no element `sequense` here: did you mean `sequence`?",
    ),
    "wrong place": (
        f"{XS}<xs:complexType name='a'><xs:element name='b'/></xs:complexType></xs:schema>",
        "1:81 invalid-structure: `element` cannot stand in `complexType`",
    ),
    "newer": (
        f"{XS}<xs:complexType name='a'><xs:assert test='1'/></xs:complexType></xs:schema>",
        "1:81 invalid-structure: `assert` is of XML Schema 1.1: it is not read, and few tools know it",
    ),
    "occurrence": (
        f"{XS}<xs:complexType name='a'><xs:sequence><xs:any minOccurs='3' maxOccurs='2'/></xs:sequence>"
        "</xs:complexType></xs:schema>",
        "1:94 invalid-structure: it must stand there at least 3 and at most 2 times, which cannot be",
    ),
    "facet": (
        f"{XS}<xs:simpleType name='a'><xs:restriction base='xs:string'><xs:maxLength value='many'/>"
        "</xs:restriction></xs:simpleType></xs:schema>",
        "1:113 invalid-structure: `maxLength` is a whole number of at least 0, not `many`",
    ),
    "facets apart": (
        f"{XS}<xs:simpleType name='a'><xs:restriction base='xs:string'><xs:minLength value='5'/>"
        "<xs:maxLength value='3'/></xs:restriction></xs:simpleType></xs:schema>",
        "1:80 invalid-structure: no value can be at least 5 and at most 3",
    ),
    "group in itself": (
        f"{XS}<xs:group name='g'><xs:sequence><xs:group ref='g'/></xs:sequence></xs:group>"
        "<xs:complexType name='a'><xs:group ref='g'/></xs:complexType></xs:schema>",
        "1:88 invalid-structure: the group `g` holds itself",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told_once_and_where_it_is(name: str) -> None:
    text, expected = FAULTS[name]
    assert told(text) == [expected]


def test_a_type_that_is_its_own_base_ends_somewhere() -> None:
    text = f"""{XS}
    <xs:complexType name="A"><xs:complexContent><xs:extension base="B"/></xs:complexContent></xs:complexType>
    <xs:complexType name="B"><xs:complexContent><xs:extension base="A"/></xs:complexContent></xs:complexType>
    <xs:simpleType name="C"><xs:restriction base="C"/></xs:simpleType>
    </xs:schema>"""
    contract = read(text)
    assert {"A", "B", "C"} <= contract.types.keys()
    assert [(fault.location.line, fault.message) for fault in contract.faults] == [
        (2, "type `A` is its own base in the end"),
        (4, "type `C` is its own base in the end"),
    ]


def test_a_long_chain_of_bases_is_read() -> None:
    chain = "".join(
        f"""<xs:complexType name="T{i}"><xs:complexContent><xs:extension base="T{i + 1}"><xs:sequence>
        <xs:element name="e{i}"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>"""
        for i in range(400)
    )
    contract = read(f'{XS}{chain}<xs:complexType name="T400"/></xs:schema>')
    assert contract.faults == ()
    assert len(contract.types["T0"].fields) == 400


def test_schemas_that_import_one_another_are_read_once(tmp_path: Path) -> None:
    for name, other in (("a", "b"), ("b", "a")):
        text = f"""{HEAD.format("urn:" + name)}
        <xs:import namespace="urn:{other}" schemaLocation="{other}.xsd"/>
        <xs:element name="{name}" type="o:{other.upper()}" xmlns:o="urn:{other}"/>
        <xs:complexType name="{name.upper()}"/></xs:schema>"""
        (tmp_path / f"{name}.xsd").write_text(text, "utf-8")
    sources = Sources(DiskTree(tmp_path))
    [contract] = FORMATS["xsd"].read([sources.open("a.xsd"), sources.open("b.xsd")], sources)
    assert contract.documents == ("a.xsd", "b.xsd")
    assert contract.faults == ()
    assert {"A", "B"} <= contract.types.keys()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1", "euc-kr"])
def test_a_text_is_read_in_the_encoding_that_it_declares(encoding: str) -> None:
    word = "Café" if encoding == "iso-8859-1" else "주문"
    text = f'<?xml version="1.0" encoding="{encoding}"?>\r\n{XS}<xs:element name="a" type="xs:string">'
    text += (
        f"<xs:annotation><xs:documentation>{word}</xs:documentation></xs:annotation></xs:element></xs:schema>"
    )
    contract = read(text.encode(encoding))
    assert contract.faults == ()
    assert contract.types["a"].doc == word


def test_an_encoding_that_is_none_is_told_and_the_text_still_read() -> None:
    text = f'<?xml version="1.0" encoding="klingon"?>{XS}<xs:element name="a"/></xs:schema>'
    assert told(text) == ["1:1 unreadable: the file says that it is written in `klingon`, which is not known"]
    assert "a" in read(text).types


def test_other_vocabularies_may_use_any_names() -> None:
    text = (DOCUMENTS / "lending.wsdl").read_text("utf-8")
    text = text.replace(
        "</wsdl:input>", '<x:element xmlns:x="urn:x"/><x:endings xmlns:x="urn:x"/></wsdl:input>'
    )
    text = text.replace("</wsdl:port>", '<x:binding xmlns:x="urn:x" name="kept"/></wsdl:port>')
    contract = read(text, "lending.wsdl")
    assert contract.faults == ()
    assert "kept" in repr(contract.servers)


def test_a_comment_accepts_a_finding(tmp_path: Path) -> None:
    comment = "<!-- contractbook: accept platform-type: it goes with version 1 -->"
    text = f'{HEAD.format("urn:a:v1")}\n{comment}\n<xs:complexType name="ArrayOfA"/>\n</xs:schema>'
    (tmp_path / "a.xsd").write_text(text, "utf-8")
    sources = Sources(DiskTree(tmp_path))
    [contract] = FORMATS["xsd"].read([sources.open("a.xsd")], sources)
    found = {each.rule: each.accepted for each in examined(contract, sources, Policy(), date(2026, 11, 22))}
    accepted = found["platform-type"]
    assert accepted is not None
    assert accepted.reason == "it goes with version 1"
