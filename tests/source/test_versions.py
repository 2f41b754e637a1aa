"""Which version of which contract a path holds, and the order of versions."""

from __future__ import annotations

import random

import pytest

from contractbook.source.versions import Identity, identity, newest_last, split_version, without_lone_names


@pytest.mark.parametrize(
    ("path", "service", "name", "version"),
    [
        ("orders/v1/openapi.yaml", "orders", "openapi", "v1"),
        ("orders/openapi-v1.yaml", "orders", "openapi", "v1"),
        ("orders/v1beta2/rest/api.json", "orders", "rest/api", "v1beta2"),
        ("orders/checkout-v71.yaml", "orders", "checkout", "v71"),
        ("orders/2024-11-18/CheckoutService-v70.yaml", "orders", "CheckoutService", "2024-11-18 v70"),
        ("orders/2024-06-07_v1.1.1/openapi.yaml", "orders", "openapi", "2024-06-07_v1.1.1"),
        ("orders/6_34b51fc/asyncapi.yaml", "orders", "asyncapi", "6_34b51fc"),
        ("shop/bom-1.6.schema.json", "shop", "bom", "1.6"),
        ("shop/OrderPlaced/2.0.0.json", "shop", "OrderPlaced", "2.0.0"),
        ("shop/order_placed/jsonschema/1-0-2", "shop", "order_placed/jsonschema", "1-0-2"),
        ("shop/chat_v2.yaml", "shop", "chat", "v2"),
        ("shop/public.v2.yaml", "shop", "public", "v2"),
        ("cxf-2.1/hello.wsdl", "cxf", "hello", "2.1"),
        ("v1/orders.yaml", "", "orders", "v1"),
        ("orders.yaml", "", "orders", ""),
        ("v2.yaml", "", "", "v2"),
    ],
)
def test_a_path_tells_service_name_and_version(path: str, service: str, name: str, version: str) -> None:
    assert identity(path) == Identity(service, name, version)


@pytest.mark.parametrize(
    "name", ["oauth2", "reserved_ipv6", "http_11_proxy", "base64", "org.w3", "spec3", "openapi-arazzo-1.X"]
)
def test_a_number_in_a_name_is_no_version(name: str) -> None:
    assert split_version(name) == (name, "")


@pytest.mark.parametrize(
    "versions",
    [
        ["v1alpha", "v1alpha1", "v1beta2", "v1", "v1p1beta1", "v2experimental", "v2", "v10"],
        ["0.9.0", "1.0.0-alpha.1", "1.0.0-alpha.2", "1.0.0-rc.1", "1.0.0", "1.2.0", "1.10.0"],
        ["2023-11-01", "2024-03-06", "2024-06-07_v1.1.1", "2024-10-08", "2024-11-20_v1.2.1"],
        ["2023-08-16-preview", "2023-08-16", "2023-08-17"],
        ["1_b232efd", "3_88328f0", "6_34b51fc", "10_5e3632d"],
        ["release-1.8.2", "release-1.10.0"],
        ["1-0-2", "1-0-10", "1-1-0", "2-0-0"],
        ["2024-11-18 v70", "2026-07-01 v70", "2024-11-18 v71", "2026-07-01 v71"],
        ["v1 2024-01-01", "v1 2024-06-01", "v2 2024-03-01"],
        ["draft", "main", "v1"],
    ],
)
def test_versions_have_a_natural_order(versions: list[str]) -> None:
    shuffled = random.Random(1).sample(versions, len(versions))
    assert newest_last(shuffled) == versions


def test_the_only_contract_of_a_service_needs_no_name() -> None:
    paths = ["orders/v1/openapi.yaml", "orders/v2/openapi.json", "shop/a.yaml", "shop/b.yaml"]
    found = without_lone_names(identity(path) for path in paths)
    assert [each.name for each in found] == ["", "", "a", "b"]
