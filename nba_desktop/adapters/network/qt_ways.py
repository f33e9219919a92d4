"""The ways to an address, and whom to believe, for what Qt itself connects in the GUI thread."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from urllib.parse import urlsplit

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtNetwork import QNetworkProxy, QSslCertificate, QSslConfiguration

from nba_desktop.adapters.backend_url import is_loopback
from nba_desktop.adapters.network.routes import NoRoute, Route, Routes


class WayFinder(QObject):
    """Asks `routes` for the ways to one address, in a thread of its own where that may take long.

    `found` carries them, at once where there is nothing to ask; `none_found` says that the rule cannot be used.
    """

    found = Signal(object)
    none_found = Signal()
    _answered = Signal(int, object)

    def __init__(self, routes: Routes | None, url: str, parent: QObject) -> None:
        super().__init__(parent)
        self._routes = None if is_loopback(urlsplit(url).hostname or "") else routes
        self._url = url
        self._asked = 0
        self._lock = threading.Lock()
        self._answered.connect(self._on_answered, Qt.ConnectionType.QueuedConnection)

    def find(self) -> None:
        """Begin to ask; only the newest question is answered."""
        with self._lock:
            self._asked += 1
            routes, asked = self._routes, self._asked
        if routes is None:
            self.found.emit((None,))
            return
        threading.Thread(target=self._ask, args=(routes, asked), name="proxy", daemon=True).start()

    def forget(self) -> None:
        """Hear no answer that is still to come."""
        with self._lock:
            self._asked += 1

    def failed(self, way: Route) -> None:
        """Pass on that a way is closed."""
        if self._routes is not None:
            self._routes.failed(way)

    def _ask(self, routes: Routes, asked: int) -> None:
        ways: tuple[Route, ...] = ()
        with contextlib.suppress(NoRoute):
            ways = routes.to(self._url)
        with self._lock:
            # Who forgot may be gone by now.
            if asked == self._asked:
                self._answered.emit(asked, ways)

    def _on_answered(self, asked: int, ways: tuple[Route, ...]) -> None:
        if asked != self._asked:
            return
        if ways:
            self.found.emit(ways)
        else:
            self.none_found.emit()


def qt_proxy(way: Route) -> QNetworkProxy:
    """A way as Qt takes it."""
    if way is None:
        return QNetworkProxy(QNetworkProxy.ProxyType.NoProxy)
    return QNetworkProxy(QNetworkProxy.ProxyType.HttpProxy, way.host, way.port, way.username, way.password)


def qt_trust() -> QSslConfiguration:
    """Whom `trust.machine_trust` believes, as Qt takes it; alone it does not read the file that OpenSSL is named."""
    configuration = QSslConfiguration.defaultConfiguration()
    file = os.environ.get("SSL_CERT_FILE", "")
    if file and sys.platform.startswith("linux"):
        known = configuration.caCertificates() or configuration.systemCaCertificates()
        configuration.setCaCertificates([*known, *QSslCertificate.fromPath(file)])
    return configuration
