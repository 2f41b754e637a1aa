"""Every fact of schemas and SOAP services is told by its rule, at its level, to whom it concerns."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from tests.compare.reading import SHARED

from contractbook.engine.compare import compare
from contractbook.finding import Finding
from contractbook.formats import FORMATS
from contractbook.model import Contract
from contractbook.source.disk import DiskTree
from contractbook.source.document import Document
from contractbook.source.sources import Sources

TODAY = date(2027, 3, 1)
SERVICE = """\
<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="%(soap)s" xmlns:t="%(space)s"
    xmlns:soap12="http://schemas.xmlsoap.org/wsdl/soap12/" xmlns:xs="http://www.w3.org/2001/XMLSchema"
    targetNamespace="%(space)s">
<types><xs:schema targetNamespace="%(space)s" %(form)s>%(schema)s</xs:schema></types>
<message name="In">%(parts)s</message>
<message name="Out">%(parts)s</message>
<message name="Header"><part name="h" element="t:h"/></message>
%(port_type)s%(binding)s%(binding12)s%(service)s
</definitions>"""
PORT_TYPE = """<portType name="P"><operation name="keep"><input message="t:Header"/></operation>
<operation name="%(operation)s"><input message="t:In"/>%(output)s%(fault)s</operation>%(more)s</portType>"""
BINDING = """<binding name="B%(version)s" type="t:P">
<soap%(version)s:binding style="%(style)s" transport="%(transport)s"/>
<operation name="%(operation)s"><soap%(version)s:operation soapAction="%(action)s"/>
<input>%(header)s<soap%(version)s:body use="%(use)s"/></input></operation></binding>"""
PORT = '<port name="A" binding="t:B"><soap:address location="%(address)s"/></port>'
USUAL = {
    "space": "urn:a",
    "soap": "http://schemas.xmlsoap.org/wsdl/soap/",
    "form": "",
    "schema": '<xs:complexType name="T"/>',
    "parts": '<part name="p" element="t:e"/>',
    "operation": "do",
    "output": '<output message="t:Out"/>',
    "fault": "",
    "more": "",
    "style": "document",
    "use": "literal",
    "action": "urn:do",
    "transport": "http://schemas.xmlsoap.org/soap/http",
    "header": "",
    "address": "https://shop.example/a",
    "version": "",
}
ROOTS = """<xs:element name="e" type="t:T"/><xs:element name="e2" type="xs:int"/>
<xs:element name="h" type="xs:int"/>"""


class Case(NamedTuple):
    """A fact, and the smallest change that brings it about."""

    texts: str
    fact: str
    direction: str
    level: str
    rule: str
    old: str
    new: str


def cases() -> Iterator[Case]:
    texts = ""
    for block in (Path(__file__).parent / "facts-wsdl.txt").read_text("utf-8").split("\n\n")[1:]:
        if block.startswith("== "):
            texts = block.removeprefix("== ")
        else:
            said, old, new = block.strip().split("\n")
            fact, direction, level, rule = said.split()
            yield Case(texts, fact, direction, level, rule, old, new)


CASES = list(cases())


def contract(case: Case, text: str, direction: str) -> Contract:
    """The whole service that the text of a case is a part of."""
    facts: dict[str, Any] = {**USUAL}
    match case.texts:
        case "service":
            facts |= yaml.safe_load(text)
        case "type":
            facts["schema"] = f'<xs:complexType name="T">{text}</xs:complexType>'
        case "facet":
            facts["schema"] = f'<xs:simpleType name="T">{text}</xs:simpleType>'
        case _:
            default, form, _ = text.partition("elementFormDefault: ")
            facts["schema"], facts["form"] = (_, 'elementFormDefault="qualified"') if form else (default, "")
    # The components of a schema are written without the prefix of its namespace.
    facts["schema"] = facts["schema"].replace('base="', 'base="t:').replace("t:xs:", "xs:") + ROOTS
    facts["schema"] = facts["schema"].replace('substitutionGroup="', 'substitutionGroup="t:')
    if direction == "request":
        facts["output"] = '<output message="t:Header"/>'
    facts.setdefault("port_type", PORT_TYPE % facts)
    if not facts["port_type"]:
        facts["binding"] = facts["binding12"] = ""
    facts.setdefault("binding", BINDING % facts)
    facts["binding12"] = BINDING % {**facts, "version": "12"} if facts.get("binding12") else ""
    facts.setdefault("port", PORT % facts)
    other = PORT.replace('"A"', '"Other"') % {"address": "https://shop.example/other"}
    facts.setdefault("service", f'<service name="S">{facts["port"]}</service>')
    facts["service"] += f'<service name="Other">{other}</service>'
    if direction == "response":
        text = (SERVICE % facts).replace('<input message="t:In"/>', '<input message="t:Header"/>')
    else:
        text = SERVICE % facts
    [found] = FORMATS["wsdl"].read([Document("a.wsdl", text.encode())], Sources(DiskTree("nowhere")))
    faults = [fault for fault in found.faults if facts["port_type"]]
    assert not faults, (faults, text)
    return found


def told(case: Case, direction: str) -> list[Finding]:
    old, new = (contract(case, text, direction) for text in (case.old, case.new))
    return list(compare(old, new, today=TODAY))


def directions(case: Case) -> tuple[str, ...]:
    return ("request", "response") if case.direction == "both" else (case.direction,)


@pytest.mark.parametrize("case", [pytest.param(case, id=f"{case.fact} {case.direction}") for case in CASES])
def test_a_fact_is_told_by_its_rule(case: Case) -> None:
    for direction in directions(case):
        mine = [finding for finding in told(case, direction) if finding.rule == case.rule]
        assert {finding.level.value for finding in mine} == {case.level}, direction


# Facts that are told at another level than in the catalogue, and why.
OTHERWISE = {
    "xsd-attribute.optional-added": "a reader that validates refuses the attribute as it does an element",
    "xsd-wildcard.removed": "for those who read it is a promise more: type-closed is a note",
    "xsd-wildcard.added": "those who write need not use it: type-opened is a note",
    "xsd-element.substitution-group-changed": "its member is gone from one choice and new in the other",
    "xsd-facet.pattern-changed": "whoever reads meets other texts, but none that a type refuses: a warning",
    "xsd-type.removed": "of a type that nothing uses: one that is used is told where it is used",
}


@pytest.mark.skipif(
    not (SHARED / "catalogue").exists(), reason="the catalogue is not part of this repository"
)
def test_every_fact_of_the_catalogue_is_told_at_its_level() -> None:
    levels = {"breaking": "error", "dangerous": "warning", "safe": "note"}
    ours: dict[tuple[str, str], set[str]] = {}
    for case in CASES:
        for direction in (case.direction, *directions(case)):
            ours.setdefault((case.fact, direction), set()).add(case.level)
    rows = csv.DictReader(
        (SHARED / "catalogue" / "changes.tsv").read_text("utf-8").splitlines(), delimiter="\t"
    )
    missing = {
        (row["id"], row["direction"]): levels[row["level"]]
        for row in rows
        if row["id"].startswith(("wsdl-", "xsd-"))
        and row["id"] not in OTHERWISE
        and not _is_told(row["id"], row["direction"], levels[row["level"]], ours)
    }
    assert missing == {}


def _is_told(fact: str, direction: str, level: str, ours: dict[tuple[str, str], set[str]]) -> bool:
    both = [ours.get((fact, each), set()) for each in ("request", "response")]
    return level in ours.get((fact, direction), set()) or (
        direction == "both" and all(level in each for each in both)
    )
