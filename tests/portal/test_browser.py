"""The built site in a real browser: for everybody, on every screen, by keyboard and without script."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

KINDS = {
    "home": "contracts/",
    "contract": "contracts/customers/",
    "group": "contracts/customers/addresses/",
    "operation": "contracts/customers/accounts/get-customer/",
    "older": "contracts/customers/v1/accounts/get-customer/",
    "type": "contracts/customers/-/types/customer/",
    "types": "contracts/customers/-/types/",
    "message": "contracts/orders/events/events/",
    "rpc": "contracts/payments/payments/create-payment/",
    "query": "contracts/catalog/query/products/",
    "soap": "contracts/invoicing/invoicing/create-invoice/",
    "twins": "contracts/orders/openapi/-/types/money/",
    "changelog": "contracts/customers/-/changelog/",
    "report": "contracts/customers/-/report/",
    "comparison": "contracts/customers/-/compare/v1..v2/",
    "migration": "contracts/orders/openapi/-/migration/",
    "deprecations": "contracts/-/deprecations/",
    "map": "contracts/-/map/",
    "find": "contracts/-/find/",
}
WIDTHS = (390, 1024, 1440)


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing of it."""

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture(scope="module")
def address(built: Path) -> Iterator[str]:
    """Where the built site is served."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(built)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@contextmanager
def opened(
    browser: Browser, url: str, width: int = 1440, scheme: str = "default", script: bool = True
) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=script)
    page = context.new_page()
    page.goto(url)
    if scheme != "default":
        page.evaluate("scheme => document.body.setAttribute('data-md-color-scheme', scheme)", scheme)
    yield page
    context.close()


@pytest.mark.parametrize("scheme", ["default", "slate"])
@pytest.mark.parametrize("kind", KINDS)
def test_no_page_has_a_serious_barrier(browser: Browser, address: str, kind: str, scheme: str) -> None:
    with opened(browser, address + KINDS[kind], scheme=scheme) as page:
        page.evaluate("document.querySelectorAll('.cb details').forEach(each => each.open = true)")
        found = Axe().run(page, ".cb").response["violations"]
    assert not [
        (each["id"], [node["html"][:160] for node in each["nodes"][:3]])
        for each in found
        if each["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_fits_on_the_screen(browser: Browser, address: str, kind: str, width: int) -> None:
    with opened(browser, address + KINDS[kind], width) as page:
        page.evaluate("document.querySelectorAll('.cb details').forEach(each => each.open = true)")
        overflow = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
    assert overflow <= 0


def test_a_link_to_a_field_unfolds_what_hides_it(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}{KINDS['operation']}#r200.payment.sepa.iban") as page:
        assert page.locator("[id='r200.payment.sepa.iban']").is_visible()


@pytest.mark.parametrize("words", ["getCustomer", "GET%20/customers/{id}", "get%20/customers/%7Bid%7D"])
def test_the_words_of_an_operation_lead_to_it(browser: Browser, address: str, words: str) -> None:
    with opened(browser, f"{address}{KINDS['find']}#{words}") as page:
        page.wait_for_url(f"{address}{KINDS['operation']}")
        assert page.locator("h1").inner_text() == "Get a customer"


def test_of_several_operations_on_a_path_all_are_offered(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}{KINDS['find']}#/customers") as page:
        assert page.locator(".cb-find li:visible code").all_inner_texts() == ["listCustomers", "openAccount"]


def test_tabs_and_folds_follow_the_keyboard(browser: Browser, address: str) -> None:
    with opened(browser, address + KINDS["operation"]) as page:
        page.locator("#language-0").focus()
        page.keyboard.press("ArrowRight")
        assert page.locator("#language-1").is_checked()
        headers = page.locator("[id='r200.headers']")
        headers.locator("summary").first.focus()
        page.keyboard.press("Enter")
        assert page.locator("[id='r200.header.etag']").is_visible()


def test_everything_can_be_read_without_script(browser: Browser, address: str) -> None:
    with opened(browser, address + KINDS["operation"], script=False) as page:
        assert page.locator("h1").inner_text() == "Get a customer"
        assert page.locator("[id='r200.customerNumber']").is_visible()
        page.locator("label[for='language-1']").click()
        assert page.get_by_text("httpx.request").is_visible()


def test_the_built_in_theme_shows_the_same(browser: Browser, shop: Any) -> None:
    site = shop.build("mkdocs", use_directory_urls=False)
    with opened(browser, (site / KINDS["operation"] / "index.html").as_uri()) as page:
        assert page.locator("[id='r200.customerNumber']").is_visible()
        left = page.locator("[id='r200.customerNumber'] .cb-k").bounding_box()
        right = page.locator("[id='r200.customerNumber'] .cb-v").bounding_box()
    assert left and right and left["x"] + left["width"] <= right["x"], "names and meanings stand side by side"
