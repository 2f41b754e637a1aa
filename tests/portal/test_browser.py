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
from tests.portal.conftest import Site

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


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder on a server."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def address(built: Path) -> Iterator[str]:
    """Where the built site is served."""
    with served(built) as address:
        yield address


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


LISTS = {"few": "contracts/stock/", "many": "contracts/depot/"}


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a site is served that has one contract with few operations, and one with many."""
    site = Site(tmp_path_factory.mktemp("lists"))
    site.add("specs/stock/openapi.yaml", of_shelves("Stock", 12))
    site.add("specs/depot/openapi.yaml", of_shelves("Depot", 90))
    with served(site.build(use_directory_urls=False)) as address:
        yield address


def of_shelves(title: str, size: int) -> str:
    """A contract with that many operations in two groups."""
    answer = "responses: {'200': {description: it}}"
    lines = (
        f"  /{'shelves' if number % 2 else 'bins'}/{number}:\n"
        f"    get: {{operationId: get{number}, summary: Look at {number}, {answer}}}\n"
        for number in range(size)
    )
    return f"openapi: 3.1.0\ninfo: {{title: {title}, version: '1'}}\npaths:\n{''.join(lines)}"


def test_a_filter_leaves_the_operations_that_are_typed(browser: Browser, lists: str) -> None:
    with opened(browser, f"{lists}{LISTS['few']}index.html") as page:
        page.get_by_label("Filter operations").fill("get SHELVES/1")
        assert page.locator(".cb-ops tbody tr:visible").count() == 2
        assert page.locator("h2:visible").all_inner_texts()[0].startswith("shelves")
        assert not page.locator("h2#group-bins").is_visible()
        page.get_by_label("Filter operations").fill("")
        assert page.locator(".cb-ops tbody tr:visible").count() == 12


def test_of_many_operations_the_filter_asks_the_catalogue(browser: Browser, lists: str) -> None:
    with opened(browser, f"{lists}{LISTS['many']}index.html") as page:
        page.get_by_label("Filter operations").fill("look at 77")
        page.locator(".cb-found li:visible").wait_for()
        assert page.locator(".cb-found li:visible").all_inner_texts() == ["GET /shelves/77 Look at 77"]
        page.locator(".cb-found li:visible a").click()
        page.wait_for_url("**/get77/index.html")


def test_without_script_there_is_no_filter_and_every_operation(browser: Browser, lists: str) -> None:
    with opened(browser, f"{lists}{LISTS['few']}index.html", script=False) as page:
        assert not page.get_by_label("Filter operations").is_visible()
        assert page.locator(".cb-ops tbody tr:visible").count() == 12


def test_a_page_is_copied_as_markdown(browser: Browser, address: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(address + KINDS["operation"])
    page.get_by_role("link", name="Copy as Markdown").click()
    page.get_by_text("Copied", exact=True).wait_for()
    assert page.evaluate("navigator.clipboard.readText()").startswith("# Get a customer\n")
    context.close()


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
