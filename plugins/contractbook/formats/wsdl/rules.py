"""What the common model cannot say of schemas and SOAP services: bindings, namespaces, order, derivation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from contractbook.declare import Fact, rule
from contractbook.finding import Guideline, Kind, Level
from contractbook.formats.wsdl.names import unversioned
from contractbook.lexicon.spelling import words
from contractbook.model import Action, Contract, Field, Message, Operation, Role, Shape, Type
from contractbook.place import Place

PLATFORM = re.compile(
    r"ArrayOf_?(?:[A-Z]|xsd_|tns_)|(?:DataSet|DataTable|diffgram)$|^Map(?:Entry|Item)?Array$"
)
DEFAULTS = ("tempuri.org", "www.example.org", "example.com", "default_package", "unknown.namespace")
CODE = frozenset(
    {"impl", "ejb", "dao", "bean", "beans", "controller", "servlet", "pojo", "entity", "entities"}
)
PAYLOADS = frozenset(
    {
        *("xml", "xmldata", "xmlstring", "xmlin", "inputxml", "xmlinput", "requestxml", "xmlrequest"),
        *("command", "cmd", "commandtext", "payload"),
    }
)
DIGITS = ("totalDigits", "fractionDigits", "whiteSpace")
BOUNDS = ("minInclusive", "maxInclusive", "minExclusive", "maxExclusive")
STRICTNESS = {"skip": 0, "lax": 1, "strict": 2}


def bound(operation: Operation) -> dict[str, Mapping[str, Any]]:
    """What each protocol says of an operation."""
    return {
        key: said
        for key, said in operation.binding.items()
        if isinstance(said, Mapping) and key.startswith(("SOAP", "HTTP"))
    }


# -- one version


@rule(Guideline.TECHNOLOGY_NEUTRAL, Level.WARNING)
def encoded_binding(element: Operation | Type) -> Iterator[str]:
    """A binding encodes values as objects of a program, or a type is an array of that encoding.

    Few stacks of today can call it (WS-I Basic Profile 1.1, R2706), and its messages fit no schema.

    Use `document` and `literal`, and lists of elements in place of arrays.

    ```wsdl bad
    <binding name="OrdersSoap" type="t:Orders">
      <soap:binding style="rpc" transport="http://schemas.xmlsoap.org/soap/http"/>
      <operation name="find"><input><soap:body use="encoded"/></input></operation>
    </binding>
    ```
    ```wsdl good
    <binding name="OrdersSoap" type="t:Orders">
      <soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>
      <operation name="find"><input><soap:body use="literal"/></input></operation>
    </binding>
    ```
    """
    if isinstance(element, Type):
        if "soapArray" in element.binding:
            yield f"{element.name} is an array of SOAP's encoding"
        return
    encoded = [name for name, said in bound(element).items() if "encoded" in str(said.get("use", ""))]
    if encoded:
        yield f"{element.label} is encoded by {' and '.join(encoded)}"


@rule(Guideline.TECHNOLOGY_NEUTRAL, Level.ERROR)
def platform_type(type: Type) -> Iterator[str]:
    """A type of one platform appears, such as ArrayOfString or DataSet.

    Other stacks make a strange class of it, or get XML without any structure.

    Declare the values that travel: a repeated element for an array, a type of your own for a table.

    ```xsd bad
    <xs:complexType name="ArrayOfOrder">
      <xs:sequence><xs:element name="Order" type="xs:string" maxOccurs="unbounded"/></xs:sequence>
    </xs:complexType>
    ```
    ```xsd good
    <xs:complexType name="Orders">
      <xs:sequence><xs:element name="order" type="xs:string" maxOccurs="unbounded"/></xs:sequence>
    </xs:complexType>
    ```
    """
    if type.at and not type.inline and PLATFORM.search(type.name):
        yield f"{type.name} is a type of one platform"
    for field in type.fields:
        if field.name in ("diffgram", "DataSet"):
            yield f"{field.name} is a type of one platform"


@rule(Guideline.HIDDEN, Level.ERROR)
def default_namespace(contract: Contract) -> Iterator[str]:
    """A namespace is what a generator fills in, or the name of a package in the provider's code.

    Contracts of several teams collide in it, or it changes when the code is moved.

    Choose an address under a domain of yours, such as `https://shop.example/orders/v1`.

    ```xsd bad
    <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://tempuri.org/">
      <xs:element name="order" type="xs:string"/>
    </xs:schema>
    ```
    ```xsd good
    <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="https://shop-of-anna.se/orders/v1">
      <xs:element name="order" type="xs:string"/>
    </xs:schema>
    ```
    """
    for space in spaces(contract):
        plain = unversioned(space)[0].lower()
        host = plain.partition("/")[0]
        if any(host == each or host.endswith(f".{each}") for each in DEFAULTS):
            yield f"the namespace {space} is a default of a generator"
        elif found := CODE.intersection(re.split(r"[./:]", plain)):
            yield f"the namespace {space} is named after code ({min(found)})"


def spaces(contract: Contract) -> list[str]:
    """All namespaces that a contract declares."""
    own = str(contract.binding.get("targetNamespace", ""))
    return [space for space in (own, *contract.binding.get("namespaces", ())) if space]


@rule(Guideline.BACKWARD_COMPATIBLE, Level.WARNING)
def namespace_unversioned(contract: Contract) -> Iterator[str]:
    """The target namespace carries no version.

    A message does not tell which version it is of, so two versions cannot live side by side at one address.

    Put the major version at its end (`https://shop.example/orders/v1`), before the first consumer comes.

    ```xsd bad
    <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="https://shop-of-anna.se/orders">
      <xs:element name="order" type="xs:string"/>
    </xs:schema>
    ```
    ```xsd good
    <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="https://shop-of-anna.se/orders/v1">
      <xs:element name="order" type="xs:string"/>
    </xs:schema>
    ```
    """
    own = str(contract.binding.get("targetNamespace", ""))
    if own and not unversioned(own)[1]:
        yield f"the namespace {own} has no version"


@rule(Guideline.EXPLICIT, Level.WARNING)
def namespace_missing(contract: Contract) -> Iterator[str]:
    """A contract has no target namespace.

    Its names meet those of every other schema without one, and tools take one for the other.

    Give it a `targetNamespace` with a version at its end.

    ```xsd bad
    <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
      <xs:element name="order" type="xs:string"/>
    </xs:schema>
    ```
    ```xsd good
    <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="https://shop-of-anna.se/orders/v1">
      <xs:element name="order" type="xs:string"/>
    </xs:schema>
    ```
    """
    if not contract.binding.get("targetNamespace") and (contract.types or any(contract.operations())):
        yield "there is no target namespace"


@rule(Guideline.HIDDEN, Level.WARNING)
def fault_exposes_class(message: Message, *, at: Place) -> Iterator[str]:
    """A fault is an exception of the provider's code.

    Consumers catch what is thrown inside, and cannot tell what they could do about it.

    Name the fault after what is wrong with the request, such as `OrderNotFound`.

    ```wsdl bad
    <message name="OrderNotFoundException"><part name="fault" element="t:order"/></message>
    <portType name="Shop">
      <operation name="cancel">
        <input message="t:Cancel"/><output message="t:Cancel"/>
        <fault name="OrderNotFoundException" message="t:OrderNotFoundException"/>
      </operation>
    </portType>
    ```
    ```wsdl good
    <message name="OrderNotFound"><part name="fault" element="t:order"/></message>
    <portType name="Shop">
      <operation name="cancel">
        <input message="t:Cancel"/><output message="t:Cancel"/>
        <fault name="OrderNotFound" message="t:OrderNotFound"/>
      </operation>
    </portType>
    ```
    """
    if message.fault:
        named = (message.name, str(message.binding.get("element", "")))
        if found := next((name for name in named if re.search(r"Exception\d*$", name)), ""):
            yield f"the fault {found} is an exception of the code"


@rule(Guideline.HIDDEN, Level.WARNING)
def generic_operation(operation: Operation, *, at: Place) -> Iterator[str]:
    """One operation takes a text that holds XML or a command.

    The true interface is hidden in the text: no tool checks it, and nobody sees when it changes.

    Declare an operation for each thing that consumers may do, with the elements that it takes.

    ```wsdl bad
    <types><xs:schema targetNamespace="https://shop.example/orders">
      <xs:element name="execute"><xs:complexType><xs:sequence>
        <xs:element name="xmlData" type="xs:string"/>
      </xs:sequence></xs:complexType></xs:element>
    </xs:schema></types>
    <message name="Execute"><part name="body" element="t:execute"/></message>
    <portType name="Shop"><operation name="execute"><input message="t:Execute"/></operation></portType>
    ```
    ```wsdl good
    <types><xs:schema targetNamespace="https://shop.example/orders">
      <xs:element name="cancel"><xs:complexType><xs:sequence>
        <xs:element name="orderNumber" type="xs:string"/>
      </xs:sequence></xs:complexType></xs:element>
    </xs:schema></types>
    <message name="CancelOrder"><part name="body" element="t:cancel"/></message>
    <portType name="Shop">
      <operation name="cancelOrder"><input message="t:CancelOrder"/></operation>
    </portType>
    ```
    """
    for message in operation.inputs():
        type = at.contract.resolve(message.payload) if message.payload else None
        if type is None or type.shape is not Shape.RECORD or len(type.fields) != 1:
            continue
        field = type.fields[0]
        held = at.contract.resolve(field.type)
        free = held.scalar == "string" and held.shape is Shape.SCALAR and not held.limits and not held.format
        if free and "".join(words(field.name)).lower() in PAYLOADS:
            yield f"{operation.label} takes everything as the text {field.name}"


# -- two versions


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL)
def namespace_changed(old: Contract | Type, new: Contract | Type) -> Iterator[Fact]:
    """A namespace is another one.

    Every message has other names than before, though they look the same: old consumers know none of them.

    Offer the new version beside the old one, at an address of its own, until all consumers have moved.

    ```xsd old
    <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="https://shop.example/orders/v1">
      <xs:element name="order" type="xs:string"/>
    </xs:schema>
    ```
    ```xsd new
    <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="https://shop.example/orders/v2">
      <xs:element name="order" type="xs:string"/>
    </xs:schema>
    ```
    """
    if isinstance(old, Contract) and isinstance(new, Contract):
        was, now = (str(side.binding.get("targetNamespace", "")) for side in (old, new))
        if was != now:
            yield Fact(f"the namespace is {now or 'none'}, and was {was or 'none'}", old=was, new=now)
        for was, now in _renewed(old, new):
            yield Fact(f"the namespace of types is {now}, and was {was}", old=was, new=now)
        return
    was, now = (str(side.binding.get("namespace", "")) for side in (old, new))
    if was and now and unversioned(was)[0] != unversioned(now)[0]:
        yield Fact(f"the namespace of types is {now}, and was {was}", old=was, new=now, common=True)


def _renewed(old: Contract, new: Contract) -> Iterator[tuple[str, str]]:
    """The further namespaces of which there is another version."""
    before, after = (
        {unversioned(space)[0]: space for space in side.binding.get("namespaces", ())} for side in (old, new)
    )
    for name in before.keys() & after.keys():
        if before[name] != after[name]:
            yield before[name], after[name]


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL)
def element_form_changed(old: Contract, new: Contract) -> Iterator[Fact]:
    """Local elements or attributes are written with their namespace now, or no longer are.

    Every inner element has another name than before: old consumers find none of them.

    Keep `elementFormDefault` and `attributeFormDefault` as they are; change them in a new namespace only.

    ```xsd old
    <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="https://shop.example/orders/v1">
      <xs:element name="order" type="xs:string"/>
    </xs:schema>
    ```
    ```xsd new
    <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="https://shop.example/orders/v1"
        elementFormDefault="qualified">
      <xs:element name="order" type="xs:string"/>
    </xs:schema>
    ```
    """
    for key in ("elementFormDefault", "attributeFormDefault"):
        was, now = (str(side.binding.get(key, "unqualified")) for side in (old, new))
        if was != now:
            yield Fact(f"local {key.removesuffix('FormDefault')}s are {now}", old=was, new=now)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL)
def element_order_changed(old: Type, new: Type) -> Iterator[Fact]:
    """Elements stand in another order, or their order counts now and did not before.

    A sequence is a promise: readers that validate, or read one element after the other, stumble.

    Add new elements at the end, and leave the others where they are.

    ```xsd old
    <xs:complexType name="Order">
      <xs:sequence>
        <xs:element name="id" type="xs:string"/>
        <xs:element name="total" type="xs:int"/>
      </xs:sequence>
    </xs:complexType>
    ```
    ```xsd new
    <xs:complexType name="Order">
      <xs:sequence>
        <xs:element name="total" type="xs:int"/>
        <xs:element name="id" type="xs:string"/>
      </xs:sequence>
    </xs:complexType>
    ```
    """
    was, now = old.binding.get("content"), new.binding.get("content")
    if was and now and was != now:
        yield Fact(f"the elements of {new.name} are a {now}, and were a {was}", old=was, new=now)
    elif now in ("sequence", "parts"):
        before, after = _elements(old), _elements(new)
        kept = [name for name in before if name in after]
        order = [name for name in after if name in before]
        if kept != order:
            moved = next(one for one, other in zip(order, kept, strict=True) if one != other)
            said = f"the elements of {new.name} have another order, from {moved} on"
            yield Fact(said, old=kept, new=order)


def _elements(type: Type) -> list[str]:
    elements = (field for field in type.fields if not field.binding.get("xml", {}).get("attribute"))
    return [*dict.fromkeys(field.identity for field in elements)]


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL)
def extension_point_changed(old: Type, new: Type) -> Iterator[Fact]:
    """An extension point takes elements of other namespaces, or checks them more strictly.

    What consumers put there is refused, and what they find there is nothing that they expected.

    Keep the namespaces, and never make `processContents` stricter.

    ```xsd old
    <xs:complexType name="Order">
      <xs:sequence><xs:any processContents="lax"/></xs:sequence>
    </xs:complexType>
    ```
    ```xsd new
    <xs:complexType name="Order">
      <xs:sequence><xs:any processContents="strict"/></xs:sequence>
    </xs:complexType>
    ```
    """
    for key in ("any", "anyAttribute"):
        was, now = old.binding.get(key), new.binding.get(key)
        if isinstance(was, Mapping) and isinstance(now, Mapping):
            if was.get("namespace") != now.get("namespace"):
                said = f"{new.name} may be extended from {now.get('namespace')}"
                yield Fact(said, old=was.get("namespace"), new=now.get("namespace"))
            before, after = (str(each.get("processContents")) for each in (was, now))
            if before != after:
                looser = STRICTNESS.get(after, 2) < STRICTNESS.get(before, 2)
                said = f"extensions of {new.name} are checked {'less' if looser else 'more'} strictly"
                yield Fact(said, old=before, new=after, level=Level.NOTE if looser else None)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL)
def abstract_changed(old: Type, new: Type) -> Iterator[Fact]:
    """A type or element became abstract, or is no longer.

    What is abstract cannot stand in a message itself, so what was sent as such is refused.

    Keep it as it is, and declare a new type for what the others have in common.

    ```xsd old
    <xs:complexType name="Payment">
      <xs:sequence><xs:element name="amount" type="xs:int"/></xs:sequence>
    </xs:complexType>
    ```
    ```xsd new
    <xs:complexType name="Payment" abstract="true">
      <xs:sequence><xs:element name="amount" type="xs:int"/></xs:sequence>
    </xs:complexType>
    ```
    """
    was, now = bool(old.binding.get("abstract")), bool(new.binding.get("abstract"))
    if was != now:
        said = f"{new.name} is {'abstract' if now else 'no longer abstract'}"
        yield Fact(said, old=was, new=now, level=None if now else Level.NOTE)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL)
def base_changed(old: Type, new: Type) -> Iterator[Fact]:
    """A type is made of another one, or in another way: by extension in place of restriction.

    It can no longer stand where its old base is asked for, and generated classes have another parent.

    Keep the base; declare a new type beside the old one.

    ```xsd old
    <xs:complexType name="Person"/><xs:complexType name="Company"/>
    <xs:complexType name="Customer">
      <xs:complexContent><xs:extension base="Person"/></xs:complexContent>
    </xs:complexType>
    ```
    ```xsd new
    <xs:complexType name="Person"/><xs:complexType name="Company"/>
    <xs:complexType name="Customer">
      <xs:complexContent><xs:extension base="Company"/></xs:complexContent>
    </xs:complexType>
    ```
    """
    was, now = str(old.binding.get("derivation", "")), str(new.binding.get("derivation", ""))
    if old.shape is not Shape.RECORD or old.shape is not new.shape:
        return
    if old.bases != new.bases and (was or now):
        said = f"{new.name} is made of {', '.join(new.bases) or 'nothing else'}"
        yield Fact(said, old=list(old.bases), new=list(new.bases))
    elif was and now and was != now:
        yield Fact(f"{new.name} is made by {now}, and was by {was}", old=was, new=now)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL)
def mixed_changed(old: Type, new: Type) -> Iterator[Fact]:
    """Text may stand between the elements of a type now, or no longer may.

    Readers that look at elements alone lose the text, and generated classes look wholly different.

    Put text into an element of its own.

    ```xsd old
    <xs:complexType name="Note">
      <xs:sequence><xs:element name="line" type="xs:string"/></xs:sequence>
    </xs:complexType>
    ```
    ```xsd new
    <xs:complexType name="Note" mixed="true">
      <xs:sequence><xs:element name="line" type="xs:string"/></xs:sequence>
    </xs:complexType>
    ```
    """
    was, now = bool(old.binding.get("mixed")), bool(new.binding.get("mixed"))
    if was != now:
        may = "may" if now else "must not"
        yield Fact(f"{new.name} {may} hold text between its elements", old=was, new=now)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.WARNING, kind=Kind.STRUCTURAL)
def facet_changed(old: Type, new: Type) -> Iterator[Fact]:
    """The digits of a number, the spaces in a text or the first or last day of a date are bound otherwise.

    What was valid before may be refused, and what is read may not fit where it is stored.

    Keep the facet, or tell your consumers when it changes.

    ```xsd old
    <xs:simpleType name="Rate">
      <xs:restriction base="xs:decimal"><xs:fractionDigits value="2"/></xs:restriction>
    </xs:simpleType>
    ```
    ```xsd new
    <xs:simpleType name="Rate">
      <xs:restriction base="xs:decimal"><xs:fractionDigits value="4"/></xs:restriction>
    </xs:simpleType>
    ```
    """
    for key in (*DIGITS, *BOUNDS):
        was, now = old.binding.get(key), new.binding.get(key)
        if was != now:
            level = Level.ERROR if key in BOUNDS else None
            yield Fact(f"{key} of {new.name} is {_said(now)}", old=was, new=now, level=level)


def _space(at: Place) -> str:
    return str(at.contract.binding.get("targetNamespace", ""))


def _said(value: Any) -> str:
    return "not stated" if value is None else str(value)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL)
def binding_changed(old: Operation, new: Operation, *, at: Place) -> Iterator[Fact]:
    """A binding speaks in another way: its style, use, action, transport or location changed.

    The same values travel in other messages, or are taken for another operation.

    Add a further binding and keep the old one until its consumers have moved.

    ```wsdl old
    <binding name="OrdersSoap" type="t:Orders">
      <soap:binding transport="http://schemas.xmlsoap.org/soap/http"/>
      <operation name="find"><soap:operation soapAction="urn:find"/></operation>
    </binding>
    ```
    ```wsdl new
    <binding name="OrdersSoap" type="t:Orders">
      <soap:binding transport="http://schemas.xmlsoap.org/soap/http"/>
      <operation name="find"><soap:operation soapAction="urn:search"/></operation>
    </binding>
    ```
    """
    before, after = bound(old), bound(new)
    space, renewed = (_space(side) for side in (at.before or at, at))
    for protocol in sorted(before.keys() & after.keys()):
        was, now = before[protocol], after[protocol]
        for key in sorted({*was, *now}):
            moved = (
                key == "soapAction" and space and str(was.get(key)).replace(space, renewed) == now.get(key)
            )
            if was.get(key) != now.get(key) and not moved:  # an action moves with its namespace
                said = f"{key} of {new.label} by {protocol} is {_said(now.get(key))}"
                yield Fact(said, old=was.get(key), new=now.get(key), common=True)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL)
def binding_removed(old: Operation, new: Operation) -> Iterator[Fact]:
    """An operation can no longer be called by a protocol, such as SOAP 1.1.

    Consumers that speak it cannot call at all.

    Keep the old binding beside the new one until its consumers have moved.

    ```wsdl old
    <binding name="OrdersSoap" type="t:Orders">
      <soap:binding transport="http://schemas.xmlsoap.org/soap/http"/><operation name="find"/>
    </binding>
    ```
    ```wsdl new
    <binding name="OrdersSoap12" type="t:Orders">
      <soap12:binding transport="http://schemas.xmlsoap.org/soap/http"/><operation name="find"/>
    </binding>
    ```
    """
    gone = sorted(bound(old).keys() - bound(new).keys())
    for protocol in gone:
        yield Fact(f"{new.label} can no longer be called by {protocol}", old=protocol, common=True)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.NOTE, kind=Kind.EXPANSION)
def binding_added(old: Operation, new: Operation) -> Iterator[Fact]:
    """An operation can be called by a further protocol, such as SOAP 1.2.

    Nothing changes for those who call it by another one.

    Tell your consumers when it comes.

    ```wsdl old
    <binding name="OrdersSoap" type="t:Orders">
      <soap:binding transport="http://schemas.xmlsoap.org/soap/http"/><operation name="find"/>
    </binding>
    ```
    ```wsdl new
    <binding name="OrdersSoap" type="t:Orders">
      <soap:binding transport="http://schemas.xmlsoap.org/soap/http"/><operation name="find"/>
    </binding>
    <binding name="OrdersSoap12" type="t:Orders">
      <soap12:binding transport="http://schemas.xmlsoap.org/soap/http"/><operation name="find"/>
    </binding>
    ```
    """
    for protocol in sorted(bound(new).keys() - bound(old).keys()):
        yield Fact(f"{new.label} can be called by {protocol}", new=protocol, common=True)


@rule(Guideline.BACKWARD_COMPATIBLE, input=Level.WARNING, kind=Kind.STRUCTURAL)
def soap_header_added(old: None, new: Field, *, at: Place) -> Iterator[Fact]:
    """A SOAP header is bound to what consumers send.

    A provider may demand it though the contract does not say so, and generated clients send it from now on.

    Say in the documentation whether the call works without it.

    ```wsdl old
    <binding name="OrdersSoap" type="t:Orders">
      <soap:binding transport="http://schemas.xmlsoap.org/soap/http"/>
      <operation name="find"><input><soap:body use="literal"/></input></operation>
    </binding>
    ```
    ```wsdl new
    <binding name="OrdersSoap" type="t:Orders">
      <soap:binding transport="http://schemas.xmlsoap.org/soap/http"/>
      <operation name="find">
        <input><soap:header message="t:Find" part="trace" use="literal"/><soap:body use="literal"/></input>
      </operation>
    </binding>
    ```
    """
    if new.role is Role.HEADER and not new.required:
        yield Fact(f"the header {new.name} is bound to {at.around}", new=new.name)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL)
def body_element_changed(old: Message | Field, new: Message | Field) -> Iterator[Fact]:
    """A message or a part of it is another element.

    The outermost name is what tells one message from another: nobody finds the old one.

    Keep the element, and add an operation for the new one.

    ```wsdl old
    <message name="Pay"><part name="body" element="t:order"/></message>
    <portType name="Shop"><operation name="pay"><input message="t:Pay"/></operation></portType>
    ```
    ```wsdl new
    <message name="Pay"><part name="body" element="t:purchase"/></message>
    <portType name="Shop"><operation name="pay"><input message="t:Pay"/></operation></portType>
    ```
    """
    was, now = old.binding.get("element"), new.binding.get("element")
    if was != now:
        yield Fact(f"{new.name} is {_element(now)}, and was {_element(was)}", old=was, new=now)


def _element(name: Any) -> str:
    return f"the element {name}" if name else "made of parts"


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL)
def exchange_changed(old: Operation, new: Operation) -> Iterator[Fact]:
    """An operation answers now and did not before, or no longer does, or the other side begins it.

    Who waits for an answer waits in vain, and who sends without waiting leaves one unread.

    Add an operation with the new exchange, and keep the old one until its consumers have moved.

    ```wsdl old
    <portType name="Shop">
      <operation name="pay"><input message="t:Find"/><output message="t:Find"/></operation>
    </portType>
    ```
    ```wsdl new
    <portType name="Shop"><operation name="pay"><input message="t:Find"/></operation></portType>
    ```
    """
    if old.action is not new.action:
        was, now = EXCHANGES[old.action], EXCHANGES[new.action]
        yield Fact(f"{new.label} {now}, and before it {was}", old=old.action.value, new=new.action.value)


EXCHANGES = {
    Action.CALL: "is answered",
    Action.RECEIVE: "is sent without an answer",
    Action.SEND: "comes from the provider",
}
