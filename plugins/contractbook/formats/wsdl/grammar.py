"""What may stand in a schema and in the description of a service, as data, and what stands there against it.

XML Schema 1.0-1, appendix A; WSDL 1.1, appendix A; WSDL 2.0-1 and 2.0-2. Elements and attributes of other
namespaces may stand anywhere: they are kept, or passed over.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from contractbook.formats.faults import Faults
from contractbook.formats.wsdl.names import HTTP, SOAP, WSDL1, WSDL2, XS, nearest
from contractbook.source.document import Document
from contractbook.source.xml_text import Element


class Rule(NamedTuple):
    """The attributes and the inner elements that an element may have; of other vocabularies any."""

    attributes: frozenset[str]
    elements: frozenset[str]


def _rule(attributes: str, elements: str = "") -> Rule:
    return Rule(frozenset(attributes.split()), frozenset(elements.split()))


_OCCURS = "minOccurs maxOccurs"
_PARTICLES = "element group choice sequence any"
_ATTRIBUTES = "attribute attributeGroup anyAttribute"
_FACETS = (
    "minExclusive minInclusive maxExclusive maxInclusive totalDigits fractionDigits length minLength "
    "maxLength enumeration whiteSpace pattern"
)
_COMPONENTS = "simpleType complexType group attributeGroup element attribute notation"

SCHEMA: Mapping[str, Rule] = {
    "schema": _rule(
        "targetNamespace version finalDefault blockDefault attributeFormDefault elementFormDefault id",
        f"include import redefine annotation {_COMPONENTS}",
    ),
    "include": _rule("schemaLocation id", "annotation"),
    "import": _rule("namespace schemaLocation id", "annotation"),
    "redefine": _rule("schemaLocation id", "annotation simpleType complexType group attributeGroup"),
    "annotation": _rule("id", "appinfo documentation"),
    "element": _rule(
        f"name ref type substitutionGroup default fixed nillable abstract final block form id {_OCCURS}",
        "annotation simpleType complexType unique key keyref",
    ),
    "attribute": _rule("name ref type use default fixed form id", "annotation simpleType"),
    "complexType": _rule(
        "name mixed abstract final block id",
        f"annotation simpleContent complexContent group all choice sequence {_ATTRIBUTES}",
    ),
    "simpleContent": _rule("id", "annotation restriction extension"),
    "complexContent": _rule("mixed id", "annotation restriction extension"),
    "extension": _rule("base id", f"annotation group all choice sequence {_ATTRIBUTES}"),
    "restriction": _rule(
        "base id", f"annotation simpleType group all choice sequence {_ATTRIBUTES} {_FACETS}"
    ),
    "group": _rule(f"name ref id {_OCCURS}", "annotation all choice sequence"),
    "attributeGroup": _rule("name ref id", f"annotation {_ATTRIBUTES}"),
    "all": _rule(f"id {_OCCURS}", "annotation element"),
    "choice": _rule(f"id {_OCCURS}", f"annotation {_PARTICLES}"),
    "sequence": _rule(f"id {_OCCURS}", f"annotation {_PARTICLES}"),
    "any": _rule(f"namespace processContents id {_OCCURS}", "annotation"),
    "anyAttribute": _rule("namespace processContents id", "annotation"),
    "simpleType": _rule("name final id", "annotation restriction list union"),
    "list": _rule("itemType id", "annotation simpleType"),
    "union": _rule("memberTypes id", "annotation simpleType"),
    **{name: _rule("value fixed id", "annotation") for name in _FACETS.split()},
    "key": _rule("name id", "annotation selector field"),
    "unique": _rule("name id", "annotation selector field"),
    "keyref": _rule("name refer id", "annotation selector field"),
    "selector": _rule("xpath id", "annotation"),
    "field": _rule("xpath id", "annotation"),
    "notation": _rule("name public system id", "annotation"),
}

DEFINITIONS: Mapping[str, Rule] = {
    "definitions": _rule(
        "name targetNamespace", "documentation import types message portType binding service"
    ),
    "import": _rule("namespace location", "documentation"),
    "types": _rule("", "documentation"),
    "message": _rule("name", "documentation part"),
    "part": _rule("name element type", "documentation"),
    "portType": _rule("name", "documentation operation"),
    "binding": _rule("name type", "documentation operation"),
    "operation": _rule("name parameterOrder", "documentation input output fault"),
    **{name: _rule("name message", "documentation") for name in ("input", "output", "fault")},
    "service": _rule("name", "documentation port"),
    "port": _rule("name binding", "documentation"),
}

DESCRIPTION: Mapping[str, Rule] = {
    "description": _rule("targetNamespace", "documentation import include types interface binding service"),
    "import": _rule("namespace location", "documentation"),
    "include": _rule("location", "documentation"),
    "types": _rule("", "documentation"),
    "interface": _rule("name extends styleDefault", "documentation fault operation"),
    "operation": _rule("name pattern style ref", "documentation input output infault outfault"),
    **{name: _rule("messageLabel element", "documentation") for name in ("input", "output")},
    **{name: _rule("ref messageLabel", "documentation") for name in ("infault", "outfault")},
    "fault": _rule("name element ref", "documentation"),
    "binding": _rule("name interface type", "documentation fault operation"),
    "service": _rule("name interface", "documentation endpoint"),
    "endpoint": _rule("name binding address", "documentation"),
}

_BODY = "use namespace encodingStyle parts"
_HEADER = "message part use namespace encodingStyle"
SOAP_ELEMENTS: Mapping[str, Rule] = {
    "binding": _rule("transport style"),
    "operation": _rule("soapAction style soapActionRequired"),
    "body": _rule(_BODY),
    "fault": _rule("name use namespace encodingStyle"),
    "header": _rule(_HEADER, "headerfault"),
    "headerfault": _rule(_HEADER),
    "address": _rule("location"),
}
HTTP_ELEMENTS: Mapping[str, Rule] = {
    "binding": _rule("verb"),
    "operation": _rule("location"),
    "address": _rule("location"),
    "urlEncoded": _rule(""),
    "urlReplacement": _rule(""),
}
# Attributes of WSDL 2.0's bindings, by the element of WSDL that they stand at.
SOAP_ATTRIBUTES = {
    "binding": "version protocol mepDefault",
    "operation": "mep action",
    "fault": "code subcodes",
}
HTTP_ATTRIBUTES = {
    "binding": "methodDefault queryParameterSeparatorDefault cookies contentEncodingDefault",
    "operation": "location method inputSerialization outputSerialization faultSerialization ignoreUncited",
    "fault": "code contentEncoding",
    "endpoint": "authenticationScheme authenticationRealm",
}

GRAMMARS: Mapping[str, Mapping[str, Rule]] = {
    XS: SCHEMA,
    WSDL1: DEFINITIONS,
    WSDL2: DESCRIPTION,
    **dict.fromkeys(SOAP, SOAP_ELEMENTS),
    HTTP: HTTP_ELEMENTS,
}
NEWER = frozenset({"assert", "assertion", "alternative", "override", "openContent", "defaultOpenContent"})
OPAQUE = frozenset({"appinfo", "documentation"})  # what stands inside is nobody's grammar

_EDITORS = "an id for editors"
IGNORED: Mapping[str, str] = {
    f"{name} id": _EDITORS
    for name in ("include", "import", "redefine", "annotation", "group", "attributeGroup", "simpleContent")
}
"""What is read over, and why."""


def check(document: Document, root: Element, faults: Faults) -> None:
    """Tell what stands where the grammars do not have it; of each kind once, the others are counted."""
    todo = [root]
    while todo:
        element = todo.pop()
        grammar = GRAMMARS.get(element.space)
        if grammar is not None and element.name not in OPAQUE:
            rule = grammar.get(element.name)
            if rule is None:
                _unknown(document, element, grammar, faults)
            else:
                if not rule.attributes.issuperset(element.attributes):
                    _attributes(document, element, rule, faults)
                _misplaced(document, element, rule, faults)
        if element.content and element.name not in OPAQUE:
            todo += element


def _attributes(document: Document, element: Element, rule: Rule, faults: Faults) -> None:
    for name in element.attributes:
        if name not in rule.attributes and not name.startswith("{"):
            hint = nearest(name, rule.attributes)
            faults.invalid(
                f"`{element.name}` has no attribute `{name}`" + (f": did you mean `{hint}`?" if hint else ""),
                document,
                element.pointer,
                "Remove the attribute, or give it the prefix of its own namespace.",
                cause=f"{element.name} {name}",
            )


def _misplaced(document: Document, element: Element, rule: Rule, faults: Faults) -> None:
    known = GRAMMARS[element.space]
    for each in element:
        if each.name not in rule.elements and each.space == element.space and each.name in known:
            faults.invalid(
                f"`{each.name}` cannot stand in `{element.name}`",
                document,
                each.pointer,
                _advice(each.name, element.name),
                cause=f"{each.name} in {element.name}",
            )


def _advice(inner: str, outer: str) -> str:
    particles = ("element", "sequence", "choice", "all", "any")
    if inner in ("attribute", "attributeGroup", "anyAttribute"):
        return "Attributes stand at the end of the type, after its `sequence`."
    if inner in particles and outer in ("complexType", "extension", "restriction"):
        return "Put it into a `sequence`."
    if inner in particles and outer == "all":
        return "`all` holds elements only; use a `sequence` for more."
    return "Move it to where the specification has it, or remove it."


def _unknown(document: Document, element: Element, grammar: Mapping[str, Rule], faults: Faults) -> None:
    if element.name in NEWER:
        message = f"`{element.name}` is of XML Schema 1.1: it is not read, and few tools know it"
        advice = "Say it in the documentation, or check it in code."
    else:
        hint = nearest(element.name, grammar.keys())
        message = f"there is no element `{element.name}` here" + (f": did you mean `{hint}`?" if hint else "")
        advice = "Use an element of the specification, or one with the prefix of another namespace."
    faults.invalid(message, document, element.pointer, advice, cause=element.name)
