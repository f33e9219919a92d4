"""The site's CRM, shown in the browser of the desktop."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtNetwork import QHostAddress

_THIS_MACHINE: Final = "localhost"


def open_address(address: str) -> bool:
    """Open an address in the browser; False for one that no browser is sent to, or when nothing opens it.

    Only https, and http on this machine: whatever a backend says, no other program is started.
    """
    url = QUrl(address, QUrl.ParsingMode.StrictMode)
    host = url.host()
    here = host == _THIS_MACHINE or QHostAddress(host).isLoopback()
    allowed = url.scheme() == "https" or (url.scheme() == "http" and here)
    if not url.isValid() or not host or url.userInfo() or not allowed:
        return False
    return QDesktopServices.openUrl(url)
