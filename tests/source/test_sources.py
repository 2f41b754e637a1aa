"""What references lead to, and where they may not."""

from __future__ import annotations

from pathlib import Path

import pytest

from contractbook.source.disk import DiskTree
from contractbook.source.sources import Sources, Unresolved


@pytest.fixture
def sources(tmp_path: Path) -> Sources:
    specs = tmp_path / "specs"
    (specs / "shared types").mkdir(parents=True)
    (specs / "orders.yaml").write_text("types:\n  Order: {a/b: 1, c~d: [x, y]}\n  '': empty\n")
    (specs / "shared types" / "Money.yaml").write_text(
        "Money: {type: number, $anchor: money}\n"
        "Price: {$id: 'https://example.com/price', amount: {type: integer, $id: '#amount'}}\n"
        "Total: {$ref: 'https://example.com/price'}\n"
    )
    (specs / "broken.yaml").write_text("a: [1\n")
    (tmp_path / "secret.yaml").write_text("password: 1\n")
    (specs / "link.yaml").symlink_to(tmp_path / "secret.yaml")
    (specs / "same.yaml").symlink_to("orders.yaml")
    return Sources(DiskTree(tmp_path), roots=("specs",))


@pytest.mark.parametrize(
    ("reference", "value"),
    [
        ("#/types/Order/a~1b", 1),
        ("#/types/Order/c~0d/1", "y"),
        ("#/types/", "empty"),
        ("#/types/Order/c~0d", ["x", "y"]),
        ("shared%20types/Money.yaml#/Money/type", "number"),
        ("./shared%20types/../shared%20types/Money.yaml#/Money/type", "number"),
        ("shared%20types/Money.yaml#money", {"type": "number", "$anchor": "money"}),
        ("shared%20types/Money.yaml#amount", {"type": "integer", "$id": "#amount"}),
        ("same.yaml#/types/", "empty"),
    ],
)
def test_a_reference_leads_to_a_value(sources: Sources, reference: str, value: object) -> None:
    assert sources.follow(sources.open("specs/orders.yaml"), reference).value == value


def test_a_reference_starts_from_the_document_that_holds_it(sources: Sources) -> None:
    money = sources.open("specs/shared types/Money.yaml")
    target = sources.follow(money, "../orders.yaml#/types/Order")
    assert (target.document.path, target.pointer) == ("specs/orders.yaml", "/types/Order")
    assert target.document is sources.open("specs/orders.yaml")


def test_an_address_that_the_document_itself_defines_is_not_on_the_network(sources: Sources) -> None:
    money = sources.open("specs/shared types/Money.yaml")
    target = sources.follow(money, "https://example.com/price#/amount/type")
    assert (target.pointer, target.value) == ("/Price/amount/type", "integer")


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        ("https://example.com/pet.yaml", "on the network"),
        ("//example.com/pet.yaml", "on the network"),
        ("file:///etc/passwd", "absolute path"),
        ("/etc/passwd", "absolute path"),
        ("C:/pet.yaml", "absolute path"),
        ("urn:pet", "references to `urn:` are not read"),
        ("shared types\\Money.yaml", "write `shared types/Money.yaml`"),
        ("../secret.yaml", "leads out of the folders"),
        ("../../secret.yaml", "leads out of the folder"),
        ("%2e%2e/secret.yaml", "leads out of the folders"),
        ("link.yaml#/password", "leads out of the folders"),
        ("shared%20types/money.yaml", "there is no such file: did you mean `Money.yaml`?"),
        ("#/types/order", "no `order` in `/types`: did you mean `Order`?"),
        ("#/types/Order/c~0d/2", "no `2` in `/types/Order/c~0d`"),
        ("#/types/Order/a~1b/x", "has no parts"),
        ("#Order", "there is no anchor `Order`: a part is named by `#/`"),
        ("shared%20types/Money.yaml#Money", "did you mean `#money`?"),
        ("broken.yaml#/a", "(line 2 of specs/broken.yaml: the list that begins in line 1 is not closed"),
    ],
)
def test_a_reference_that_is_refused_says_why(sources: Sources, reference: str, said: str) -> None:
    document = sources.open("specs/orders.yaml")
    for _ in range(2):
        with pytest.raises(Unresolved) as error:
            sources.follow(document, reference)
        assert said in str(error.value)


def test_files_are_sorted_and_leave_out_what_is_hidden_or_ignored(tmp_path: Path) -> None:
    for name in ("b.yaml", "a.yaml", ".hidden/c.yaml", ".d.yaml", "sub/e.yaml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")
    assert list(DiskTree(tmp_path).files()) == ["a.yaml", "b.yaml", "sub/e.yaml"]
    assert list(DiskTree(tmp_path).files("sub")) == ["sub/e.yaml"]


def test_a_root_may_be_named_by_a_link_and_keeps_what_is_in_it(sources: Sources, tmp_path: Path) -> None:
    (tmp_path / "project").mkdir()
    (tmp_path / "linked").symlink_to(tmp_path / "specs")
    linked = Sources(DiskTree(tmp_path / "project"), roots=("../linked",))
    main = linked.open("../linked/orders.yaml")
    assert linked.follow(main, "shared%20types/Money.yaml#/Money/type").value == "number"
    with pytest.raises(Unresolved, match="leads out of the folders"):
        linked.follow(main, "link.yaml#/password")
