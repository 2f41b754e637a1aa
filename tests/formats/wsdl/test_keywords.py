"""Every element and attribute of the grammars is read or kept: a document that uses it gives another model.

What the grammars have stands as data in the reader, where it also finds what they do not have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from tests.formats.samples import content

from contractbook.formats import FORMATS
from contractbook.formats.wsdl.grammar import (
    DEFINITIONS,
    DESCRIPTION,
    HTTP_ATTRIBUTES,
    HTTP_ELEMENTS,
    IGNORED,
    SCHEMA,
    SOAP_ATTRIBUTES,
    SOAP_ELEMENTS,
    Rule,
)
from contractbook.source.disk import DiskTree
from contractbook.source.document import Document
from contractbook.source.sources import Sources

SENTINEL = "sentinel"
ROOT = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:t" targetNamespace="urn:t"{}>
<xs:simpleType name="S"><xs:restriction base="xs:string"/></xs:simpleType>
<xs:complexType name="B"><xs:sequence><xs:element name="b" type="xs:int"/></xs:sequence></xs:complexType>
<xs:element name="head" type="xs:string"/><xs:attribute name="global" type="xs:int"/>
<xs:group name="G"><xs:sequence><xs:element name="g" type="xs:int"/></xs:sequence></xs:group>
<xs:attributeGroup name="AG"><xs:attribute name="ag"/></xs:attributeGroup>
<xs:element name="uses"><xs:complexType><xs:sequence><xs:group ref="t:G"/></xs:sequence>
<xs:attributeGroup ref="t:AG"/><xs:attribute ref="t:global"/></xs:complexType></xs:element>
{}</xs:schema>"""
RESTRICTED = '<xs:simpleType name="X"><xs:restriction base="xs:{}">{{}}</xs:restriction></xs:simpleType>'
RECORD = '<xs:complexType name="X"><xs:sequence>{}</xs:sequence></xs:complexType>'
KEYED = (
    '<xs:element name="X" type="t:B"><xs:key name="K"{0}>{1}</xs:key>'
    '<xs:keyref name="R" refer="t:K"><xs:selector xpath="."/><xs:field xpath="b"/></xs:keyref></xs:element>'
)
# The element itself, with room for an attribute and for what is inside, and where it stands.
HOSTS = {
    "element": RECORD.format("<xs:element {0}>{1}</xs:element>"),
    "attribute": '<xs:complexType name="X"><xs:attribute {0}>{1}</xs:attribute></xs:complexType>',
    "complexType": '<xs:complexType name="X"{0}>{1}</xs:complexType>',
    "simpleContent": '<xs:complexType name="X"><xs:simpleContent{0}>{1}</xs:simpleContent></xs:complexType>',
    "complexContent": '<xs:complexType name="X"><xs:complexContent{0}>{1}<xs:extension base="t:B"/>'
    "</xs:complexContent></xs:complexType>",
    "extension": '<xs:complexType name="X"><xs:complexContent><xs:extension{0}>{1}</xs:extension>'
    "</xs:complexContent></xs:complexType>",
    "restriction": '<xs:complexType name="X"><xs:complexContent><xs:restriction{0}>{1}</xs:restriction>'
    "</xs:complexContent></xs:complexType>",
    "group": RECORD.format("<xs:group {0}>{1}</xs:group>"),
    "attributeGroup": '<xs:complexType name="X">'
    "<xs:attributeGroup {0}>{1}</xs:attributeGroup></xs:complexType>",
    "all": '<xs:complexType name="X"><xs:all{0}><xs:element name="b"/><xs:element name="c"/>{1}</xs:all>'
    "</xs:complexType>",
    "choice": RECORD.format('<xs:choice{0}><xs:element name="b"/><xs:element name="c"/>{1}</xs:choice>'),
    "sequence": '<xs:complexType name="X"><xs:sequence{0}><xs:element name="b"/>{1}</xs:sequence>'
    "</xs:complexType>",
    "any": RECORD.format("<xs:any{0}>{1}</xs:any>"),
    "anyAttribute": '<xs:complexType name="X"><xs:anyAttribute{0}>{1}</xs:anyAttribute></xs:complexType>',
    "simpleType": '<xs:simpleType name="X"{0}>{1}<xs:restriction base="xs:string"/></xs:simpleType>',
    "list": '<xs:simpleType name="X"><xs:list{0}>{1}</xs:list></xs:simpleType>',
    "union": '<xs:simpleType name="X"><xs:union{0}>{1}</xs:union></xs:simpleType>',
    "key": KEYED.format("{0}", '<xs:selector xpath="."/><xs:field xpath="b"/>{1}'),
    "selector": KEYED.format("", '<xs:selector {0}>{1}</xs:selector><xs:field xpath="b"/>'),
    "field": KEYED.format("", '<xs:selector xpath="."/><xs:field {0}>{1}</xs:field>'),
    "notation": '<xs:notation name="X" public="p"{0}>{1}</xs:notation>',
    "annotation": '<xs:element name="X"><xs:annotation{0}>{1}</xs:annotation></xs:element>',
}
OCCURS = {"minOccurs": "0", "maxOccurs": "7"}
INT = ("minExclusive", "minInclusive", "maxExclusive", "maxInclusive")
VALUES = {
    **OCCURS,
    "type": "xs:boolean",
    "ref": "t:head",
    "substitutionGroup": "t:head",
    "nillable": "true",
    "abstract": "true",
    "mixed": "true",
    "form": "qualified",
    "use": "required",
    "base": "t:B",
    "itemType": "xs:int",
    "memberTypes": "xs:int xs:date",
    "refer": "t:K",
    "default": "7",
    "fixed": "7",
    "value": "7",
    "processContents": "lax",
    "namespace": "##other",
    "final": "restriction",
    "block": "extension",
}
INNER = {
    "annotation": f"<xs:annotation><xs:documentation>{SENTINEL}</xs:documentation></xs:annotation>",
    "simpleType": f'<xs:simpleType><xs:restriction base="xs:string"><xs:pattern value="{SENTINEL}"/>'
    "</xs:restriction></xs:simpleType>",
    "complexType": f'<xs:complexType><xs:attribute name="{SENTINEL}"/></xs:complexType>',
    "group": '<xs:group ref="t:G"/>',
    "attributeGroup": '<xs:attributeGroup ref="t:AG"/>',
    "any": "<xs:any/>",
    "anyAttribute": "<xs:anyAttribute/>",
    "simpleContent": '<xs:simpleContent><xs:extension base="xs:int"/></xs:simpleContent>',
    "complexContent": '<xs:complexContent><xs:extension base="t:B"/></xs:complexContent>',
    "restriction": '<xs:restriction base="t:B"/>',
    "extension": '<xs:extension base="xs:int"/>',
    "selector": f'<xs:selector xpath="{SENTINEL}"/>',
    "field": f'<xs:field xpath="{SENTINEL}"/>',
    "appinfo": f"<xs:appinfo>{SENTINEL}</xs:appinfo>",
    "documentation": f"<xs:documentation>{SENTINEL}</xs:documentation>",
    "enumeration": '<xs:enumeration value="7"/>',
    **{
        name: f'<xs:{name}><xs:element name="{SENTINEL}"/><xs:element name="y"/></xs:{name}>'
        for name in ("sequence", "choice", "all")
    },
    **{
        name: f'<xs:{name} name="{SENTINEL}"><xs:selector xpath="."/><xs:field xpath="b"/></xs:{name}>'
        for name in ("key", "unique", "keyref")
    },
}
DECLARED = {
    "group": '<xs:group name="N">{1}</xs:group>'
    '<xs:complexType name="X"><xs:group ref="t:N"/></xs:complexType>',
    "attributeGroup": '<xs:attributeGroup name="N">{1}</xs:attributeGroup>'
    '<xs:complexType name="X"><xs:attributeGroup ref="t:N"/></xs:complexType>',
}
# What an attribute or inner element means nothing without, or stands beside.
BESIDE: Mapping[str, Mapping[str, str | None]] = {
    "element": {"ref": "", "*": 'name="X"'},
    "attribute": {"ref": "", "*": 'name="X"'},
    "group": {"*": 'ref="t:G"', "ref": "", "name": None},
    "attributeGroup": {"*": 'ref="t:AG"', "ref": "", "name": None},
    "extension": {"*": ' base="t:B"', "base": ""},
    "restriction": {"*": ' base="t:B"', "base": ""},
    "selector": {"*": 'xpath="."', "xpath": ""},
    "field": {"*": 'xpath="b"', "xpath": ""},
}
ELSEWHERE = {"schema", "include", "import", "redefine"}  # a test of its own, or test_read
REPLACED = {("group", "ref"): "t:G", ("attributeGroup", "ref"): "t:AG", ("attribute", "ref"): "t:global"}
# A second derivation of one type; what a restriction of a complex type has no use for.
DOUBLED = {
    *(("simpleType", "restriction"), ("complexContent", "extension"), ("complexContent", "restriction")),
    ("restriction", "simpleType"),
}


def keywords() -> Iterator[tuple[str, str, bool]]:
    """Each attribute and each inner element of each element of a schema that is not read over."""
    for name, rule in SCHEMA.items():
        if name not in HOSTS:
            continue
        for attribute in sorted(rule.attributes):
            known = name in BESIDE and BESIDE[name].get(attribute, "") is None
            if f"{name} {attribute}" not in IGNORED and not known:
                yield name, attribute, True
        for inner in sorted(rule.elements):
            is_facet = "value" in SCHEMA[inner].attributes if inner in SCHEMA else False
            if (name, inner) not in DOUBLED and not is_facet:
                yield name, inner, False


def schema(inside: str, attributes: str = "") -> str:
    text = ROOT.format(attributes, inside)
    [contract] = FORMATS["xsd"].read([Document("a.xsd", text.encode())], Sources(DiskTree(Path("nowhere"))))
    return content(contract)


@pytest.mark.parametrize(("name", "keyword", "is_attribute"), list(keywords()))
def test_a_keyword_of_a_schema_is_not_lost(name: str, keyword: str, is_attribute: bool) -> None:
    host, beside = HOSTS[name], BESIDE.get(name, {})
    if not is_attribute:
        host = DECLARED.get(name, host)
    without = beside.get("*", "") or ""
    if is_attribute:
        kept = beside.get(keyword, without)
        value = REPLACED.get((name, keyword), VALUES.get(keyword, SENTINEL))
        found = schema(host.format(f'{kept} {keyword}="{value}"', ""))
    else:
        found = schema(
            host.format(without, INNER.get(keyword, f'<xs:{keyword} name="{SENTINEL}" value="7"/>'))
        )
    assert found != schema(host.format(without if keyword not in beside else "", "")), f"{name} {keyword}"


@pytest.mark.parametrize("facet", sorted(name for name in SCHEMA if "value" in SCHEMA[name].attributes))
def test_a_facet_is_not_lost(facet: str) -> None:
    host = RESTRICTED.format("int" if facet in INT else "decimal" if "Digits" in facet else "string")
    value = "collapse" if facet == "whiteSpace" else "7"
    without, plain = (schema(host.format(text)) for text in ("", f'<xs:{facet} value="{value}"/>'))
    assert plain != without
    if facet not in ("pattern", "enumeration"):
        assert schema(host.format(f'<xs:{facet} value="{value}" fixed="true"/>')) != plain


@pytest.mark.parametrize("name", sorted(SCHEMA["schema"].attributes - {"targetNamespace"}))
def test_what_a_schema_says_of_itself_is_not_lost(name: str) -> None:
    value = "qualified" if name.endswith("FormDefault") else "restriction"
    assert schema("", f' {name}="{value}"') != schema("")


def test_what_is_read_over_exists_and_has_a_reason() -> None:
    for key, reason in IGNORED.items():
        element, _, keyword = key.partition(" ")
        assert reason
        assert keyword in SCHEMA[element].attributes | SCHEMA[element].elements


SERVICE = (Path(__file__).parent / "documents" / "lending.wsdl").read_text("utf-8")
NEWER = (Path(__file__).parent / "documents" / "reading-room.wsdl").read_text("utf-8")


def service(text: str) -> str:
    [contract] = FORMATS["wsdl"].read([Document("a.wsdl", text.encode())], Sources(DiskTree(Path("nowhere"))))
    return content(contract)


def changes(text: str, grammar: Mapping[str, Rule], prefix: str) -> Iterator[tuple[str, str]]:
    """The text with another value for one attribute after the other, where it stands first."""
    for element, rule in grammar.items():
        for attribute in sorted(rule.attributes):
            found = re.search(rf'<{prefix}{element}\b[^>]*?\s{attribute}="([^"]*)"', text)
            if found:
                yield f"{element} {attribute}", text[: found.start(1)] + SENTINEL + text[found.end(1) :]


@pytest.mark.parametrize(
    ("text", "grammar", "prefix"),
    [
        pytest.param(SERVICE, DEFINITIONS, "wsdl:", id="WSDL 1.1"),
        pytest.param(SERVICE, SOAP_ELEMENTS, "soap12?:", id="SOAP"),
        pytest.param(SERVICE, HTTP_ELEMENTS, "http:", id="HTTP"),
        pytest.param(NEWER, DESCRIPTION, "", id="WSDL 2.0"),
    ],
)
def test_an_attribute_of_a_service_is_not_lost(text: str, grammar: Mapping[str, Rule], prefix: str) -> None:
    whole = service(text)
    lost = [name for name, other in changes(text, grammar, prefix) if service(other) == whole]
    assert lost == []


def test_an_attribute_of_a_binding_is_not_lost() -> None:
    first = {"binding": "<binding", "operation": '<operation ref="r:take"', "fault": '<fault ref="r:Full"'}
    for prefix, attributes in (("wsoap", SOAP_ATTRIBUTES), ("whttp", HTTP_ATTRIBUTES)):
        for element, names in attributes.items():
            begin = first.get(element, "<endpoint")
            for name in names.split():
                bare = re.sub(rf'\s{prefix}:{name}="[^"]*"', "", NEWER)
                text = bare.replace(begin, f'{begin} {prefix}:{name}="{SENTINEL}"', 1)
                assert SENTINEL in service(text), f"{element} {name}"
