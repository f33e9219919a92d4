"""What is wrong with a server's certificate, as the codes of a link's state."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtNetwork import QSslError

_CODES: Final = {
    QSslError.SslError.HostNameMismatch: "tls_wrong_host",
    QSslError.SslError.CertificateExpired: "tls_expired",
    QSslError.SslError.CertificateNotYetValid: "tls_not_yet_valid",
}


def tls_code(errors: Sequence[QSslError]) -> str:
    """Return the code of the first error, `tls_failed` when none is named."""
    return _CODES.get(errors[0].error(), "tls_untrusted") if errors else "tls_failed"
