"""The server's certificate: examined before it is shown to anybody, and read anew when its file changes."""

from __future__ import annotations

import logging
import ssl
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from nba_desktop.backend.errors import ConfigurationError
from nba_desktop.backend.private_file import check_private

# With forward secrecy and authenticated; TLS 1.3 has no others.
_CIPHERS: Final = "ECDHE+AESGCM:ECDHE+CHACHA20"
_ENCRYPTED: Final = b"ENCRYPTED"
_log = logging.getLogger(__name__)

_State = tuple[tuple[int, int, int], ...]


class Certificate:
    """A certificate with its chain, its key, and the context of TLS that shows it.

    `certificate` and `key` are PEM files, `password` the file with the key's password. Raises `ConfigurationError` that
    names the file, what is wrong with it and the way out.
    """

    def __init__(self, certificate: Path, key: Path, password: Path | None, clock: Callable[[], datetime]) -> None:
        self._certificate = certificate
        self._key = key
        self._password = password
        self._clock = clock
        self._seen = self._state()
        self.ends_at = self._examine()
        self.context = _context()
        self._load(self.context)

    def renew(self, anyway: bool = False) -> bool:
        """Take what the files hold for connections to come, if they changed or `anyway`; say whether it was taken.

        What cannot be used is said once, and the one before is shown further: a renewal writes two files, and one of
        them comes first.
        """
        state = self._state()
        if state == self._seen and not anyway:
            return False
        self._seen = state
        try:
            ends_at = self._examine()
            # First into a context of nobody: a key that does not fit would leave the one in use without any.
            self._load(_context())
            self._load(self.context)
        except ConfigurationError as error:
            _log.error("the certificate stays as it was: %s", error)
            return False
        self.ends_at = ends_at
        _log.info("the certificate was read anew; it ends on %s", f"{ends_at:%Y-%m-%d}")
        return True

    def _state(self) -> _State:
        found = []
        for path in (self._certificate, self._key):
            try:
                about = path.stat()
            except OSError:
                found.append((0, 0, 0))
            else:
                found.append((about.st_mtime_ns, about.st_size, about.st_ino))
        return tuple(found)

    def _examine(self) -> datetime:
        """Return when the certificate ends."""
        check_private(self._key)
        if self._password is not None:
            check_private(self._password)
        # OpenSSL would not name the file.
        _content(self._key)
        content = _content(self._certificate)
        try:
            first = x509.load_pem_x509_certificates(content)[0]
        except ValueError:
            raise ConfigurationError(
                f"{self._certificate} holds no certificate in PEM: it begins with -----BEGIN CERTIFICATE-----, the "
                "server's own first, then those between it and its authority"
            ) from None
        now = self._clock()
        if first.not_valid_after_utc <= now:
            raise ConfigurationError(
                f"the certificate in {self._certificate} ended on {first.not_valid_after_utc:%Y-%m-%d}: renew it"
            )
        if first.not_valid_before_utc > now:
            raise ConfigurationError(
                f"the certificate in {self._certificate} begins on {first.not_valid_before_utc:%Y-%m-%d %H:%M} UTC: "
                "wait, or set this machine's clock"
            )
        self._check_purpose(first)
        return first.not_valid_after_utc

    def _check_purpose(self, first: x509.Certificate) -> None:
        try:
            first.extensions.get_extension_for_class(x509.SubjectAlternativeName)
        except x509.ExtensionNotFound:
            raise ConfigurationError(
                f"the certificate in {self._certificate} names no host as subjectAltName, so no panel accepts it: "
                "ask for one that names the host of the panels' address"
            ) from None
        try:
            purposes = first.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
        except x509.ExtensionNotFound:
            return
        if not {ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE} & set(purposes):
            raise ConfigurationError(
                f"the certificate in {self._certificate} is not for a server: ask for one with the use serverAuth"
            )

    def _load(self, context: ssl.SSLContext) -> None:
        try:
            # Always a function: without one OpenSSL would ask at the terminal, and a service would wait for ever.
            context.load_cert_chain(self._certificate, self._key, password=self._secret)
        except ssl.SSLError as error:
            if error.reason == "KEY_VALUES_MISMATCH":
                raise ConfigurationError(
                    f"the key in {self._key} does not belong to the first certificate in {self._certificate}: the "
                    "server's own comes first, and key and certificate are renewed together"
                ) from None
            if _ENCRYPTED in _content(self._key):
                said = "is wrong" if self._password else "is missing: name its file with --tls-key-password-file"
                raise ConfigurationError(f"the key in {self._key} is encrypted and its password {said}") from None
            raise ConfigurationError(
                f"certificate {self._certificate} and key {self._key} cannot be used ({error.reason or 'unreadable'}): "
                "both must be PEM, with a key of at least 2048 bit RSA or 256 bit EC"
            ) from None

    def _secret(self) -> bytes:
        return b"" if self._password is None else _content(self._password).strip()


def _context() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers(_CIPHERS)
    context.options |= ssl.OP_NO_COMPRESSION | ssl.OP_NO_RENEGOTIATION | ssl.OP_CIPHER_SERVER_PREFERENCE
    context.set_alpn_protocols(["http/1.1"])
    return context


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be read: {error.strerror}") from None
