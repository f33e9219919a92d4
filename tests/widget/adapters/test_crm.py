"""Which addresses the desktop's browser is sent to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices

from nba_desktop.adapters.crm import open_address


class _Browser(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(bytes(url.toEncoded().data()).decode())


@pytest.fixture
def browser(qapp: object) -> Iterator[_Browser]:
    browser = _Browser()
    schemes = ("https", "http", "file", "javascript", "nba-desktop")
    for scheme in schemes:
        QDesktopServices.setUrlHandler(scheme, browser, "open")  # type: ignore[arg-type]
    yield browser
    for scheme in schemes:
        QDesktopServices.unsetUrlHandler(scheme)


@pytest.mark.parametrize(
    ("address", "opens"),
    [
        ("https://crm.example/c/K%2F1?x=%26", True),
        ("http://localhost:8080/c/1", True),
        ("http://127.0.0.1/c/1", True),
        ("http://crm.example/c/1", False),
        ("https://me:pass@crm.example/", False),
        ("https:///c/1", False),
        ("file:///etc/passwd", False),
        ("javascript:alert(1)", False),
        ("nba-desktop:call?state=ringing", False),
        ("", False),
    ],
)
def test_only_encrypted_addresses_and_those_of_this_machine_are_opened(
    browser: _Browser, address: str, opens: bool
) -> None:
    assert open_address(address) is opens
    assert browser.opened == ([address] if opens else [])
