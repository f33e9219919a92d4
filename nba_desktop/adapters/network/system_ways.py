"""What the machine itself says by which proxy an address is reached."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtNetwork import QNetworkProxy, QNetworkProxyFactory, QNetworkProxyQuery

from nba_desktop.adapters.network.routes import DIRECT

_KINDS = QNetworkProxy.ProxyType


def system_ways(url: str) -> list[str]:
    """The ways in turn, each `DIRECT` or a proxy's address.

    Windows and macOS may look for a proxy.pac in the network and run it, which takes seconds in which no Python of this
    process runs: for a child alone.
    """
    return [_written(one) for one in QNetworkProxyFactory.systemProxyForQuery(QNetworkProxyQuery(QUrl(url)))]


def _written(proxy: QNetworkProxy) -> str:
    if proxy.type() in (_KINDS.NoProxy, _KINDS.DefaultProxy):
        return DIRECT
    url = QUrl()
    url.setScheme("http" if proxy.type() in (_KINDS.HttpProxy, _KINDS.HttpCachingProxy) else "socks5")
    url.setHost(proxy.hostName())
    url.setPort(proxy.port())
    url.setUserName(proxy.user())
    url.setPassword(proxy.password())
    return url.toString(QUrl.ComponentFormattingOption.FullyEncoded)
