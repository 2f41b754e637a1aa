"""XML as elements that know where they stand."""

from __future__ import annotations

from contractbook.source.document import Document
from contractbook.source.xml_text import Element

TEXT = """<?xml version="1.0"?>
<a:root xmlns:a="urn:a" xmlns="urn:b">
  <type name="Order">
    <sequence><element name="id"/><element ref="a:line"/><any/><any/></sequence>
  </type>
  <element name="Order"/><element name="Order"/>
  <text>two <b>bold</b> words<p>one</p><p>two</p></text>
</a:root>
"""


def root() -> Element:
    data = Document("a.xml", TEXT.encode()).data
    assert isinstance(data, Element)
    return data


def test_an_element_is_called_by_the_names_that_lead_to_it() -> None:
    assert [each.pointer for each in root().walk()] == [
        *("", "Order", "Order/sequence", "Order/id", "Order/line", "Order/any", "Order/any[2]"),
        *("element:Order", "element:Order[2]", "text", "b", "p", "p[2]"),
    ]


def test_each_pointer_has_a_line_and_a_column() -> None:
    document = Document("a.xml", TEXT.encode())
    assert document.locate_all(["Order/line", "element:Order[2]", "Order/none"]) == [(4, 35), (6, 26), (3, 3)]


def test_names_are_told_from_their_namespaces() -> None:
    data = root()
    assert (data.space, data.name) == ("urn:a", "root")
    assert {each.space for each in data} == {"urn:b"}
    assert data.scope["a"] == "urn:a"


def test_the_text_of_marked_up_prose_stays_readable() -> None:
    prose = next(each for each in root() if each.name == "text")
    assert prose.text == "two bold wordsone\ntwo"


def test_yaml_may_begin_with_a_merge_key() -> None:
    assert Document("a.yaml", b"<<: {a: 1}\n").data == {"a": 1}
