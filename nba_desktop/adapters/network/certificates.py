"""What is wrong with a certificate, in one word for every system's own numbers."""

from __future__ import annotations

import ssl
from enum import StrEnum
from typing import Final


class CertificateFault(StrEnum):
    """Why a certificate is not believed; the values are codes of `LinkState`."""

    UNTRUSTED = "tls_untrusted"
    WRONG_HOST = "tls_wrong_host"
    EXPIRED = "tls_expired"
    NOT_YET_VALID = "tls_not_yet_valid"


# OpenSSL's numbers (x509_vfy.h), then those that truststore passes on of Windows (winerror.h) and macOS (SecBase.h).
# Windows has one number for a day that is before or after the certificate's.
_FAULTS: Final = {
    9: CertificateFault.NOT_YET_VALID,
    10: CertificateFault.EXPIRED,
    62: CertificateFault.WRONG_HOST,
    64: CertificateFault.WRONG_HOST,
    0x800B0101: CertificateFault.EXPIRED,
    0x800B010F: CertificateFault.WRONG_HOST,
    -67818: CertificateFault.EXPIRED,
    -67819: CertificateFault.NOT_YET_VALID,
    -67602: CertificateFault.WRONG_HOST,
}


def certificate_fault(error: ssl.SSLCertVerificationError) -> CertificateFault:
    """Why a certificate was refused; what has no number of its own is nobody's whom this machine trusts."""
    return _FAULTS.get(error.verify_code, CertificateFault.UNTRUSTED)
