"""The server's certificate: what cannot be shown to a panel is said before anybody asks."""

from __future__ import annotations

import ssl
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from nba_desktop.backend.edge.certificate import Certificate
from nba_desktop.backend.errors import ConfigurationError

NOW = datetime.now(UTC)
PASSWORD = b"open sesame"


def key_file(path: Path, password: bytes | None = None) -> ec.EllipticCurvePrivateKey:
    """A key in a file that is its owner's alone."""
    key = ec.generate_private_key(ec.SECP256R1())
    secret = serialization.BestAvailableEncryption(password) if password else serialization.NoEncryption()
    path.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, secret))
    path.chmod(0o600)
    return key


def certificate_file(
    path: Path,
    key: ec.EllipticCurvePrivateKey,
    begins: int = -1,
    ends: int = 1,
    names: bool = True,
    use: x509.ObjectIdentifier | None = None,
) -> None:
    """A certificate for a host, from and until so many days from now."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "nba.example.com")])
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW + timedelta(days=begins))
        .not_valid_after(NOW + timedelta(days=ends))
    )
    if names:
        shown = x509.SubjectAlternativeName([x509.DNSName("nba.example.com")])
        builder = builder.add_extension(shown, critical=False)
    if use is not None:
        builder = builder.add_extension(x509.ExtendedKeyUsage([use]), critical=False)
    path.write_bytes(builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))


class Files:
    """A certificate with its key, good unless a test spoils it."""

    def __init__(self, folder: Path) -> None:
        self.certificate, self.key, self.password = folder / "cert.pem", folder / "key.pem", folder / "password"
        self.own = key_file(self.key)
        certificate_file(self.certificate, self.own)
        self.with_password = False

    def opened(self) -> Certificate:
        return Certificate(self.certificate, self.key, self.password if self.with_password else None, lambda: NOW)


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path)


def unreadable(path: Path) -> None:
    """Nothing can be read of a folder, not even by root."""
    path.unlink()
    path.mkdir(mode=0o700)


def spoil_password(files: Files, content: bytes) -> None:
    certificate_file(files.certificate, key_file(files.key, PASSWORD))
    files.password.write_bytes(content)
    files.password.chmod(0o600)
    files.with_password = True


SPOILT: dict[str, tuple[Callable[[Files], object], str]] = {
    "no certificate": (lambda files: files.certificate.unlink(), "cert.pem cannot be read: No such file"),
    "no key": (lambda files: files.key.unlink(), "key.pem cannot be read: No such file"),
    "a key that cannot be read": (lambda files: unreadable(files.key), "key.pem cannot be read: "),
    "garbage": (lambda files: files.certificate.write_bytes(b"\x30\x82"), "holds no certificate in PEM"),
    "garbage for a key": (lambda files: files.key.write_bytes(b"-----BEGIN"), "both must be PEM"),
    "ended": (lambda files: certificate_file(files.certificate, files.own, ends=0), "ended on"),
    "to come": (lambda files: certificate_file(files.certificate, files.own, begins=1, ends=2), "begins on"),
    "of nobody": (lambda files: certificate_file(files.certificate, files.own, names=False), "subjectAltName"),
    "of a client": (
        lambda files: certificate_file(files.certificate, files.own, use=ExtendedKeyUsageOID.CLIENT_AUTH),
        "is not for a server",
    ),
    "another's key": (lambda files: key_file(files.key), "does not belong to the first certificate in"),
    "encrypted": (lambda files: key_file(files.key, PASSWORD), "name its file with --tls-key-password-file"),
    "wrong password": (lambda files: spoil_password(files, b"wrong"), "its password is wrong"),
}


@pytest.mark.parametrize("how", SPOILT)
def test_what_cannot_be_shown_is_said_with_the_way_out(files: Files, how: str) -> None:
    spoil, said = SPOILT[how]
    spoil(files)
    with pytest.raises(ConfigurationError, match=said):
        files.opened()


@pytest.mark.skipif(sys.platform == "win32", reason="the mode of a file says nothing there")
@pytest.mark.parametrize("secret", ["key", "password"])
def test_a_secret_that_everybody_may_read_is_refused(files: Files, secret: str) -> None:
    spoil_password(files, PASSWORD)
    path: Path = getattr(files, secret)
    path.chmod(0o644)
    with pytest.raises(ConfigurationError, match=f"every user of this machine may read .*{path.name}: chmod o="):
        files.opened()
    path.chmod(0o640)
    assert files.opened().ends_at > NOW


def test_an_encrypted_key_is_opened_with_the_password_of_a_file(files: Files) -> None:
    spoil_password(files, PASSWORD + b"\n")
    assert files.opened().context.minimum_version is ssl.TLSVersion.TLSv1_2


def shown(certificate: Certificate) -> int:
    """The serial number that a client sees in a handshake."""
    client, server = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT), certificate.context
    client.check_hostname, client.verify_mode = False, ssl.CERT_NONE
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    asking = client.wrap_bio(to_client, to_server)
    answering = server.wrap_bio(to_server, to_client, server_side=True)
    for _ in range(3):
        for side in (asking, answering):
            try:
                side.do_handshake()
            except ssl.SSLWantReadError:
                continue
    raw = asking.getpeercert(binary_form=True)
    assert raw is not None
    assert asking.version() == "TLSv1.3"
    return x509.load_der_x509_certificate(raw).serial_number


def test_a_renewed_certificate_is_shown_from_then_on(files: Files) -> None:
    certificate = files.opened()
    first = shown(certificate)
    assert not certificate.renew()
    certificate_file(files.certificate, key_file(files.key), ends=90)
    assert certificate.renew()
    assert shown(certificate) != first
    assert certificate.ends_at > NOW + timedelta(days=80)
    assert certificate.renew(anyway=True)


@pytest.mark.expected_log("the certificate stays as it was: the key in .* does not belong to the first certificate in")
def test_half_a_renewal_changes_nothing_and_is_said_once(
    files: Files, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    certificate = files.opened()
    first = shown(certificate)
    key = ec.generate_private_key(ec.SECP256R1())
    certificate_file(files.certificate, key, ends=90)
    assert not certificate.renew()
    assert not certificate.renew()
    assert len(caplog.records) == 1
    assert shown(certificate) == first
    files.key.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    assert certificate.renew()
    assert shown(certificate) != first
