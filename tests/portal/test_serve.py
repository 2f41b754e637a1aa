"""`mkdocs serve` as somebody has it open who edits contracts: what is saved is shown."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

PLUGINS = Path(__file__).parent.parent.parent / "plugins"
PATIENCE = 60  # seconds, for a busy machine
CONFIG = "site_name: Shop\ntheme: mkdocs\nplugins: [{contractbook: {path: api}}]\n"
CONTRACT = """openapi: 3.1.0
info: {title: Stock, version: 1.0.0}
paths:
  /stock:
    get:
      operationId: countStock
      tags: [Stock]
      summary: Count the stock
      responses: {'200': {description: The count}}
"""


class Served:
    """A site that `mkdocs serve` shows; its contracts lie outside of docs/."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.write("project/docs/index.md", "# Home\n")
        self.write("project/mkdocs.yml", CONFIG)
        self.write("project/contractbook.yml", "specs: [contracts/*/openapi.yaml]\n")
        self.write("project/contracts/stock/openapi.yaml", CONTRACT)
        self.write(
            "project/contracts/orders/openapi.yaml",
            CONTRACT.replace("Count the stock", "Count the orders"),
        )
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"127.0.0.1:{free.getsockname()[1]}"

    def write(self, path: str, text: str) -> None:
        """Save a file."""
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8")

    def start(self) -> subprocess.Popen[bytes]:
        """Start the server, with the plugin named as an installed package names it."""
        entry = "contractbook = contractbook.mkdocs_plugin:ContractbookPlugin"
        self.write("installed/contractbook-0.dist-info/METADATA", "Name: contractbook\nVersion: 0\n")
        self.write("installed/contractbook-0.dist-info/entry_points.txt", f"[mkdocs.plugins]\n{entry}\n")
        path = os.pathsep.join([str(self.root / "installed"), str(PLUGINS)])
        return subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "serve", "--quiet", "--dev-addr", self.address],
            cwd=self.root / "project",
            env={**os.environ, "PYTHONPATH": path},
        )

    def page(self, path: str) -> str:
        """A page as it is shown; "" while there is none."""
        try:
            with urlopen(f"http://{self.address}/{path}", timeout=PATIENCE) as answer:
                return str(answer.read().decode())
        except (URLError, ConnectionError):
            return ""

    def shown(self, path: str, wanted: Callable[[str], bool]) -> str:
        """A page, once it is what is wanted."""
        end = time.monotonic() + PATIENCE
        while not wanted(html := self.page(path)):
            assert time.monotonic() < end, f"{path} never came:\n{html[-4000:]}"
            time.sleep(0.1)
        return html


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    site = Served(tmp_path)
    server = site.start()
    try:
        site.shown("api/stock/", lambda html: "Count the stock" in html)
        yield site
    finally:
        server.terminate()
        server.wait(PATIENCE)


def test_what_is_saved_is_shown(served: Served) -> None:
    served.write(
        "project/contracts/stock/openapi.yaml", CONTRACT.replace("Count the stock", "Count it all again")
    )
    served.shown("api/stock/", lambda html: "Count it all again" in html)
    served.write("project/contracts/stores/openapi.yaml", CONTRACT.replace("the stock", "every store"))
    served.shown("api/stores/", lambda html: "Count every store" in html)


def test_a_changed_theme_is_seen_on_pages_that_did_not_change(served: Served) -> None:
    served.write("project/mkdocs.yml", CONFIG.replace("site_name: Shop", "site_name: Warehouse"))
    html = served.shown("api/stock/", lambda html: "Warehouse" in html)
    assert "Count the stock" in html and "Shop" not in html


def test_a_contract_that_is_broken_shows_where_until_it_is_mended(served: Served) -> None:
    broken = CONTRACT.replace("[Stock]", "[Stock")
    served.write("project/contracts/stock/openapi.yaml", broken)
    html = served.shown("api/stock/", lambda html: "openapi.yaml:" in html)
    assert "contracts/stock/openapi.yaml:8:14" in html
    assert "summary: Count the stock" in html, "the line itself is shown"
    assert "Count the orders" in served.page("api/orders/")
    assert "as it was before" in served.page("api/stock/stock/"), "who looks at an operation keeps it"
    served.write("project/contracts/stock/openapi.yaml", CONTRACT.replace("the stock", "it at last"))
    html = served.shown("api/stock/", lambda html: "Count it at last" in html)
    assert "openapi.yaml:" not in html
    assert "as it was before" not in served.page("api/stock/stock/")


def test_folders_that_the_configuration_names_later_are_watched(served: Served) -> None:
    stores = CONTRACT.replace("the stock", "every store")
    served.write("elsewhere/stores/openapi.yaml", stores)
    served.write("project/contractbook.yml", "specs: [contracts/*/openapi.yaml, ../elsewhere]\n")
    served.shown("api/stores/", lambda html: "Count every store" in html)
    served.write("elsewhere/stores/openapi.yaml", stores.replace("every", "each"))
    served.shown("api/stores/", lambda html: "Count each store" in html)
