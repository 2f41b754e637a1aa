"""One contract of orders in every format: how its edits are spelled there, and what a format cannot say."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple


class Edit(StrEnum):
    """A change of the contract."""

    FIELD_ADDED = "gift comes to what consumers read"
    FIELD_REMOVED = "note goes from what consumers read"
    FIELD_REQUIRED = "wish is demanded of consumers"
    FIELD_RETYPED = "pieces, which consumers write, becomes a text"
    FIELD_DEPRECATED = "note is deprecated"
    VALUE_ADDED = "consumers may read RETURNED"
    VALUE_REMOVED = "consumers no longer read SHIPPED"
    OPERATION_REMOVED = "findOrder goes"


class Spelling(NamedTuple):
    """The contract in one format.

    An edit replaces texts of the file by others; one that the format cannot express has its reason in
    `cannot`. `apart` are the rules that say more or less of this format than of OpenAPI, and why.
    `heavier` are edits that break more here, and why. Of values without a `directed` way the level is that
    of the way that suffers more.
    """

    file: str
    edits: Mapping[Edit, tuple[tuple[str, str], ...]]
    cannot: Mapping[Edit, str] = {}
    apart: Mapping[str, str] = {}
    heavier: Mapping[Edit, str] = {}
    directed: bool = True


SCHEMAS: Mapping[Edit, tuple[tuple[str, str], ...]] = {
    Edit.FIELD_ADDED: (
        ("        note:", "        gift: {type: boolean, description: Wrapped as one.}\n        note:"),
    ),
    Edit.FIELD_REMOVED: (
        ("        note:\n          type: string\n          description: What the packer knows.\n", ""),
        ("state, note, passwordHash]", "state, passwordHash]"),
    ),
    Edit.FIELD_REQUIRED: (("required: [article]", "required: [article, wish]"),),
    Edit.FIELD_RETYPED: (("type: integer\n          format: int32", "type: string"),),
    Edit.FIELD_DEPRECATED: (("        note:\n", "        note:\n          deprecated: true\n"),),
    Edit.VALUE_ADDED: (("SHIPPED]", "SHIPPED, RETURNED]"),),
    Edit.VALUE_REMOVED: ((", SHIPPED]", "]"),),
}

OPENAPI = Spelling(
    file="orders.yaml",
    edits={**SCHEMAS, Edit.OPERATION_REMOVED: (("  /orders/find:\n    post:", "  x-gone:\n    post:"),)},
)

# What HTTP has, and what a format without addresses, status codes or a version of its own has not.
OF_HTTP = {
    "errors-undocumented": "only HTTP tells failures by a status of the answer",
    "side-effects-unstated": "only HTTP has methods that promise whether a call may be repeated",
    "security-undefined": "credentials are declared elsewhere",
    "example-server": "no address is part of the contract",
    "no-version-scheme": "the version is no part of an address here",
}
UNVERSIONED = {
    "version-not-raised": "the contract does not state its version",
    "owner-missing": "there is no place for a contact",
}
IN_PROSE = {"text-changed": "an end is announced in the text"}

FIND_ORDER = """\
  findOrder:
    action: receive
    summary: Find an order
    description: Finds one order by its number.
    channel: {$ref: "#/channels/orders"}
    messages: [{$ref: "#/channels/orders/messages/question"}]
    reply: {channel: {$ref: "#/channels/orders"}, messages: [{$ref: "#/channels/orders/messages/order"}]}
"""

ASYNCAPI = Spelling(
    file="orders.asyncapi.yaml",
    edits={**SCHEMAS, Edit.OPERATION_REMOVED: ((FIND_ORDER, ""),)},
    apart={
        "errors-undocumented": OF_HTTP["errors-undocumented"],
        "side-effects-unstated": OF_HTTP["side-effects-unstated"],
        "security-undefined": OF_HTTP["security-undefined"],
        "example-server": "a broker's address would be one, but none is given",
        "missing-servers": "no server is given, so that no rule about brokers speaks",
        "message-without-correlation": "only messages have to be told which one they answer",
        "message-examples-missing": "only messages are expected to have examples",
    },
)

JSONSCHEMA = Spelling(
    file="orders.schema.yaml",
    edits=SCHEMAS,
    cannot={Edit.OPERATION_REMOVED: "a schema has no operations"},
    apart={**OF_HTTP, **UNVERSIONED},
    directed=False,
)

GRAPHQL = Spelling(
    file="orders.graphql",
    edits={
        Edit.FIELD_ADDED: (('  "Proves', '  "Wrapped as one."\n  gift: Boolean\n  "Proves'),),
        Edit.FIELD_REMOVED: (('  "What the packer knows."\n  note: String\n', ""),),
        Edit.FIELD_REQUIRED: (("wish: String", "wish: String!"),),
        Edit.FIELD_RETYPED: (("pieces: Int", "pieces: String"),),
        Edit.FIELD_DEPRECATED: (("note: String", "note: String @deprecated"),),
        Edit.VALUE_ADDED: (("  SHIPPED\n", "  SHIPPED\n  RETURNED\n"),),
        Edit.VALUE_REMOVED: (("  SHIPPED\n", ""),),
        Edit.OPERATION_REMOVED: (("  findOrder(question: Question!): OrderEntity", "  shop: String"),),
    },
    apart={
        **OF_HTTP,
        **UNVERSIONED,
        "operation-added": "a type cannot be left without fields, so that another query takes the place",
    },
)

PROTOBUF = Spelling(
    file="orders.proto",
    edits={
        Edit.FIELD_ADDED: (
            ("passwordHash = 4;\n", "passwordHash = 4;\n\n  // Wrapped as one.\n  bool gift = 5;\n"),
        ),
        Edit.FIELD_REMOVED: (
            ("  // What the packer knows.\n  string note = 3;\n", '  reserved 3;\n  reserved "note";\n'),
        ),
        Edit.FIELD_REQUIRED: (("wish = 3;", "wish = 3 [(google.api.field_behavior) = REQUIRED];"),),
        Edit.FIELD_RETYPED: (("int32 pieces", "string pieces"),),
        Edit.FIELD_DEPRECATED: (("note = 3;", "note = 3 [deprecated = true];"),),
        Edit.VALUE_ADDED: (("  SHIPPED = 2;\n", "  SHIPPED = 2;\n  RETURNED = 3;\n"),),
        Edit.VALUE_REMOVED: (("  SHIPPED = 2;\n", '  reserved 2;\n  reserved "SHIPPED";\n'),),
        Edit.OPERATION_REMOVED: (
            (
                "  // Finds one order by its number.\n  rpc FindOrder(Question) returns (OrderEntity);\n",
                "",
            ),
        ),
    },
    apart={
        **OF_HTTP,
        **UNVERSIONED,
        "missing-servers": "there is no place for an address",
        "closed-enum-in-output": "enumerations of proto3 are open",
        "field-removed": "no field is promised: one that is absent reads as its type's own default",
        "optional-field-removed": "the same",
    },
)

AVRO = Spelling(
    file="orders.avpr",
    edits={
        Edit.FIELD_ADDED: (
            (
                '        {"name": "passwordHash"',
                '        {"name": "gift", "type": "boolean", "doc": "Wrapped as one."},\n'
                '        {"name": "passwordHash"',
            ),
        ),
        Edit.FIELD_REMOVED: (
            ('        {"name": "note", "type": "string", "doc": "What the packer knows."},\n', ""),
        ),
        Edit.FIELD_RETYPED: (('"pieces", "type": "int"', '"pieces", "type": "string"'),),
        Edit.VALUE_ADDED: (('"SHIPPED"]', '"SHIPPED", "RETURNED"]'),),
        Edit.VALUE_REMOVED: ((', "SHIPPED"]', "]"),),
        Edit.FIELD_DEPRECATED: (("What the packer knows.", "Deprecated. What the packer knows."),),
        Edit.OPERATION_REMOVED: (
            (
                """    },
    "findOrder": {
      "doc": "Finds one order by its number.",
      "request": [{"name": "question", "type": "Question"}],
      "response": "OrderEntity"
    }
""",
                "    }\n",
            ),
        ),
    },
    cannot={Edit.FIELD_REQUIRED: "whoever writes a record writes all of its fields"},
    apart={
        **OF_HTTP,
        **UNVERSIONED,
        **IN_PROSE,
    },
    heavier={Edit.VALUE_ADDED: "a reader that lacks the value, and has no default, refuses the record"},
)

NOTE = """\
          <xs:element name="note" type="xs:string">
            <xs:annotation><xs:documentation>What the packer knows.</xs:documentation></xs:annotation>
          </xs:element>
"""
FIND = """\
    <operation name="findOrder">
      <documentation>Finds one order by its number.</documentation>
      <input message="o:FindOrder"/>
      <output message="o:Order"/>
    </operation>
"""
BOUND = """\
    <operation name="findOrder">
      <soap:operation soapAction="urn:shop:orders:find"/>
      <input><soap:body use="literal"/></input>
      <output><soap:body use="literal"/></output>
    </operation>
"""

WSDL = Spelling(
    file="orders.wsdl",
    edits={
        Edit.FIELD_ADDED: (
            (
                '          <xs:element name="passwordHash"',
                '          <xs:element name="gift" type="xs:boolean" minOccurs="0">\n'
                "            <xs:annotation><xs:documentation>Wrapped as one.</xs:documentation>"
                "</xs:annotation>\n          </xs:element>\n"
                '          <xs:element name="passwordHash"',
            ),
        ),
        Edit.FIELD_REMOVED: ((NOTE, ""),),
        Edit.FIELD_REQUIRED: (
            ('name="wish" type="xs:string" minOccurs="0"', 'name="wish" type="xs:string"'),
        ),
        Edit.FIELD_RETYPED: (('name="pieces" type="xs:int"', 'name="pieces" type="xs:string"'),),
        Edit.FIELD_DEPRECATED: (("What the packer knows.", "Deprecated. What the packer knows."),),
        Edit.VALUE_ADDED: (
            (
                '          <xs:enumeration value="SHIPPED"/>\n',
                '          <xs:enumeration value="SHIPPED"/>\n          <xs:enumeration value="RETURNED"/>\n',
            ),
        ),
        Edit.VALUE_REMOVED: (('          <xs:enumeration value="SHIPPED"/>\n', ""),),
        Edit.OPERATION_REMOVED: ((FIND, ""), (BOUND, "")),
    },
    apart={**OF_HTTP, **UNVERSIONED, **IN_PROSE},
)

SPELLINGS: Mapping[str, Spelling] = {
    "openapi": OPENAPI,
    "asyncapi": ASYNCAPI,
    "jsonschema": JSONSCHEMA,
    "graphql": GRAPHQL,
    "protobuf": PROTOBUF,
    "avro": AVRO,
    "wsdl": WSDL,
}
